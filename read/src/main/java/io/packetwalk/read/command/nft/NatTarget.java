package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Ports;
import io.packetwalk.model.netfilter.Statement.AddressRange;
import io.packetwalk.read.command.netfilter.Numbers;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.Optional;

/**
 * What nft writes a translation to: {@code 10.0.0.1-10.0.0.9:80-90}, {@code [fd00::1]:80}, {@code
 * :80}.
 */
record NatTarget(Optional<AddressRange> addresses, Optional<Ports> ports) {

  static Optional<NatTarget> parse(String text) {
    int colon = colon(text);
    String address = colon < 0 ? text : text.substring(0, colon);
    String port = colon < 0 ? "" : text.substring(colon + 1);
    Optional<AddressRange> range = address.isEmpty() ? Optional.empty() : range(address);
    Optional<Ports> ports = port.isEmpty() ? Optional.empty() : Numbers.ports(port);
    boolean unread =
        (range.isEmpty() && !address.isEmpty()) || (ports.isEmpty() && !port.isEmpty());
    boolean nothing = range.isEmpty() && ports.isEmpty();
    return unread || nothing ? Optional.empty() : Optional.of(new NatTarget(range, ports));
  }

  /** Where the ports begin; an IPv6 address stands in brackets when there are some. */
  private static int colon(String text) {
    int bracket = text.lastIndexOf(']');
    if (bracket >= 0) {
      return text.startsWith(":", bracket + 1) ? bracket + 1 : -1;
    }
    int colon = text.indexOf(':');
    boolean only = colon >= 0 && text.indexOf(':', colon + 1) < 0;
    return only ? colon : -1;
  }

  private static Optional<AddressRange> range(String text) {
    String bare = text.replace("[", "").replace("]", "");
    int hyphen = bare.indexOf('-');
    if (hyphen < 0) {
      return IpPrefix.parse(bare).map(AddressRanges::of);
    }
    Optional<IpAddress> first = IpAddress.parse(bare.substring(0, hyphen));
    Optional<IpAddress> last = IpAddress.parse(bare.substring(hyphen + 1));
    return first.flatMap(low ->
        last.filter(high -> high.family() == low.family() && low.compareTo(high) <= 0)
            .map(high -> new AddressRange(low, high)));
  }
}
