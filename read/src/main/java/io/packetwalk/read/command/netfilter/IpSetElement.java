package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Element;
import io.packetwalk.model.netfilter.Span;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.IpProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads elements of ipset's sets, such as {@code 10.0.0.0/24,tcp:80,10.1.0.1}. */
final class IpSetElement {
  private IpSetElement() {}

  static Optional<Element> parse(String type, String text, boolean exception) {
    if (type.equals("list:set")) {
      return Optional.of(
          new Element(
              List.of(new Span.Beginning("")), false, List.of(Datum.of(text)), Optional.empty()));
    }
    String[] kinds = type.substring(type.indexOf(':') + 1).split(",", -1);
    String[] parts = text.split(",", -1);
    if (kinds.length != parts.length) {
      return Optional.empty();
    }
    List<Span> key = new ArrayList<>();
    for (int part = 0; part < kinds.length; part++) {
      Optional<List<Span>> spans = part(kinds[part], parts[part], type);
      if (spans.isEmpty()) {
        return Optional.empty();
      }
      key.addAll(spans.get());
    }
    return Optional.of(new Element(key, exception, List.of(), Optional.empty()));
  }

  private static Optional<List<Span>> part(String kind, String text, String type) {
    return switch (kind) {
      case "ip", "net" -> address(text).map(List::of);
      case "port" -> type.equals("bitmap:port") ? ports(text).map(List::of) : transport(text);
      case "mac" -> MacAddress.parse(text).map(mac -> List.of(Span.one(mac.bits())));
      case "iface" -> Optional.of(List.of(device(text)));
      case "mark" -> Masked.parse(text).map(mark -> List.of(Span.one(mark.value())));
      default -> Optional.empty();
    };
  }

  private static Optional<Span> address(String text) {
    int hyphen = text.indexOf('-');
    if (hyphen < 0) {
      return IpPrefix.parse(text).map(Span::of);
    }
    Optional<IpAddress> low = IpAddress.parse(text.substring(0, hyphen));
    Optional<IpAddress> high = IpAddress.parse(text.substring(hyphen + 1));
    return low.flatMap(first -> high.map(last -> new Span.Addresses(first, last)));
  }

  private static Optional<Span> ports(String text) {
    return Numbers.ports(text).map(Numbers::span);
  }

  /** A protocol with its ports; without a protocol TCP is meant. */
  private static Optional<List<Span>> transport(String text) {
    int colon = text.indexOf(':');
    String protocol = colon < 0 ? "tcp" : text.substring(0, colon);
    String behind = text.substring(colon + 1);
    Optional<Integer> number = Numbers.protocol(protocol);
    Optional<Span> ports =
        number
            .<Optional<Span>>map(known ->
                switch (known) {
                  case IpProtocol.ICMP -> message(behind, false);
                  case IpProtocol.ICMPV6 -> message(behind, true);
                  default ->
                      isPortless(known) ? Optional.of(new Span.Numbers(0, 65535)) : ports(behind);
                })
            .orElse(Optional.empty());
    return number.flatMap(known -> ports.map(span -> List.of(Span.one(known), span)));
  }

  /** An ICMP message's type and code, one number (ip_set_get_ip4_port). */
  private static Optional<Span> message(String text, boolean version6) {
    return IcmpTypes.parse(text, version6)
        .filter(pair -> pair[0] >= 0)
        .map(pair -> Span.one((long) pair[0] << 8 | Math.max(pair[1], 0)));
  }

  private static boolean isPortless(int protocol) {
    return protocol != 6 && protocol != 17 && protocol != 132 && protocol != 136;
  }

  private static Span device(String text) {
    String bare = text.startsWith("physdev:") ? text.substring(8) : text;
    return Span.device(bare, '+');
  }
}
