package io.packetwalk.walk.engine;

import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.BridgePort;
import io.packetwalk.model.net.FdbEntry;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.Neighbour;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Bridges;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bridges that answer questions for neighbours by their own neighbour table, and keep them from the
 * ports that are to be spared ({@code neigh_suppress}, {@code proxy_arp_wifi}, and {@code
 * proxy_arp} for who asks; br_do_proxy_suppress_arp, br_do_suppress_nd, br_flood).
 */
final class BridgeAnswering {
  private final Stack stack;
  private final Segment.Crossing crossing;
  private final Answering.Request request;

  private BridgeAnswering(Stack stack, Segment.Crossing crossing, Answering.Request request) {
    this.stack = stack;
    this.crossing = crossing;
    this.request = request;
  }

  /**
   * What a bridge does with a question.
   *
   * @param answer what it answers itself
   * @param kept whether the question isn't passed on to the port
   * @param open what decides and isn't in the state
   */
  record Outcome(Optional<Answering.Yes> answer, boolean kept, Optional<Assumption> open) {
    private static final Outcome PASSED = new Outcome(Optional.empty(), false, Optional.empty());
  }

  static Outcome at(Stack stack, Segment.Crossing crossing, Answering.Request request) {
    return new BridgeAnswering(stack, crossing, request).outcome();
  }

  /** What the bridge's own stack asks, it doesn't know itself. */
  private Outcome outcome() {
    if (crossing.from().isEmpty() || !isConcerned()) {
      return Outcome.PASSED;
    }
    if (Bridges.isVlanAware(stack.namespace(), crossing.bridge())) {
      return open("which VLAN's neighbours " + crossing.bridge() + " answers for isn't walked");
    }
    if (isOn("neigh_suppress") && isOwn()) {
      return new Outcome(Optional.empty(), isSpared(crossing.to()), Optional.empty());
    }
    Listing<Neighbour> table = stack.namespace().routing().neighbours(request.asked().family());
    Optional<Neighbour> known =
        table.first(one ->
            !one.proxy()
                && one.device().equals(crossing.bridge())
                && one.address().equals(request.asked()));
    if (known.isEmpty()) {
      return table.isComplete()
          ? Outcome.PASSED
          : open("whether " + crossing.bridge() + " knows " + request.asked() + " isn't shown");
    }
    return known
        .filter(Neighbour::isUsable)
        .flatMap(entry -> entry.mac().map(mac -> byEntry(entry, mac)))
        .orElse(Outcome.PASSED);
  }

  private Outcome byEntry(Neighbour entry, MacAddress mac) {
    Optional<FdbEntry> behind =
        stack.namespace().links().fdb().stream()
            .filter(one -> one.mac().equals(mac) && one.remote().isEmpty())
            .filter(one -> one.master().map(crossing.bridge()::equals).orElse(!one.self()))
            .findFirst();
    if (behind.isEmpty()) {
      return stack.namespace().links().fdb().isComplete()
          ? Outcome.PASSED
          : open("whether " + crossing.bridge() + " knows a port for " + mac + " isn't shown");
    }
    boolean answers =
        isSpared(Optional.of(behind.get().device()))
            || (request.asked().isIpv4() && has(crossing.from(), "proxy_arp"));
    boolean kept = (answers || isOn("neigh_suppress")) && isSpared(crossing.to());
    return new Outcome(
        answers ? Optional.of(answer(entry, mac, behind.get())) : Optional.empty(),
        kept,
        Optional.empty());
  }

  private Answering.Yes answer(Neighbour entry, MacAddress mac, FdbEntry behind) {
    List<Source> evidence = new ArrayList<>(List.of(entry.source(), behind.source()));
    Bridges.port(stack.namespace(), behind.device())
        .map(BridgePort::source)
        .ifPresent(evidence::add);
    String decision =
        "bridge "
            + crossing.bridge()
            + " of "
            + stack.id()
            + " answers for "
            + entry.address()
            + " by its neighbour table with "
            + mac;
    return new Answering.Yes(mac, decision, evidence, /* byProxy= */ false);
  }

  /** What comes from a port that is spared is neither answered nor kept from others. */
  private boolean isConcerned() {
    boolean suppresses = isOn("neigh_suppress") && !has(crossing.from(), "neigh_suppress");
    boolean proxies =
        request.asked().isIpv4()
            && !(isOn("neigh_suppress") && has(crossing.from(), "neigh_suppress"))
            && (has(crossing.from(), "proxy_arp") || isOn("proxy_arp_wifi"));
    return suppresses || proxies;
  }

  private boolean isOn(String setting) {
    return Bridges.portsOf(stack.namespace(), crossing.bridge()).stream()
        .anyMatch(port -> has(Optional.of(port), setting));
  }

  private boolean isSpared(Optional<String> port) {
    return has(port, "neigh_suppress") || (request.asked().isIpv4() && has(port, "proxy_arp_wifi"));
  }

  private boolean has(Optional<String> port, String setting) {
    return port.flatMap(name -> Bridges.port(stack.namespace(), name))
        .flatMap(known -> known.setting(setting))
        .orElse(false);
  }

  private boolean isOwn() {
    return stack
        .namespace()
        .links()
        .addressesOf(crossing.bridge())
        .map(InterfaceAddress::address)
        .anyMatch(request.asked()::equals);
  }

  private Outcome open(String what) {
    return new Outcome(
        Optional.empty(),
        false,
        Optional.of(
            new Assumption(
                what + " in " + stack.id() + ", whose ports may be spared questions",
                Commands.in(stack.id(), "ip neigh show dev " + crossing.bridge()),
                stack.device(crossing.bridge()).stream().map(one -> one.source()).toList())));
  }
}
