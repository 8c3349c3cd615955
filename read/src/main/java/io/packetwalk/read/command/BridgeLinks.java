package io.packetwalk.read.command;

import io.packetwalk.model.net.BridgePort;
import io.packetwalk.model.net.Device;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of {@code bridge link} and {@code bridge -d link}.
 *
 * <pre>
 * 3: veth0@eth0: &lt;BROADCAST,MULTICAST,UP,LOWER_UP&gt; mtu 1460 master cbr0 state forwarding priority 32
 *     hairpin on guard off root_block off fastleave off learning on flood on isolated off
 * </pre>
 *
 * The name behind {@code @} is left alone: the command looks the other end's index up in its own
 * namespace, which for a veth pair names a wrong device.
 */
final class BridgeLinks {
  private static final Pattern PORT =
      Pattern.compile(
          "(\\d{1,9}): ([^\\s:@]{1,64})(@\\S+)?:?( state \\S+ (?:@\\S+)?:)? <([^>]*)>(.*)");
  private static final Set<String> VALUES =
      Set.of("mcast_router", "backup_port", "backup_nhid", "hwmode", "mode");

  private final Rows<BridgePort> ports = Rows.silentWhenEmpty();
  private final List<Device> devices = new ArrayList<>();
  private @Nullable Line line;
  private String device = "";
  private String master = "";
  private Optional<String> state = Optional.empty();
  private final Map<String, Boolean> settings = new TreeMap<>();

  private BridgeLinks() {}

  static Reading read(CommandRun run, List<String> filter) {
    BridgeLinks links = new BridgeLinks();
    for (Line each : run.output()) {
      if (!each.isBlank()) {
        links.take(each);
      }
    }
    links.finish();
    return BridgeFacts.of(run, filter.isEmpty(), links.ports, links.devices);
  }

  private void take(Line each) {
    Matcher port = PORT.matcher(each.text().strip());
    if (port.matches()) {
      finish();
      begin(each, port);
    } else if (line == null || !isSettings(each.text())) {
      ports.skip(each, "not a line of a bridge port");
    } else {
      settings(Tokens.of(each.text()));
    }
  }

  private void begin(Line each, Matcher port) {
    Map<String, String> attributes = attributes(Tokens.of(port.group(6)));
    line = each;
    device = port.group(2);
    master = attributes.getOrDefault("master", "");
    state = Optional.ofNullable(attributes.get("state"));
    devices.add(
        BridgeFacts.device(
            device,
            Tokens.number(port.group(1)),
            Set.of(port.group(5).split(",")),
            Tokens.number(attributes.getOrDefault("mtu", "")),
            master.isEmpty() ? Optional.empty() : Optional.of(master),
            each.source()));
  }

  private static Map<String, String> attributes(Tokens words) {
    Map<String, String> attributes = new TreeMap<>();
    while (words.hasNext()) {
      String key = words.next();
      if (Set.of("mtu", "master", "state", "priority", "cost").contains(key)) {
        attributes.put(key, words.next());
      }
    }
    return attributes;
  }

  private static boolean isSettings(String text) {
    List<String> words = Tokens.split(text);
    return words.size() > 1
        && (VALUES.contains(words.getFirst())
            || words.get(1).equals("on")
            || words.get(1).equals("off"));
  }

  private void settings(Tokens words) {
    while (words.hasNext()) {
      String key = words.next();
      String value = words.next();
      if (value.equals("on") || value.equals("off")) {
        settings.put(key, value.equals("on"));
      } else if (key.equals("mcast_router")) {
        settings.put(BridgePort.ROUTER, value.equals(BridgePort.ALWAYS));
      } else if (!VALUES.contains(key)) {
        return;
      }
    }
  }

  private void finish() {
    if (line == null) {
      return;
    }
    if (master.isEmpty()) {
      ports.damage(line, "the line doesn't name the bridge");
    } else {
      ports.add(new BridgePort(device, master, state, settings, line.source()));
    }
    line = null;
    settings.clear();
  }
}
