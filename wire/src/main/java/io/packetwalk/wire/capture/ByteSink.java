package io.packetwalk.wire.capture;

/** Where a capture's bytes go, in order; the caller opens and closes it. */
@FunctionalInterface
public interface ByteSink {
  void write(byte[] bytes);
}
