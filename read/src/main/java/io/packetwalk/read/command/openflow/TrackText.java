package io.packetwalk.read.command.openflow;

import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The arguments of {@code ct(…)}. */
final class TrackText {
  private boolean commit;
  private boolean force;
  private boolean unreadable;
  private FlowAction.Zone zone = new FlowAction.Zone.Fixed(0);
  private Optional<TableId> table = Optional.empty();
  private Optional<FlowAction.Translation> translation = Optional.empty();
  private List<FlowAction> inside = List.of();
  private final List<String> others = new ArrayList<>();

  private TrackText() {}

  static FlowAction parse(String arguments, int depth) {
    TrackText text = new TrackText();
    for (String part : Split.at(arguments, ',')) {
      text.part(part, depth);
    }
    return text.unreadable
        ? new FlowAction.Unknown("ct(" + arguments + ")")
        : new FlowAction.Track(
            text.commit,
            text.force,
            text.zone,
            text.table,
            text.translation,
            text.inside,
            text.others);
  }

  private void part(String part, int depth) {
    if (part.isEmpty()) {
      return;
    }
    if (part.equals("commit")) {
      commit = true;
    } else if (part.equals("force")) {
      force = true;
    } else if (part.startsWith("zone=")) {
      zone(part.substring(5));
    } else if (part.startsWith("table=")) {
      table = TargetText.table(part.substring(6));
      unreadable |= table.isEmpty();
    } else if (part.equals("nat")) {
      translation = Optional.of(plain());
    } else if (part.startsWith("nat(") && part.endsWith(")")) {
      translation = translation(part.substring(4, part.length() - 1));
      unreadable |= translation.isEmpty();
    } else if (part.startsWith("exec(") && part.endsWith(")")) {
      inside(part.substring(5, part.length() - 1), depth);
    } else if (part.startsWith("alg=")) {
      others.add(part);
    } else {
      unreadable = true;
    }
  }

  /** Some versions print the translation among the nested actions. */
  private void inside(String text, int depth) {
    List<FlowAction> nested = new ArrayList<>(inside);
    for (String action : Split.at(text, ',')) {
      if (action.equals("nat") || action.startsWith("nat(")) {
        part(action, depth);
      } else {
        nested.addAll(ActionText.parse(action, depth + 1));
      }
    }
    inside = nested;
  }

  private void zone(String text) {
    int number = Numbers.parse(text).isPresent() ? (int) Numbers.parse(text).getAsLong() : -1;
    if (number >= 0 && number <= 0xffff) {
      zone = new FlowAction.Zone.Fixed(number);
    } else {
      FieldNames.part(text)
          .ifPresentOrElse(
              field -> zone = new FlowAction.Zone.FromField(field), () -> unreadable = true);
    }
  }

  private static FlowAction.Translation plain() {
    return new FlowAction.Translation(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        List.of());
  }

  /** {@code src=10.0.0.1-10.0.0.9:1024-65535,random}; the range may be missing. */
  private static Optional<FlowAction.Translation> translation(String text) {
    List<String> parts = Split.at(text, ',');
    String first = parts.getFirst();
    boolean source = first.equals("src") || first.startsWith("src=");
    if (!source && !first.equals("dst") && !first.startsWith("dst=")) {
      return Optional.empty();
    }
    List<String> options = parts.subList(1, parts.size());
    if (first.length() <= 4) {
      return Optional.of(
          new FlowAction.Translation(
              Optional.of(source),
              Optional.empty(),
              Optional.empty(),
              OptionalInt.empty(),
              OptionalInt.empty(),
              options));
    }
    return range(source, first.substring(4), options);
  }

  private static Optional<FlowAction.Translation> range(
      boolean source, String text, List<String> options) {
    int colon = portsAt(text);
    String addresses = colon < 0 ? text : text.substring(0, colon);
    String ports = colon < 0 ? "" : text.substring(colon + 1);
    int dash = addresses.indexOf('-');
    Optional<IpAddress> from = address(dash < 0 ? addresses : addresses.substring(0, dash));
    Optional<IpAddress> to = dash < 0 ? from : address(addresses.substring(dash + 1));
    int portDash = ports.indexOf('-');
    OptionalInt low = port(portDash < 0 ? ports : ports.substring(0, portDash));
    OptionalInt high = portDash < 0 ? low : port(ports.substring(portDash + 1));
    boolean valid = from.isPresent() && to.isPresent() && (ports.isEmpty() || low.isPresent());
    return valid
        ? Optional.of(new FlowAction.Translation(Optional.of(source), from, to, low, high, options))
        : Optional.empty();
  }

  /** The colon before the ports: behind the brackets of IPv6, which has colons of its own. */
  private static int portsAt(String text) {
    int bracket = text.lastIndexOf(']');
    if (bracket >= 0) {
      int colon = text.indexOf(':', bracket);
      return colon;
    }
    int colon = text.indexOf(':');
    return colon == text.lastIndexOf(':') ? colon : -1;
  }

  private static OptionalInt port(String text) {
    int number = Numbers.decimal(text);
    return number < 0 || number > 0xffff ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static Optional<IpAddress> address(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    return IpAddress.parse(bracketed ? text.substring(1, text.length() - 1) : text);
  }
}
