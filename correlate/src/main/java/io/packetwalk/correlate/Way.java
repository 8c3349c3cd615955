package io.packetwalk.correlate;

import io.packetwalk.walk.Branch;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One packet's way as it was seen, beside the branch that it fits best.
 *
 * @param hops the predicted places, in order
 * @param beside sightings at places that the state doesn't show, or copies that bridges and
 *     promiscuous captures see: no contradiction
 * @param unpredicted sightings at places of the state where the packet wasn't predicted
 * @param lastSeen the last predicted place where it was seen, as an index of {@code hops}
 * @param missing the first place behind that where it is absent, as an index of {@code hops}
 */
public record Way(
    Trajectory trajectory,
    Branch branch,
    List<Hop> hops,
    List<Seen> beside,
    List<Seen> unpredicted,
    OptionalInt lastSeen,
    OptionalInt missing,
    Ending ending) {
  public Way {
    hops = List.copyOf(hops);
    beside = List.copyOf(beside);
    unpredicted = List.copyOf(unpredicted);
  }

  /** The first place where a header isn't as predicted, in a way that matters. */
  public Optional<Hop> firstDifference() {
    return hops.stream()
        .filter(hop ->
            hop.sight() instanceof Sight.There there
                && there.differences().stream().anyMatch(Difference::isGrave))
        .findFirst();
  }

  /** The same, of a packet about which its sender was told. */
  Way refused() {
    return new Way(
        trajectory, branch, hops, beside, unpredicted, lastSeen, missing, Ending.REFUSED);
  }

  public Optional<Hop> lastHop() {
    return lastSeen.isPresent() ? Optional.of(hops.get(lastSeen.getAsInt())) : Optional.empty();
  }

  public Optional<Hop> missingHop() {
    return missing.isPresent() ? Optional.of(hops.get(missing.getAsInt())) : Optional.empty();
  }

  /** Whether everything that could be seen is as predicted. */
  public boolean isAsPredicted() {
    return (ending == Ending.ARRIVED || ending == Ending.ENDED_AS_PREDICTED)
        && unpredicted.isEmpty()
        && firstDifference().isEmpty();
  }
}
