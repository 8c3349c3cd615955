package io.packetwalk.explain;

import io.packetwalk.correlate.Difference;
import io.packetwalk.correlate.Hop;
import io.packetwalk.correlate.Sight;
import io.packetwalk.correlate.Way;
import io.packetwalk.model.Source;
import io.packetwalk.walk.Step;
import java.util.ArrayList;
import java.util.List;

/** A header that isn't as the state says that it should be. */
final class Changes {
  private Changes() {}

  static Finding at(Way way, Hop hop) {
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

  static String words(Difference difference) {
    return "%s %s is %s, not %s"
        .formatted(
            difference.header(),
            difference.field().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
            difference.seen(),
            difference.predicted());
  }
}
