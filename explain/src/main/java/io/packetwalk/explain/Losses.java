package io.packetwalk.explain;

import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Difference;
import io.packetwalk.correlate.Ending;
import io.packetwalk.correlate.Hop;
import io.packetwalk.correlate.Seen;
import io.packetwalk.correlate.Sight;
import io.packetwalk.correlate.Way;
import io.packetwalk.model.Source;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why a packet died, or went another way, by where that was and what it looked like there. */
final class Losses {
  private final Comparison comparison;

  Losses(Comparison comparison) {
    this.comparison = comparison;
  }

  Optional<Finding> of(Way way, String what) {
    return switch (way.ending()) {
      case ARRIVED -> way.firstDifference().map(hop -> differs(way, hop));
      case ENDED_AS_PREDICTED -> asPredicted(way);
      case DIED -> Optional.of(died(way, what));
      case PARTED -> Optional.of(parted(way, what));
      case UNKNOWN -> Optional.of(unknown(way, what));
    };
  }

  private static Optional<Finding> asPredicted(Way way) {
    if (way.branch().verdict() == Verdict.LEFT) {
      return Optional.empty();
    }
    Step last = way.branch().steps().getLast();
    return Optional.of(
        new Finding(
            way.branch().verdict() != Verdict.UNDETERMINED,
            way.branch().reason(),
            List.of(
                "the captures show the packet up to %s, and the state says that it ends there"
                    .formatted(way.lastHop().map(Hop::where).orElse("its start"))),
            last.evidence(),
            settling(way.branch())));
  }

  /** What settles an end that the state leaves open; an end that it shows needs nothing. */
  private static String settling(Branch branch) {
    return branch.verdict() == Verdict.UNDETERMINED
        ? branch.assumptions().stream().findFirst().map(Assumption::command).orElse("")
        : "";
  }

  private Finding differs(Way way, Hop hop) {
    List<String> evidence = new ArrayList<>();
    if (hop.sight() instanceof Sight.There there) {
      there.differences().stream()
          .filter(Difference::isGrave)
          .forEach(difference -> evidence.add(words(difference) + " at " + hop.where()));
    }
    List<Source> sources =
        way.branch().steps().subList(0, hop.index() + 1).reversed().stream()
            .filter(step -> !step.isObservable() && !step.evidence().isEmpty())
            .findFirst()
            .map(Step::evidence)
            .orElse(List.of());
    return new Finding(
        true,
        "the packet was changed in another way than the state says, by the time it was at "
            + hop.where(),
        evidence,
        sources,
        "the state and the captures may be of different times: gather the state again");
  }

  private static String words(Difference difference) {
    return "%s %s is %s, not %s"
        .formatted(
            difference.header(),
            difference.field().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
            difference.seen(),
            difference.predicted());
  }

  private Finding died(Way way, String what) {
    Hop last = way.lastHop().orElseThrow();
    Hop missing = way.missingHop().orElseThrow();
    List<String> evidence = new ArrayList<>();
    Packet seen = packet(last);
    String proof = missing.sight() instanceof Sight.Absent absent ? absent.proof() : "";
    boolean between = !last.step().place().node().equals(missing.step().place().node());
    evidence.add(
        "%s left %s by %s as %s"
            .formatted(what, last.step().place(), last.step().device(), PacketWords.outer(seen)));
    evidence.add("it never arrived at %s: %s".formatted(missing.where(), proof));
    beside(way).ifPresent(evidence::add);
    Optional<Finding> special =
        wrongChecksum(last, evidence)
            .or(() -> wrongMac(last, seen, evidence))
            .or(() -> tooLarge(way, last, seen, evidence));
    if (special.isPresent()) {
      return special.get();
    }
    return between ? underlay(last, missing, seen, evidence) : inNode(way, last, missing, evidence);
  }

