package io.packetwalk.walk.engine;

import io.packetwalk.model.Appearance;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Cable;
import io.packetwalk.walk.topology.PodNamespaces;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Notices a routing table that was pasted before the destination's pod existed.
 *
 * <p>A plugin adds a host route when it adds a pod. A table from before can't have it: what it says
 * about the pod's address (the block's blackhole, the default route) is out of date. The proof is a
 * pod's device that an earlier listing of devices hadn't got and that was first listed after the
 * table; mere order of commands proves nothing.
 */
final class OlderThanPod {
  private final World world;

  OlderThanPod(World world) {
    this.world = world;
  }

  /** The pod is newer than the table: behind this device, by everything but the table. */
  record Finding(String device, String decision, List<Source> evidence, Assumption assumption) {}

  Optional<Finding> look(Stack stack, Ip header, RouteDecision.Found found) {
    if (found.route().destination().isHost() || leadsToDevice(found) || !stack.id().isHost()) {
      return Optional.empty();
    }
    return world.owners(header.destination()).stream()
        .filter(owner -> isPodOf(stack, owner.namespace()))
        .findFirst()
        .flatMap(owner -> behind(stack, owner, found));
  }

  private static boolean isPodOf(Stack stack, NamespaceId owner) {
    return owner.node().equals(stack.id().node()) && !owner.isHost();
  }

  /** A connected route, as bridged pods have, doesn't change with each pod. */
  private static boolean leadsToDevice(RouteDecision.Found found) {
    return !found.hops().isEmpty()
        && found.hops().stream().map(NextHop::gateway).allMatch(Optional::isEmpty);
  }

  private Optional<Finding> behind(Stack stack, World.Owner owner, RouteDecision.Found found) {
    return deviceOfPod(stack, owner.namespace())
        .filter(cable -> isNewer(cable.device(), stack, owner, found))
        .map(cable -> finding(stack, owner, found, cable));
  }

  private boolean isNewer(
      String device, Stack stack, World.Owner owner, RouteDecision.Found found) {
    Optional<Source> listed =
        stack
            .namespace()
            .routing()
            .tables()
            .table(owner.address().address().family(), found.table())
            .lastSeen();
    return listed.isPresent()
        && (isSeenAfter(stack.namespace().links().appearances().get(device), listed.get())
            || podAppearances(owner.namespace()).anyMatch(seen -> isSeenAfter(seen, listed.get())));
  }

  private Stream<Appearance> podAppearances(NamespaceId namespace) {
    Cluster cluster = world.snapshot().cluster();
    return cluster.podAppearances().entrySet().stream()
        .filter(entry ->
            PodNamespaces.of(world.snapshot(), entry.getKey(), Optional.of(namespace.node()))
                .filter(namespace::equals)
                .isPresent())
        .map(Map.Entry::getValue);
  }

  private static boolean isSeenAfter(@Nullable Appearance appearance, Source listed) {
    return appearance != null && appearance.firstSeen().isAfter(listed);
  }

  /** The device of this node whose cable ends in the pod. */
  private Optional<Cable.To> deviceOfPod(Stack stack, NamespaceId pod) {
    List<String> ends = new ArrayList<>();
    world.namespace(pod).links().devices().stream()
        .filter(device -> device.isWithPeer() && device.mac().isPresent())
        .forEach(device -> ends.add(device.name()));
    if (ends.isEmpty()) {
      ends.add("eth0");
    }
    return ends.stream()
        .map(device -> world.cabling().from(pod, device))
        .filter(Cable.To.class::isInstance)
        .map(Cable.To.class::cast)
        .filter(to -> to.namespace().equals(stack.id()))
        .findFirst();
  }

  private static Finding finding(
      Stack stack, World.Owner owner, RouteDecision.Found found, Cable.To cable) {
    IpAddress address = owner.address().address();
    String outdated = found.route().source().text().strip();
    List<Source> evidence = new ArrayList<>();
    evidence.add(owner.address().source());
    evidence.addAll(cable.evidence());
    evidence.add(found.route().source());
    Assumption assumption =
        new Assumption(
            stack.id()
                + " has a route for "
                + address
                + " to "
                + cable.device()
                + ": its routing table in the state ('"
                + outdated
                + "') is older than the pod",
            Commands.in(stack.id(), "ip route get " + address),
            List.of(found.route().source(), owner.address().source()));
    return new Finding(
        cable.device(),
        "to " + address + " by " + cable.device() + ", whose cable ends in the pod",
        evidence,
        assumption);
  }
}
