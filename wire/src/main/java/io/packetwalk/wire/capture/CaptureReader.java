package io.packetwalk.wire.capture;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.LinkType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The reader of a capture, frame by frame, in constant memory.
 *
 * <p>After {@link #next} returned true the accessors describe the current frame; its bytes are in
 * {@link #buffer}, which the next call overwrites. After it returned false, {@link #fault} says
 * whether the capture ended where it should.
 */
public abstract sealed class CaptureReader permits PcapReader, PcapngReader, UnknownReader {
  private static final int SECTION_HEADER = 0x0a0d0d0a;

  final Window window;
  private final List<CaptureInterface> interfaces = new ArrayList<>();
  private Optional<CaptureFault> fault = Optional.empty();

  long number;
  int interfaceIndex;
  LinkType linkType = LinkType.ETHERNET;
  int frameOffset;
  int captured;
  int original;
  long nanoseconds;
  int optionsOffset;
  int optionsLength;

  CaptureReader(Window window) {
    this.window = window;
  }

  /** Reads the capture's first bytes to find its format. */
  public static CaptureReader open(ByteSource source) {
    Window window = new Window(source);
    if (!window.ensure(4)) {
      return new UnknownReader(window);
    }
    if (window.word(0) == SECTION_HEADER) {
      return new PcapngReader(window);
    }
    Optional<PcapFormat> format = PcapFormat.of(window.word(0));
    return format.isPresent() ? new PcapReader(window, format.get()) : new UnknownReader(window);
  }

  /** All frames that can be read from here, as values. */
  public List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    while (next()) {
      frames.add(frame());
    }
    return frames;
  }

  /** Moves to the next frame; false at the end, or where the capture is damaged. */
  public abstract boolean next();

  /** The current frame as a value. */
  public Frame frame() {
    Bytes content = Bytes.of(buffer(), frameOffset, captured);
    return new Frame(interfaceIndex, linkType, nanoseconds, original, content);
  }

  /** Why reading ended early, if it did. */
  public Optional<CaptureFault> fault() {
    return fault;
  }

  /** The interfaces that were described so far, over all sections. */
  public List<CaptureInterface> interfaces() {
    return List.copyOf(interfaces);
  }

  /** What the capture said beside its frames, so far. */
  public List<CaptureNote> notes() {
    return List.of();
  }

  /** The comments on the current frame. */
  public List<String> comments() {
    return List.of();
  }

  /** The current frame's number, from 1. */
  public long number() {
    return number;
  }

  /** The index of the current frame's interface in {@link #interfaces}. */
  public int interfaceIndex() {
    return interfaceIndex;
  }

  public LinkType linkType() {
    return linkType;
  }

  /** The array that the current frame is in. */
  public byte[] buffer() {
    return window.buffer();
  }

  /** Where the current frame begins in the buffer. */
  public int frameOffset() {
    return frameOffset;
  }

  /** How many bytes of the current frame there are. */
  public int captured() {
    return captured;
  }

  /** How many bytes the current frame had on the wire. */
  public int original() {
    return original;
  }

  /** When the current frame was captured, in nanoseconds since 1970; zero when unknown. */
  public long nanoseconds() {
    return nanoseconds;
  }

  /** How far reading has come, in bytes of the (uncompressed) capture. */
  public long offset() {
    return window.offset();
  }

  int interfaceCount() {
    return interfaces.size();
  }

  /** The description of an interface, by its index over all sections. */
  public CaptureInterface interfaceAt(int index) {
    return interfaces.get(index);
  }

  void add(CaptureInterface described) {
    interfaces.add(described);
  }

  /** Ends reading with a fault at the window's position. */
  boolean stop(CaptureFault.Reason reason, long required, long available) {
    fault = Optional.of(new CaptureFault(reason, window.offset(), required, available));
    return false;
  }

  /** Ends reading where the source ended, which is a fault unless everything was read. */
  boolean end(long required) {
    return window.available() > 0
        ? stop(CaptureFault.Reason.TRUNCATED, required, window.available())
        : false;
  }
}