  /** Where else the packet was seen on its way, such as at switches that the state doesn't show. */
  private Optional<String> beside(Way way) {
    List<String> places =
        way.beside().stream()
            .map(seen -> comparison.taps().tap(seen.tap()).name())
            .distinct()
            .toList();
    return places.isEmpty()
        ? Optional.empty()
        : Optional.of("it was also seen at " + String.join(", ", places));
  }

  private static Packet packet(Hop hop) {
    return hop.sight() instanceof Sight.There there
        ? there.seen().decoded().map(decoded -> decoded.packet()).orElse(hop.step().packet())
        : hop.step().packet();
  }

  private static Optional<Finding> wrongChecksum(Hop last, List<String> evidence) {
    if (!(last.sight() instanceof Sight.There there)) {
      return Optional.empty();
    }
    return there.differences().stream()
        .filter(difference -> difference.field() == Difference.Field.CHECKSUM)
        .findFirst()
        .map(difference ->
            new Finding(
                false,
                "its %s checksum is wrong, so that the receiver drops it"
                    .formatted(difference.header()),
                with(evidence, words(difference) + " at " + last.where()),
                List.of(),
                "checksum offload on a tunnel's device: ethtool -K %s tx-checksum-ip-generic off"
                    .formatted(last.step().device())));
  }

  private static List<String> with(List<String> evidence, String more) {
    List<String> all = new ArrayList<>(evidence);
    all.add(more);
    return all;
  }

  private static Optional<Finding> wrongMac(Hop last, Packet seen, List<String> evidence) {
    if (!(last.sight() instanceof Sight.There there)
        || !(seen.outermost() instanceof Ethernet ethernet)) {
      return Optional.empty();
    }
    return there.differences().stream()
        .filter(difference -> difference.header().equals("ethernet"))
        .filter(difference -> difference.field() == Difference.Field.MAC_DESTINATION)
        .findFirst()
        .map(difference ->
            new Finding(
                false,
                "it was sent to %s, which isn't the MAC address of the next hop"
                    .formatted(ethernet.destination()),
                with(evidence, words(difference)),
                List.of(),
                "a stale neighbour entry: on %s: ip neigh show dev %s"
                    .formatted(last.step().place(), last.step().device())));
  }

  /** Larger ones die where smaller ones of the same way pass. */
  private Optional<Finding> tooLarge(Way way, Hop last, Packet seen, List<String> evidence) {
    Optional<Ipv4> ip = seen.first(Ipv4.class);
    int size = size(way);
    boolean forbidden = ip.filter(header -> (header.flags() & Ipv4.DONT_FRAGMENT) != 0).isPresent();
    List<Way> others =
        comparison.requests().stream().filter(other -> other.ending() == Ending.ARRIVED).toList();
    int largest = others.stream().mapToInt(Losses::size).max().orElse(0);
    boolean fits = forbidden && largest > 0 && largest < size && size > 1000;
    return fits
        ? Optional.of(
            new Finding(
                false,
                "it is too large for the path, and may not be fragmented",
                with(
                    evidence,
                    "packets of up to %d bytes arrived; this one has %d".formatted(largest, size)),
                List.of(),
                "compare the MTU of %s with that of the path: ping -M do -s SIZE between the nodes"
                    .formatted(last.step().device())))
        : Optional.empty();
  }

  private static int size(Way way) {
    Seen last = way.trajectory().last();
    return last.length();
  }

  private Finding underlay(Hop last, Hop missing, Packet seen, List<String> evidence) {
    String from = last.step().place().node();
    String to = missing.step().place().node();
    String carrier = PacketWords.carrier(seen);
    String cause =
        PacketWords.isTunnelled(seen)
            ? "something between %s and %s drops %s".formatted(from, to, carrier)
            : hasForeignSource(seen, last)
                ? "something between %s and %s drops packets with pods' addresses"
                    .formatted(from, to)
                : "something between %s and %s drops it (%s)".formatted(from, to, carrier);
    String remedy =
        PacketWords.isTunnelled(seen)
            ? "let %s pass between the nodes: security groups, firewalls, the hypervisor"
                .formatted(carrier)
            : "source and destination checks of the cloud, anti-spoofing, routes of the routers "
                + "between the nodes";
    return new Finding(false, cause, evidence, List.of(), remedy);
  }

