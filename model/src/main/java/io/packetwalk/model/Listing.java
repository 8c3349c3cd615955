package io.packetwalk.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a table held when somebody looked, and how much of it was shown.
 *
 * @param seenAt the command lines that showed it, in time order; empty when nobody asked
 */
public record Listing<T>(Coverage coverage, List<T> entries, List<Source> seenAt) {
  public Listing {
    entries = List.copyOf(entries);
    seenAt = List.copyOf(seenAt);
    if (coverage == Coverage.UNKNOWN && !entries.isEmpty()) {
      throw new IllegalArgumentException("an unknown listing has no entries");
    }
  }

  /** A table that nobody looked at. */
  public static <T> Listing<T> unknown() {
    return new Listing<>(Coverage.UNKNOWN, List.of(), List.of());
  }

  public static <T> Listing<T> complete(List<T> entries, Source seenAt) {
    return new Listing<>(Coverage.COMPLETE, entries, List.of(seenAt));
  }

  public static <T> Listing<T> partial(List<T> entries, Source seenAt) {
    return new Listing<>(Coverage.PARTIAL, entries, List.of(seenAt));
  }

  public boolean isUnknown() {
    return coverage == Coverage.UNKNOWN;
  }

  public boolean isComplete() {
    return coverage == Coverage.COMPLETE;
  }

  public Stream<T> stream() {
    return entries.stream();
  }

  public Optional<T> first(Predicate<T> condition) {
    return entries.stream().filter(condition).findFirst();
  }

  /** The command line that showed this table last. */
  public Optional<Source> lastSeen() {
    return seenAt.isEmpty() ? Optional.empty() : Optional.of(seenAt.getLast());
  }
}
