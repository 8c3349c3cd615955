package io.packetwalk.lab.program;

import java.util.List;
import java.util.function.Consumer;

/**
 * A shell script that builds something in a practice cluster. It holds names and addresses of the
 * plan only, and can be read as a description of what a cluster is made of.
 */
public final class Script {
  private final StringBuilder text = new StringBuilder();

  public Script() {}

  /** A heading for who reads the script. */
  public Script note(String words) {
    text.append("\n# ").append(words).append('\n');
    return this;
  }

  public Script line(String command) {
    text.append(command).append('\n');
    return this;
  }

  /** Commands that run beside those that follow, until these {@link #join() wait} for them. */
  public Script meanwhile(Consumer<Script> commands) {
    text.append("(\n");
    commands.accept(this);
    text.append(") & jobs+=($!)\n");
    return this;
  }

  /** Waits for what runs beside the script: it fails where that has failed. */
  public Script join() {
    return line("await_jobs");
  }

  /** New network namespaces. */
  public Script namespaces(List<String> names) {
    return input("ip -batch -", names.stream().map(name -> "netns add " + name).toList());
  }

  /** A file of these lines, written by the shell itself. */
  public Script file(String path, List<String> lines) {
    text.append("printf '%s\\n'");
    lines.forEach(line -> text.append(" '").append(line).append('\''));
    text.append(" >").append(path).append('\n');
    return this;
  }

  /** Commands of {@code ip} in one network namespace. */
  public Script ip(String netns, List<String> commands) {
    return input("ip -n " + netns + " -batch -", commands);
  }

  /** Kernel settings of one network namespace, as {@code key = value}. */
  public Script sysctl(String netns, List<String> settings) {
    return input("in_net " + netns + " sysctl -qep -", settings);
  }

  /** A command in a network namespace that reads these lines. */
  public Script inside(String netns, String command, List<String> lines) {
    return input("in_net " + netns + " " + command, lines);
  }

  /** A command that reads these lines. */
  public Script input(String command, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append(command).append(" <<'END'\n");
      lines.forEach(line -> text.append(line).append('\n'));
      text.append("END\n");
    }
    return this;
  }

  public String text() {
    return text.toString();
  }
}
