package io.packetwalk.read.command;

import io.packetwalk.model.Source;
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
