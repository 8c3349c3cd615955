package io.packetwalk.read.command;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceFeature;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.GreFields;
import io.packetwalk.model.net.LinkState;
import io.packetwalk.model.net.PeerNamespace;
import io.packetwalk.model.net.TunnelMode;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One device as {@code ip link} and {@code ip addr} print it, being put together line by line:
 * {@code 2: eth0@if5: <UP> mtu 1500 …}, {@code link/ether …}, and with {@code -d} its kind.
 */
final class DeviceHeader {
  private final String name;
  private final OptionalInt index;
  private final Source source;
  private Optional<String> lower = Optional.empty();
  private OptionalInt peerIndex = OptionalInt.empty();
  private Optional<PeerNamespace> peerNamespace = Optional.empty();
  private Set<String> flags = new TreeSet<>();
  private boolean flagsKnown;
  private OptionalInt mtu = OptionalInt.empty();
  private LinkState state = LinkState.UNKNOWN;
  private Optional<MacAddress> mac = Optional.empty();
  private Optional<String> master = Optional.empty();
  private String linkType = "";

  /** Whether {@code -d} was given: then a device without a kind is the hardware's own. */
  private boolean detailed;

  private final List<String> linkAddresses = new ArrayList<>();
  private Optional<DeviceKind> kind = Optional.empty();

  /** What decides about packets here beside the stack, by where it sits. */
  private final Map<String, String> programs = new TreeMap<>();

  private DeviceHeader(String name, OptionalInt index, Source source) {
    this.name = name;
    this.index = index;
    this.source = source;
  }

  /**
   * Reads {@code N: NAME[@LOWER]: …}, or the same without the second colon as {@code -o} has it.
   */
  static Optional<DeviceHeader> parse(Words words, Source source) {
    String first = words.peek();
    if (first.length() < 2 || !first.endsWith(":")) {
      return Optional.empty();
    }
    OptionalInt index = Words.parseInt(first.substring(0, first.length() - 1));
    if (index.isEmpty()) {
      return Optional.empty();
    }
    words.next();
    String shown = words.next();
    String label = shown.endsWith(":") ? shown.substring(0, shown.length() - 1) : shown;
    if (label.isEmpty()) {
      return Optional.empty();
    }
    int at = label.lastIndexOf('@');
    DeviceHeader header = new DeviceHeader(at > 0 ? label.substring(0, at) : label, index, source);
    if (at > 0) {
      header.below(label.substring(at + 1));
    }
    return Optional.of(header);
  }

  /** A device that is known by its name only, as {@code -br} shows it. */
  static DeviceHeader named(String label, Source source) {
    int at = label.lastIndexOf('@');
    DeviceHeader header =
        new DeviceHeader(at > 0 ? label.substring(0, at) : label, OptionalInt.empty(), source);
    if (at > 0) {
      header.below(label.substring(at + 1));
    }
    return header;
  }

  String name() {
    return name;
  }

  Optional<String> lower() {
    return lower;
  }

  Optional<String> master() {
    return master;
  }

  private void below(String text) {
    boolean indexed = text.startsWith("if") && Words.parseInt(text.substring(2)).isPresent();
    if (indexed) {
      peerIndex = Words.parseInt(text.substring(2));
    } else if (!text.equals("NONE")) {
      lower = Optional.of(text);
    }
  }

