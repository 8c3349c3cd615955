package io.packetwalk.report.packet;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.layer.GeneveOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Headers and fields as words for people. */
public final class FieldText {
  private FieldText() {}

  /** The whole header: its name, who sends to whom, then every field that says something. */
  public static String header(Header header) {
    List<String> words = new ArrayList<>();
    ends(header, "source", "destination").ifPresent(words::add);
    ends(header, "source_port", "destination_port").ifPresent(words::add);
    for (Field field : header.fields()) {
      if (!isEnd(field) && !isRepetition(header, field) && !isTold(field)) {
        words.add(isGeneveOptions(header, field) ? options(field) : words(field));
      }
    }
    words.removeIf(String::isEmpty);
    return type(header) + "  " + String.join(", ", words);
  }

  private static boolean isGeneveOptions(Header header, Field field) {
    return header.type().equals("geneve") && field.name().equals("options");
  }

  /** In the words in which a decoded capture has them. */
  private static String options(Field field) {
    return GeneveOption.of(Bytes.fromHex(value(field))).stream()
        .map(GeneveOption::toString)
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> ends(Header header, String from, String to) {
    return field(header, from)
        .flatMap(source -> field(header, to).map(target -> value(source) + " → " + value(target)));
  }

  private static Optional<Field> field(Header header, String name) {
    return header.fields().stream().filter(field -> field.name().equals(name)).findFirst();
  }

  private static boolean isEnd(Field field) {
    return field.name().startsWith("source") || field.name().startsWith("destination");
  }

  static String type(Header header) {
    return switch (header.type()) {
      case "ipv4" -> "IPv4";
      case "ipv6" -> "IPv6";
      case "icmpv6" -> "ICMPv6";
      case "ethernet" -> "Ethernet";
      case "geneve" -> "Geneve";
      case "payload" -> "payload";
      default -> header.type().toUpperCase(java.util.Locale.ROOT);
    };
  }

  static String name(Field field) {
    return field.name().replace('_', ' ');
  }

  static String value(Field field) {
    return switch (field.value()) {
      case Field.Whole number ->
          isHexadecimal(field) ? "0x%04x".formatted(number.value()) : number.value() + "";
      case Field.Text text -> text.value();
      case Field.Flag flag -> flag.value() ? "yes" : "no";
      case Field.Names names ->
          names.values().isEmpty() ? "none" : String.join(" ", names.values());
      case Field.Unknown unknown -> "?";
    };
  }

  private static boolean isHexadecimal(Field field) {
    return field.name().equals("ether_type") || field.name().equals("protocol_type");
  }

  /** Whether the field says again what another one of its header says. */
  static boolean isRepetition(Header header, Field field) {
    return switch (header.type()) {
      case "ipv6" -> field.name().equals("ttl");
      case "icmp", "icmpv6" -> field.name().equals("icmp_type") || field.name().equals("code");
      default -> false;
    };
  }

  private static String words(Field field) {
    return switch (field.value()) {
      case Field.Flag flag -> flag.value() ? name(field) : "";
      case Field.Text text -> text.value().isEmpty() ? "" : plain(field);
      case Field.Whole number -> isQuiet(field, number.value()) ? "" : plain(field);
      case Field.Names names -> plain(field);
      case Field.Unknown unknown -> plain(field);
    };
  }

  private static String plain(Field field) {
    return isSelfExplaining(field) ? value(field) : name(field) + " " + value(field);
  }

  private static boolean isSelfExplaining(Field field) {
    return field.name().equals("flags") || field.name().equals("message");
  }

  /** Whether the next header says it better. */
  private static boolean isTold(Field field) {
    boolean common =
        switch (value(field)) {
          case "0x0800", "0x0806", "0x86dd", "0x8100", "0x6558" -> true;
          default -> false;
        };
    return isHexadecimal(field) && common;
  }

  /** Fields that are worth a word only when they aren't zero. */
  private static boolean isQuiet(Field field, long value) {
    boolean usuallyZero =
        switch (field.name()) {
          case "tos", "traffic_class", "fragment_offset", "priority" -> true;
          default -> false;
        };
    return usuallyZero && value == 0;
  }

  /** A packet's headers in detail, a line each. */
  public static List<String> lines(List<Header> headers) {
    return headers.stream().map(FieldText::header).collect(Collectors.toList());
  }
}
