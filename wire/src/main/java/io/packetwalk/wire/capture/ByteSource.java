package io.packetwalk.wire.capture;

/**
 * Where a capture's bytes come from, in order: a file, a pipe or memory, which the caller opens and
 * closes. What goes wrong there is the caller's exception.
 */
@FunctionalInterface
public interface ByteSource {
  /**
   * Reads at least one byte, and at most {@code length}.
   *
   * @return how many bytes were read; negative at the end
   */
  int read(byte[] target, int offset, int length);

  /** A source that is already in memory. */
  static ByteSource of(byte[] content) {
    return new ByteSource() {
      private int position;

      @Override
      public int read(byte[] target, int offset, int length) {
        int count = Math.min(length, content.length - position);
        System.arraycopy(content, position, target, offset, count);
        position += count;
        return count == 0 ? -1 : count;
      }
    };
  }
}
