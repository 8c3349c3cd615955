package io.packetwalk.explain;

import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Ending;
import io.packetwalk.correlate.Hop;
import io.packetwalk.correlate.Resolution;
import io.packetwalk.correlate.Way;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.FdbEntry;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.Neighbour;
import io.packetwalk.model.net.Routing;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tables that name another host's address and are wrong about it: neighbour entries, a tunnel's
 * forwarding entries, and next hops that nobody answers for.
 */
final class StaleTables {
  private final Comparison comparison;
  private final Snapshot snapshot;

  StaleTables(Comparison comparison) {
    this.comparison = comparison;
    this.snapshot = comparison.snapshot();
  }

  /** What is stale where the packet was lost; of all steps up to there the last one counts. */
  Optional<Finding> of(Way way, List<String> evidence) {
    List<Step> passed = passed(way);
    for (Step step : passed.reversed()) {
      Optional<Finding> found =
          switch (step.stage()) {
            case NEIGHBOUR, BRIDGE -> neighbour(step, evidence);
            case TUNNEL -> forwarding(step, evidence);
            default -> Optional.empty();
          };
      if (found.isPresent()) {
        return found;
      }
    }
    return unanswered(way, passed, evidence);
  }

  /** From the last place where it was seen at the earliest, since everything before was right. */
  private static List<Step> passed(Way way) {
    List<Step> steps = way.branch().steps();
    Optional<Hop> last = way.lastHop();
    if (last.isEmpty()) {
      return List.of();
    }
    int from = last.get().index();
    // The frame that was seen last was made by the decisions before it.
    while (from > 0 && !steps.get(from - 1).isObservable()) {
      from--;
    }
    int to = way.missingHop().map(Hop::index).orElse(steps.size() - 1);
    return steps.subList(from, to + 1);
  }

  private Optional<Finding> neighbour(Step step, List<String> evidence) {
    Routing routing = snapshot.namespace(step.place()).routing();
    Optional<Neighbour> entry =
        Stream.concat(routing.neighboursIpv4().stream(), routing.neighboursIpv6().stream())
            .filter(neighbour -> neighbour.mac().isPresent())
            .filter(neighbour -> step.evidence().contains(neighbour.source()))
            .findFirst();
    return entry.flatMap(neighbour -> contradicted(step, neighbour, evidence));
  }

  /** Who has the address has another link-layer address. */
  private Optional<Finding> contradicted(Step step, Neighbour entry, List<String> evidence) {
    List<Owner> owners = owners(entry.address(), step.place());
    boolean right = owners.stream().anyMatch(owner -> owner.has(entry.mac()));
    boolean onThisLink = owners.size() == 1 && owners.getFirst().device().mac().isPresent();
    if (right || !onThisLink) {
      return Optional.empty();
    }
    Owner owner = owners.getFirst();
    List<Source> sources = new ArrayList<>(List.of(entry.source(), owner.device().source()));
    return Optional.of(
        new Finding(
            true,
            "a wrong neighbour entry on %s: %s is at %s there, but %s %s, which has that address, is %s"
                .formatted(
                    step.place(),
                    entry.address(),
                    entry.mac().map(MacAddress::toString).orElse("?"),
                    owner.place(),
                    owner.device().name(),
                    owner.device().mac().map(MacAddress::toString).orElse("?")),
            evidence,
            sources,
            "on %s: ip neigh del %s dev %s"
                .formatted(step.place().node(), entry.address(), entry.device())));
  }

  private record Owner(NamespaceId place, Device device) {
    boolean has(Optional<MacAddress> mac) {
      return mac.isPresent() && device.mac().equals(mac);
    }
  }

  /** The devices elsewhere that have this address. */
  private List<Owner> owners(IpAddress address, NamespaceId but) {
    List<Owner> owners = new ArrayList<>();
    snapshot
        .namespaces()
        .forEach((place, namespace) ->
            namespace.links().addresses().stream()
                .filter(own -> own.address().equals(address) && !place.equals(but))
                .map(InterfaceAddress::device)
                .flatMap(device -> namespace.links().device(device).stream())
                .forEach(device -> owners.add(new Owner(place, device))));
    return owners;
  }

  /** A tunnel end that no node of the state has. */
  private Optional<Finding> forwarding(Step step, List<String> evidence) {
    Optional<FdbEntry> entry =
        snapshot.namespace(step.place()).links().fdb().stream()
            .filter(known -> known.device().equals(step.device()) && known.remote().isPresent())
            .filter(known -> step.evidence().contains(known.source()))
            .findFirst();
    return entry
        .filter(known -> owners(known.remote().orElseThrow(), step.place()).isEmpty())
        .flatMap(known -> tunnelEnd(step, known, evidence));
  }

