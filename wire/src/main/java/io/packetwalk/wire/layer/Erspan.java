package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;

/**
 * The header of a mirrored frame inside {@link Gre} (draft-foschiano-erspan): type II has version
 * 1, type III version 2.
 *
 * @param vlan the frame's own VLAN, 12 bits
 * @param flags the six bits between VLAN and session: class of service, encapsulation, truncation
 * @param session the mirror session's number, 10 bits
 * @param rest the bytes after the first four: port index, or timestamp, security group and hardware
 */
public record Erspan(int version, int vlan, int flags, int session, Bytes rest)
    implements Encapsulation {
  public static final int TYPE_2 = 1;
  public static final int TYPE_3 = 2;
  public static final int TYPE_2_LENGTH = 8;
  public static final int TYPE_3_LENGTH = 12;

  /** Whether the mirror cut the frame. */
  public boolean truncated() {
    return (flags & 1) != 0;
  }
}
