package io.packetwalk.read.command;

import io.packetwalk.model.net.RouteEncapsulation;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** The words behind {@code encap} in a route (iproute2's lwt_print_encap). */
final class EncapsulationWords {
  private static final Set<String> AFTER =
      Set.of("via", "dev", "nexthop", "proto", "scope", "src", "metric", "table", "weight");

  /** What a walk would have to know more about: options inside, GRE's sequence numbers. */
  private static final Set<String> BEYOND =
      Set.of("geneve_opts", "vxlan_opts", "erspan_opts", "seq");

  private EncapsulationWords() {}

  /** Takes the type and its settings; those of an IP header have an own source address. */
  static RouteEncapsulation take(Words words) {
    List<String> parts = new ArrayList<>();
    String type = words.next();
    boolean header = type.equals("ip") || type.equals("ip6");
    parts.add(type);
    while (words.hasNext() && !ends(words.peek(), header)) {
      parts.add(words.next());
    }
    String text = String.join(" ", parts);
    return header && parts.stream().noneMatch(BEYOND::contains)
        ? header(text, type.equals("ip") ? IpFamily.IPV4 : IpFamily.IPV6, parts)
        : new RouteEncapsulation.Opaque(text);
  }

  private static boolean ends(String word, boolean header) {
    return AFTER.contains(word) && !(header && word.equals("src"));
  }

  private static RouteEncapsulation header(String text, IpFamily family, List<String> parts) {
    Optional<String> limit = value(parts, "ttl").or(() -> value(parts, "hoplimit"));
    OptionalInt hops = limit.map(Words::parseInt).orElse(OptionalInt.empty());
    return new RouteEncapsulation.TunnelHeader(
        text,
        family,
        value(parts, "id").map(Words::parseLong).orElse(OptionalLong.empty()).orElse(0),
        address(parts, "src"),
        address(parts, "dst"),
        hops.orElse(0) > 0 ? hops : OptionalInt.empty(),
        parts.contains("key"),
        parts.contains("csum"));
  }

  private static Optional<IpAddress> address(List<String> parts, String name) {
    return value(parts, name).flatMap(IpAddress::parse).filter(address -> !address.isUnspecified());
  }

  private static Optional<String> value(List<String> parts, String name) {
    int at = parts.indexOf(name);
    return at > 0 && at + 1 < parts.size() ? Optional.of(parts.get(at + 1)) : Optional.empty();
  }
}
