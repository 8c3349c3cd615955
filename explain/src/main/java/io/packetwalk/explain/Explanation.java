package io.packetwalk.explain;

import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Ending;
import io.packetwalk.correlate.Way;
import io.packetwalk.walk.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a question's packets fared as they did: the finding that fits best first.
 *
 * @param headline how it went, as one sentence without a full stop
 */
public record Explanation(String headline, Ending ending, List<Finding> findings) {
  public Explanation {
    findings = List.copyOf(findings);
  }

  /** Explains what was seen. */
  public static Explanation of(Comparison comparison) {
    List<Finding> findings = new ArrayList<>();
    Refusals.of(comparison).ifPresent(findings::add);
    Optional<Way> telling = comparison.telling();
    if (telling.isEmpty()) {
      findings.add(Silence.ofSender(comparison));
      return new Explanation("no capture shows such a packet", Ending.UNKNOWN, findings);
    }
    Way way = telling.get();
    Losses losses = new Losses(comparison);
    losses.of(way, "it").ifPresent(findings::add);
    String headline = headline(comparison, way);
    Ending ending = comparison.ending();
    boolean arrived = ending == Ending.ARRIVED;
    Optional<Way> badReply = comparison.replies().stream().filter(Explanation::isLost).findFirst();
    if (arrived && badReply.isPresent()) {
      losses.of(badReply.get(), "the answer").ifPresent(findings::add);
      return new Explanation(
          headline + "; the answer " + words(badReply.get()), badReply.get().ending(), findings);
    }
    if (arrived && comparison.replies().isEmpty()) {
      Silence.ofReceiver(comparison, way).ifPresent(findings::add);
    }
    return new Explanation(headline, ending, distinct(findings));
  }

  private static boolean isLost(Way way) {
    return switch (way.ending()) {
      case DIED, REFUSED, PARTED -> true;
      case ENDED_AS_PREDICTED ->
          way.branch().verdict() != Verdict.LEFT && way.branch().verdict() != Verdict.DELIVERED;
      case ARRIVED, UNKNOWN -> false;
    };
  }

  private static List<Finding> distinct(List<Finding> findings) {
    return findings.stream().distinct().toList();
  }

  private static String headline(Comparison comparison, Way way) {
    long lost = comparison.requests().stream().filter(Explanation::isLost).count();
    int all = comparison.requests().size();
    String which = all > 1 && lost > 0 && lost < all ? lost + " of " + all + " packets: " : "";
    if (comparison.ending() == Ending.REFUSED && comparison.isReset()) {
      return "a TCP reset came back";
    }
    if (comparison.ending() == Ending.ARRIVED) {
      return "it arrived" + (comparison.replies().isEmpty() ? "" : ", and was answered");
    }
    return which + words(way);
  }

  private static String words(Way way) {
    String last = way.lastHop().map(hop -> hop.where()).orElse("nowhere");
    return switch (way.ending()) {
      case ARRIVED -> "arrived";
      case REFUSED -> "refused behind " + last;
      case DIED ->
          "died between %s and %s"
              .formatted(last, way.missingHop().map(hop -> hop.where()).orElse("the next place"));
      case ENDED_AS_PREDICTED ->
          (way.branch().verdict() == Verdict.LEFT ? "left at " : "ended behind ")
              + last
              + ", as predicted";
      case PARTED -> "left the predicted way behind " + last;
      case UNKNOWN -> "was last seen at " + last + "; the captures don't show what became of it";
    };
  }
}
