package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.Neighbour;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.routing.LocalAddress;
import io.packetwalk.walk.routing.SourceSelection;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.KnownKinds;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.walk.topology.VlanFilter;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The question for a neighbour's link-layer address, and who answers it (ARP, RFC 826; neighbour
 * discovery, RFC 4861).
 */
final class NeighbourQuestion {
  private final World world;
  private final Answering answering;
  private final OverlayNeighbours overlay;
  private final SwitchNeighbours switched;
  private final NeighbourMemory memory;
  private final NeighbourSilence silence;
  private final LinkAddresses addresses;
  private final int depth;

  NeighbourQuestion(World world, Answering answering, NeighbourMemory memory, int depth) {
    this.world = world;
    this.answering = answering;
    this.overlay = new OverlayNeighbours(world, answering, memory, depth);
    this.switched = new SwitchNeighbours(world, answering);
    this.memory = memory;
    this.silence = new NeighbourSilence(world);
    this.addresses = new LinkAddresses(world);
    this.depth = depth;
  }

  NeighbourAnswer ask(
      Stack stack,
      String device,
      IpAddress nextHop,
      Optional<Neighbour> unusable,
      Optional<IpAddress> source) {
    MacAddress own = addresses.of(stack, device);
    Optional<IpAddress> sender = asking(stack, device, nextHop, source);
    Answering.Request request = new Answering.Request(nextHop, sender, own);
    NeighbourAnswer answer = answer(stack, device, request, unusable);
    return answer instanceof NeighbourAnswer.At at
        ? new NeighbourHearing(world, stack, device, request, unusable).heard(at)
        : answer;
  }

  private NeighbourAnswer answer(
      Stack stack, String device, Answering.Request request, Optional<Neighbour> unusable) {
    IpAddress nextHop = request.asked();
    MacAddress own = request.mac();
    Optional<IpAddress> sender = request.sender();
    memory.hear(own);
    Segment.Flood flood = nextHop.isIpv4() ? Segment.Flood.BROADCAST : Segment.Flood.MULTICAST;
    Optional<NeighbourAnswer> through =
        new NeighbourHearing(world, stack, device, request, unusable)
            .unheard()
            .or(() -> throughSwitch(stack, device, unusable, request))
            .or(() -> throughOverlay(stack, device, unusable, request));
    if (through.isPresent()) {
      return through.get();
    }
    TunnelEnds tunnels = TunnelEnds.ofQuestion(world, memory, depth, request);
    Segment segment = Segment.from(world, stack.id(), device, VlanFilter.UNTAGGED, flood, tunnels);
    segment.endpoints().forEach(heard -> TunnelEnds.hearQuestion(world, memory, heard, own));
    NeighbourCandidates candidates = new NeighbourCandidates(world, answering, segment, request);
    Optional<NeighbourAnswer> byBridge =
        candidates.byBridge().map(yes -> byBridge(stack, candidates, request, yes, unusable));
    if (byBridge.isPresent()) {
      return byBridge.get();
    }
    boolean everyoneKnown = segment.closed();
    List<Assumption> undecided = new ArrayList<>();
    for (Segment.Endpoint endpoint : candidates.ownersFirst()) {
      Answering.Answer answer = candidates.answerOf(endpoint);
      switch (answer) {
        case Answering.Yes yes -> {
          if (unusable.isPresent() && yes.mac().equals(MacAddress.ZERO)) {
            return NeighbourSilence.unanswered(stack, device, nextHop, unusable.get());
          }
          NeighbourRace race = candidates.race(stack, endpoint, yes);
          if (race.open().isPresent()) {
            return new NeighbourAnswer.NotShown(race.open().get());
          }
          memory.hear(yes.mac());
          TunnelEnds.hearAnswer(world, memory, endpoint, yes.mac());
          if (segment.answering().contains(endpoint)) {
            memory.hearBy(endpoint, yes.mac());
          }
          sender.ifPresent(from -> memory.learn(endpoint, from, request.mac()));
          return new NeighbourAnswer.At(
              yes.mac(), yes.decision(), evidence(unusable, yes.evidence()), race.assumptions());
        }
        case Answering.Maybe maybe -> undecided.add(maybe.assumption());
        case Answering.Unclear unclear -> {
          return new NeighbourAnswer.NotShown(unclear.assumption());
        }
        case Answering.No no -> {}
      }
    }
    if (!undecided.isEmpty()) {
      return NeighbourSilence.maybe(stack, device, nextHop, undecided.getFirst(), unusable);
    }
    return everyoneKnown
        ? NeighbourSilence.nobody(stack, device, nextHop, unusable)
        : silence.outside(stack, device, nextHop, unusable);
  }

