package io.packetwalk.walk.topology;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.netfilter.Connection;
import io.packetwalk.model.openflow.OpenVswitch;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.walk.meaning.Meanings;
import io.packetwalk.walk.netfilter.Hooks;
import io.packetwalk.walk.openflow.SwitchEngine;
import io.packetwalk.walk.openflow.TrackedConnections;
import io.packetwalk.walk.plugin.FlowMeaning;
import io.packetwalk.walk.plugin.FlowMeanings;
import io.packetwalk.walk.routing.LocalAddress;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A snapshot prepared for walks: each namespace's stack, and who owns which address.
 *
 * <p>What is prepared is kept, so that many walks through one snapshot share it.
 */
public final class World {
  private final Snapshot snapshot;
  private final ObjectAddresses objectAddresses;
  private final Map<NamespaceId, Stack> stacks = new LinkedHashMap<>();
  private final Map<NamespaceId, SwitchEngine> switches = new LinkedHashMap<>();
  private final Map<NamespaceId, FlowMeaning> flowMeanings = new LinkedHashMap<>();
  private final Map<IpAddress, List<Owner>> owners = new LinkedHashMap<>();
  private final Map<String, List<Owner>> ownersByNode = new LinkedHashMap<>();
  private final Map<NamespaceId, Hooks> hooks = new LinkedHashMap<>();
  private final SwitchAttachments attachments;
  private final Cabling cabling;
  private final Meanings meanings;
  private final Uppers uppers;

  public World(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.objectAddresses = new ObjectAddresses(snapshot);
    allNamespaces().forEach(this::addOwned);
    this.attachments = new SwitchAttachments(this);
    this.cabling = new Cabling(this);
    this.meanings = new Meanings(snapshot);
    this.uppers = new Uppers(this);
  }

  private List<NamespaceId> allNamespaces() {
    Map<NamespaceId, Boolean> all = new LinkedHashMap<>();
    snapshot.namespaces().keySet().forEach(id -> all.put(id, true));
    objectAddresses.namespaces().forEach(id -> all.put(id, true));
    return List.copyOf(all.keySet());
  }

  private void addOwned(NamespaceId id) {
    for (LocalAddress address : stack(id).addresses()) {
      if (!address.address().isLoopback() && !address.address().isLinkLocal()) {
        Owner owner = new Owner(id, address);
        owners.computeIfAbsent(address.address(), key -> new ArrayList<>(1)).add(owner);
        ownersByNode.computeIfAbsent(id.node(), key -> new ArrayList<>()).add(owner);
      }
    }
  }

  public Snapshot snapshot() {
    return snapshot;
  }

  /** What rules stand for. */
  public Meanings meanings() {
    return meanings;
  }

  /** The bridges of Open vSwitch that a namespace has, ready to be walked. */
  public SwitchEngine switches(NamespaceId id) {
    return switches.computeIfAbsent(
        id,
        missing -> {
          OpenVswitch openVswitch = namespace(missing).openVswitch();
          return new SwitchEngine(openVswitch, new TrackedConnections(connections(missing)));
        });
  }

  /**
   * The connections that flows know of. Where the kernel carries the packets they are among its
   * own, each in its zone; a listing of these may be of one family only.
   */
  private Listing<Connection> connections(NamespaceId id) {
    OpenVswitch openVswitch = namespace(id).openVswitch();
    boolean kernel = openVswitch.switches().stream().noneMatch(Switch::isUserSpace);
    Listing<Connection> own = namespace(id).netfilter().connections();
    return openVswitch.connections().isUnknown() && kernel && !own.isUnknown()
        ? new Listing<>(Coverage.PARTIAL, own.entries(), own.seenAt())
        : openVswitch.connections();
  }

  /** What the flows of a namespace's bridges mean to their controller. */
  public FlowMeaning flowMeaning(NamespaceId id) {
    return flowMeanings.computeIfAbsent(
        id,
        missing ->
            FlowMeanings.of(
                snapshot,
                namespace(missing),
                device -> attachments.at(missing, device).map(SwitchAttachments.Attachment::pod)));
  }

  /** Which pods are behind which ports of Open vSwitch's bridges. */
  public SwitchAttachments attachments() {
    return attachments;
  }

  public Cabling cabling() {
    return cabling;
  }

  public Uppers uppers() {
    return uppers;
  }

  public NetworkNamespace namespace(NamespaceId id) {
    return snapshot.namespace(id);
  }

  public Stack stack(NamespaceId id) {
    return stacks.computeIfAbsent(
        id, missing -> new Stack(namespace(missing), objectAddresses.of(missing)));
  }

  /** The packet filter's hooks of a namespace; what is made for the first walk is kept. */
  public Hooks hooks(NamespaceId id, Supplier<Hooks> made) {
    return hooks.computeIfAbsent(id, missing -> made.get());
  }

  /** The namespaces that the state shows to have this address. */
  public List<Owner> owners(IpAddress address) {
    return owners.getOrDefault(address, List.of());
  }

  /** Every address that the state shows to be one of this node's or of its pods. */
  List<Owner> ownersOn(String node) {
    return ownersByNode.getOrDefault(node, List.of());
  }

  /** The node whose own namespace has this address. */
  public Optional<Owner> node(IpAddress address) {
    return owners(address).stream().filter(owner -> owner.namespace().isHost()).findFirst();
  }

  /** A namespace that has an address. */
  public record Owner(NamespaceId namespace, LocalAddress address) {}
}