  private Optional<Finding> tunnelEnd(Step step, FdbEntry entry, List<String> evidence) {
    Optional<NamespaceId> owner = ownerOf(entry.mac(), step.place());
    IpAddress remote = entry.remote().orElseThrow();
    Optional<Resolution> asked = asked(step.place(), remote);
    if (owner.isEmpty() && asked.isEmpty()) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>(evidence);
    asked.ifPresent(question -> all.add(words(question)));
    String whose =
        owner.map(place -> "; that MAC address is %s's".formatted(place.node())).orElse("");
    return Optional.of(
        new Finding(
            asked.isPresent(),
            "a stale forwarding entry of %s on %s: %s is behind %s there, which no node of the state is%s"
                .formatted(step.device(), step.place(), entry.mac(), remote, whose),
            all,
            List.of(entry.source()),
            "on %s: bridge fdb show dev %s; what programs it has to learn the node's address"
                .formatted(step.place(), step.device())));
  }

  private Optional<NamespaceId> ownerOf(MacAddress mac, NamespaceId but) {
    return snapshot.namespaces().entrySet().stream()
        .filter(entry -> !entry.getKey().equals(but))
        .filter(entry ->
            entry.getValue().links().devices().stream()
                .anyMatch(device -> device.mac().equals(Optional.of(mac))))
        .map(java.util.Map.Entry::getKey)
        .findFirst();
  }

  /** The next hop was asked for, and nobody answered. */
  private Optional<Finding> unanswered(Way way, List<Step> passed, List<String> evidence) {
    boolean lost =
        way.ending() == Ending.DIED
            || way.ending() == Ending.UNKNOWN
            || (way.ending() == Ending.ENDED_AS_PREDICTED
                && way.branch().verdict() != Verdict.DELIVERED);
    List<Step> sending = passed.stream().filter(StaleTables::sends).toList();
    for (Step step : lost ? sending.reversed() : List.<Step>of()) {
      Optional<Resolution> asked =
          comparison.taps().unansweredIn(step.place()).stream()
              .filter(question -> concerns(question, step))
              .findFirst();
      if (asked.isPresent()) {
        return Optional.of(noAnswer(asked.get(), step, passed, evidence));
      }
    }
    return Optional.empty();
  }

  /** Whether the step needs its next hop's address; copies that a bridge floods don't. */
  private static boolean sends(Step step) {
    return step.stage() == Stage.NEIGHBOUR
        || (step.stage() == Stage.EGRESS && !step.decision().contains("copy"));
  }

  private Finding noAnswer(Resolution asked, Step step, List<Step> passed, List<String> evidence) {
    List<String> all = new ArrayList<>(evidence);
    all.add(words(asked));
    List<Source> sources =
        passed.stream()
            .filter(one -> one.stage() == Stage.ROUTE || one.stage() == Stage.TUNNEL)
            .flatMap(one -> one.evidence().stream().limit(1))
            .toList();
    return new Finding(
        asked.questions() > 1,
        "%s can't reach its next hop %s: nobody answers for that address on %s"
            .formatted(step.place(), asked.address(), step.device()),
        all,
        sources,
        "whether something has %s: on %s: ip neigh show %s; ping it from there"
            .formatted(asked.address(), step.place().node(), asked.address()));
  }

  /** The addresses that the step sends to: the outermost destination, or one that it speaks of. */
  private boolean concerns(Resolution question, Step step) {
    boolean destination =
        step.packet().layers().stream()
            .filter(Ip.class::isInstance)
            .map(Ip.class::cast)
            .findFirst()
            .filter(ip -> ip.destination().equals(question.address()))
            .isPresent();
    boolean here = comparison.taps().tap(question.tap()).device().equals(step.device());
    return here && (destination || speaksOf(step, question.address()));
  }

  private static boolean speaksOf(Step step, IpAddress address) {
    List<String> words = List.of(step.decision().split("[ ,:]+"));
    return words.contains(address.toString());
  }

  private Optional<Resolution> asked(NamespaceId place, IpAddress address) {
    return comparison.taps().unansweredIn(place).stream()
        .filter(question -> question.address().equals(address))
        .findFirst();
  }

  private String words(Resolution question) {
    return "%s was asked for %d times at %s, and nobody answered"
        .formatted(
            question.address(), question.questions(), comparison.taps().tap(question.tap()).name());
  }
}