  /** The packet's source where the device has it, else the link-local address (ndisc_solicit). */
  private static Optional<IpAddress> solicitingFrom(
      Stack stack, String device, Optional<IpAddress> sender) {
    List<IpAddress> here =
        stack
            .namespace()
            .links()
            .addressesOf(device)
            .map(InterfaceAddress::address)
            .filter(IpAddress::isIpv6)
            .toList();
    return sender
        .filter(here::contains)
        .or(() -> here.stream().filter(IpAddress::isLinkLocal).findFirst());
  }

  private static Optional<IpAddress> asking(
      Stack stack, String device, IpAddress nextHop, Optional<IpAddress> sender) {
    if (nextHop.isIpv6()) {
      return solicitingFrom(stack, device, sender);
    }
    return sender
        .filter(address -> stack.own(address).isPresent())
        .or(() ->
            SourceSelection.onDevice(stack, device, nextHop, nextHop).map(LocalAddress::address));
  }

  /**
   * Empty when the device is no VXLAN device in external mode, or the state doesn't show where its
   * frames go.
   */
  private Optional<NeighbourAnswer> throughOverlay(
      Stack stack, String device, Optional<Neighbour> unusable, Answering.Request request) {
    Optional<OverlayNeighbours.Finding> asked =
        KnownKinds.of(stack.namespace(), device)
            .flatMap(kind ->
                kind instanceof DeviceKind.Vxlan vxlan && vxlan.external()
                    ? Optional.of(overlay.ask(stack, device, vxlan, request))
                    : Optional.empty());
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    OverlayNeighbours.Finding finding = asked.get();
    return finding
        .answer()
        .<NeighbourAnswer>map(yes ->
            new NeighbourAnswer.At(
                yes.mac(), yes.decision(), evidence(unusable, yes.evidence()), List.of()))
        .or(() ->
            Optional.of(NeighbourSilence.nobody(stack, device, request.asked(), unusable))
                .filter(none -> finding.certain()));
  }

  /** Empty when the question doesn't go through a switch, or what comes of it isn't clear. */
  private Optional<NeighbourAnswer> throughSwitch(
      Stack stack, String device, Optional<Neighbour> unusable, Answering.Request request) {
    Optional<SwitchNeighbours.Finding> finding = switched.ask(stack, device, request);
    return finding
        .flatMap(SwitchNeighbours.Finding::answer)
        .<NeighbourAnswer>map(yes ->
            new NeighbourAnswer.At(
                yes.mac(), yes.decision(), evidence(unusable, yes.evidence()), List.of()))
        .or(() ->
            finding
                .filter(SwitchNeighbours.Finding::certain)
                .map(none -> NeighbourSilence.nobody(stack, device, request.asked(), unusable)));
  }

  /** What a bridge answers itself counts where nobody answers otherwise. */
  private static NeighbourAnswer byBridge(
      Stack stack,
      NeighbourCandidates candidates,
      Answering.Request request,
      Answering.Yes own,
      Optional<Neighbour> unusable) {
    return candidates.isContradicted(own)
        ? new NeighbourAnswer.NotShown(
            new Assumption(
                "whether a bridge or " + request.asked() + " itself answers first isn't known",
                Commands.in(stack.id(), "ip neigh show " + request.asked())))
        : new NeighbourAnswer.At(
            own.mac(), own.decision(), evidence(unusable, own.evidence()), List.of());
  }

  private static List<Source> evidence(Optional<Neighbour> unusable, List<Source> answer) {
    List<Source> evidence = new ArrayList<>(answer);
    unusable.map(Neighbour::source).ifPresent(evidence::add);
    return evidence;
  }
}
