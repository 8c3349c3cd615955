package io.packetwalk.wire.capture;

import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The writer of the pcapng format (draft-ietf-opsawg-pcapng): one section, little-endian, with
 * nanosecond timestamps and one interface for each capture point.
 */
public final class PcapngWriter {
  private static final int COMMENT = 1;
  private static final int SECTION_HARDWARE = 2;
  private static final int SECTION_APPLICATION = 4;
  private static final int PACKET_FLAGS = 2;
  private static final int PACKET_IDENTIFIER = 5;
  private static final int NANOSECONDS = 9;

  private final ByteSink sink;
  private int interfaces;

  /**
   * Begins the section.
   *
   * @param application the program that writes, as readers show it
   * @param machine where the frames were captured; may be empty
   */
  public PcapngWriter(ByteSink sink, String application, String machine) {
    this.sink = sink;
    PcapngBlockBuilder block = new PcapngBlockBuilder(PcapngBlock.SECTION_HEADER);
    block.word(0x1a2b_3c4d).half(1).half(0).doubleWord(-1);
    if (!machine.isEmpty()) {
      block.text(SECTION_HARDWARE, machine);
    }
    sink.write(block.text(SECTION_APPLICATION, application).build());
  }

  /**
   * Describes a capture point; timestamps are written in nanoseconds, whatever its clock.
   *
   * @return the index for its frames
   */
  public int describe(CaptureInterface point) {
    PcapngBlockBuilder block =
        new PcapngBlockBuilder(PcapngBlock.INTERFACE_DESCRIPTION)
            .half(point.linkType().number())
            .half(0)
            .word(point.snapLength());
    if (!point.name().isEmpty()) {
      block.text(PcapngBlock.IF_NAME, point.name());
    }
    if (!point.description().isEmpty()) {
      block.text(PcapngBlock.IF_DESCRIPTION, point.description());
    }
    if (!point.filter().isEmpty()) {
      block.text(PcapngBlock.IF_FILTER, "\0" + point.filter());
    }
    sink.write(block.option(PcapngBlock.IF_RESOLUTION, (byte) NANOSECONDS).build());
    return interfaces++;
  }

  /** Writes what addresses are called: pods, Services, nodes. */
  public void names(Map<IpAddress, List<String>> names) {
    PcapngBlockBuilder block = new PcapngBlockBuilder(PcapngBlock.NAME_RESOLUTION);
    names.forEach((address, known) ->
        block.option(
            address.isIpv4() ? PcapngBlock.NAME_IPV4 : PcapngBlock.NAME_IPV6,
            PcapngBlockBuilder.nameRecord(address, known)));
    sink.write(block.build());
  }

  /**
   * What is written with a frame.
   *
   * @param identifier the same for one packet at every point (epb_packetid)
   * @param flags direction and reception (epb_flags): 1 inbound, 2 outbound
   */
  public record Annotation(List<String> comments, OptionalLong identifier, OptionalInt flags) {
    public static final Annotation NONE =
        new Annotation(List.of(), OptionalLong.empty(), OptionalInt.empty());

    public Annotation {
      comments = List.copyOf(comments);
    }
  }

  /** Writes a frame, whose interface must have been described. */
  public void write(Frame frame, Annotation annotation) {
    if (frame.interfaceIndex() >= interfaces) {
      throw new IllegalArgumentException("interface " + frame.interfaceIndex());
    }
    PcapngBlockBuilder block =
        new PcapngBlockBuilder(PcapngBlock.ENHANCED_PACKET)
            .word(frame.interfaceIndex())
            .word((int) (frame.nanoseconds() >>> 32))
            .word((int) frame.nanoseconds())
            .word(frame.content().length())
            .word(frame.originalLength())
            .padded(frame.content().toArray());
    annotation.comments().forEach(comment -> block.text(COMMENT, comment));
    annotation.flags().ifPresent(flags -> block.wordOption(PACKET_FLAGS, flags));
    annotation.identifier().ifPresent(id -> block.doubleWordOption(PACKET_IDENTIFIER, id));
    sink.write(block.build());
  }

  /**
   * Writes what an interface counted.
   *
   * @param start when capturing began, in nanoseconds since 1970
   * @param end when it ended
   */
  public void statistics(CaptureNote.Statistics counted, long start, long end) {
    PcapngBlockBuilder block =
        new PcapngBlockBuilder(PcapngBlock.INTERFACE_STATISTICS)
            .word(counted.interfaceIndex())
            .word((int) (end >>> 32))
            .word((int) end)
            .timeOption(PcapngBlock.STATISTICS_START, start)
            .timeOption(PcapngBlock.STATISTICS_END, end);
    counter(block, PcapngBlock.STATISTICS_RECEIVED, counted.received());
    counter(block, PcapngBlock.STATISTICS_DROPPED, counted.dropped());
    counter(block, PcapngBlock.STATISTICS_DROPPED_BY_SYSTEM, counted.droppedBySystem());
    sink.write(block.build());
  }

  private static void counter(PcapngBlockBuilder block, int code, long count) {
    if (count >= 0) {
      block.doubleWordOption(code, count);
    }
  }
}
