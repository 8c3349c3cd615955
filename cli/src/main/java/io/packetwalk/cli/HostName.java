package io.packetwalk.cli;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Reach;
import java.util.List;

/** What this machine calls itself. */
final class HostName {
  private HostName() {}

  static String read() throws InterruptedException {
    String name =
        CommandRun.of(Reach.local(), List.of("uname", "-n"), Limits.SHORT).printed().strip();
    return name.isEmpty() ? "localhost" : name;
  }
}
