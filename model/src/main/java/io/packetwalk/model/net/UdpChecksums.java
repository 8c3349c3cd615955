package io.packetwalk.model.net;

/**
 * What a tunnel over UDP and IPv6 does about checksums (RFC 6935). Over IPv4 nobody asks for one.
 *
 * @param sent whether it calculates one, instead of sending zero
 * @param required whether it takes no packets without one
 */
public record UdpChecksums(boolean sent, boolean required) {
  /** VXLAN's, unless it was told otherwise. */
  public static final UdpChecksums STRICT = new UdpChecksums(true, true);

  /** Geneve's, which takes both. */
  public static final UdpChecksums LENIENT = new UdpChecksums(true, false);
}
