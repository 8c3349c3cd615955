package io.packetwalk.wire.capture;

import io.packetwalk.wire.LinkType;

/**
 * The reader of the pcap format (draft-ietf-opsawg-pcap): a header of 24 bytes, then records.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------------------------------+
 * |                            Seconds                            |
 * +---------------------------------------------------------------+
 * |                 Microseconds or nanoseconds                   |
 * +---------------------------------------------------------------+
 * |                        Captured length                        |
 * +---------------------------------------------------------------+
 * |                        Original length                        |
 * +---------------------------------------------------------------+
 * </pre>
 */
final class PcapReader extends CaptureReader {
  /** The largest snap length of the tools that write this format. */
  private static final int MAXIMUM_FRAME = 256 * 1024;

  private static final int FILE_HEADER = 24;
  private static final long SECOND = 1_000_000_000L;

  private final PcapFormat format;
  private final int fraction;
  private boolean started;
  private boolean stopped;

  PcapReader(Window window, PcapFormat format) {
    super(window);
    this.format = format;
    fraction = format.isNanoseconds() ? 1 : 1000;
    window.order(format.littleEndian());
  }

  @Override
  public boolean next() {
    if (stopped || (!started && !start())) {
      return false;
    }
    boolean found = record();
    stopped = !found;
    return found;
  }

  private boolean start() {
    if (!window.ensure(FILE_HEADER)) {
      stopped = true;
      return end(FILE_HEADER);
    }
    started = true;
    int snapLength = window.word(16);
    linkType = new LinkType(window.word(20) & 0xffff);
    add(CaptureInterface.of(linkType, snapLength, format.clock()));
    window.advance(FILE_HEADER);
    return true;
  }

  private boolean record() {
    int header = format.recordHeader();
    if (!window.ensure(header)) {
      return end(header);
    }
    long length = window.unsignedWord(8);
    if (length > MAXIMUM_FRAME) {
      return stop(CaptureFault.Reason.TOO_LONG, length, MAXIMUM_FRAME);
    }
    captured = (int) length;
    if (!window.ensure(header + captured)) {
      return end((long) header + captured);
    }
    nanoseconds = window.unsignedWord(0) * SECOND + window.unsignedWord(4) * fraction;
    original = Math.max(window.word(12), captured);
    frameOffset = window.position() + header;
    number++;
    window.advance(header + captured);
    return true;
  }
}
