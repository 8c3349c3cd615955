package io.packetwalk.read.command;

import io.packetwalk.model.net.BridgePort;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.MulticastSnooping;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads bridge-utils' {@code brctl show}, {@code brctl showstp} and {@code brctl showmacs}.
 *
 * <p>{@code showmacs} names ports by a number that only {@code showstp} explains, so it gives no
 * entries.
 */
public final class BrctlReader implements CommandReader {
  private static final Pattern BRIDGE =
      Pattern.compile("(\\S{1,64})\\s+([0-9a-f]{4}\\.[0-9a-f]{12})\\s+(yes|no)(?:\\s+(\\S+))?.*");
  private static final Pattern PORT = Pattern.compile("\\s+(\\S{1,64})");
  private static final Pattern STP_PORT = Pattern.compile("(\\S{1,64}) \\((\\d+)\\)");
  private static final Pattern STP_STATE = Pattern.compile("\\s+port id\\s.*\\sstate\\s+(\\S+).*");
  private static final Pattern STP_DETAIL =
      Pattern.compile(
          "\\s+(bridge id|designated|root port|path cost|max age|hello|forward|ageing|port id|tcn"
              + "|topology|hold|gc|flags|message|bridge).*");
  private static final Pattern LEARNED =
      Pattern.compile("\\s*\\d+\\s+[0-9a-f:]{17}\\s+(yes|no)\\s+[0-9.]+.*");

  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean shows = run.word(0).equals("brctl") && run.word(1).startsWith("show");
    return shows ? Optional.of("brctl " + run.word(1)) : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    return switch (run.word(1)) {
      case "showstp" -> readStp(run);
      case "showmacs" -> readMacs(run);
      default -> readShow(run);
    };
  }

  private static Reading readShow(CommandRun run) {
    Rows<BridgePort> ports = Rows.headed();
    List<Device> devices = new ArrayList<>();
    String bridge = "";
    for (Line line : run.output()) {
      Matcher row = BRIDGE.matcher(line.text());
      Matcher port = PORT.matcher(line.text());
      if (line.text().startsWith("bridge name")) {
        ports.header();
      } else if (row.matches()) {
        bridge = row.group(1);
        devices.add(bridge(bridge, row.group(3).equals("yes"), line));
        Optional.ofNullable(row.group(4)).ifPresent(port(ports, devices, bridge, line));
      } else if (port.matches() && !bridge.isEmpty()) {
        port(ports, devices, bridge, line).accept(port.group(1));
      } else if (!line.isBlank()) {
        ports.skip(line, "not a row of a bridge table");
        bridge = "";
      }
    }
    return BridgeFacts.of(run, run.words().size() == 2, ports, devices);
  }

  private static Device bridge(String name, boolean spanningTree, Line line) {
    DeviceKind kind =
        new DeviceKind.Bridge(false, spanningTree, false, MulticastSnooping.NOT_SHOWN);
    return BridgeFacts.named(name, Optional.empty(), kind, line.source());
  }

  private static java.util.function.Consumer<String> port(
      Rows<BridgePort> ports, List<Device> devices, String bridge, Line line) {
    return name -> {
      ports.add(new BridgePort(name, bridge, Optional.empty(), Map.of(), line.source()));
      devices.add(
          BridgeFacts.named(name, Optional.of(bridge), new DeviceKind.Ethernet(), line.source()));
    };
  }

  private static Reading readStp(CommandRun run) {
    Rows<BridgePort> ports = Rows.headed();
    Optional<Line> pending = Optional.empty();
    String device = "";
    for (Line line : run.output()) {
      Matcher port = STP_PORT.matcher(line.text());
      Matcher state = STP_STATE.matcher(line.text());
      if (port.matches()) {
        device = port.group(1);
        pending = Optional.of(line);
      } else if (state.matches() && pending.isPresent()) {
        ports.add(
            new BridgePort(
                device,
                run.word(2),
                Optional.of(state.group(1)),
                Map.of(),
                pending.get().source()));
        pending = Optional.empty();
      } else if (line.text().strip().equals(run.word(2))) {
        ports.header();
      } else if (!line.isBlank() && !STP_DETAIL.matcher(line.text()).matches()) {
        ports.skip(line, "not a line of a spanning tree listing");
      }
    }
    return BridgeFacts.of(run, false, ports, List.of());
  }

  private static Reading readMacs(CommandRun run) {
    Rows<BridgePort> rows = Rows.headed();
    for (Line line : run.output()) {
      boolean header = line.text().startsWith("port no");
      if (header) {
        rows.skip(line, "ports are numbers here: `bridge fdb show` names them");
      } else if (!line.isBlank() && !LEARNED.matcher(line.text()).matches()) {
        rows.skip(line, "not a learned address");
      }
    }
    return new Reading(List.of(), rows.unread());
  }
}
