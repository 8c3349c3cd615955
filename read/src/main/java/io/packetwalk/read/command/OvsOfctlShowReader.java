package io.packetwalk.read.command;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads {@code ovs-ofctl show BRIDGE}: {@code 48(backend1-bab86f): addr:9e:bf:dd:84:e6:90}. */
final class OvsOfctlShowReader implements CommandReader {
  private static final Set<String> DETAILS =
      Set.of(
          "config:",
          "state:",
          "current:",
          "advertised:",
          "supported:",
          "peer:",
          "speed:",
          "n_tables:",
          "capabilities:",
          "actions:");

  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean shows =
        run.word(0).equals("ovs-ofctl")
            && (run.words().contains("show") || run.words().contains("dump-ports-desc"));
    return shows ? Optional.of("ovs-ofctl show") : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    String bridge = run.words().getLast();
    List<SwitchPort> ports = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    for (Line line : run.output()) {
      Optional<SwitchPort> port = port(bridge, line);
      port.ifPresent(ports::add);
      if (port.isEmpty() && !isKnown(line)) {
        unread.add(new Reading.Unread(line, "not a port of a switch"));
      }
    }
    Coverage coverage = run.gap() ? Coverage.PARTIAL : Coverage.COMPLETE;
    return new Reading(
        List.of(
            new Fact.SwitchPorts(
                Optional.of(bridge),
                new Listing<>(coverage, ports, List.of(run.prompt().source())))),
        unread);
  }

  private static Optional<SwitchPort> port(String bridge, Line line) {
    Words words = Words.of(line.text());
    String label = words.next();
    int open = label.indexOf('(');
    if (open <= 0 || !label.endsWith("):")) {
      return Optional.empty();
    }
    String number = label.substring(0, open);
    OptionalInt known = Words.parseInt(number);
    if (known.isEmpty() && !number.equals("LOCAL")) {
      return Optional.empty();
    }
    String address = words.next();
    return Optional.of(
        new SwitchPort(
            bridge,
            label.substring(open + 1, label.length() - 2),
            known,
            address.startsWith("addr:") ? MacAddress.parse(address.substring(5)) : Optional.empty(),
            Optional.empty(),
            Map.of(),
            line.source()));
  }

  private static boolean isKnown(Line line) {
    String first = Words.of(line.text()).next();
    int comma = first.indexOf(',');
    String name = comma > 0 ? first.substring(0, comma) : first;
    int colon = name.indexOf(':');
    String label = colon > 0 ? name.substring(0, colon + 1) : name;
    return line.isBlank()
        || DETAILS.contains(label)
        || first.startsWith("OFPT_")
        || first.startsWith("OFPST_");
  }
}
