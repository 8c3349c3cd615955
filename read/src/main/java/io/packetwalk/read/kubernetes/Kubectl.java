package io.packetwalk.read.kubernetes;

import io.packetwalk.read.transcript.CommandRun;

/** The names that {@code kubectl} goes by. */
final class Kubectl {
  private Kubectl() {}

  static boolean is(CommandRun run) {
    return switch (run.word(0)) {
      case "kubectl", "k", "oc", "kubectl.exe", "kc" -> true;
      default -> false;
    };
  }
}
