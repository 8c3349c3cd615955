package io.packetwalk.report.walk;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.report.Asked;
import io.packetwalk.report.packet.Summary;
import io.packetwalk.report.text.Page;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.Tone;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.seen.Bearing;
import io.packetwalk.walk.seen.Seen;
import io.packetwalk.wire.layer.Ip;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a reader in a hurry needs: the verdict, the question, the reason, and the reply's fate. */
final class Headline {
  private static final int LABEL = 10;

  private final WalkNames names;
  private final Page page;

  private Headline(WalkNames names, Page page) {
    this.names = names;
    this.page = page;
  }

  static void write(Walk walk, Asked asked, List<Seen> seen, WalkNames names, Page page) {
    new Headline(names, page).write(walk, asked, seen);
  }

  private void write(Walk walk, Asked asked, List<Seen> seen) {
    Verdict verdict = walk.verdict();
    page.line(
        Phrase.of(Verdicts.capitals(verdict), Verdicts.tone(verdict))
            .and("  ")
            .and(from(walk), Tone.STRONG)
            .and(" → ", Tone.FAINT)
            .and(to(walk, asked), Tone.STRONG));
    fact("packet", packet(walk));
    fact("because", reason(walk.forward(), names));
    walk.reply().ifPresent(reply -> back("reply", reply));
    walk.error().ifPresent(error -> back("error", error));
    Completion.worthTelling(walk).ifPresent(this::unfinished);
    seen.stream()
        .filter(each -> each.bearing() == Bearing.CONTRADICTS)
        .map(Seen::sighting)
        .forEach(sighting ->
            fact(
                "but",
                Phrase.of("the state shows otherwise: ", Tone.BAD)
                    .and(sighting.text() + "  (" + sighting.source().position() + ")")));
    int assumed = walk.assumptions().size();
    if (assumed > 0) {
      String things = assumed == 1 ? "1 thing" : assumed + " things";
      fact("assuming", Phrase.of(things + " that the state doesn't show, see below"));
    }
  }

  /** A SYN that arrives is no connection yet. */
  private void unfinished(Direction completion) {
    Verdict verdict = completion.verdict();
    String what =
        verdict == Verdict.UNDETERMINED
            ? "whether a connection comes about isn't known, the handshake's ACK is "
            : "no connection comes about, the handshake's ACK is ";
    fact(
        "but",
        Phrase.of(what)
            .and(Verdicts.word(verdict), Verdicts.tone(verdict))
            .and(": ")
            .and(reason(completion, names)));
  }

  private void back(String label, Direction direction) {
    Verdict verdict = direction.verdict();
    Phrase word = Phrase.of(Verdicts.word(verdict), Verdicts.tone(verdict));
    fact(label, word.and(": ").and(reason(direction, names)));
  }

  private void fact(String label, Phrase text) {
    page.line(Phrase.of("  " + label, Tone.FAINT).padded(LABEL + 1).and(text), LABEL + 1);
  }

  private String from(Walk walk) {
    return switch (walk.question().from()) {
      case Origin.Inside inside ->
          names.inNode(inside.namespace()).orElse("node " + inside.namespace().node());
      case Origin.Outside outside ->
          names.of(outside.address()).orElse(outside.address().toString());
    };
  }

  private String to(Walk walk, Asked asked) {
    return names.of(walk.question().to()).orElse(asked.to());
  }

  private static Phrase packet(Walk walk) {
    Optional<Step> first =
        walk.forward().branches().getFirst().steps().stream()
            .filter(step -> step.packet().layers().stream().anyMatch(layer -> layer instanceof Ip))
            .findFirst();
    String text =
        first
            .map(step -> Summary.of(step.packet()).getLast().text())
            .orElse("to " + walk.question().to());
    int size = walk.question().probe().size();
    return Phrase.of(text + (size > 0 ? "  " + size + " bytes" : ""));
  }

  /** A branch's reason, with the place of its end where the sentence doesn't name it. */
  private static String placed(Branch branch, WalkNames names) {
    String reason = names.inText(branch.reason());
    boolean lost = branch.verdict() == Verdict.DROPPED || branch.verdict() == Verdict.REJECTED;
    if (!lost || branch.steps().isEmpty()) {
      return reason;
    }
    NamespaceId end = branch.steps().getLast().place();
    return reason.contains(end.node()) ? reason : reason + ", in " + names.place(end);
  }

  /** The only branch's reason, or how many packets end how. */
  static Phrase reason(Direction direction, WalkNames names) {
    if (direction.branches().size() == 1) {
      return Phrase.of(placed(direction.branches().getFirst(), names));
    }
    Map<Verdict, Double> shares = new EnumMap<>(Verdict.class);
    for (Branch branch : direction.branches()) {
      shares.merge(branch.verdict(), branch.weight(), Double::sum);
    }
    String text =
        shares.entrySet().stream()
            .map(share -> Verdicts.percent(share.getValue()) + " " + Verdicts.word(share.getKey()))
            .collect(Collectors.joining(", "));
    Optional<Branch> worst =
        direction.branches().stream()
            .filter(branch -> branch.verdict() == direction.verdict())
            .findFirst();
    boolean same = shares.size() == 1;
    return Phrase.of(direction.branches().size() + " ways: " + text)
        .and(same ? "" : worst.map(branch -> "; " + names.inText(branch.reason())).orElse(""));
  }
}
