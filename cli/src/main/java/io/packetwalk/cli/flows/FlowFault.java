package io.packetwalk.cli.flows;

/** Thrown when a line asks no question. */
final class FlowFault extends Exception {
  private static final long serialVersionUID = 1;

  FlowFault(String message) {
    super(message);
  }
}
