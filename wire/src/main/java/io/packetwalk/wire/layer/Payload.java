package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;

/** The bytes after the last header that was understood. */
public record Payload(Bytes content) implements Layer {
  public static Payload zeros(int length) {
    return new Payload(Bytes.zeros(length));
  }

  public int length() {
    return content.length();
  }
}
