package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import java.util.OptionalInt;

/**
 * An IPv6 header with its extension headers (RFC 8200, 3 and 4).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+---------------+---------------------------------------+
 * |Version| Traffic class |              Flow label               |
 * +-------+---------------+-------+---------------+---------------+
 * |        Payload length         |  Next header  |   Hop limit   |
 * +-------------------------------+---------------+---------------+
 * |                   Source address (16 bytes)                   |
 * +---------------------------------------------------------------+
 * |                Destination address (16 bytes)                 |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * @param firstHeader the next header field of the fixed header; equals {@code protocol} when there
 *     are no extension headers
 * @param protocol the next header field of the last extension header
 * @param extensions the extension headers' bytes
 * @param declaredLength the payload length where it isn't what the content needs; empty otherwise
 */
public record Ipv6(
    int trafficClass,
    int flowLabel,
    int firstHeader,
    int protocol,
    int hopLimit,
    IpAddress source,
    IpAddress destination,
    Bytes extensions,
    OptionalInt declaredLength)
    implements Layer, Ip {
  public static final int HEADER_LENGTH = 40;

  /** A header without extension headers. */
  public static Ipv6 of(IpAddress source, IpAddress destination, int protocol, int hopLimit) {
    return new Ipv6(
        0, 0, protocol, protocol, hopLimit, source, destination, Bytes.EMPTY, OptionalInt.empty());
  }

  @Override
  public int headerLength() {
    return HEADER_LENGTH + extensions.length();
  }

  @Override
  public Ipv6 withHopLimit(int changed) {
    return new Ipv6(
        trafficClass,
        flowLabel,
        firstHeader,
        protocol,
        changed,
        source,
        destination,
        extensions,
        declaredLength);
  }

  @Override
  public Ipv6 withAddresses(IpAddress changedSource, IpAddress changedDestination) {
    return new Ipv6(
        trafficClass,
        flowLabel,
        firstHeader,
        protocol,
        hopLimit,
        changedSource,
        changedDestination,
        extensions,
        declaredLength);
  }
}
