package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.Neighbour;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.KnownKinds;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds a next hop's link-layer address: by the neighbour table, else by who would answer if the
 * kernel asked (ARP, RFC 826; neighbour discovery, RFC 4861).
 */
final class NeighbourResolution {
  private final World world;
  private final Answering answering;
  private final LinkAddresses addresses;
  private final NeighbourMemory memory = new NeighbourMemory();
  private final NeighbourQuestion question;

  NeighbourResolution(World world, int depth) {
    this.world = world;
    this.answering = new Answering(world);
    this.addresses = new LinkAddresses(world);
    this.question = new NeighbourQuestion(world, answering, memory, depth);
  }

  NeighbourAnswer resolve(Stack stack, String device, IpAddress nextHop) {
    return resolve(stack, device, nextHop, Optional.empty());
  }

  /**
   * @param sender the source of the packet that waits for the answer: a request gives it as its own
   *     where it is (arp_solicit)
   */
  NeighbourAnswer resolve(
      Stack stack, String device, IpAddress nextHop, Optional<IpAddress> sender) {
    if (isWithoutLinkLayer(stack, device)) {
      return new NeighbourAnswer.NotNeeded();
    }
    if (nextHop.isMulticast()) {
      MacAddress group = MacAddress.ofMulticast(nextHop);
      return new NeighbourAnswer.At(
          group, "group " + nextHop + " has the address " + group, List.of(), List.of());
    }
    Optional<Neighbour> entry = entry(stack, device, nextHop);
    return entry
        .filter(Neighbour::isUsable)
        .<NeighbourAnswer>map(known -> listed(stack, known))
        .or(() -> withoutArp(stack, device, nextHop))
        .or(() -> everybody(stack, nextHop))
        .or(() -> memory.learnt(stack, device, nextHop))
        .orElseGet(() -> question.ask(stack, device, nextHop, entry, sender));
  }

  /** Where nobody is asked, frames go to the device's own address (arp_constructor). */
  private Optional<NeighbourAnswer> withoutArp(Stack stack, String device, IpAddress nextHop) {
    return stack
        .device(device)
        .filter(known -> known.flags().contains("NOARP"))
        .map(known -> {
          MacAddress own = macOf(stack, device);
          return new NeighbourAnswer.At(
              own,
              device + " doesn't ask for " + nextHop + " (NOARP): frames go to its own " + own,
              List.of(known.source()),
              List.of());
        });
  }

  private static Optional<NeighbourAnswer> everybody(Stack stack, IpAddress nextHop) {
    return Groups.isBroadcast(stack, nextHop)
        ? Optional.of(
            new NeighbourAnswer.At(
                MacAddress.BROADCAST,
                nextHop + " is everybody's: frames go to " + MacAddress.BROADCAST,
                List.of(),
                List.of()))
        : Optional.empty();
  }

  /** Notes that a device with this address sends, so that bridges learn it. */
  void hear(MacAddress address) {
    memory.hear(address);
  }

  /** What VXLAN devices have learnt on this walk. */
  NeighbourMemory memory() {
    return memory;
  }

  /** Takes over what became known on the way of another packet. */
  void remember(NeighbourResolution earlier) {
    memory.remember(earlier.memory);
  }

  /** Whether a device with this address has sent anything on this walk. */
  boolean hasHeard(MacAddress address) {
    return memory.hasHeard(address);
  }

  MacAddress macOf(Stack stack, String device) {
    return addresses.of(stack, device);
  }

  private static boolean isWithoutLinkLayer(Stack stack, String name) {
    Optional<DeviceKind> kind = KnownKinds.of(stack.namespace(), name);
    boolean tunnel =
        kind.filter(known ->
                (known instanceof DeviceKind.IpTunnel ip && !isTap(ip))
                    || known instanceof DeviceKind.Wireguard
                    || known instanceof DeviceKind.Loopback)
            .isPresent();
    boolean pointToPoint =
        stack.device(name).filter(device -> device.flags().contains("POINTOPOINT")).isPresent();
    return tunnel || pointToPoint;
  }

  private static boolean isTap(DeviceKind.IpTunnel tunnel) {
    return tunnel.mode().kernelName().endsWith("tap");
  }

  private static Optional<Neighbour> entry(Stack stack, String device, IpAddress nextHop) {
    return stack
        .namespace()
        .routing()
        .neighbours(nextHop.family())
        .first(neighbour ->
            !neighbour.proxy()
                && neighbour.device().equals(device)
                && neighbour.address().equals(nextHop));
  }

  private NeighbourAnswer.At listed(Stack stack, Neighbour entry) {
    MacAddress mac = entry.mac().orElseThrow();
    String decision = entry.address() + " is at " + mac + " by the neighbour table";
    Optional<Answering.Yes> proxy = proxyOf(stack, entry, mac);
    List<Source> evidence = new ArrayList<>(List.of(entry.source()));
    proxy.ifPresent(answer -> evidence.addAll(answer.evidence()));
    return new NeighbourAnswer.At(
        mac,
        proxy.map(answer -> decision + "; " + answer.decision()).orElse(decision),
        evidence,
        List.of());
  }

  /** Who has given the address, when somebody answers for what isn't his own. */
  private Optional<Answering.Yes> proxyOf(Stack stack, Neighbour entry, MacAddress mac) {
    Answering.Request request =
        new Answering.Request(entry.address(), Optional.empty(), macOf(stack, entry.device()));
    Segment.Flood flood =
        entry.address().isIpv4() ? Segment.Flood.BROADCAST : Segment.Flood.MULTICAST;
    return Segment.from(world, stack.id(), entry.device(), flood).endpoints().stream()
        .map(endpoint -> answering.to(endpoint, request))
        .filter(Answering.Yes.class::isInstance)
        .map(Answering.Yes.class::cast)
        .filter(answer -> answer.byProxy() && answer.mac().equals(mac))
        .findFirst();
  }
}
