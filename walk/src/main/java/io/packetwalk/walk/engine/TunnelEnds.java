package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.KnownKinds;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.walk.topology.Tunnels;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The far ends of tunnels that carry Ethernet: a VXLAN device sends a frame to each remote that its
 * forwarding database names (vxlan_xmit, vxlan_snoop), Geneve and gretap to the only one.
 */
final class TunnelEnds implements Tunnels {
  /** How many tunnels may carry one another's questions. */
  private static final int DEEPEST = 3;

  private final World world;
  private final NeighbourMemory memory;
  private final VxlanCarriage carriage;
  private final TapCarriage taps;
  private final Frame frame;
  private final int depth;

  /**
   * A frame that is sent through tunnels.
   *
   * @param sender empty where it doesn't matter who hears of him
   * @param destination for whom alone it is; empty when it is for everybody
   */
  record Frame(Optional<MacAddress> sender, Optional<MacAddress> destination) {}

  private TunnelEnds(
      World world, NeighbourMemory memory, int depth, Frame frame, TapCarriage taps) {
    this.world = world;
    this.memory = memory;
    this.carriage = new VxlanCarriage(world, depth);
    this.taps = taps;
    this.frame = frame;
    this.depth = depth;
  }

  /** Of a question for a neighbour. */
  static TunnelEnds ofQuestion(
      World world, NeighbourMemory memory, int depth, Answering.Request request) {
    Frame frame = new Frame(Optional.of(request.mac()), Optional.empty());
    return new TunnelEnds(
        world, memory, depth, frame, TapCarriage.ofQuestion(world, depth, request));
  }

  /** Of a frame for one device. */
  static TunnelEnds ofFrame(
      World world, NeighbourMemory memory, int depth, MacAddress destination) {
    Frame frame = new Frame(Optional.empty(), Optional.of(destination));
    return new TunnelEnds(
        world, memory, depth, frame, TapCarriage.ofFrame(world, depth, destination));
  }

  @Override
  public Exits through(NamespaceId namespace, String device, Segment.Flood flood) {
    Stack stack = world.stack(namespace);
    Optional<DeviceKind> kind = KnownKinds.of(stack.namespace(), device);
    if (kind.isEmpty() || depth >= DEEPEST) {
      return UNKNOWN;
    }
    return kind.get() instanceof DeviceKind.Vxlan vxlan
        ? vxlan.external() || vxlan.vni().isEmpty()
            ? UNKNOWN
            : throughVxlan(new VxlanCarriage.Far(stack, device, vxlan), flood)
        : TapCarriage.isTap(kind.get()) ? taps.through(stack, device) : UNKNOWN;
  }

  private Exits throughVxlan(VxlanCarriage.Far near, Segment.Flood flood) {
    MacAddress destination = frame.destination().orElse(MacAddress.ZERO);
    if (VxlanRemote.byNextHops(near.stack(), near.device(), destination).isPresent()) {
      return UNKNOWN;
    }
    List<Exit> exits = new ArrayList<>();
    boolean known = near.stack().namespace().links().fdbShown(near.device()).isPresent();
    for (VxlanRemote remote : remotes(near)) {
      VxlanCarriage.Carried carried =
          carriage.carry(near.stack(), near.device(), remote.settings(), remote.address());
      known &= carried.known();
      for (VxlanCarriage.Arrival there : carried.arrivals()) {
        for (VxlanCarriage.Far far : VxlanCarriage.receivers(there, remote.settings())) {
          Exits out = out(near, far, there, flood);
          exits.addAll(out.exits());
          known &= out.known();
        }
      }
    }
    return new Exits(exits, known);
  }

  private List<VxlanRemote> remotes(VxlanCarriage.Far near) {
    return frame
        .destination()
        .map(to -> VxlanRemote.of(near.stack(), near.device(), near.vxlan(), to, memory))
        .orElseGet(() -> VxlanRemote.flooded(near.stack(), near.device(), near.vxlan()));
  }

  /**
   * What is taken by a device in external mode is answered to where it came from by its own stack
   * alone, and then only by ARP (iptunnel_metadata_reply).
   */
  private Exits out(
      VxlanCarriage.Far near,
      VxlanCarriage.Far far,
      VxlanCarriage.Arrival there,
      Segment.Flood flood) {
    NamespaceId place = far.stack().id();
    if (frame.sender().isEmpty()) {
      return new Exits(List.of(new Exit(place, far.device(), true, Optional.empty())), true);
    }
    MacAddress sender = frame.sender().get();
    if (isRefused(far, sender, there.source())) {
      return new Exits(List.of(), true);
    }
    if (far.vxlan().external() && !(flood == Segment.Flood.BROADCAST && isAlone(far))) {
      return UNKNOWN;
    }
    NeighbourMemory heard = new NeighbourMemory();
    heard.remember(memory);
    heard.learn(far.stack(), far.device(), far.vxlan(), sender, there.source());
    VxlanCarriage.Home home = carriage.home(far, there, near, sender, heard);
    Passage passage =
        new Passage(
            new End(near.stack().id(), near.device()),
            new End(place, far.device()),
            there.source(),
            home.source());
    boolean silent = far.vxlan().answering() && flood == Segment.Flood.BROADCAST;
    boolean back = home.source().isPresent() && !silent;
    return new Exits(
        List.of(new Exit(place, far.device(), back, Optional.of(passage))),
        back || silent || home.known());
  }

  /** Whether nobody is behind the device but its own stack. */
  private static boolean isAlone(VxlanCarriage.Far far) {
    return far.stack().device(far.device()).flatMap(Device::master).isEmpty();
  }

  private static boolean isRefused(VxlanCarriage.Far far, MacAddress sender, IpAddress remote) {
    return VxlanRemote.contradicting(far.stack(), far.device(), far.vxlan(), sender, remote)
        .isPresent();
  }

  /** Whether a device at one end refuses the answer of who has this address. */
  static boolean isUnheard(World world, Segment.Endpoint endpoint, MacAddress answering) {
    return endpoint.passed().stream()
        .anyMatch(passage ->
            end(world, passage.near())
                .flatMap(
                    near -> passage.back().filter(source -> isRefused(near, answering, source)))
                .isPresent());
  }

  /** What devices of tunnels learn from a question. */
  static void hearQuestion(
      World world, NeighbourMemory memory, Segment.Endpoint endpoint, MacAddress asker) {
    for (Passage passage : endpoint.passed()) {
      end(world, passage.far()).ifPresent(far -> learn(memory, far, asker, passage.from()));
    }
  }

  /** What they learn from the answer. */
  static void hearAnswer(
      World world, NeighbourMemory memory, Segment.Endpoint endpoint, MacAddress answering) {
    for (Passage passage : endpoint.passed()) {
      end(world, passage.near())
          .ifPresent(
              near -> passage.back().ifPresent(source -> learn(memory, near, answering, source)));
    }
  }

  private static void learn(
      NeighbourMemory memory, VxlanCarriage.Far at, MacAddress sender, IpAddress source) {
    memory.learn(at.stack(), at.device(), at.vxlan(), sender, source);
  }

  private static Optional<VxlanCarriage.Far> end(World world, End end) {
    Stack stack = world.stack(end.namespace());
    return stack
        .device(end.device())
        .map(Device::kind)
        .filter(DeviceKind.Vxlan.class::isInstance)
        .map(kind -> new VxlanCarriage.Far(stack, end.device(), (DeviceKind.Vxlan) kind));
  }
}
