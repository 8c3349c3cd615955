package io.packetwalk.read.command;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.BridgeGroups;
import io.packetwalk.model.net.BridgePort;
import io.packetwalk.model.net.BridgeVlan;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.FdbEntry;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.tree.Tree;
import io.packetwalk.read.tree.Trees;
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

/** The JSON of {@code bridge -j link}, {@code fdb} and {@code vlan}. */
final class BridgeJson {
  private BridgeJson() {}

  static Reading fdb(CommandRun run, List<String> filter) {
    Rows<FdbEntry> rows = Rows.headed();
    for (Tree entry : elements(run, rows)) {
      Optional<MacAddress> mac = entry.text("mac").flatMap(MacAddress::parse);
      Optional<String> device = entry.text("ifname");
      if (mac.isPresent() && device.isPresent()) {
        rows.add(fdbEntry(entry, mac.get(), device.get(), source(run, entry)));
      }
    }
    return rows.reading(run, BridgeFdb.isWhole(filter), BridgeFdb.ofDevice(filter));
  }

  private static FdbEntry fdbEntry(Tree entry, MacAddress mac, String device, Source source) {
    Set<String> flags = new TreeSet<>(entry.texts("flags"));
    boolean self = flags.remove("self");
    flags.remove("master");
    entry.text("state").ifPresent(flags::add);
    entry.text("nhid").ifPresent(number -> flags.add(FdbEntry.NEXT_HOP + number));
    return new FdbEntry(
        mac,
        device,
        entry.text("master"),
        self,
        number(entry, "vlan"),
        entry.text("dst").flatMap(IpAddress::parse),
        number(entry, "vni"),
        number(entry, "port"),
        entry.text("viaIf").or(() -> entry.text("via")),
        flags,
        source);
  }

  static Reading links(CommandRun run, boolean all) {
    Rows<BridgePort> ports = Rows.headed();
    List<Device> devices = new ArrayList<>();
    for (Tree entry : elements(run, ports)) {
      Optional<String> device = entry.text("ifname");
      Optional<String> master = entry.text("master");
      if (device.isPresent() && master.isPresent()) {
        Source source = source(run, entry);
        ports.add(
            new BridgePort(
                device.get(), master.get(), entry.text("state"), settings(entry), source));
        devices.add(
            BridgeFacts.device(
                device.get(),
                number(entry, "ifindex"),
                new TreeSet<>(entry.texts("flags")),
                number(entry, "mtu"),
                master,
                source));
      }
    }
    return BridgeFacts.of(run, all, ports, devices);
  }

  private static Map<String, Boolean> settings(Tree entry) {
    Map<String, Boolean> settings = new TreeMap<>();
    for (String name : entry.labels().keySet()) {
      entry.truth(name).ifPresent(value -> settings.put(name, value));
    }
    entry
        .text("mcast_router")
        .or(() -> entry.text("multicast_router"))
        .ifPresent(value -> settings.put(BridgePort.ROUTER, value.equals(BridgePort.ALWAYS)));
    return settings;
  }

  static Reading vlans(CommandRun run, boolean all) {
    Rows<BridgeVlan> rows = Rows.headed();
    for (Tree port : elements(run, rows)) {
      Optional<String> device = port.text("ifname");
      for (Tree vlan : device.isPresent() ? port.elements("vlans") : List.<Tree>of()) {
        OptionalInt first = number(vlan, "vlan");
        if (first.isPresent()) {
          List<String> flags = vlan.texts("flags");
          rows.add(
              new BridgeVlan(
                  device.orElseThrow(),
                  first.getAsInt(),
                  number(vlan, "vlanEnd").orElse(first.getAsInt()),
                  flags.contains("Egress Untagged"),
                  flags.contains("PVID"),
                  source(run, vlan)));
        }
      }
    }
    return rows.reading(run, all, Fact.BridgeVlans::new);
  }

  static Reading groups(CommandRun run, List<String> filter) {
    Rows<BridgeGroups> rows = Rows.headed();
    Map<String, List<BridgeGroups.Entry>> entries = new TreeMap<>();
    Map<String, List<String>> routers = new TreeMap<>();
    BridgeMdb.asked(filter).ifPresent(bridge -> entries.put(bridge, new ArrayList<>()));
    for (Tree shown : elements(run, rows)) {
      shown.elements("mdb").forEach(entry -> add(entries, entry, source(run, entry)));
      Tree byBridge = shown.at("router");
      Set<String> bridges =
          byBridge instanceof Tree.Fields fields ? fields.entries().keySet() : Set.of();
      for (String bridge : bridges) {
        routers.put(
            bridge,
            byBridge.elements(bridge).stream()
                .flatMap(port -> port.text("port").stream())
                .toList());
        entries.computeIfAbsent(bridge, name -> new ArrayList<>());
      }
    }
    if (!rows.unread().isEmpty() || run.gap()) {
      return new Reading(List.of(), rows.unread());
    }
    boolean details = BridgeMdb.showsDetails(run);
    List<BridgeGroups> databases = new ArrayList<>();
    entries.forEach((bridge, own) ->
        databases.add(
            new BridgeGroups(
                bridge,
                own,
                Optional.of(routers.getOrDefault(bridge, List.of())).filter(all -> details),
                run.prompt().source())));
    return BridgeMdb.reading(run, filter, databases, rows.unread());
  }

  private static void add(
      Map<String, List<BridgeGroups.Entry>> entries, Tree entry, Source source) {
    Optional<String> bridge = entry.text("dev");
    Optional<String> port = entry.text("port");
    if (bridge.isEmpty() || port.isEmpty()) {
      return;
    }
    List<BridgeGroups.Entry> own = entries.computeIfAbsent(bridge.get(), name -> new ArrayList<>());
    Set<String> words = new TreeSet<>(entry.texts("flags"));
    entry.text("state").ifPresent(words::add);
    entry.text("filter_mode").ifPresent(mode -> words.add("filter_mode"));
    entry
        .text("grp")
        .flatMap(IpAddress::parse)
        .ifPresent(group ->
            own.add(
                new BridgeGroups.Entry(
                    port.get(),
                    group,
                    entry.text("src").flatMap(IpAddress::parse),
                    number(entry, "vid"),
                    words,
                    source)));
  }

  private static List<Tree> elements(CommandRun run, Rows<?> rows) {
    List<Tree> elements = new ArrayList<>();
    var outcome = Trees.read(run.output(), () -> new Collected(new ArrayList<>()));
    outcome.unread().forEach(line -> rows.damage(line.line(), line.reason()));
    outcome.documents().forEach(document -> elements.addAll(document.elements()));
    rows.header();
    return elements;
  }

  private static Source source(CommandRun run, Tree tree) {
    return tree.source().orElse(run.prompt().source());
  }

  private static OptionalInt number(Tree tree, String key) {
    return tree.text(key).map(Tokens::number).orElseGet(OptionalInt::empty);
  }

  /** The elements of one array. */
  private record Collected(List<Tree> elements) implements Trees.Visitor {
    @Override
    public void element(Tree tree, String listKind) {
      elements.add(tree);
    }

    @Override
    public void document(Tree tree) {
      // Only arrays are expected.
    }
  }
}
