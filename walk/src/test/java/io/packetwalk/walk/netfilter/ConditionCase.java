package io.packetwalk.walk.netfilter;

import io.packetwalk.walk.Verdict;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A line of {@code matches.txt}.
 *
 * @param tool {@code ip}, {@code ip6} or {@code nft}
 * @param packet its name and what differs
 * @param rule what the rule says before its verdict, behind the rules before it
 * @param kernel what the kernel made of it
 * @param walk what the walk is held to
 */
record ConditionCase(
    String tool, String hook, String packet, String rule, String kernel, String walk) {

  static ConditionCase of(String line) {
    int first = line.indexOf(" | ");
    int second = line.indexOf(" | ", first + 3);
    int last = line.lastIndexOf(" | ");
    int before = line.lastIndexOf(" | ", last - 1);
    String[] where = line.substring(0, first).split(" ", -1);
    return new ConditionCase(
        where[0],
        where[1],
        line.substring(first + 3, second),
        line.substring(second + 3, before),
        line.substring(before + 3, last),
        line.substring(last + 3));
  }

  String with(String said) {
    return String.join(" | ", tool + " " + hook, packet, rule, kernel, said);
  }

  /** Whether the kernel did the opposite of what the walk is sure of. */
  boolean contradicts(String said) {
    return (kernel.equals("fits") && said.equals("misses"))
        || (kernel.equals("misses") && said.equals("fits"));
  }

  /** What the walk makes of the condition, in the words of the table. */
  String walked(String sets) {
    List<Passage> passages = passages(sets);
    if (passages.size() > 1) {
      return "share";
    }
    Passage passage = passages.getFirst();
    boolean assumed =
        passage.assumptions().stream()
            .anyMatch(assumption -> !assumption.text().startsWith("beside the listed rules"));
    String doubt = assumed ? "?" : "";
    return passage
        .ending()
        .map(ending ->
            switch (ending.verdict()) {
              case DROPPED -> "fits" + doubt;
              case UNDETERMINED -> "unknown";
              case Verdict other -> other.name();
            })
        .orElse("misses" + doubt);
  }

  List<Passage> passages(String sets) {
    Namespace router =
        tool.equals("nft")
            ? Namespace.with("nft list ruleset", nft())
            : Namespace.with(tool + "tables-legacy-save", iptables());
    Hooks hooks = router.and("ipset save", sets).hooks(RouterStack.links(), new RouterStack());
    return hooks.pass(Hook.valueOf(hook), arrived(hooks));
  }

  /** The packet at the hook; it has a connection where it came by the tracking of one. */
  private InFlight arrived(Hooks hooks) {
    return switch (Hook.valueOf(hook)) {
      case INGRESS, BRIDGE_PREROUTING, BRIDGE_PREROUTED, BRIDGE_INPUT, PREROUTING -> arriving(64);
      case INPUT -> first(hooks, Hook.PREROUTING, arriving(64));
      case FORWARD, BRIDGE_FORWARD, BRIDGE_FORWARDED ->
          first(hooks, Hook.PREROUTING, arriving(lowered())).withOutput("r1");
      case OUTPUT, BRIDGE_OUTPUT -> Namespace.starting(sent(64), "r1");
      case POSTROUTING, EGRESS, BRIDGE_POSTROUTING ->
          first(hooks, Hook.PREROUTING, arriving(lowered())).withOutput("r1");
    };
  }

  private static InFlight first(Hooks hooks, Hook hook, InFlight packet) {
    return hooks.pass(hook, packet).getFirst().after();
  }

  private int lowered() {
    return values().getOrDefault("ttl", 64) - 1;
  }

  private InFlight arriving(int hops) {
    return Namespace.arriving(sent(hops), "r0");
  }

  private Map<String, Integer> values() {
    Map<String, Integer> values = new LinkedHashMap<>();
    for (String word : packet.split(" ", -1)) {
      int at = word.indexOf('=');
      if (at > 0) {
        values.put(word.substring(0, at), Integer.decode(word.substring(at + 1)));
      }
    }
    return values;
  }

  private Packet sent(int hops) {
    String name = packet.split(" ", 2)[0];
    boolean version6 = name.endsWith("6");
    Map<String, Integer> values = values();
    Payload payload = Payload.zeros(values.getOrDefault("size", 10));
    Packet body =
        switch (name) {
          case "tcp", "tcp6" -> Packet.of(Tcp.of(4000, 80, values.getOrDefault("flags", Tcp.SYN)));
          case "icmp" -> Packet.of(Icmp.of(8, 0, 4000 << 16), payload);
          case "icmp6" -> Packet.of(Icmpv6.of(128, 0, 4000 << 16), payload);
          default -> Packet.of(Udp.of(4000, 80), payload);
        };
    int protocol =
        switch (name) {
          case "tcp", "tcp6" -> IpProtocol.TCP;
          case "icmp" -> IpProtocol.ICMP;
          case "icmp6" -> IpProtocol.ICMPV6;
          default -> IpProtocol.UDP;
        };
    boolean own = hook.equals("OUTPUT");
    String source = version6 ? "fd00:1::10" : own ? "10.2.0.1" : "10.1.0.10";
    String router = version6 ? "fd00:1::1" : "10.1.0.1";
    String server = version6 ? "fd00:2::10" : "10.2.0.10";
    String destination = hook.equals("INPUT") ? router : server;
    Packet plain =
        version6
            ? Packet.of(Ipv6.of(IpAddress.of(source), IpAddress.of(destination), protocol, hops))
            : Packet.of(Ipv4.of(IpAddress.of(source), IpAddress.of(destination), protocol, hops));
    Packet header = Rewriting.trafficClass(plain, values.getOrDefault("tos", 0));
    return body.within(header.outermost());
  }

  private String iptables() {
    String table =
        switch (hook) {
          case "PREROUTING" -> "raw";
          case "POSTROUTING" -> "mangle";
          default -> "filter";
        };
    List<String> lines = new ArrayList<>(List.of("*" + table, ":" + hook + " ACCEPT [0:0]"));
    String[] rules = rule.split(" ; ", -1);
    for (int number = 0; number < rules.length; number++) {
      boolean last = number == rules.length - 1;
      lines.add("-A " + hook + " " + rules[number] + (last ? " -j DROP" : ""));
    }
    lines.add("COMMIT");
    return String.join("\n", lines);
  }

  private String nft() {
    List<String> lines = new ArrayList<>(List.of("table inet t {", "\tchain c {"));
    String point = hook.toLowerCase(java.util.Locale.ROOT);
    lines.add("\t\ttype filter hook " + point + " priority filter; policy accept;");
    String[] rules = rule.split(" ; ", -1);
    for (int number = 0; number < rules.length; number++) {
      boolean last = number == rules.length - 1;
      lines.add("\t\t" + rules[number] + (last ? " counter packets 0 bytes 0 drop" : ""));
    }
    lines.addAll(List.of("\t}", "}"));
    return String.join("\n", lines);
  }
}
