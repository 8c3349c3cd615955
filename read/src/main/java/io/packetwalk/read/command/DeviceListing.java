package io.packetwalk.read.command;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.BridgePort;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceFeature;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The devices and addresses of one output, collected line by line. */
final class DeviceListing {
  private static final Set<String> NARROWING =
      Set.of(
          "up",
          "master",
          "type",
          "scope",
          "to",
          "label",
          "dynamic",
          "permanent",
          "primary",
          "secondary",
          "vrf",
          "group",
          "nomaster",
          "tentative",
          "deprecated",
          "dev");

  private static final Set<String> DECORATION =
      Set.of(
          "valid_lft",
          "alias",
          "altname",
          "vf",
          "RX:",
          "TX:",
          "RX",
          "TX",
          "parentbus",
          "parentdev",
          "openvswitch_slave",
          "bond_slave",
          "vrf_slave",
          "team_slave",
          "macvlan_slave",
          "prog/tc",
          "promiscuity");

  private final IpCommand command;
  private final Source seenAt;
  private final boolean cut;
  private final Optional<String> onlyDevice;
  private final List<DeviceHeader> devices = new ArrayList<>();
  private final List<InterfaceAddress> addresses = new ArrayList<>();
  private final List<BridgePort> bridgePorts = new ArrayList<>();
  private final List<Reading.Unread> unread = new ArrayList<>();
  private boolean deviceLines;

  DeviceListing(IpCommand command, CommandRun run) {
    this.command = command;
    this.seenAt = run.prompt().source();
    this.onlyDevice = onlyDevice(command);
    this.cut = run.gap() || command.filter().stream().anyMatch(NARROWING::contains);
  }

  private static Optional<String> onlyDevice(IpCommand command) {
    List<String> filter = command.isShow() ? command.filter() : command.arguments();
    Optional<String> named = command.filterValue("dev");
    boolean bare = filter.size() == 1 && !NARROWING.contains(filter.getFirst());
    return named.or(() -> bare ? Optional.of(filter.getFirst()) : Optional.empty());
  }

  void unread(Reading.Unread line) {
    unread.add(line);
  }

  /** One line of the long layout. */
  void line(Line line, String text) {
    Words words = Words.of(text);
    if (!words.hasNext()) {
      return;
    }
    Optional<DeviceHeader> header = DeviceHeader.parse(words, line.source());
    if (header.isPresent()) {
      header(line, header.get(), words);
    } else if (devices.isEmpty() || !detail(line, words, devices.getLast())) {
      unread.add(new Reading.Unread(line, "not part of a device"));
    }
  }

  private void header(Line line, DeviceHeader header, Words words) {
    boolean again = !devices.isEmpty() && devices.getLast().name().equals(header.name());
    DeviceHeader device = again ? devices.getLast() : header;
    if (!again) {
      devices.add(device);
    }
    if (words.peek().equals("inet") || words.peek().equals("inet6")) {
      address(line, words, device);
      return;
    }
    deviceLines = true;
    device.attributes(words);
    tail(line, words.rest());
  }

  private boolean detail(Line line, Words words, DeviceHeader device) {
    String first = words.peek();
    return switch (first) {
      case "inet", "inet6" -> address(line, words, device);
      case "bridge_slave" -> bridgePort(line, words, device);
      case "prog/xdp" -> {
        device.program(words.rest());
        yield true;
      }
      default ->
          DECORATION.contains(first)
              || device.link(words)
              || device.kind(words)
              || isCounters(words);
    };
  }

  /** The port's settings; the flags on and off are those that {@code bridge -d link} shows. */
  private boolean bridgePort(Line line, Words words, DeviceHeader device) {
    words.next();
    Optional<String> state = words.valueOf("state");
    Map<String, Boolean> settings = new TreeMap<>();
    while (words.hasNext()) {
      String name = words.next();
      if (words.peek().equals("on") || words.peek().equals("off")) {
        settings.put(name, words.next().equals("on"));
      } else if (name.equals(BridgePort.ROUTER)) {
        settings.put(name, words.next().equals(BridgePort.ALWAYS));
      }
    }
    device
        .master()
        .ifPresent(bridge ->
            bridgePorts.add(new BridgePort(device.name(), bridge, state, settings, line.source())));
    return true;
  }