  /** Whether the outermost source isn't one of the node's own. */
  private static boolean hasForeignSource(Packet seen, Hop last) {
    Optional<Ip> outermost =
        seen.layers().stream().filter(Ip.class::isInstance).map(Ip.class::cast).findFirst();
    Optional<Ip> first =
        last.step().packet().layers().stream()
            .filter(Ip.class::isInstance)
            .map(Ip.class::cast)
            .reduce((_, inner) -> inner);
    return outermost.isPresent()
        && first.isPresent()
        && outermost.get().source().equals(first.get().source());
  }

  /** Between two devices of one node: what it passes there, by the state. */
  private static Finding inNode(Way way, Hop last, Hop missing, List<String> evidence) {
    List<Step> passed = way.branch().steps().subList(last.index() + 1, missing.index());
    List<Source> sources = new ArrayList<>();
    List<String> all = new ArrayList<>(evidence);
    for (Step step : passed) {
      if (!step.isObservable() && !step.evidence().isEmpty()) {
        sources.add(step.evidence().getFirst());
      }
    }
    String stages = stages(passed);
    String cause =
        "%s drops it between %s and %s%s"
            .formatted(
                last.step().place(),
                last.step().device(),
                missing.step().device(),
                stages.isEmpty() ? "" : ", where it passes " + stages);
    return new Finding(
        false,
        cause + "; the state doesn't show why",
        all,
        sources.stream().distinct().limit(6).toList(),
        "the state may be older than the captures; the kernel's reason: on %s: perf trace -e skb:kfree_skb, or dropwatch"
            .formatted(last.step().place().node()));
  }

  private static String stages(List<Step> passed) {
    List<String> stages =
        passed.stream()
            .filter(step -> !step.isObservable() && step.stage() != Stage.LOCAL)
            .map(step -> step.stage().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '))
            .distinct()
            .toList();
    return String.join(", ", stages);
  }

  private Finding parted(Way way, String what) {
    Seen first = way.unpredicted().getFirst();
    String where = comparison.taps().tap(first.tap()).name();
    List<String> evidence = new ArrayList<>();
    way.lastHop()
        .ifPresent(
            hop -> evidence.add("%s was seen as predicted up to %s".formatted(what, hop.where())));
    way.hops().stream()
        .filter(hop -> !hop.isSeen())
        .findFirst()
        .ifPresent(hop -> evidence.add("it was predicted at %s next".formatted(hop.where())));
    List<Source> sources =
        way
            .lastHop()
            .map(hop -> way.branch().steps().subList(hop.index(), way.branch().steps().size()))
            .orElse(List.of())
            .stream()
            .filter(step -> step.stage() == Stage.ROUTE)
            .findFirst()
            .map(Step::evidence)
            .orElse(List.of());
    return new Finding(
        true,
        "%s went to %s, where it wasn't predicted".formatted(what, where),
        evidence,
        sources,
        "the state and the captures may be of different times: gather the state again");
  }

  private static Finding unknown(Way way, String what) {
    List<String> evidence = new ArrayList<>();
    int from = way.lastSeen().orElse(-1) + 1;
    for (Hop hop : way.hops().subList(from, way.hops().size())) {
      if (hop.sight() instanceof Sight.Unknown unknown) {
        evidence.add(hop.where() + ": " + unknown.reason());
      }
    }
    return new Finding(
        false,
        "the captures don't show what became of %s".formatted(what),
        evidence,
        List.of(),
        way.hops().size() > from
            ? "capture at " + way.hops().get(from).where() + ", before and after the packet"
            : "");
  }
}
