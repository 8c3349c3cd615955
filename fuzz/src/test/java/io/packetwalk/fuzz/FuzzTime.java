package io.packetwalk.fuzz;

/** How long a target searches. All targets together stay within about a minute and a half. */
final class FuzzTime {
  static final String EACH = "4s";

  private FuzzTime() {}
}
