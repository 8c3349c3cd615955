package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Statement.AddressRange;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;

/** Prefixes as ranges. */
final class AddressRanges {
  private AddressRanges() {}

  static AddressRange of(IpPrefix prefix) {
    IpAddress first = prefix.address();
    int length = prefix.length();
    if (first.isIpv4()) {
      int hosts = length == 32 ? 0 : -1 >>> length;
      return new AddressRange(first, IpAddress.ofIpv4(first.lowInt() | hosts));
    }
    long high = length >= 64 ? 0 : -1L >>> length;
    long low = length == 128 ? 0 : length <= 64 ? -1L : -1L >>> (length - 64);
    return new AddressRange(first, IpAddress.ofIpv6(first.high() | high, first.low() | low));
  }
}
