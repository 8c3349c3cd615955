package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of headers that nft names, such as {@code ip saddr} and {@code tcp dport}. */
final class HeaderFields {
  private static final int IPV4 = 2;
  private static final int IPV6 = 10;

  private static final Map<String, Integer> TRANSPORTS =
      Map.ofEntries(
          Map.entry("tcp", 6),
          Map.entry("udp", 17),
          Map.entry("udplite", 136),
          Map.entry("sctp", 132),
          Map.entry("dccp", 33),
          Map.entry("icmp", 1),
          Map.entry("icmpv6", 58),
          Map.entry("igmp", 2),
          Map.entry("esp", 50),
          Map.entry("ah", 51),
          Map.entry("comp", 108),
          Map.entry("gre", 47),
          Map.entry("vxlan", 17),
          Map.entry("geneve", 17),
          Map.entry("gretap", 47));

  private static final Set<String> OTHERS = Set.of("ip", "ip6", "ether", "arp", "vlan", "th");

  private HeaderFields() {}

  static boolean isHeader(String word) {
    return TRANSPORTS.containsKey(word) || OTHERS.contains(word);
  }

  /** The field, whose name is the cursor's next word but one. */
  static Expression read(Cursor cursor) {
    int start = cursor.position();
    String header = cursor.next().text();
    String name = cursor.next().text();
    boolean carried =
        (header.equals("vxlan") || header.startsWith("gre") || header.equals("geneve"));
    if (carried && isHeader(name)) {
      cursor.next();
    }
    boolean ofIp = header.equals("arp") && cursor.take("ip");
    boolean ofEthernet = header.equals("arp") && !ofIp && cursor.take("ether");
    String text = cursor.textFrom(start);
    List<Match> implied = implied(header, name);
    return (header.equals("arp") ? arp(name, ofIp, ofEthernet) : field(header, name))
        .map(known -> Expression.of(known.operand(), known.type(), implied, text))
        .orElseGet(() -> Expression.unreadable(text, typeOfOther(header, name), implied));
  }

  private record Known(Operand operand, DataType type) {
    static Optional<Known> of(Field field, DataType type) {
      return Optional.of(new Known(Operand.of(field), type));
    }
  }

  private static Optional<Known> field(String header, String name) {
    return switch (header) {
      case "ip", "ip6" -> network(header.equals("ip"), name);
      case "ether" -> ethernet(name);
      case "icmp" -> icmp(name, DataType.ICMP_TYPE, DataType.ICMP_CODE);
      case "icmpv6" -> icmp(name, DataType.ICMPV6_TYPE, DataType.ICMPV6_CODE);
      case "tcp" ->
          name.equals("flags") ? Known.of(Field.TCP_FLAGS, DataType.TCP_FLAGS) : port(name);
      case "udp", "udplite", "sctp", "dccp", "th" -> port(name);
      default -> Optional.empty();
    };
  }

  private static Optional<Known> port(String name) {
    return switch (name) {
      case "sport" -> Known.of(Field.SOURCE_PORT, DataType.PORT);
      case "dport" -> Known.of(Field.DESTINATION_PORT, DataType.PORT);
      default -> Optional.empty();
    };
  }

  private static Optional<Known> icmp(String name, DataType type, DataType code) {
    return switch (name) {
      case "type" -> Known.of(Field.ICMP_TYPE, type);
      case "code" -> Known.of(Field.ICMP_CODE, code);
      default -> Optional.empty();
    };
  }

  private static Optional<Known> arp(String name, boolean ofIp, boolean ofEthernet) {
    return switch (name) {
      case "operation" -> Known.of(Field.ARP_OPERATION, DataType.ARP_OPERATION);
      case "saddr" ->
          ofIp
              ? Known.of(Field.ARP_SENDER_ADDRESS, DataType.ADDRESS)
              : ofEthernet ? Known.of(Field.ARP_SENDER_MAC, DataType.MAC) : Optional.empty();
      case "daddr" ->
          ofIp
              ? Known.of(Field.ARP_TARGET_ADDRESS, DataType.ADDRESS)
              : ofEthernet ? Known.of(Field.ARP_TARGET_MAC, DataType.MAC) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Known> ethernet(String name) {
    return switch (name) {
      case "saddr" -> Known.of(Field.ETHERNET_SOURCE, DataType.MAC);
      case "daddr" -> Known.of(Field.ETHERNET_DESTINATION, DataType.MAC);
      case "type" -> Known.of(Field.ETHERNET_TYPE, DataType.ETHERNET_TYPE);
      default -> Optional.empty();
    };
  }

  private static Optional<Known> network(boolean version4, String name) {
    return switch (name) {
      case "saddr" -> Known.of(Field.SOURCE_ADDRESS, DataType.ADDRESS);
      case "daddr" -> Known.of(Field.DESTINATION_ADDRESS, DataType.ADDRESS);
      case "protocol", "nexthdr" -> Known.of(Field.NEXT_HEADER, DataType.PROTOCOL);
      case "ttl", "hoplimit" -> Known.of(Field.HOP_LIMIT, DataType.NUMBER);
      case "dscp" -> Known.of(Field.DSCP, DataType.DSCP);
      case "ecn" -> Known.of(Field.ECN, DataType.ECN);
      case "frag-off" -> Known.of(Field.FRAGMENT_BITS, DataType.NUMBER);
      case "flowlabel" -> Known.of(Field.FLOW_LABEL, DataType.NUMBER);
      case "length" ->
          Optional.of(
              new Known(
                  version4
                      ? Operand.of(Field.LENGTH)
                      : new Operand.Plus(Operand.of(Field.LENGTH), -40),
                  DataType.NUMBER));
      case "version" ->
          Optional.of(
              new Known(
                  new Operand.Constant(io.packetwalk.model.netfilter.Datum.of(version4 ? 4 : 6)),
                  DataType.NUMBER));
      default -> Optional.empty();
    };
  }

  private static DataType typeOfOther(String header, String name) {
    boolean port = header.equals("ip") || header.equals("ip6");
    return name.equals("saddr") || name.equals("daddr")
        ? port ? DataType.ADDRESS : DataType.OTHER
        : DataType.OTHER;
  }

  /** What nft adds: the version of IP, the protocol over it. */
  private static List<Match> implied(String header, String name) {
    Integer transport = TRANSPORTS.get(header);
    List<Match> implied = new ArrayList<>();
    if (header.equals("ip") || header.equals("icmp") || header.equals("igmp")) {
      implied.add(Match.is(Field.PROTOCOL_FAMILY, Span.one(IPV4)));
    } else if (header.equals("ip6") || header.equals("icmpv6")) {
      implied.add(Match.is(Field.PROTOCOL_FAMILY, Span.one(IPV6)));
    } else if (header.equals("arp") || header.equals("vlan")) {
      long announced = header.equals("arp") ? 0x0806 : 0x8100;
      implied.add(Match.is(Field.ETHERNET_TYPE, Span.one(announced)));
    }
    if (transport != null) {
      implied.add(Match.is(Field.PROTOCOL, Span.one(transport)));
    }
    boolean echo = transport != null && (name.equals("id") || name.equals("sequence"));
    if (echo && header.equals("icmp")) {
      implied.add(Match.is(Field.ICMP_TYPE, Span.one(0), Span.one(8)));
    } else if (echo && header.equals("icmpv6")) {
      implied.add(Match.is(Field.ICMP_TYPE, Span.one(128), Span.one(129)));
    }
    return implied;
  }
}
