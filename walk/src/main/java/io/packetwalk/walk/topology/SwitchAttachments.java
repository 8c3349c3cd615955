package io.packetwalk.walk.topology;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.FlowMatch;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which pod is behind which port of a node's switches: by what its owner noted at the port ({@code
 * external_ids}), else by the flows that let only that pod's address in by it.
 */
public final class SwitchAttachments {
  private final World world;
  private final Map<Port, Attachment> byPort = new LinkedHashMap<>();
  private final Map<NamespaceId, Attachment> byPod = new LinkedHashMap<>();

  SwitchAttachments(World world) {
    this.world = world;
    for (NetworkNamespace namespace : world.snapshot().namespaces().values()) {
      for (Switch each : namespace.openVswitch().switches()) {
        each.ports().entries().forEach(port -> noted(namespace.id(), port));
        each.flows().tables().values().stream()
            .flatMap(table -> table.entries().stream())
            .forEach(flow -> admitted(namespace.id(), each, flow));
      }
    }
  }

  private record Port(NamespaceId host, String device) {}

  /**
   * A pod at a port.
   *
   * @param mac the pod's own link-layer address, when the lines tell
   */
  public record Attachment(
      NamespaceId host,
      String device,
      NamespaceId pod,
      Optional<MacAddress> mac,
      List<Source> evidence) {
    public Attachment {
      evidence = List.copyOf(evidence);
    }

    private Attachment with(Optional<MacAddress> found) {
      return new Attachment(host, device, pod, mac.or(() -> found), evidence);
    }
  }

  /** The pod at this port of a node. */
  public Optional<Attachment> at(NamespaceId host, String device) {
    return Optional.ofNullable(byPort.get(new Port(host, device)));
  }

  /** The port that this pod is at. */
  public Optional<Attachment> of(NamespaceId pod) {
    return Optional.ofNullable(byPod.get(pod));
  }

  private void noted(NamespaceId host, SwitchPort port) {
    Map<String, String> notes = port.externalIds();
    Optional<NamespaceId> named =
        podName(notes).flatMap(name -> namespaceOf(world.snapshot(), name, host));
    Optional<NamespaceId> addressed =
        note(notes, "ip-address", "ip_addresses")
            .map(text -> text.split("[,/ ]", 2)[0])
            .flatMap(IpAddress::parse)
            .flatMap(address -> owner(host, address));
    named
        .or(() -> addressed)
        .ifPresent(pod ->
            add(
                new Attachment(
                    host,
                    port.device(),
                    pod,
                    note(notes, "attached-mac", "attached_mac").flatMap(MacAddress::parse),
                    List.of(port.source()))));
  }

  private static Optional<String> note(Map<String, String> notes, String... keys) {
    for (String key : keys) {
      if (notes.containsKey(key)) {
        return Optional.of(notes.get(key));
      }
    }
    return Optional.empty();
  }

  /** Antrea notes the pod's name and namespace, OVN-Kubernetes both in one. */
  private static Optional<ObjectName> podName(Map<String, String> notes) {
    if (notes.containsKey("pod-name") && notes.containsKey("pod-namespace")) {
      return Optional.of(new ObjectName(notes.get("pod-namespace"), notes.get("pod-name")));
    }
    return note(notes, "iface-id")
        .filter(id -> id.indexOf('_') > 0)
        .map(id -> id.split("_", 2))
        .map(parts -> new ObjectName(parts[0], parts[1]));
  }

  private static Optional<NamespaceId> namespaceOf(
      Snapshot snapshot, ObjectName pod, NamespaceId host) {
    return PodNamespaces.of(snapshot, pod, Optional.of(host.node()));
  }

  private Optional<NamespaceId> owner(NamespaceId host, IpAddress address) {
    return world.owners(address).stream()
        .map(World.Owner::namespace)
        .filter(owner -> owner.node().equals(host.node()) && !owner.isHost())
        .findFirst();
  }

  /** A flow that matches a port and one source address lets that address in by it. */
  private void admitted(NamespaceId host, Switch bridge, Flow flow) {
    Optional<String> device = portOf(bridge, flow);
    if (device.isEmpty()) {
      return;
    }
    Optional<MacAddress> mac =
        exact(flow, FlowFields.ETH_SRC)
            .or(() -> exact(flow, FlowFields.ARP_SHA))
            .map(bits -> new MacAddress(bits.low()));
    source(flow)
        .flatMap(address -> owner(host, address))
        .ifPresent(
            pod -> add(new Attachment(host, device.get(), pod, mac, List.of(flow.source()))));
  }

  private static Optional<IpAddress> source(Flow flow) {
    return exact(flow, FlowFields.NW_SRC)
        .or(() -> exact(flow, FlowFields.ARP_SPA))
        .map(bits -> IpAddress.ofIpv4((int) bits.low()))
        .or(() ->
            exact(flow, FlowFields.IPV6_SRC)
                .map(bits -> IpAddress.ofIpv6(bits.high(), bits.low())));
  }

  private static Optional<String> portOf(Switch bridge, Flow flow) {
    for (FlowMatch.Condition condition : flow.match().conditions()) {
      if (condition instanceof FlowMatch.AtPort at && at.field().equals(FlowFields.IN_PORT)) {
        return Optional.of(at.port());
      }
    }
    return exact(flow, FlowFields.IN_PORT)
        .flatMap(bits -> bridge.port((int) bits.low()))
        .map(SwitchPort::device);
  }

  private static Optional<Bits> exact(Flow flow, FlowField field) {
    for (FlowMatch.Condition condition : flow.match().conditions()) {
      if (condition instanceof FlowMatch.Masked masked
          && masked.field().equals(field)
          && masked.mask().equals(field.ones())) {
        return Optional.of(masked.value());
      }
    }
    return Optional.empty();
  }

  private void add(Attachment found) {
    Port port = new Port(found.host(), found.device());
    Attachment known = byPort.get(port);
    if (known != null && !known.pod().equals(found.pod())) {
      return;
    }
    Attachment all = known == null ? found : known.with(found.mac());
    byPort.put(port, all);
    byPod.put(all.pod(), byPod.getOrDefault(all.pod(), all).with(all.mac()));
  }
}
