package io.packetwalk.walk.netfilter;

import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.ElementSet;
import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the key that an ipset is asked for, from its type and the directions of the rule. */
final class IpSetKeys {
  private IpSetKeys() {}

  /** What to read of the packet; empty when the rule gives too few directions for the set. */
  static Optional<List<Operand>> of(ElementSet set, List<String> directions) {
    String kinds = set.type().substring(set.type().indexOf(':') + 1);
    List<Operand> key = new ArrayList<>();
    int position = 0;
    for (String kind : kinds.split(",", -1)) {
      if (position >= directions.size()) {
        return Optional.empty();
      }
      key.addAll(parts(kind, directions.get(position++).equals("src"), set.type()));
    }
    return Optional.of(key);
  }

  private static List<Operand> parts(String kind, boolean source, String type) {
    return switch (kind) {
      case "ip", "net" ->
          List.of(Operand.of(source ? Field.SOURCE_ADDRESS : Field.DESTINATION_ADDRESS));
      case "port" ->
          type.equals("bitmap:port")
              ? List.of(Operand.of(source ? Field.SOURCE_PORT : Field.DESTINATION_PORT))
              : List.of(
                  Operand.of(Field.PROTOCOL),
                  Operand.of(source ? Field.SET_SOURCE_PORT : Field.SET_DESTINATION_PORT));
      case "mac" -> List.of(Operand.of(Field.ETHERNET_SOURCE));
      case "iface" -> List.of(Operand.of(source ? Field.INPUT_DEVICE : Field.OUTPUT_DEVICE));
      case "mark" -> List.of(Operand.of(Field.MARK));
      default -> List.of(new Operand.Unreadable("set type " + type));
    };
  }

  /** The key as the set stores it: addresses without their host bits when it has a netmask. */
  static List<Datum> masked(ElementSet set, List<Datum> key) {
    int option = set.options().indexOf("netmask");
    if (option < 0 || option + 1 >= set.options().size()) {
      return key;
    }
    String length = set.options().get(option + 1);
    return key.stream().map(datum -> masked(datum, length)).toList();
  }

  private static Datum masked(Datum datum, String length) {
    return datum instanceof Datum.Address(IpAddress address)
        ? IpPrefix.parse(address + "/" + length)
            .map(prefix -> Datum.of(prefix.address()))
            .orElse(datum)
        : datum;
  }
}
