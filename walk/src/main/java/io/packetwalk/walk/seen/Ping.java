package io.packetwalk.walk.seen;

import io.packetwalk.model.Sighting;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A run of {@code ping}, by the statistics that it printed. */
record Ping(Sighting sighting, List<String> words, boolean answered) {
  private static final Pattern STATISTICS =
      Pattern.compile("(ping6? .*): \\d+ packets transmitted, (\\d+) (?:packets )?received.*");

  static Optional<Ping> of(Sighting sighting) {
    Matcher statistics = STATISTICS.matcher(sighting.text());
    if (!statistics.matches()) {
      return Optional.empty();
    }
    List<String> words = List.of(statistics.group(1).split(" ", -1));
    return Optional.of(new Ping(sighting, words, !statistics.group(2).matches("0+")));
  }

  boolean asks(IpAddress destination) {
    return words.stream()
        .skip(1)
        .anyMatch(word -> IpAddress.parse(word).filter(destination::equals).isPresent());
  }

  /** Other kinds of packets may fare otherwise than echo requests do. */
  Seen about(Walk walk) {
    if (!(walk.question().probe() instanceof Probe.IcmpMessage)) {
      return new Seen(sighting, Bearing.TELLS);
    }
    Optional<Boolean> predicted = predicted(walk);
    Bearing bearing =
        predicted.isEmpty()
            ? Bearing.TELLS
            : predicted.get() == answered ? Bearing.AGREES : Bearing.CONTRADICTS;
    return new Seen(sighting, bearing);
  }

  /** Whether the prediction has an answer come back; empty when it doesn't say. */
  private static Optional<Boolean> predicted(Walk walk) {
    return switch (walk.verdict()) {
      case DELIVERED ->
          walk.reply().map(Direction::verdict).filter(Ping::isCertain).map(Ping::arrives);
      case DROPPED, REJECTED, LOOPED -> Optional.of(false);
      case LEFT, UNDETERMINED -> Optional.empty();
    };
  }

  private static boolean isCertain(Verdict verdict) {
    return verdict != Verdict.UNDETERMINED && verdict != Verdict.LEFT;
  }

  private static boolean arrives(Verdict verdict) {
    return verdict == Verdict.DELIVERED;
  }
}
