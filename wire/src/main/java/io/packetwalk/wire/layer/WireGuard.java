package io.packetwalk.wire.layer;

import java.util.OptionalLong;

/**
 * The readable start of a WireGuard message (the WireGuard whitepaper, 5.4); the rest is encrypted
 * and follows as {@link Payload}.
 *
 * @param type 1 handshake initiation, 2 response, 3 cookie reply, 4 transport data
 * @param index the sender's index of a handshake, the receiver's index otherwise; unsigned
 * @param counter a data message's counter
 */
public record WireGuard(int type, int index, OptionalLong counter) implements Encapsulation {
  public static final int HEADER_LENGTH = 8;
  public static final int DATA_HEADER_LENGTH = 16;
  public static final int PORT = 51820;
  public static final int INITIATION = 1;
  public static final int RESPONSE = 2;
  public static final int COOKIE = 3;
  public static final int DATA = 4;

  public WireGuard {
    if (counter.isPresent() != (type == DATA)) {
      throw new IllegalArgumentException("data messages, and only they, have a counter");
    }
  }
}
