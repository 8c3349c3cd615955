package io.packetwalk.read.assemble;

import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.openflow.FlowMatch;
import io.packetwalk.model.openflow.OpenVswitch;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.read.transcript.Place;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The machines that Open vSwitches run on, to find the one that a pod with an Open vSwitch is on:
 * by the pods at its ports, and by ports that are devices of one machine only.
 */
final class SwitchHosts {
  private final PodPlaces pods;
  private final NodeNames nodes;
  private final Map<String, Set<String>> byDevice = new LinkedHashMap<>();

  private SwitchHosts(PodPlaces pods, NodeNames nodes) {
    this.pods = pods;
    this.nodes = nodes;
  }

  static SwitchHosts of(Map<Place, NamespaceFold> byPlace, PodPlaces pods, NodeNames nodes) {
    SwitchHosts hosts = new SwitchHosts(pods, nodes);
    byPlace.forEach((place, fold) -> {
      if (place instanceof Place.Host(String name)) {
        fold.ownDevices().stream().map(Device::name).forEach(device -> hosts.add(device, name));
      }
    });
    return hosts;
  }

  private void add(String device, String host) {
    byDevice.computeIfAbsent(device, name -> new TreeSet<>()).add(nodes.of(host));
  }

  /** The only machine that what is shown of a switch fits. */
  Optional<String> hostOf(NamespaceFold namespace) {
    OpenVswitch shown = namespace.openVswitch();
    Set<String> found = new LinkedHashSet<>();
    shown.switches().stream()
        .flatMap(each -> each.ports().stream())
        .forEach(port -> podsNode(port).ifPresent(found::add));
    portNames(shown)
        .map(name -> byDevice.getOrDefault(name, Set.of()))
        .filter(having -> having.size() == 1)
        .forEach(found::addAll);
    return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
  }

  private Optional<String> podsNode(SwitchPort port) {
    String name = port.externalIds().getOrDefault("pod-name", "");
    String namespace = port.externalIds().getOrDefault("pod-namespace", "");
    return name.isEmpty()
        ? Optional.empty()
        : pods.nodeOf(new ObjectName(namespace, name)).map(nodes::of);
  }

  private static Stream<String> portNames(OpenVswitch shown) {
    Stream<String> listed =
        shown.switches().stream().flatMap(each -> each.ports().stream()).map(SwitchPort::device);
    Stream<String> matched =
        shown.switches().stream()
            .flatMap(each -> each.flows().tables().values().stream())
            .flatMap(table -> table.stream())
            .flatMap(flow -> flow.match().conditions().stream())
            .filter(FlowMatch.AtPort.class::isInstance)
            .map(condition -> ((FlowMatch.AtPort) condition).port());
    return Stream.concat(listed, matched).distinct();
  }
}
