package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.Neighbour;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.KnownKinds;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is said of a neighbour whose answer the state doesn't show. */
final class NeighbourSilence {
  private final World world;
  private final LinkAddresses addresses;

  NeighbourSilence(World world) {
    this.world = world;
    this.addresses = new LinkAddresses(world);
  }

  /** Somebody may answer. */
  static NeighbourAnswer maybe(
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

  /**
   * Everybody is known, and nobody answers. Where the neighbour table wasn't listed, an entry in it
   * would need no answer: a tunnel's entries are made by whoever runs the tunnel, so that there
   * nothing can be said.
   */
  static NeighbourAnswer nobody(
      Stack stack, String device, IpAddress nextHop, Optional<Neighbour> unusable) {
    List<Source> evidence = new ArrayList<>();
    unusable.map(Neighbour::source).ifPresent(evidence::add);
    stack.device(device).map(Device::source).ifPresent(evidence::add);
    String decision =
        "nobody on "
            + device
            + " of "
            + stack.id()
            + " has "
            + nextHop
            + " or answers for it: host unreachable";
    if (unusable.isPresent()
        || stack.namespace().routing().neighbours(nextHop.family()).isComplete()) {
      return new NeighbourAnswer.Nobody(decision, evidence, List.of());
    }
    return KnownKinds.of(stack.namespace(), device).orElse(null) instanceof DeviceKind.Vxlan
        ? new NeighbourAnswer.NotShown(
            unlisted(
                stack,
                device,
                nextHop,
                "which link-layer address "
                    + nextHop
                    + " has on "
                    + device
                    + " of "
                    + stack.id()
                    + " isn't in the state: its neighbour table wasn't listed"))
        : new NeighbourAnswer.Nobody(
            decision,
            evidence,
            List.of(
                unlisted(
                    stack,
                    device,
                    nextHop,
                    "the neighbour table of "
                        + stack.id()
                        + " has no entry for "
                        + nextHop
                        + " on "
                        + device)));
  }

  private static Assumption unlisted(Stack stack, String device, IpAddress nextHop, String text) {
    return new Assumption(
        text,
        Commands.in(stack.id(), "ip neigh show to " + nextHop + " dev " + device),
        stack.device(device).map(Device::source).map(List::of).orElse(List.of()));
  }

  /**
   * The segment reaches beyond the state: a node that is known to have the address would answer.
   */
  NeighbourAnswer outside(
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
            .map(other ->
                addresses.of(world.stack(other.namespace()), other.address().device().orElse("")))
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

  /**
   * Who should answer hadn't when the table was listed: whether it does now decides what nobody
   * looked into.
   */
  static NeighbourAnswer unanswered(
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
