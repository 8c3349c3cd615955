package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Element;
import io.packetwalk.model.netfilter.Span;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import io.packetwalk.wire.MacAddress;
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
        number.filter(IpSetElement::isPortless).isPresent()
            ? Optional.of(new Span.Numbers(0, 65535))
            : ports(behind);
    return number.flatMap(known -> ports.map(span -> List.of(Span.one(known), span)));
  }

  private static boolean isPortless(int protocol) {
    return protocol != 6 && protocol != 17 && protocol != 132 && protocol != 136;
  }

  private static Span device(String text) {
    String bare = text.startsWith("physdev:") ? text.substring(8) : text;
    return Span.device(bare, '+');
  }
}
