package io.packetwalk.model.net;

import java.util.OptionalLong;

/**
 * The optional fields that a GRE tunnel uses (RFC 2890).
 *
 * @param sent the key that it puts into what it sends
 * @param expected the key of what it takes
 * @param counted whether it uses checksums or sequence numbers in either direction
 */
public record GreFields(OptionalLong sent, OptionalLong expected, boolean counted) {
  public static final GreFields NONE =
      new GreFields(OptionalLong.empty(), OptionalLong.empty(), false);
}
