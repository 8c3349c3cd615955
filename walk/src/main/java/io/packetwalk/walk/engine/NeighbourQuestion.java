package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.Neighbour;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.netfilter.ArpAtDevice;
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
import java.util.stream.Stream;

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
  private final TunnelProxies proxies;
  private final int depth;

  NeighbourQuestion(World world, Answering answering, NeighbourMemory memory, int depth) {
    this.world = world;
    this.answering = answering;
    this.overlay = new OverlayNeighbours(world, answering, memory, depth);
    this.switched = new SwitchNeighbours(world, answering);
    this.memory = memory;
    this.silence = new NeighbourSilence(world);
    this.addresses = new LinkAddresses(world);
    this.proxies = new TunnelProxies(world);
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
        ? heard(stack, device, request, at, unusable)
        : answer;
  }

  private static NeighbourAnswer discovered(
      Stack stack,
      String device,
      Answering.Request request,
      NeighbourAnswer.At answer,
      Optional<Neighbour> unusable) {
    return switch (DiscoveryFilter.atAsker(stack, device, request, Optional.of(answer.mac()))) {
      case DiscoveryFilter.Passing passing -> answer;
      case DiscoveryFilter.Stopped stopped ->
          NeighbourSilence.nobody(stack, device, request.asked(), unusable);
      case DiscoveryFilter.Open open -> new NeighbourAnswer.NotShown(open.missing());
    };
  }

  /** What the asker's own chains make of the answer, when it is known from whom it is. */
  private NeighbourAnswer heard(
      Stack stack,
      String device,
      Answering.Request request,
      NeighbourAnswer.At answer,
      Optional<Neighbour> unusable) {
    if (request.asked().isIpv6()) {
      return discovered(stack, device, request, answer, unusable);
    }
    Optional<MacAddress> from =
        Optional.of(answer.mac()).filter(mac -> !mac.equals(MacAddress.ZERO));
    ArpAtDevice.Finding filtered = ArpFilter.ofAsker(world, stack, device, request, from);
    return switch (filtered.outcome()) {
      case PASSES -> answer;
      case DROPPED -> ArpFilter.unheard(filtered, device);
      case OPEN -> new NeighbourAnswer.NotShown(ArpFilter.notWalked(stack, filtered));
    };
  }

  private NeighbourAnswer answer(
      Stack stack, String device, Answering.Request request, Optional<Neighbour> unusable) {
    IpAddress nextHop = request.asked();
    MacAddress own = request.mac();
    Optional<IpAddress> sender = request.sender();
    memory.hear(own);
    Segment.Flood flood = nextHop.isIpv4() ? Segment.Flood.BROADCAST : Segment.Flood.MULTICAST;
    Optional<NeighbourAnswer> through =
        unheard(stack, device, unusable, request)
            .or(() -> throughSwitch(stack, device, unusable, request))
            .or(() -> throughOverlay(stack, device, unusable, request));
    if (through.isPresent()) {
      return through.get();
    }
    TunnelEnds tunnels = TunnelEnds.ofQuestion(world, memory, depth, request);
    Segment segment = Segment.from(world, stack.id(), device, VlanFilter.UNTAGGED, flood, tunnels);
    segment.endpoints().forEach(heard -> TunnelEnds.hearQuestion(world, memory, heard, own));
    Optional<NeighbourAnswer> byBridge = byBridge(stack, segment, request, unusable);
    if (byBridge.isPresent()) {
      return byBridge.get();
    }
    boolean everyoneKnown = segment.closed();
    List<Assumption> undecided = new ArrayList<>();
    for (Segment.Endpoint endpoint : ownersFirst(segment, request)) {
      Answering.Answer answer = answerOf(segment, endpoint, request);
      switch (answer) {
        case Answering.Yes yes -> {
          NeighbourRace race = race(stack, segment, endpoint, request, yes);
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

  /** What the bridge that the asker is joined to answers, where it does so itself. */
  private Optional<NeighbourAnswer> byBridge(
      Stack stack, Segment segment, Answering.Request request, Optional<Neighbour> unusable) {
    Optional<Answering.Yes> own =
        everybody(segment)
            .flatMap(endpoint -> endpoint.crossed().stream().limit(1))
            .map(first -> BridgeAnswering.at(world.stack(first.namespace()), first, request))
            .flatMap(outcome -> outcome.answer().stream())
            .findFirst();
    if (own.isEmpty()) {
      return Optional.empty();
    }
    boolean contradicted =
        everybody(segment)
            .map(endpoint -> answerOf(segment, endpoint, request))
            .anyMatch(answer ->
                answer instanceof Answering.Yes other && !other.mac().equals(own.get().mac()));
    return Optional.of(
        contradicted
            ? new NeighbourAnswer.NotShown(
                new Assumption(
                    "whether a bridge or " + request.asked() + " itself answers first isn't known",
                    Commands.in(stack.id(), "ip neigh show " + request.asked())))
            : new NeighbourAnswer.At(
                own.get().mac(),
                own.get().decision(),
                evidence(unusable, own.get().evidence()),
                List.of()));
  }

  /** What an endpoint answers, as far as bridges and tunnels let question and answer pass. */
  private Answering.Answer answerOf(
      Segment segment, Segment.Endpoint endpoint, Answering.Request request) {
    for (Segment.Crossing crossing : endpoint.crossed()) {
      BridgeAnswering.Outcome outcome =
          BridgeAnswering.at(world.stack(crossing.namespace()), crossing, request);
      boolean elsewhere =
          outcome.answer().isPresent() && !crossing.equals(endpoint.crossed().getFirst());
      if (outcome.open().isPresent() || elsewhere) {
        return new Answering.Unclear(
            outcome.open().orElseGet(() -> answeredOnTheWay(crossing, request)));
      }
      if (outcome.kept()) {
        return new Answering.No();
      }
    }
    return pastTunnels(segment, endpoint, request);
  }

  private static Assumption answeredOnTheWay(Segment.Crossing crossing, Answering.Request request) {
    return new Assumption(
        "whether the answer of bridge "
            + crossing.bridge()
            + " of "
            + crossing.namespace()
            + " for "
            + request.asked()
            + " is heard isn't walked",
        Commands.in(crossing.namespace(), "bridge fdb show br " + crossing.bridge()));
  }

  private Answering.Answer pastTunnels(
      Segment segment, Segment.Endpoint endpoint, Answering.Request request) {
    Answering.Answer answer =
        segment.answering().contains(endpoint)
            ? proxies.to(endpoint, request)
            : answering.to(endpoint, request);
    return answer instanceof Answering.Yes yes && TunnelEnds.isUnheard(world, endpoint, yes.mac())
        ? new Answering.No()
        : answer;
  }

  private static Stream<Segment.Endpoint> everybody(Segment segment) {
    return Stream.concat(segment.endpoints().stream(), segment.answering().stream());
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

  private NeighbourRace race(
      Stack asker,
      Segment segment,
      Segment.Endpoint first,
      Answering.Request request,
      Answering.Yes answer) {
    List<NeighbourRace.Rival> rivals = new ArrayList<>();
    for (Segment.Endpoint other : everybody(segment).toList()) {
      if (!other.equals(first)
          && answerOf(segment, other, request) instanceof Answering.Yes also
          && !also.mac().equals(answer.mac())) {
        rivals.add(new NeighbourRace.Rival(other, also));
      }
    }
    return NeighbourRace.of(
        world, asker, request.asked(), new NeighbourRace.Rival(first, answer), rivals);
  }

  /** A proxy waits before it answers (pneigh_enqueue). */
  private List<Segment.Endpoint> ownersFirst(Segment segment, Answering.Request request) {
    List<Segment.Endpoint> proxies =
        everybody(segment)
            .filter(endpoint ->
                answerOf(segment, endpoint, request) instanceof Answering.Yes yes && yes.byProxy())
            .toList();
    List<Segment.Endpoint> ordered = new ArrayList<>(everybody(segment).toList());
    ordered.removeAll(proxies);
    ordered.addAll(proxies);
    return ordered;
  }

  /** What the asker's own packet filters make of the question and the answer, if not nothing. */
  private Optional<NeighbourAnswer> unheard(
      Stack stack, String device, Optional<Neighbour> unusable, Answering.Request request) {
    if (request.asked().isIpv6()) {
      return switch (DiscoveryFilter.atAsker(stack, device, request, Optional.empty())) {
        case DiscoveryFilter.Passing passing -> Optional.empty();
        case DiscoveryFilter.Stopped stopped ->
            Optional.of(NeighbourSilence.nobody(stack, device, request.asked(), unusable));
        case DiscoveryFilter.Open open -> Optional.empty();
      };
    }
    ArpAtDevice.Finding filtered =
        ArpFilter.ofAsker(world, stack, device, request, Optional.empty());
    return switch (filtered.outcome()) {
      case PASSES, OPEN -> Optional.empty();
      case DROPPED -> Optional.of(ArpFilter.unheard(filtered, device));
    };
  }

  private static List<Source> evidence(Optional<Neighbour> unusable, List<Source> answer) {
    List<Source> evidence = new ArrayList<>(answer);
    unusable.map(Neighbour::source).ifPresent(evidence::add);
    return evidence;
  }
}
