package io.packetwalk.walk.gap;

import io.packetwalk.model.Listing;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.Links;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.model.net.Routing;
import io.packetwalk.model.netfilter.Netfilter;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The search for gaps in what is known of one network namespace. */
final class NamespaceGaps {
  private final NetworkNamespace namespace;
  private final List<Missing> missing = new ArrayList<>();

  private NamespaceGaps(NetworkNamespace namespace) {
    this.namespace = namespace;
  }

  /** A gap, with the command to run inside of the namespace. */
  record Missing(String fact, String command) {}

  static List<Missing> of(NetworkNamespace namespace) {
    NamespaceGaps gaps = new NamespaceGaps(namespace);
    gaps.devices();
    gaps.routing();
    gaps.settings();
    gaps.tables();
    return gaps.missing;
  }

  private void devices() {
    Links links = namespace.links();
    if (links.devices().isUnknown() || links.addresses().isUnknown()) {
      add("devices and addresses", "ip -d addr");
    } else if (links.devices().stream().anyMatch(NamespaceGaps::isKindOpen)) {
      add("what kind of device each is", "ip -d addr");
    } else if (!links.devices().isComplete()) {
      add("all devices: only some were shown", "ip -d addr");
    }
  }

  private static boolean isKindOpen(Device device) {
    return !device.kindShown() && !device.name().equals("lo");
  }

  private void routing() {
    Routing routing = namespace.routing();
    RouteTables tables = routing.tables();
    if (tables.table(IpFamily.IPV4, RouteTables.MAIN).isUnknown()) {
      add("routes", "ip route show table all");
    } else if (!tables.allSeen().containsKey(IpFamily.IPV4)) {
      add("routes of the other tables", "ip route show table all");
    }
    if (usesIpv6() && !tables.allSeen().containsKey(IpFamily.IPV6)) {
      add("IPv6 routes", "ip -6 route show table all");
    }
    if (routing.rulesIpv4().isUnknown()) {
      add("policy routing rules", "ip rule");
    }
    if (usesIpv6() && routing.rulesIpv6().isUnknown()) {
      add("IPv6 policy routing rules", "ip -6 rule");
    }
    if (routing.neighboursIpv4().isUnknown()) {
      add("neighbours", "ip neigh");
    }
  }

  private boolean usesIpv6() {
    return namespace.links().addresses().stream()
        .map(address -> address.address())
        .anyMatch(address -> address.isIpv6() && !address.isLinkLocal() && !address.isLoopback());
  }

  private void settings() {
    if (!namespace.id().isHost()) {
      return;
    }
    if (namespace.setting("net/ipv4/ip_forward").isEmpty()) {
      add("whether it forwards", "sysctl net.ipv4.ip_forward");
    }
    boolean filters =
        namespace.settings().keySet().stream().anyMatch(key -> key.endsWith("/rp_filter"));
    if (!filters) {
      add(
          "settings of its devices",
          "sysctl -a --pattern 'net.ipv[46].conf.*(forwarding|rp_filter|proxy_arp|proxy_ndp)$'");
    }
  }

  private void tables() {
    if (hasLearningDevices() && namespace.links().fdb().isUnknown()) {
      add("forwarding databases", "bridge fdb show");
    }
    if (has(DeviceKind.Bridge.class) && namespace.links().bridgePorts().isUnknown()) {
      add("settings of the bridges' ports", "bridge -d link");
    }
    switches();
    if (namespace.id().isHost() && namespace.netfilter().equals(Netfilter.unknown())) {
      add("packet filter rules", "sh -c 'iptables-save -c; ip6tables-save -c; nft list ruleset'");
    }
  }

  private void switches() {
    List<Switch> switches = namespace.openVswitch().switches();
    boolean used = has(DeviceKind.OpenVswitch.class) || hasPortOfOpenVswitch();
    if (switches.isEmpty() && used) {
      add(
          "bridges and flows of Open vSwitch",
          "sh -c 'ovs-vsctl show; ovs-ofctl dump-flows br-int'");
    }
    for (Switch each : switches) {
      if (each.flows().isUnknown()) {
        add("flows of " + called(each), "ovs-ofctl dump-flows " + typed(each) + " -O OpenFlow15");
      } else if (each.groups().isUnknown() && usesGroups(each)) {
        add("groups of " + called(each), "ovs-ofctl dump-groups " + typed(each) + " -O OpenFlow15");
      }
      if (each.ports().stream().noneMatch(port -> port.type().isPresent())) {
        add("kinds and options of the ports of " + called(each), "ovs-vsctl show");
      }
    }
  }

  /** A bridge whose tables were pasted without the command has no name. */
  private static String called(Switch bridge) {
    return bridge.name().isEmpty() ? "the bridge" : bridge.name();
  }

  private static String typed(Switch bridge) {
    return bridge.name().isEmpty() ? "BRIDGE" : bridge.name();
  }

  private static boolean usesGroups(Switch bridge) {
    return bridge.flows().tables().values().stream()
        .flatMap(Listing::stream)
        .flatMap(flow -> flow.actions().stream())
        .anyMatch(FlowAction.ToGroup.class::isInstance);
  }

  private boolean hasPortOfOpenVswitch() {
    return !namespace.links().membersOf("ovs-system").isEmpty();
  }

  private boolean hasLearningDevices() {
    return has(DeviceKind.Bridge.class) || has(DeviceKind.Vxlan.class);
  }

  private boolean has(Class<? extends DeviceKind> kind) {
    Stream<Device> devices = namespace.links().devices().stream();
    return devices.map(Device::kind).anyMatch(kind::isInstance);
  }

  private void add(String fact, String command) {
    missing.add(new Missing(fact, command));
  }
}
