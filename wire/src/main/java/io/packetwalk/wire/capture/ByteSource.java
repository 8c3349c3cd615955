package io.packetwalk.wire.capture;

import java.io.IOException;

/** Where a capture's bytes come from, in order: {@code InputStream::read} is one. */
@FunctionalInterface
public interface ByteSource {
  /**
   * Reads at least one byte, and at most {@code length}.
   *
   * @return how many bytes were read; negative at the end
   */
  int read(byte[] target, int offset, int length) throws IOException;
}
