package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import java.util.Optional;
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

  /** Whether this is a piece of a larger packet: a fragment header that isn't atomic (RFC 6946). */
  public boolean isFragment() {
    return extension(IpProtocol.FRAGMENT)
        .filter(at -> (extensions.at(at + 2) << 8 | (extensions.at(at + 3) & 0xf9)) != 0)
        .isPresent();
  }

  /** Whether a routing header still changes the destination on the way (RFC 8200, 4.4). */
  public boolean isSourceRouted() {
    return extension(IpProtocol.ROUTING).filter(at -> extensions.at(at + 3) != 0).isPresent();
  }

  /** Where the extension header of this protocol begins in {@link #extensions}. */
  public Optional<Integer> extension(int wanted) {
    int next = firstHeader;
    int at = 0;
    while (at + 8 <= extensions.length()) {
      if (next == wanted) {
        return Optional.of(at);
      }
      int units = next == IpProtocol.FRAGMENT ? 1 : extensions.at(at + 1) + 1;
      next = extensions.at(at);
      at += units * 8;
    }
    return Optional.empty();
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
