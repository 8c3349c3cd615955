package io.packetwalk.wire.capture;

import io.packetwalk.wire.capture.CaptureFault.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * The reader of the pcapng format (draft-ietf-opsawg-pcapng): blocks in sections, each section in
 * its own byte order and with its own interfaces.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------------------------------+
 * |                          Block type                           |
 * +---------------------------------------------------------------+
 * |                      Block total length                       |
 * +---------------------------------------------------------------+
 * |                     Body, padded to 4 bytes                   |
 * +---------------------------------------------------------------+
 * |                      Block total length                       |
 * +---------------------------------------------------------------+
 * </pre>
 */
final class PcapngReader extends CaptureReader {
  private static final int MAXIMUM_BLOCK = 16 * 1024 * 1024;
  private static final int MAXIMUM_NOTES = 100_000;
  private static final int MAXIMUM_INTERFACES = 65_536;
  private static final int FRAMING = 12;
  private static final int BODY = 8;
  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;

  private final List<CaptureNote> notes = new ArrayList<>();
  private int sectionInterfaces;
  private boolean stopped;
  private int pending;

  PcapngReader(Window window) {
    super(window);
  }

  @Override
  public boolean next() {
    while (!stopped) {
      window.advance(pending);
      pending = 0;
      Outcome outcome = block();
      stopped = outcome == Outcome.END;
      if (outcome == Outcome.FRAME) {
        number++;
        return true;
      }
    }
    return false;
  }

  @Override
  public List<CaptureNote> notes() {
    return List.copyOf(notes);
  }

  @Override
  public List<String> comments() {
    return PcapngOptions.comments(buffer(), optionsOffset, optionsLength, window.isLittleEndian());
  }

  private enum Outcome {
    FRAME,
    OTHER,
    END
  }

  private Outcome block() {
    if (!window.ensure(FRAMING)) {
      return ended(FRAMING);
    }
    int type = window.word(0);
    if (type == PcapngBlock.SECTION_HEADER && !orderSection()) {
      return fault(Reason.BYTE_ORDER, BYTE_ORDER_MAGIC, window.unsignedWord(8));
    }
    long length = window.unsignedWord(4);
    if (length < FRAMING) {
      return fault(Reason.INCONSISTENT_LENGTH, FRAMING, length);
    }
    if (length > MAXIMUM_BLOCK) {
      return fault(Reason.TOO_LONG, length, MAXIMUM_BLOCK);
    }
    int total = (int) length;
    if (!window.ensure(total)) {
      return ended(length);
    }
    long repeated = window.unsignedWord(total - 4);
    if (repeated != length) {
      return fault(Reason.INCONSISTENT_LENGTH, length, repeated);
    }
    pending = total;
    return body(type, total - FRAMING);
  }

  private boolean orderSection() {
    for (boolean little : new boolean[] {false, true}) {
      window.order(little);
      if (window.word(8) == BYTE_ORDER_MAGIC) {
        return true;
      }
    }
    return false;
  }

  private Outcome body(int type, int length) {
    return switch (type) {
      case PcapngBlock.SECTION_HEADER -> section(length);
      case PcapngBlock.INTERFACE_DESCRIPTION -> describedInterface(length);
      case PcapngBlock.ENHANCED_PACKET -> packet(window.unsignedWord(BODY), length, 20);
      case PcapngBlock.OLD_PACKET -> packet(window.half(BODY), length, 20);
      case PcapngBlock.SIMPLE_PACKET -> simplePacket(length);
      case PcapngBlock.NAME_RESOLUTION, PcapngBlock.INTERFACE_STATISTICS -> {
        PcapngBlock.notes(window, type, BODY, length, firstOfSection()).forEach(this::note);
        yield Outcome.OTHER;
      }
      default -> {
        note(new CaptureNote.Skipped(type, window.offset()));
        yield Outcome.OTHER;
      }
    };
  }

  private Outcome section(int length) {
    if (length < 16) {
      return fault(Reason.INCONSISTENT_LENGTH, 16, length);
    }
    sectionInterfaces = 0;
    PcapngOptions.comments(
            buffer(), window.position() + BODY + 16, length - 16, window.isLittleEndian())
        .forEach(text -> note(new CaptureNote.Comment(text)));
    return Outcome.OTHER;
  }

  private Outcome describedInterface(int length) {
    if (length < 8) {
      return fault(Reason.INCONSISTENT_LENGTH, 8, length);
    }
    if (interfaceCount() == MAXIMUM_INTERFACES) {
      return fault(Reason.TOO_LONG, MAXIMUM_INTERFACES + 1L, MAXIMUM_INTERFACES);
    }
    add(PcapngBlock.describedInterface(window, BODY, length));
    sectionInterfaces++;
    return Outcome.OTHER;
  }

  private Outcome packet(long index, int length, int header) {
    if (length < header) {
      return fault(Reason.INCONSISTENT_LENGTH, header, length);
    }
    if (index >= sectionInterfaces) {
      return fault(Reason.UNKNOWN_INTERFACE, index, sectionInterfaces);
    }
    long claimed = window.unsignedWord(BODY + 12);
    if (claimed > length - header) {
      return fault(Reason.INCONSISTENT_LENGTH, claimed, length - header);
    }
    long ticks = window.unsignedWord(BODY + 4) << 32 | window.unsignedWord(BODY + 8);
    CaptureInterface at = use((int) index);
    nanoseconds = at.clock().nanoseconds(ticks);
    captured = (int) claimed;
    original = Math.max(window.word(BODY + 16), captured);
    frameOffset = window.position() + BODY + header;
    int padded = Math.min(captured + 3 & ~3, length - header);
    optionsOffset = frameOffset + padded;
    optionsLength = length - header - padded;
    return Outcome.FRAME;
  }

  private Outcome simplePacket(int length) {
    if (length < 4) {
      return fault(Reason.INCONSISTENT_LENGTH, 4, length);
    }
    if (sectionInterfaces == 0) {
      return fault(Reason.UNKNOWN_INTERFACE, 0, 0);
    }
    CaptureInterface at = use(0);
    long onWire = window.unsignedWord(BODY);
    long limit = at.snapLength() > 0 ? at.snapLength() : Long.MAX_VALUE;
    captured = (int) Math.min(Math.min(onWire, limit), length - 4);
    original = (int) Math.max(Math.min(onWire, Integer.MAX_VALUE), captured);
    nanoseconds = 0;
    frameOffset = window.position() + BODY + 4;
    optionsLength = 0;
    return Outcome.FRAME;
  }

  private CaptureInterface use(int index) {
    interfaceIndex = firstOfSection() + index;
    CaptureInterface at = interfaceAt(interfaceIndex);
    linkType = at.linkType();
    return at;
  }

  private int firstOfSection() {
    return interfaceCount() - sectionInterfaces;
  }

  private void note(CaptureNote note) {
    if (notes.size() < MAXIMUM_NOTES) {
      notes.add(note);
    }
  }

  private Outcome ended(long required) {
    end(required);
    return Outcome.END;
  }

  private Outcome fault(Reason reason, long required, long available) {
    stop(reason, required, available);
    return Outcome.END;
  }
}
