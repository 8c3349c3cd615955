package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.walk.netfilter.Hooks;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.World;
import java.util.HashMap;
import java.util.Map;

/**
 * The stages of one walk, each knowing the others through this.
 *
 * <p>A stage takes a trail and a packet and returns the branches that follow; it calls the next
 * stage itself. A budget bounds how much one question may cost, however the state is made.
 */
final class Engine {
  /** The longest branch: a packet with hop limit 255 takes a dozen steps a hop. */
  static final int LONGEST_TRAIL = 4_000;

  private static final int MOST_STAGES = 200_000;

  final World world;
  final HookPassing hooks = new HookPassing(this);
  final Routes routes = new Routes(this);
  final LocalOutput output = new LocalOutput(this);
  final Emission emission = new Emission(this);
  final Egress egress = new Egress(this);
  final Ingress ingress = new Ingress(this);
  final IpInput input = new IpInput(this);
  final Forwarding forwarding = new Forwarding(this);
  final LocalDelivery delivery = new LocalDelivery(this);
  final TunnelEgress tunnelEgress = new TunnelEgress(this);
  final TunnelIngress tunnelIngress = new TunnelIngress(this);
  final BridgeForwarding bridges = new BridgeForwarding(this);
  final Underlay underlay = new Underlay(this);
  final NeighbourResolution neighbours;
  private final Map<NamespaceId, Hooks> hooksByNamespace = new HashMap<>();
  private int stages;

  Engine(World world) {
    this.world = world;
    this.neighbours = new NeighbourResolution(world);
  }

  Stack stack(NamespaceId id) {
    return world.stack(id);
  }

  Hooks hooksOf(Stack stack) {
    return hooksByNamespace.computeIfAbsent(
        stack.id(), id -> new Hooks(stack.namespace(), new StackSurroundings(stack)));
  }

  /** Counts a stage; false when the walk has become too large to go on. */
  boolean mayGoOn(Trail trail) {
    stages++;
    return stages <= MOST_STAGES && trail.length() < LONGEST_TRAIL;
  }
}
