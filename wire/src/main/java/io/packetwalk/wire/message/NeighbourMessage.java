package io.packetwalk.wire.message;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Icmpv6;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A neighbour discovery message (RFC 4861, 4), behind its ICMPv6 header.
 *
 * @param type 133 router solicitation to 137 redirect
 * @param target the address that is asked for, told, or led to
 * @param linkAddress the source's or target's link address
 * @param prefixes what a router says is on the link, such as {@code fd00::/64}
 */
public record NeighbourMessage(
    int type, Optional<IpAddress> target, Optional<MacAddress> linkAddress, List<String> prefixes)
    implements Message {
  private static final int ROUTER_SOLICITATION = 133;
  private static final int ROUTER_ADVERTISEMENT = 134;
  private static final int REDIRECT = 137;

  public NeighbourMessage {
    prefixes = List.copyOf(prefixes);
  }

  static Optional<Message> read(Icmpv6 icmp, Bytes bytes) {
    if (icmp.type() < ROUTER_SOLICITATION || icmp.type() > REDIRECT) {
      return Optional.empty();
    }
    int fixed =
        switch (icmp.type()) {
          case ROUTER_SOLICITATION -> 0;
          case ROUTER_ADVERTISEMENT -> 8;
          case REDIRECT -> 32;
          default -> 16;
        };
    if (bytes.length() < fixed) {
      return Optional.empty();
    }
    Optional<MacAddress> link = Optional.empty();
    List<String> prefixes = new ArrayList<>();
    int at = fixed;
    while (at + 8 <= bytes.length()) {
      int length = bytes.at(at + 1) * 8;
      if (length == 0 || at + length > bytes.length()) {
        break;
      }
      switch (bytes.at(at)) {
        case 1, 2 -> link = Optional.of(Numbers.mac(bytes, at + 2));
        case 3 -> {
          if (length == 32) {
            prefixes.add(Numbers.ipv6(bytes, at + 16) + "/" + bytes.at(at + 2));
          }
        }
        default -> {}
      }
      at += length;
    }
    Optional<IpAddress> target =
        fixed >= 16 ? Optional.of(Numbers.ipv6(bytes, 0)) : Optional.empty();
    return Optional.of(new NeighbourMessage(icmp.type(), target, link, prefixes));
  }

  @Override
  public List<String> lines() {
    String asked = target.map(IpAddress::toString).orElse("");
    String link = linkAddress.map(MacAddress::toString).orElse("no link address");
    return List.of(
        switch (type) {
          case ROUTER_SOLICITATION -> "who routes here? from " + link;
          case ROUTER_ADVERTISEMENT -> "a router, " + link + prefixText();
          case Icmpv6.NEIGHBOUR_SOLICITATION -> "who has " + asked + "? from " + link;
          case Icmpv6.NEIGHBOUR_ADVERTISEMENT -> asked + " is at " + link;
          default -> "better go by " + asked + ", " + link;
        });
  }

  private String prefixText() {
    return prefixes.isEmpty() ? "" : ", on the link: " + String.join(" ", prefixes);
  }
}
