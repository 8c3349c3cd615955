package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Operand;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the kernel notes beside a packet, as {@code meta} names it, with and without that word. */
final class MetaFields {
  /** The keys that need no {@code meta} in front of them. */
  private static final Set<String> BARE =
      Set.of(
          "mark",
          "iif",
          "iifname",
          "iiftype",
          "oif",
          "oifname",
          "oiftype",
          "skuid",
          "skgid",
          "nftrace",
          "rtclassid",
          "ibriport",
          "obriport",
          "ibrname",
          "obrname",
          "pkttype",
          "cpu",
          "iifgroup",
          "oifgroup",
          "cgroup");

  private MetaFields() {}

  static boolean isBare(String word) {
    return BARE.contains(word);
  }

  /** The key that is the cursor's next word, as far as it is known to the walk. */
  static Expression read(Cursor cursor, int start) {
    String key = cursor.next().text();
    String text = cursor.textFrom(start);
    List<Match> none = List.of();
    return field(key)
        .map(field -> Expression.of(Operand.of(field), type(key), none, text))
        .orElseGet(() -> Expression.unreadable(text, type(key), none));
  }

  static Optional<Field> field(String key) {
    return switch (key) {
      case "mark" -> Optional.of(Field.MARK);
      case "iif", "iifname" -> Optional.of(Field.INPUT_DEVICE);
      case "oif", "oifname" -> Optional.of(Field.OUTPUT_DEVICE);
      case "l4proto" -> Optional.of(Field.PROTOCOL);
      case "nfproto" -> Optional.of(Field.PROTOCOL_FAMILY);
      case "protocol" -> Optional.of(Field.ETHERNET_TYPE);
      case "pkttype" -> Optional.of(Field.PACKET_TYPE);
      case "length" -> Optional.of(Field.LENGTH);
      case "iifkind" -> Optional.of(Field.INPUT_DEVICE_KIND);
      case "oifkind" -> Optional.of(Field.OUTPUT_DEVICE_KIND);
      default -> Optional.empty();
    };
  }

  private static DataType type(String key) {
    return switch (key) {
      case "mark" -> DataType.MARK;
      case "iif", "iifname", "oif", "oifname", "ibrname", "obrname", "sdifname" -> DataType.DEVICE;
      case "l4proto" -> DataType.PROTOCOL;
      case "nfproto" -> DataType.FAMILY;
      case "protocol" -> DataType.ETHERNET_TYPE;
      case "pkttype" -> DataType.PACKET_TYPE;
      case "length" -> DataType.NUMBER;
      case "iifkind", "oifkind" -> DataType.TEXT;
      default -> DataType.OTHER;
    };
  }
}
