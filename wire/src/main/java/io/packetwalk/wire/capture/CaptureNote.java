package io.packetwalk.wire.capture;

import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.OptionalLong;

/** Something that a pcapng capture says beside its frames. */
public sealed interface CaptureNote {

  /** The names that the capturing machine knew for an address. */
  record Names(IpAddress address, List<String> names) implements CaptureNote {
    public Names {
      names = List.copyOf(names);
    }
  }

  /**
   * What an interface counted while it captured; -1 where it doesn't say.
   *
   * @param received frames that reached the interface
   * @param dropped frames that the interface lost, for want of room
   * @param started when capturing began, in units of the interface's clock
   * @param ended when it ended, likewise
   */
  record Statistics(
      int interfaceIndex,
      long received,
      long dropped,
      long droppedBySystem,
      OptionalLong started,
      OptionalLong ended)
      implements CaptureNote {
    /** Counts without times. */
    public Statistics(int interfaceIndex, long received, long dropped, long droppedBySystem) {
      this(
          interfaceIndex,
          received,
          dropped,
          droppedBySystem,
          OptionalLong.empty(),
          OptionalLong.empty());
    }
  }

  /** What a person wrote about the capture, or the program and machine that made it. */
  record Comment(String text) implements CaptureNote {}

  /** A block that isn't read: decryption secrets, custom blocks, later types. */
  record Skipped(int blockType, long offset) implements CaptureNote {}
}
