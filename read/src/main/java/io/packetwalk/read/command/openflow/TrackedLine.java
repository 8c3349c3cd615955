package io.packetwalk.read.command.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Connection;
import io.packetwalk.model.openflow.Bits;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A line of {@code dpctl/dump-conntrack}: {@code
 * tcp,orig=(src=10.0.0.1,dst=10.0.0.2,sport=1,dport=2),reply=(…),zone=5,protoinfo=(state=ESTABLISHED)}.
 */
final class TrackedLine {
  private TrackedLine() {}

  static Optional<Connection> parse(String text, Source source) {
    List<String> parts = Split.at(text, ',');
    int protocol = protocol(parts.getFirst());
    Optional<Connection.End> original = end(Arguments.value(text, "orig"));
    Optional<Connection.End> reply = end(Arguments.value(text, "reply"));
    if (protocol < 0 || original.isEmpty() || reply.isEmpty()) {
      return Optional.empty();
    }
    String status = Arguments.value(text, "status");
    String state = Arguments.value(inside(Arguments.value(text, "protoinfo")), "state");
    boolean known = !status.isEmpty() || !state.isEmpty();
    boolean replied = status.contains("SEEN_REPLY") || !known || !isOpening(state);
    return Optional.of(
        new Connection(
            protocol,
            original.get(),
            reply.get(),
            state.isEmpty() ? Optional.empty() : Optional.of(state),
            replied,
            status.contains("ASSURED"),
            Numbers.unsigned(Arguments.value(text, "mark")).orElse(0),
            label(Arguments.value(text, "labels")),
            Numbers.unsigned(Arguments.value(text, "zone")).orElse(0),
            Optional.of(Arguments.value(text, "helper")).filter(helper -> !helper.isEmpty()),
            source));
  }

  /** What isn't printed is zero. */
  private static Optional<Connection.Label> label(String text) {
    Optional<Bits> bits = text.isEmpty() ? Optional.of(Bits.ZERO) : Numbers.bits(text);
    return bits.map(known -> new Connection.Label(known.high(), known.low()));
  }

  private static boolean isOpening(String state) {
    return state.startsWith("SYN_SENT");
  }

  private static int protocol(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "tcp" -> 6;
      case "udp" -> 17;
      case "icmp" -> 1;
      case "icmpv6" -> 58;
      case "sctp" -> 132;
      case "igmp" -> 2;
      default -> Numbers.decimal(name) > 255 ? -1 : Numbers.decimal(name);
    };
  }

  private static String inside(String text) {
    boolean enclosed = text.startsWith("(") && text.endsWith(")");
    return enclosed ? text.substring(1, text.length() - 1) : text;
  }

  private static Optional<Connection.End> end(String text) {
    String inside = inside(text);
    Optional<IpAddress> from = IpAddress.parse(Arguments.value(inside, "src"));
    Optional<IpAddress> to = IpAddress.parse(Arguments.value(inside, "dst"));
    int identifier = Math.max(0, Numbers.decimal(Arguments.value(inside, "id")));
    int source = port(Arguments.value(inside, "sport"), identifier);
    int destination = port(Arguments.value(inside, "dport"), identifier);
    return from.flatMap(
        first -> to.map(second -> new Connection.End(first, second, source, destination)));
  }

  private static int port(String text, int otherwise) {
    int number = Numbers.decimal(text);
    return number < 0 || number > 0xffff ? otherwise : number;
  }
}
