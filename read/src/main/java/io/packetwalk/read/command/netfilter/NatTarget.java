package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Ports;
import io.packetwalk.model.netfilter.Statement.AddressRange;
import io.packetwalk.wire.IpAddress;
import java.util.Optional;

/**
 * What an address is translated to: {@code 10.0.0.1}, {@code 10.0.0.1-10.0.0.4:80-90}, {@code
 * :8080}, {@code [2001:db8::1]:80}. A shifted range of ports ({@code 80-90/1000}) isn't read.
 */
record NatTarget(Optional<AddressRange> addresses, Optional<Ports> ports) {

  static Optional<NatTarget> parse(String text) {
    int portAt = portSeparator(text);
    String address = bare(portAt < 0 ? text : text.substring(0, portAt));
    Optional<Ports> ports =
        portAt < 0 ? Optional.empty() : Numbers.ports(text.substring(portAt + 1));
    if (portAt >= 0 && ports.isEmpty()) {
      return Optional.empty();
    }
    if (address.isEmpty()) {
      return ports.isEmpty()
          ? Optional.empty()
          : Optional.of(new NatTarget(Optional.empty(), ports));
    }
    return range(address).map(known -> new NatTarget(Optional.of(known), ports));
  }

  private static int portSeparator(String text) {
    int bracket = text.lastIndexOf(']');
    int colon = text.indexOf(':', Math.max(bracket, 0));
    boolean bareVersion6 = bracket < 0 && colon >= 0 && text.indexOf(':', colon + 1) >= 0;
    return bareVersion6 ? -1 : colon;
  }

  private static String bare(String address) {
    return address.replace("[", "").replace("]", "");
  }

  private static Optional<AddressRange> range(String text) {
    int hyphen = text.indexOf('-');
    if (hyphen < 0) {
      return IpAddress.parse(text).map(AddressRange::of);
    }
    Optional<IpAddress> first = IpAddress.parse(text.substring(0, hyphen));
    Optional<IpAddress> last = IpAddress.parse(text.substring(hyphen + 1));
    return first.flatMap(low ->
        last.filter(high -> high.family() == low.family() && high.compareTo(low) >= 0)
            .map(high -> new AddressRange(low, high)));
  }
}
