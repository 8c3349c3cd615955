package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;

/**
 * A generic UDP encapsulation header of version 0 (draft-ietf-intarea-gue); version 1 is an IP
 * header directly, and so is Linux's foo over UDP.
 *
 * @param control whether a control message follows instead of a packet
 * @param protocol the IP protocol that follows, or the control message's type
 * @param flags which optional fields follow
 * @param options the optional fields, a multiple of four bytes
 */
public record Gue(boolean control, int protocol, int flags, Bytes options)
    implements Encapsulation {
  public static final int HEADER_LENGTH = 4;
  public static final int PORT = 6080;
}