  /** Reads the words behind the name; what isn't the device's stays in {@code words}. */
  void attributes(Words words) {
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "mtu" -> mtu = words.nextInt();
        case "master" -> master = Optional.of(words.next());
        case "state" -> state(words.next());
        case "qdisc" -> queue(words.next());
        case "mode", "group", "qlen", "vrf", "txqlen" -> words.next();
        default -> {
          if (word.startsWith("xdp")) {
            programs.put("xdp", word);
            continue;
          }
          if (!word.startsWith("<")) {
            words.back();
            return;
          }
          flags(word);
        }
      }
    }
  }

  /** Only a queue that loses, delays or changes packets decides about one. */
  private void queue(String discipline) {
    if (discipline.equals("netem")) {
      programs.put("egress", "qdisc netem");
    }
  }

  /** A line about the program at the device ({@code prog/xdp id 7 …}). */
  void program(String text) {
    programs.put("xdp", text);
  }

  /** The programs that decide about packets here. */
  List<DeviceFeature> programs() {
    return programs.entrySet().stream()
        .map(program ->
            new DeviceFeature(
                name, DeviceFeature.Topic.PROGRAM, program.getKey(), program.getValue(), source))
        .toList();
  }

  void flags(String word) {
    int close = word.indexOf('>');
    String inside = word.substring(1, close > 0 ? close : word.length());
    flags = new TreeSet<>(List.of(inside.split(",")));
    flags.remove("");
    flagsKnown = true;
  }

  void state(String word) {
    state =
        switch (word) {
          case "UP" -> LinkState.UP;
          case "DOWN" -> LinkState.DOWN;
          case "LOWERLAYERDOWN" -> LinkState.LOWER_LAYER_DOWN;
          case "DORMANT" -> LinkState.DORMANT;
          case "NOTPRESENT" -> LinkState.NOT_PRESENT;
          case "TESTING" -> LinkState.TESTING;
          default -> LinkState.UNKNOWN;
        };
  }

  void mac(String text) {
    mac = MacAddress.parse(text);
  }

  /** Reads {@code link/TYPE ADDRESS [peer ADDRESS | brd ADDRESS] …}; false when it isn't that. */
  boolean link(Words words) {
    if (!words.peek().startsWith("link/")) {
      return false;
    }
    linkType = words.next().substring(5);
    if (!words.peek().isEmpty() && looksLikeAddress(words.peek())) {
      linkAddresses.add(words.peek());
      mac =
          linkType.equals("ether") || linkType.equals("loopback")
              ? MacAddress.parse(words.peek())
              : Optional.empty();
      words.next();
    }
    while (words.hasNext()) {
      linkAttribute(words);
    }
    return true;
  }

  private static boolean looksLikeAddress(String word) {
    return word.indexOf(':') > 0 || word.indexOf('.') > 0;
  }

  private void linkAttribute(Words words) {
    switch (words.next()) {
      case "brd", "peer" -> linkAddresses.add(words.next());
      case "link-netnsid" ->
          words.nextInt().ifPresent(number -> peer(new PeerNamespace.Numbered(number)));
      case "promiscuity" -> detailed = true;
      case "link-netns" -> peer(new PeerNamespace.Named(words.next()));
      default -> {
        // Counters and limits that decide nothing.
      }
    }
  }

  private void peer(PeerNamespace namespace) {
    peerNamespace = Optional.of(namespace);
  }

  /** Reads the line that {@code -d} adds for the device's kind; false when it isn't that. */
  boolean kind(Words words) {
    Optional<DeviceKind> shown = KindLine.parse(words, lower);
    kind = shown.or(() -> kind);
    return shown.isPresent();
  }

  /**
   * The device as far as it was shown.
   *
   * @param pair whether the device below it has this one below it in turn
   */
  Device toDevice(boolean pair) {
    return new Device(
        name,
        index,
        peerIndex,
        lower,
        peerNamespace,
        flags,
        flagsKnown,
        mtu,
        state,
        mac,
        master,
        kind.orElseGet(() -> pair ? new DeviceKind.Veth() : concludedKind()),
        kind.isPresent() || linkType.equals("loopback") || (detailed && linkType.equals("ether")),
        source);
  }

  /** What the name and the link type tell when {@code -d} wasn't given. */
  private DeviceKind concludedKind() {
    return switch (linkType) {
      case "loopback" -> new DeviceKind.Loopback();
      case "ipip" -> tunnel(TunnelMode.IPIP);
      case "gre" -> tunnel(TunnelMode.GRE);
      case "sit" -> tunnel(TunnelMode.SIT);
      case "tunnel6" -> tunnel(TunnelMode.IP6TNL);
      case "gre6" -> tunnel(TunnelMode.IP6GRE);
      case "none" -> new DeviceKind.Tun();
      default -> concludedEthernet();
    };
  }

  private DeviceKind concludedEthernet() {
    if (name.equals("lo")) {
      return new DeviceKind.Loopback();
    }
    if (peerIndex.isPresent() && lower.isEmpty()) {
      return new DeviceKind.Veth();
    }
    int dot = name.lastIndexOf('.');
    OptionalInt tag = dot > 0 ? Words.parseInt(name.substring(dot + 1)) : OptionalInt.empty();
    boolean vlan = lower.isPresent() && tag.isPresent() && tag.getAsInt() < 4095;
    return vlan ? new DeviceKind.Vlan(tag.getAsInt(), lower.get()) : new DeviceKind.Ethernet();
  }

  private DeviceKind tunnel(TunnelMode mode) {
    return new DeviceKind.IpTunnel(
        mode,
        linkAddress(0),
        linkAddress(1),
        Optional.empty(),
        OptionalInt.empty(),
        true,
        false,
        GreFields.NONE);
  }

  /** A tunnel's link-layer addresses are its local and remote ends; all zeros stand for none. */
  private Optional<IpAddress> linkAddress(int position) {
    return position < linkAddresses.size()
        ? IpAddress.parse(linkAddresses.get(position)).filter(address -> !address.isUnspecified())
        : Optional.empty();
  }
}
