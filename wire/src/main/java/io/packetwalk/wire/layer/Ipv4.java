package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import java.util.OptionalInt;

/**
 * An IPv4 header (RFC 791, 3.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+-------+---------------+-------------------------------+
 * |Version|  IHL  |Type of service|         Total length          |
 * +-------+-------+---------------+-----+-------------------------+
 * |        Identification         |Flags|    Fragment offset      |
 * +---------------+---------------+-----+-------------------------+
 * | Time to live  |   Protocol    |        Header checksum        |
 * +---------------+---------------+-------------------------------+
 * |                        Source address                         |
 * +---------------------------------------------------------------+
 * |                     Destination address                       |
 * +---------------------------------------------------------------+
 * |                     Options (if IHL &gt; 5)                      |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * @param flags the three bits before the fragment offset: {@link #RESERVED}, {@link
 *     #DONT_FRAGMENT}, {@link #MORE_FRAGMENTS}
 * @param fragmentOffset in units of 8 bytes
 * @param declaredLength the total length where it isn't what the content needs; empty otherwise
 * @param declaredChecksum the checksum where it isn't the right one; empty otherwise
 */
public record Ipv4(
    int typeOfService,
    int identification,
    int flags,
    int fragmentOffset,
    int ttl,
    int protocol,
    IpAddress source,
    IpAddress destination,
    Bytes options,
    OptionalInt declaredLength,
    OptionalInt declaredChecksum)
    implements Layer, Ip {
  public static final int HEADER_LENGTH = 20;
  public static final int RESERVED = 4;
  public static final int DONT_FRAGMENT = 2;
  public static final int MORE_FRAGMENTS = 1;

  /** A header without options and fragmentation, as a host sends it with path MTU discovery. */
  public static Ipv4 of(IpAddress source, IpAddress destination, int protocol, int ttl) {
    return new Ipv4(
        0,
        0,
        DONT_FRAGMENT,
        0,
        ttl,
        protocol,
        source,
        destination,
        Bytes.EMPTY,
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  public boolean dontFragment() {
    return (flags & DONT_FRAGMENT) != 0;
  }

  /** Whether this is a piece of a larger packet. */
  public boolean isFragment() {
    return fragmentOffset != 0 || (flags & MORE_FRAGMENTS) != 0;
  }

  @Override
  public int hopLimit() {
    return ttl;
  }

  @Override
  public int trafficClass() {
    return typeOfService;
  }

  @Override
  public int headerLength() {
    return HEADER_LENGTH + options.length();
  }

  @Override
  public Ipv4 withHopLimit(int changed) {
    return new Ipv4(
        typeOfService,
        identification,
        flags,
        fragmentOffset,
        changed,
        protocol,
        source,
        destination,
        options,
        declaredLength,
        OptionalInt.empty());
  }

  @Override
  public Ipv4 withAddresses(IpAddress changedSource, IpAddress changedDestination) {
    return new Ipv4(
        typeOfService,
        identification,
        flags,
        fragmentOffset,
        ttl,
        protocol,
        changedSource,
        changedDestination,
        options,
        declaredLength,
        OptionalInt.empty());
  }
}
