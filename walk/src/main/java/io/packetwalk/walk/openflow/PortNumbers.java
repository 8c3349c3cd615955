package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.model.openflow.SwitchPort;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers of a switch's ports. A name whose number nobody showed gets one of its own, from a
 * range that no real port has, so that flows that name the port still match.
 */
final class PortNumbers {
  private static final int FIRST_INVENTED = 0x4000_0000;

  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final Map<Integer, SwitchPort> ports = new LinkedHashMap<>();
  private final Map<Integer, String> names = new LinkedHashMap<>();

  PortNumbers(Switch bridge) {
    for (SwitchPort port : bridge.ports().entries()) {
      boolean local = port.device().equals(bridge.name());
      if (port.number().isPresent() || local) {
        enter(port, local ? PortId.LOCAL : port.number().getAsInt());
      }
    }
    for (SwitchPort port : bridge.ports().entries()) {
      if (!numbers.containsKey(port.device())) {
        enter(port, invent());
      }
    }
    numbers.putIfAbsent(bridge.name(), PortId.LOCAL);
    names.putIfAbsent(PortId.LOCAL, bridge.name());
  }

  private void enter(SwitchPort port, int number) {
    numbers.put(port.device(), number);
    names.put(number, port.device());
    ports.put(number, port);
  }

  /** Whether every port that was shown was shown with its number. */
  boolean areAllShown() {
    return ports.keySet().stream().noneMatch(PortNumbers::isInvented);
  }

  /** Whether this stands for a number that nobody showed. */
  static boolean isInvented(int number) {
    return number >= FIRST_INVENTED;
  }

  private int invent() {
    return FIRST_INVENTED + names.size();
  }

  /** The number of the port with this name. */
  int number(String name) {
    Integer reserved = PortId.RESERVED.get(name);
    if (reserved != null) {
      return reserved;
    }
    return numbers.computeIfAbsent(
        name,
        unknown -> {
          int number = invent();
          names.put(number, unknown);
          return number;
        });
  }

  int number(PortId id) {
    return switch (id) {
      case PortId.Numbered(int number) -> number;
      case PortId.Named(String name) -> number(name);
    };
  }

  Optional<SwitchPort> port(int number) {
    return Optional.ofNullable(ports.get(number));
  }

  /** The ports' numbers, in the order of the listing, without the bridge's own. */
  Iterable<Map.Entry<Integer, SwitchPort>> all() {
    return ports.entrySet();
  }

  /** How to call a port: by its name when that is known. */
  PortId id(int number) {
    String name = names.get(number);
    return name == null ? PortId.of(number) : PortId.of(name);
  }

  String name(int number) {
    return id(number).toString();
  }
}
