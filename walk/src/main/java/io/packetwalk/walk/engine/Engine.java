package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.walk.netfilter.Hooks;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.MacAddress;
import java.util.Optional;

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
  final boolean dontFragment;

  /** Whether what is walked carries a question for a neighbour through a tunnel. */
  final boolean inTunnel;

  /** Whether what is delivered begins something that a waiting program must take. */
  final boolean asking;

  final HookPassing hooks;
  final Routes routes;
  final LocalOutput output;
  final Emission emission;
  final FrameHooks frames;
  final Egress egress;
  final Ingress ingress;
  final Uptake uptake;
  final IpInput input;
  final Forwarding forwarding;
  final MulticastForwarding multicast;
  final LocalDelivery delivery;
  final VirtualOutput virtualOutput;
  final VrfPassing vrfs;
  final Refusals refusals = new Refusals();
  final TunnelEgress tunnelEgress;
  final VxlanEgress vxlanEgress;
  final GeneveTunnels geneveTunnels;
  final BondOutput bondOutput;
  final Wireguard wireguard;
  final TunnelIngress tunnelIngress;
  final VxlanIngress vxlanIngress;
  final BridgeForwarding bridges;
  final StackedDevices stacked;
  final IpvlanDevices ipvlans;
  final Switching switching;
  final SwitchTunnels switchTunnels;
  final Underlay underlay;
  final UnseenSegment unseenSegment;
  final NeighbourResolution neighbours;
  private final int depth;
  private int stages;

  /**
   * @param dontFragment whether the sender forbids fragments
   */
  Engine(World world, boolean dontFragment) {
    this(world, dontFragment, /* asking= */ true, 0);
  }

  /** One that walks answers and errors, which the sender's own socket takes. */
  static Engine ofAnswers(World world) {
    return new Engine(world, /* dontFragment= */ false, /* asking= */ false, 0);
  }

  /**
   * One that walks what a tunnel carries of another walk's questions for neighbours.
   *
   * @param depth how many tunnels it is inside
   */
  static Engine ofTunnel(World world, int depth) {
    return new Engine(world, /* dontFragment= */ false, /* asking= */ true, depth);
  }

  private Engine(World world, boolean dontFragment, boolean asking, int depth) {
    this.world = world;
    this.dontFragment = dontFragment;
    this.asking = asking;
    this.inTunnel = depth > 0;
    this.depth = depth;
    this.hooks = new HookPassing(this);
    this.routes = new Routes(this);
    this.output = new LocalOutput(this);
    this.emission = new Emission(this);
    this.frames = new FrameHooks(this);
    this.egress = new Egress(this);
    this.ingress = new Ingress(this);
    this.uptake = new Uptake(this);
    this.input = new IpInput(this);
    this.multicast = new MulticastForwarding(this);
    this.forwarding = new Forwarding(this);
    this.delivery = new LocalDelivery(this);
    this.virtualOutput = new VirtualOutput(this);
    this.vrfs = new VrfPassing(this);
    this.tunnelEgress = new TunnelEgress(this);
    this.vxlanEgress = new VxlanEgress(this);
    this.geneveTunnels = new GeneveTunnels(this);
    this.bondOutput = new BondOutput(this);
    this.wireguard = new Wireguard(this);
    this.tunnelIngress = new TunnelIngress(this);
    this.vxlanIngress = new VxlanIngress(this);
    this.bridges = new BridgeForwarding(this);
    this.stacked = new StackedDevices(this);
    this.ipvlans = new IpvlanDevices(this);
    this.switching = new Switching(this);
    this.switchTunnels = new SwitchTunnels(this);
    this.underlay = new Underlay(this);
    this.unseenSegment = new UnseenSegment(this);
    this.neighbours = new NeighbourResolution(world, depth);
  }

  /** Where a frame for one device comes out of tunnels. */
  TunnelEnds tunnelEnds(MacAddress destination) {
    return TunnelEnds.ofFrame(world, neighbours.memory(), depth, destination);
  }

  Stack stack(NamespaceId id) {
    return world.stack(id);
  }

  Hooks hooksOf(Stack stack) {
    return world.hooks(
        stack.id(),
        () ->
            new Hooks(
                stack.namespace(),
                new StackSurroundings(world, stack),
                Optional.of(world.meanings())));
  }

  /** Counts a stage; false when the walk has become too large to go on. */
  boolean mayGoOn(Trail trail) {
    stages++;
    return stages <= MOST_STAGES && trail.length() < LONGEST_TRAIL;
  }
}
