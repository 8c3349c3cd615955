package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;

/**
 * A Geneve header (RFC 8926, 3.4).
 *
 * @param protocolType EtherType of what follows, usually {@link
 *     EtherType#TRANSPARENT_ETHERNET_BRIDGING}
 * @param options the options' bytes, a multiple of four
 */
public record Geneve(
    int version, boolean control, boolean critical, int protocolType, int vni, Bytes options)
    implements Layer {
  public static final int HEADER_LENGTH = 8;
  public static final int PORT = 6081;

  public static Geneve of(int vni) {
    return new Geneve(0, false, false, EtherType.TRANSPARENT_ETHERNET_BRIDGING, vni, Bytes.EMPTY);
  }
}
