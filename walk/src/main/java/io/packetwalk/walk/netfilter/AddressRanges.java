package io.packetwalk.walk.netfilter;

import io.packetwalk.model.netfilter.Statement.AddressRange;
import io.packetwalk.wire.IpAddress;

/** Networks mapped onto networks, one to one (NF_NAT_RANGE_NETMAP). */
final class AddressRanges {
  private AddressRanges() {}

  /** The range's network with the address's own host bits. */
  static IpAddress mapped(IpAddress address, AddressRange range) {
    long hostHigh = range.first().high() ^ range.last().high();
    long hostLow = range.first().low() ^ range.last().low();
    return new IpAddress(
        address.family(),
        (range.first().high() & ~hostHigh) | (address.high() & hostHigh),
        (range.first().low() & ~hostLow) | (address.low() & hostLow));
  }
}