  private boolean address(Line line, Words words, DeviceHeader device) {
    Optional<AddressLine> address = AddressLine.parse(words, device.name(), line.source());
    address.ifPresent(found -> {
      addresses.add(found.address());
      tail(line, found.tail());
    });
    return address.isPresent();
  }

  private void tail(Line line, String words) {
    if (!words.isEmpty()) {
      unread.add(Reading.Unread.tail(line, words));
    }
  }

  private static boolean isCounters(Words words) {
    return words.remaining().stream().allMatch(word -> Words.parseLong(word).isPresent());
  }

  /** One line of {@code -br}. */
  void brief(Line line) {
    Words words = Words.of(line.text());
    if (!words.hasNext()) {
      return;
    }
    DeviceHeader device = DeviceHeader.named(words.next(), line.source());
    String state = words.next();
    if (!isState(state)) {
      unread.add(new Reading.Unread(line, "no state behind a device's name"));
      return;
    }
    device.state(state);
    devices.add(device);
    while (words.hasNext()) {
      if (words.take("metric")) {
        words.next();
        continue;
      }
      String word = words.next();
      Words single = Words.of((word.indexOf('.') > 0 ? "inet " : "inet6 ") + word + peer(words));
      if (word.startsWith("<")) {
        device.flags(word);
      } else if (word.length() == 17 && MacAddress.parse(word).isPresent()) {
        device.mac(word);
      } else if (!address(line, single, device)) {
        tail(line, word + " " + words.rest());
        return;
      }
    }
  }

  private static String peer(Words words) {
    return words.take("peer") ? " peer " + words.next() : "";
  }

  private static boolean isState(String word) {
    return switch (word) {
      case "UP", "DOWN", "UNKNOWN", "LOWERLAYERDOWN", "DORMANT", "NOTPRESENT", "TESTING" -> true;
      default -> false;
    };
  }

  Reading reading() {
    List<Device> shown = shownDevices();
    List<Fact> facts = new ArrayList<>();
    boolean loopback = shown.stream().anyMatch(device -> device.name().equals("lo"));
    boolean complete = !cut && onlyDevice.isEmpty() && loopback;
    boolean full = !command.brief() && deviceLines;
    boolean allDevices = complete && command.family().isEmpty() && (full || command.brief());
    facts.add(
        new Fact.Devices(
            new Listing<>(
                allDevices ? Coverage.COMPLETE : Coverage.PARTIAL, shown, List.of(seenAt)),
            full));
    List<DeviceFeature> programs =
        devices.stream().flatMap(device -> device.programs().stream()).toList();
    if (!programs.isEmpty()) {
      facts.add(new Fact.Features(Listing.partial(programs, seenAt)));
    }
    if (!bridgePorts.isEmpty()) {
      facts.add(new Fact.BridgePorts(Listing.partial(bridgePorts, seenAt)));
    }
    if (command.isObject("address")) {
      addressFacts(facts, shown, complete);
    }
    return new Reading(facts, unread);
  }

  /** Two devices that name each other as the one below are the ends of one virtual cable. */
  private List<Device> shownDevices() {
    Map<String, String> below = new TreeMap<>();
    devices.forEach(device -> device.lower().ifPresent(lower -> below.put(device.name(), lower)));
    return devices.stream()
        .map(device ->
            device.toDevice(
                device.lower().map(below::get).filter(device.name()::equals).isPresent()))
        .toList();
  }

  private void addressFacts(List<Fact> facts, List<Device> shown, boolean complete) {
    Optional<IpFamily> family = command.family();
    if (complete || cut) {
      Coverage coverage = complete ? Coverage.COMPLETE : Coverage.PARTIAL;
      facts.add(
          new Fact.Addresses(
              family, Optional.empty(), new Listing<>(coverage, addresses, List.of(seenAt))));
      return;
    }
    facts.add(
        new Fact.AddressesOfDevices(
            family,
            shown.stream().map(Device::name).collect(Collectors.toCollection(TreeSet::new)),
            Listing.complete(addresses, seenAt)));
  }
}
