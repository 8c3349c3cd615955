package io.packetwalk.gather;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to where commands run: this machine, a namespace of it, a practice cluster's node, a
 * machine behind a connection. A command is a list of arguments; no shell takes it apart.
 */
public interface Reach {
  /**
   * Starts a command there. Its standard input is empty, and its outputs are pipes.
   *
   * @throws IOException when it can't be started, as when there is no such program
   */
  Process start(List<String> command) throws IOException;

  /** This machine, in the namespaces of this process. */
  static Reach local() {
    return command -> new ProcessBuilder(command).redirectInput(new File("/dev/null")).start();
  }

  /** Where this command leads that takes the command to run as its last arguments. */
  default Reach through(List<String> wrapper) {
    List<String> prefix = List.copyOf(wrapper);
    return command -> {
      List<String> whole = new ArrayList<>(prefix);
      whole.addAll(command);
      return start(whole);
    };
  }
}
