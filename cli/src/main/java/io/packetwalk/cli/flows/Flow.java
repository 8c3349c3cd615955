package io.packetwalk.cli.flows;

import io.packetwalk.cli.flows.FlatJson.Scalar;
import io.packetwalk.cli.question.ProbeOptions;
import io.packetwalk.report.json.Tag;
import io.packetwalk.walk.Verdict;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One line of a file of questions.
 *
 * @param tag what the answer gives back
 */
record Flow(String from, String to, ProbeOptions packet, Tag tag) {

  /**
   * Reads a line.
   *
   * @param usual what isn't said in the line
   * @throws FlowFault for a line that isn't such a question
   */
  static Flow parse(String line, ProbeOptions usual) throws FlowFault {
    Map<String, Scalar> members = FlatJson.members(line);
    String from = needed(members, "from");
    String to = needed(members, "to");
    Optional<ProbeOptions.Protocol> protocol = protocol(members);
    boolean icmp = protocol.filter(ProbeOptions.Protocol.ICMP::equals).isPresent();
    ProbeOptions packet =
        new ProbeOptions(
            protocol.or(usual::protocol),
            or(number(members, "sport", 65535), usual.sourcePort()),
            icmp ? OptionalInt.empty() : positive(number(members, "dport", 65535), usual),
            or(number(members, "icmp_type", 255), usual.icmpType()),
            or(number(members, "size", 65535), usual.size()),
            number(members, "ttl", 255).orElse(usual.hopLimit()),
            usual.ipv6(),
            usual.source(),
            Optional.ofNullable(text(members, "device")).or(usual::device));
    Optional<Scalar> id = Optional.ofNullable(members.get("id"));
    Tag tag =
        new Tag(id.map(Scalar::text), id.map(Scalar::isNumber).orElse(false), expect(members));
    return new Flow(from, to, packet, tag);
  }

  private static @Nullable String text(Map<String, Scalar> members, String key) {
    Scalar value = members.get(key);
    return value == null ? null : value.text();
  }

  private static OptionalInt positive(OptionalInt port, ProbeOptions usual) {
    return port.isPresent() && port.getAsInt() == 0
        ? OptionalInt.empty()
        : or(port, usual.destinationPort());
  }

  private static OptionalInt or(OptionalInt first, OptionalInt second) {
    return first.isPresent() ? first : second;
  }

  private static String needed(Map<String, Scalar> members, String key) throws FlowFault {
    String value = text(members, key);
    if (value == null) {
      throw new FlowFault("\"" + key + "\" is missing");
    }
    return value;
  }

  private static Optional<ProbeOptions.Protocol> protocol(Map<String, Scalar> members)
      throws FlowFault {
    String value = text(members, "proto");
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(
        Stream.of(ProbeOptions.Protocol.values())
            .filter(known -> known.name().equalsIgnoreCase(value))
            .findFirst()
            .orElseThrow(() -> new FlowFault("\"proto\" is tcp, udp, icmp or sctp, not " + value)));
  }

  private static Optional<Verdict> expect(Map<String, Scalar> members) throws FlowFault {
    String value = text(members, "expect");
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(
        Stream.of(Verdict.values())
            .filter(known -> known.name().equals(value.toUpperCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(() -> new FlowFault("\"expect\" is a verdict, not " + value)));
  }

  private static OptionalInt number(Map<String, Scalar> members, String key, int highest)
      throws FlowFault {
    String value = text(members, key);
    if (value == null) {
      return OptionalInt.empty();
    }
    boolean digits =
        !value.isEmpty()
            && value.length() <= 5
            && value.chars().allMatch(character -> character >= '0' && character <= '9');
    int number = digits ? Integer.parseInt(value) : -1;
    if (number < 0 || number > highest) {
      throw new FlowFault("\"%s\" is a number up to %d, not %s".formatted(key, highest, value));
    }
    return OptionalInt.of(number);
  }
}
