package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
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
import io.packetwalk.walk.topology.SwitchAttachments;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds a next hop's link-layer address: by the neighbour table, else by who would answer if the
 * kernel asked (ARP, RFC 826; neighbour discovery, RFC 4861).
 */
final class NeighbourResolution {
  private final World world;
  private final Answering answering;
  private final OverlayNeighbours overlay;
  private final SwitchNeighbours switched;
  private final Set<MacAddress> heard = new LinkedHashSet<>();
  private final Map<Known, MacAddress> learnt = new LinkedHashMap<>();

  NeighbourResolution(World world, int depth) {
    this.world = world;
    this.answering = new Answering(world);
    this.overlay = new OverlayNeighbours(world, answering, depth);
    this.switched = new SwitchNeighbours(world, answering);
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
        .or(() -> learnt(stack, device, nextHop))
        .orElseGet(
            () -> ask(stack, device, nextHop, entry, asking(stack, device, nextHop, sender)));
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

  /** Empty when the device is no VXLAN, or the state doesn't show where its frames go. */
  private Optional<NeighbourAnswer> throughOverlay(
      Stack stack, String device, Optional<Neighbour> unusable, Answering.Request request) {
    if (!(KnownKinds.of(stack.namespace(), device).orElse(null)
        instanceof DeviceKind.Vxlan vxlan)) {
      return Optional.empty();
    }
    OverlayNeighbours.Finding finding = overlay.ask(stack, device, vxlan, request);
    return finding
        .answer()
        .<NeighbourAnswer>map(yes ->
            new NeighbourAnswer.At(
                yes.mac(), yes.decision(), evidence(unusable, yes.evidence()), List.of()))
        .or(() ->
            Optional.of(nobody(stack, device, request.asked(), unusable))
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
                .map(none -> nobody(stack, device, request.asked(), unusable)));
  }

  /** Who is asked learns who asks (neigh_event_ns). */
  private void learn(Segment.Endpoint asked, IpAddress sender, MacAddress mac) {
    learnt.put(new Known(asked.namespace(), asked.device(), sender), mac);
  }

  private Optional<NeighbourAnswer> learnt(Stack stack, String device, IpAddress nextHop) {
    return Optional.ofNullable(learnt.get(new Known(stack.id(), device, nextHop)))
        .map(mac ->
            new NeighbourAnswer.At(
                mac,
                nextHop + " is at " + mac + ", as it said when it asked",
                stack.device(device).map(Device::source).map(List::of).orElse(List.of()),
                List.of()));
  }

  /** What a stack knows of a neighbour. */
  private record Known(NamespaceId namespace, String device, IpAddress neighbour) {}

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

  /** Notes that a device with this address sends, so that bridges learn it. */
  void hear(MacAddress address) {
    heard.add(address);
  }

  /** Takes over what became known on the way of another packet. */
  void remember(NeighbourResolution earlier) {
    heard.addAll(earlier.heard);
    learnt.putAll(earlier.learnt);
  }

  /** Whether a device with this address has sent anything on this walk. */
  boolean hasHeard(MacAddress address) {
    return heard.contains(address);
  }

  /** The device's own link-layer address; all zero when it isn't in the state. */
  MacAddress macOf(Stack stack, String device) {
    return stack
        .device(device)
        .flatMap(Device::mac)
        .or(() -> world.attachments().of(stack.id()).flatMap(SwitchAttachments.Attachment::mac))
        .orElse(MacAddress.ZERO);
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

  private NeighbourAnswer ask(
      Stack stack,
      String device,
      IpAddress nextHop,
      Optional<Neighbour> unusable,
      Optional<IpAddress> sender) {
    hear(macOf(stack, device));
    Segment.Flood flood = nextHop.isIpv4() ? Segment.Flood.BROADCAST : Segment.Flood.MULTICAST;
    Segment segment = Segment.from(world, stack.id(), device, flood);
    Answering.Request request = new Answering.Request(nextHop, sender, macOf(stack, device));
    if (nextHop.isIpv6() && !isHeard(stack, device, request)) {
      return nobody(stack, device, nextHop, unusable);
    }
    Optional<NeighbourAnswer> through =
        throughSwitch(stack, device, unusable, request)
            .or(() -> throughOverlay(stack, device, unusable, request));
    if (through.isPresent()) {
      return through.get();
    }
    boolean everyoneKnown = segment.closed();
    List<Assumption> undecided = new ArrayList<>();
    for (Segment.Endpoint endpoint : ownersFirst(segment, request)) {
      Answering.Answer answer = answering.to(endpoint, request);
      switch (answer) {
        case Answering.Yes yes -> {
          heard.add(yes.mac());
          sender.ifPresent(from -> learn(endpoint, from, request.mac()));
          return new NeighbourAnswer.At(
              yes.mac(),
              yes.decision(),
              evidence(unusable, yes.evidence()),
              alsoAnswering(segment, endpoint, request, yes));
        }
        case Answering.Maybe maybe -> undecided.add(maybe.assumption());
        case Answering.Unclear unclear -> {
          return new NeighbourAnswer.NotShown(unclear.assumption());
        }
        case Answering.No no -> {}
      }
    }
    if (!undecided.isEmpty()) {
      return maybe(stack, device, nextHop, undecided.getFirst(), unusable);
    }
    return everyoneKnown
        ? nobody(stack, device, nextHop, unusable)
        : outside(stack, device, nextHop, unusable);
  }

  /** A proxy waits before it answers (pneigh_enqueue). */
  private List<Segment.Endpoint> ownersFirst(Segment segment, Answering.Request request) {
    List<Segment.Endpoint> proxies =
        segment.endpoints().stream()
            .filter(endpoint ->
                answering.to(endpoint, request) instanceof Answering.Yes yes && yes.byProxy())
            .toList();
    List<Segment.Endpoint> ordered = new ArrayList<>(segment.endpoints());
    ordered.removeAll(proxies);
    ordered.addAll(proxies);
    return ordered;
  }

  /** Another device of the stack that answers may be the first (net.ipv4.conf.*.arp_ignore). */
  private List<Assumption> alsoAnswering(
      Segment segment, Segment.Endpoint first, Answering.Request request, Answering.Yes answer) {
    return segment.endpoints().stream()
        .filter(other -> other.namespace().equals(first.namespace()) && !other.equals(first))
        .filter(other ->
            answering.to(other, request) instanceof Answering.Yes also
                && !also.mac().equals(answer.mac()))
        .findFirst()
        .map(other ->
            new Assumption(
                "of "
                    + first.device()
                    + " and "
                    + other.device()
                    + " of "
                    + first.namespace()
                    + ", which both answer for "
                    + request.asked()
                    + ", "
                    + first.device()
                    + " is the first",
                Commands.in(first.namespace(), "sysctl net.ipv4.conf.all.arp_ignore")))
        .stream()
        .toList();
  }

  /** Whether the asker's own packet filter lets the question out and the answer in. */
  private static boolean isHeard(Stack stack, String device, Answering.Request request) {
    return DiscoveryFilter.lettingAsk(stack, device, request)
        && DiscoveryFilter.lettingHear(stack, device, request);
  }

  private static List<Source> evidence(Optional<Neighbour> unusable, List<Source> answer) {
    List<Source> evidence = new ArrayList<>(answer);
    unusable.map(Neighbour::source).ifPresent(evidence::add);
    return evidence;
  }

  private NeighbourAnswer maybe(
      Stack stack,
      String device,
      IpAddress nextHop,
      Assumption assumption,
      Optional<Neighbour> unusable) {
    if (unusable.isPresent()) {
      return unanswered(stack, device, nextHop, unusable.get());
    }
    return new NeighbourAnswer.At(
        MacAddress.ZERO, nextHop + " answers on " + device, List.of(), List.of(assumption));
  }

  private static NeighbourAnswer nobody(
      Stack stack, String device, IpAddress nextHop, Optional<Neighbour> unusable) {
    List<Source> evidence = new ArrayList<>();
    unusable.map(Neighbour::source).ifPresent(evidence::add);
    stack.device(device).map(Device::source).ifPresent(evidence::add);
    return new NeighbourAnswer.Nobody(
        "nobody on "
            + device
            + " of "
            + stack.id()
            + " has "
            + nextHop
            + " or answers for it: host unreachable",
        evidence,
        List.of());
  }

  /**
   * The segment reaches beyond the state: a node that is known to have the address would answer.
   */
  private NeighbourAnswer outside(
      Stack stack, String device, IpAddress nextHop, Optional<Neighbour> unusable) {
    if (unusable.isPresent()) {
      return unanswered(stack, device, nextHop, unusable.get());
    }
    Optional<World.Owner> owner =
        world.owners(nextHop).stream()
            .filter(other -> !other.namespace().equals(stack.id()))
            .findFirst();
    MacAddress mac =
        owner
            .map(
                other -> macOf(world.stack(other.namespace()), other.address().device().orElse("")))
            .orElse(MacAddress.ZERO);
    Assumption assumption =
        new Assumption(
            nextHop + " answers on the segment of " + device + " of " + stack.id(),
            Commands.in(stack.id(), "ip neigh get " + nextHop + " dev " + device),
            owner.map(other -> List.of(other.address().source())).orElse(List.of()));
    String at = mac.equals(MacAddress.ZERO) ? "" : " with " + mac;
    return new NeighbourAnswer.At(
        mac,
        nextHop + " answers on " + device + at,
        owner.map(other -> List.of(other.address().source())).orElse(List.of()),
        List.of(assumption));
  }

  private static NeighbourAnswer unanswered(
      Stack stack, String device, IpAddress nextHop, Neighbour entry) {
    return new NeighbourAnswer.NotShown(
        new Assumption(
            nextHop
                + " hadn't answered on "
                + device
                + " of "
                + stack.id()
                + " when the neighbour table was listed ("
                + entry.state()
                + "); whether it does now isn't in the state",
            Commands.in(stack.id(), "arping -c 3 -I " + device + " " + nextHop),
            List.of(entry.source())));
  }
}
