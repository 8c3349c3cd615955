package io.packetwalk.capture.filter;

import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.decode.Dissection;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A filter in the language of tcpdump, compiled and run by libpcap, on the outermost headers. One
 * program is compiled for each link type.
 */
public final class PcapFilter implements FrameFilter, AutoCloseable {
  private static final int LONGEST_FRAME = 16 * 1024 * 1024;

  private final String expression;
  private final PcapLibrary library;
  private final Arena arena = Arena.ofShared();
  private final Map<Integer, MemorySegment> programs = new LinkedHashMap<>();
  private final MemorySegment header = arena.allocate(PcapLibrary.PACKET_HEADER, 8);
  private MemorySegment frame = arena.allocate(1 << 16);

  private PcapFilter(String expression, PcapLibrary library) {
    this.expression = expression;
    this.library = library;
  }

  /**
   * Compiles the expression for Ethernet, to say early what is wrong with it.
   *
   * @throws FilterSyntaxException when the expression is wrong, or libpcap isn't there
   */
  public static PcapFilter compile(String expression) throws FilterSyntaxException {
    PcapLibrary library =
        PcapLibrary.load()
            .orElseThrow(() ->
                new FilterSyntaxException(
                    "libpcap isn't installed (Debian: libpcap0.8); --inner works without it"));
    PcapFilter filter = new PcapFilter(expression, library);
    library.compile(filter.arena, LinkType.ETHERNET.number(), expression);
    return filter;
  }

  @Override
  public boolean matches(LinkType link, Dissection dissection) {
    MemorySegment program = programs.computeIfAbsent(link.number(), this::program);
    if (program.equals(MemorySegment.NULL)) {
      return false;
    }
    int length = dissection.captured();
    if (length > frame.byteSize()) {
      frame = arena.allocate(Math.min(LONGEST_FRAME, length * 2L));
    }
    MemorySegment.copy(
        dissection.bytes(), dissection.start(), frame, ValueLayout.JAVA_BYTE, 0, length);
    header.set(ValueLayout.JAVA_INT, 16, length);
    header.set(ValueLayout.JAVA_INT, 20, dissection.original());
    return library.matches(program, header, frame);
  }

  /** An expression that makes no sense for a link type matches nothing there. */
  private MemorySegment program(int linkType) {
    try {
      return library.compile(arena, linkType, expression);
    } catch (FilterSyntaxException _) {
      return MemorySegment.NULL;
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
