package io.packetwalk.explain;

import io.packetwalk.capture.tap.KernelDrop;
import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Hop;
import io.packetwalk.correlate.Sight;
import io.packetwalk.correlate.Way;
import io.packetwalk.model.Source;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why a packet wasn't at the next place, by where that was and what it looked like before. */
final class Deaths {
  private final Comparison comparison;

  Deaths(Comparison comparison) {
    this.comparison = comparison;
  }

  Finding of(Way way, String what) {
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
    Optional<KernelDrop> drop = KernelWords.of(comparison, way);
    drop.map(KernelWords::sentence).ifPresent(evidence::add);
    Optional<Finding> special =
        new StaleTables(comparison)
            .of(way, evidence)
            .or(() -> Suspicions.of(comparison, way, last, seen, evidence));
    if (special.isPresent()) {
      return special.get();
    }
    return between && drop.isEmpty()
        ? underlay(last, missing, seen, evidence)
        : inNode(way, last, missing, evidence, drop);
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
  private static Finding inNode(
      Way way, Hop last, Hop missing, List<String> evidence, Optional<KernelDrop> drop) {
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
    if (drop.isPresent()) {
      return new Finding(
          false,
          cause + ": " + KernelWords.words(drop.get()),
          all,
          sources.stream().distinct().limit(6).toList(),
          "the state doesn't show it: gather it again, it may be older than the captures");
    }
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
}
