package io.packetwalk.model.openflow;

import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** A port as a flow calls it: by its OpenFlow number, or by its interface's name. */
public sealed interface PortId {
  /** Unsigned, as in OpenFlow 1.1 and later: reserved ports are from {@code 0xffffff00} on. */
  record Numbered(int number) implements PortId {
    @Override
    public String toString() {
      return RESERVED_NAMES.getOrDefault(number, Integer.toUnsignedString(number));
    }
  }

  record Named(String name) implements PortId {
    @Override
    public String toString() {
      return name;
    }
  }

  int IN_PORT = 0xfffffff8;
  int TABLE = 0xfffffff9;
  int NORMAL = 0xfffffffa;
  int FLOOD = 0xfffffffb;
  int ALL = 0xfffffffc;
  int CONTROLLER = 0xfffffffd;
  int LOCAL = 0xfffffffe;
  int ANY = 0xffffffff;

  /** The reserved ports' names by number (OpenFlow 1.5, 7.2.1). */
  Map<Integer, String> RESERVED_NAMES =
      Map.of(
          IN_PORT, "IN_PORT",
          TABLE, "TABLE",
          NORMAL, "NORMAL",
          FLOOD, "FLOOD",
          ALL, "ALL",
          CONTROLLER, "CONTROLLER",
          LOCAL, "LOCAL",
          ANY, "ANY");

  /** The reserved ports' numbers by name. */
  Map<String, Integer> RESERVED =
      RESERVED_NAMES.entrySet().stream()
          .collect(
              Collectors.toMap(
                  Map.Entry::getValue,
                  Map.Entry::getKey,
                  (first, second) -> first,
                  java.util.TreeMap::new));

  static PortId of(int number) {
    return new Numbered(number);
  }

  static PortId of(String name) {
    return new Named(name);
  }

  /** The number that the text itself says; empty for an interface's name. */
  default OptionalInt known() {
    return switch (this) {
      case Numbered(int number) -> OptionalInt.of(number);
      case Named ignored -> OptionalInt.empty();
    };
  }
}
