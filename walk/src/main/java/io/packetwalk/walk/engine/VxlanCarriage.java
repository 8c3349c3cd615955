package io.packetwalk.walk.engine;

import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vxlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends the outer packets of VXLAN devices, and sees which devices take them. */
final class VxlanCarriage {
  private static final int HOP_LIMIT = 64;

  private final World world;
  private final int depth;

  /**
   * @param depth how many tunnels the packets are inside already
   */
  VxlanCarriage(World world, int depth) {
    this.world = world;
    this.depth = depth;
  }

  /** Where an outer packet came in, and whom it was from. */
  record Arrival(Stack stack, IpAddress source) {}

  /**
   * Where an outer packet, or the copies of one for a group, came in.
   *
   * @param known whether the state shows all of them
   */
  record Carried(List<Arrival> arrivals, boolean known) {}

  /** A device of a VXLAN. */
  record Far(Stack stack, String device, DeviceKind.Vxlan vxlan) {}

  /**
   * What becomes of a frame to who was heard by a tunnel.
   *
   * @param source of the outer packet that comes in where he is; empty when none does
   */
  record Home(Optional<IpAddress> source, boolean known) {}

  /** Sends an outer packet, and sees where it comes in. */
  Carried carry(Stack stack, String device, DeviceKind.Vxlan vxlan, IpAddress remote) {
    Optional<IpAddress> source =
        TunnelEgress.localEnd(stack, vxlan.local(), remote, vxlan.underlay());
    if (source.isEmpty()) {
      return new Carried(List.of(), true);
    }
    Engine engine = Engine.ofTunnel(world, depth + 1);
    List<Branch> branches =
        engine.output.sendTunnelled(
            Trail.start(1),
            stack,
            Origination.inFlight(outer(source.get(), remote, vxlan)),
            device,
            vxlan.underlay());
    boolean alike =
        branches.stream().allMatch(branch -> branch.verdict() == branches.getFirst().verdict());
    boolean settled =
        branches.stream()
            .allMatch(branch ->
                branch.verdict() != Verdict.UNDETERMINED && branch.verdict() != Verdict.LEFT);
    boolean one = !remote.isMulticast();
    if (one && !(alike && settled)) {
      return new Carried(List.of(), false);
    }
    List<Arrival> arrivals =
        branches.stream()
            .filter(branch -> branch.verdict() == Verdict.DELIVERED)
            .map(branch -> arrival(branch.steps().getLast()))
            .distinct()
            .toList();
    return new Carried(
        one && arrivals.size() > 1 ? List.of(arrivals.getFirst()) : arrivals, settled);
  }

  /** On the way the packet's source may have been translated. */
  private Arrival arrival(Step last) {
    Ip outer = Headers.ip(last.packet()).orElseThrow();
    return new Arrival(world.stack(last.place()), outer.source());
  }

  private static Packet outer(IpAddress source, IpAddress remote, DeviceKind.Vxlan vxlan) {
    Ip header =
        remote.isIpv4()
            ? Ipv4.of(source, remote, IpProtocol.UDP, HOP_LIMIT)
            : Ipv6.of(source, remote, IpProtocol.UDP, HOP_LIMIT);
    int port = vxlan.port().orElse(Vxlan.PORT);
    return new Packet(List.of(header.asLayer(), Udp.of(/* sourcePort= */ port, port)));
  }

  /** The devices that take the packets where they come in. */
  static List<Far> receivers(Arrival arrival, DeviceKind.Vxlan vxlan) {
    List<Far> receivers = new ArrayList<>();
    for (Device device : arrival.stack().namespace().links().devices().entries()) {
      if (device.kind() instanceof DeviceKind.Vxlan far
          && (far.external() || far.vni().equals(vxlan.vni()))
          && far.port().orElse(Vxlan.PORT) == vxlan.port().orElse(Vxlan.PORT)
          && !Segment.isClosed(device)) {
        receivers.add(new Far(arrival.stack(), device.name(), far));
      }
    }
    return receivers;
  }

  /** Whether a frame from the far end to its peer comes back to the near end. */
  Home home(Far far, Arrival arrival, Far near, MacAddress peer, NeighbourMemory memory) {
    List<VxlanRemote> remotes =
        far.vxlan().external()
            ? List.of(VxlanRemote.answering(far.vxlan(), arrival.source()))
            : VxlanRemote.of(far.stack(), far.device(), far.vxlan(), peer, memory);
    boolean known = true;
    for (VxlanRemote remote : remotes) {
      Carried carried = carry(far.stack(), far.device(), remote.settings(), remote.address());
      Optional<Arrival> back =
          carried.arrivals().stream()
              .filter(end -> end.stack().id().equals(near.stack().id()))
              .findFirst();
      if (back.isPresent()) {
        return new Home(back.map(Arrival::source), true);
      }
      known &= carried.known();
    }
    return new Home(Optional.empty(), known);
  }
}
