package io.packetwalk.read.command.netfilter;

import io.packetwalk.read.transcript.CommandRun;

/** The options that {@code ss} and {@code netstat} have in common. */
final class SocketOptions {
  private SocketOptions() {}

  /** Whether an option is given, by its letter among others or by its name. */
  static boolean has(CommandRun run, char letter, String longer) {
    return run.words().stream()
        .skip(1)
        .anyMatch(word ->
            word.equals(longer)
                || (word.startsWith("-") && !word.startsWith("--") && word.indexOf(letter) > 0));
  }

  /** Whether sockets of one family only are listed. */
  static boolean isOfOneFamily(CommandRun run) {
    return has(run, '4', "--ipv4")
        || has(run, '6', "--ipv6")
        || has(run, '4', "--inet")
        || has(run, '6', "--inet6");
  }
}
