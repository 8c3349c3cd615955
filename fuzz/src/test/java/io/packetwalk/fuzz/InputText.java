package io.packetwalk.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

/** An input as a reader meets it: bytes of a file taken for UTF-8. */
final class InputText {
  private InputText() {}

  static String of(byte[] input) {
    return new String(input, UTF_8);
  }
}
