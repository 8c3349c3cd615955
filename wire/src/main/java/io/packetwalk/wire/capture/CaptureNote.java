package io.packetwalk.wire.capture;

import io.packetwalk.wire.IpAddress;
import java.util.List;

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
   */
  record Statistics(int interfaceIndex, long received, long dropped, long droppedBySystem)
      implements CaptureNote {}

  /** What a person wrote about the capture, or the program and machine that made it. */
  record Comment(String text) implements CaptureNote {}

  /** A block that isn't read: decryption secrets, custom blocks, later types. */
  record Skipped(int blockType, long offset) implements CaptureNote {}
}
