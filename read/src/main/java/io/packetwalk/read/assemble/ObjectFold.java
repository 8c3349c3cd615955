package io.packetwalk.read.assemble;

import io.packetwalk.model.Appearance;
import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.Former;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The objects of one kind as they become known.
 *
 * <p>What somebody wrote to be created ({@code declared}) never overwrites what was listed; it
 * fills in what the listing doesn't show, and stands for itself where nothing was listed.
 */
final class ObjectFold<T> {
  private final Function<T, Object> key;
  private final Predicate<T> declared;
  private final Merge<T> merge;
  private final Map<Object, T> objects = new LinkedHashMap<>();
  private final Map<Object, Former<T>> former = new LinkedHashMap<>();
  private final Map<Object, Appearance> appearances = new LinkedHashMap<>();
  private List<Source> seenAt = List.of();
  private boolean everythingListed;

  /** Makes one object of two that show the same thing; the first one's values count. */
  interface Merge<T> {
    T merge(T decisive, T filling);
  }

  ObjectFold(Function<T, Object> key, Predicate<T> declared, Merge<T> merge) {
    this.key = key;
    this.declared = declared;
    this.merge = merge;
  }

  /**
   * Takes a listing.
   *
   * @param inScope the objects that the command would have shown
   * @param everything whether it would have shown all there are
   */
  void fold(Listing<T> listing, Predicate<T> inScope, boolean everything) {
    if (listing.isUnknown()) {
      return;
    }
    Map<Object, T> earlier = new LinkedHashMap<>(objects);
    noteNew(listing);
    if (listing.isComplete()) {
      objects.values().removeIf(inScope);
      everythingListed |= everything;
    }
    listing.stream().forEach(object -> put(object, earlier.get(key.apply(object))));
    earlier.forEach((name, object) -> gone(name, object, listing));
    seenAt = ListingFold.seen(seenAt, listing.seenAt());
  }

  private void noteNew(Listing<T> listing) {
    Optional<Appearance> appearance =
        listing
            .lastSeen()
            .flatMap(
                now -> Repetition.earlier(seenAt, now).map(before -> new Appearance(before, now)));
    appearance.ifPresent(seen ->
        listing.stream()
            .map(key)
            .filter(name -> !objects.containsKey(name) && !former.containsKey(name))
            .forEach(name -> appearances.put(name, seen)));
  }

  /** The proof that this object came up while somebody was looking. */
  Optional<Appearance> appearance(Object name) {
    return Optional.ofNullable(appearances.get(name));
  }

  private void put(T object, @org.jspecify.annotations.Nullable T earlier) {
    Object name = key.apply(object);
    former.remove(name);
    if (earlier == null) {
      objects.put(name, object);
    } else {
      boolean decisive = !declared.test(object) || declared.test(earlier);
      objects.put(name, decisive ? merge.merge(object, earlier) : merge.merge(earlier, object));
    }
  }

  private void gone(Object name, T object, Listing<T> listing) {
    Optional<Source> seen = listing.lastSeen();
    if (!objects.containsKey(name) && !declared.test(object) && seen.isPresent()) {
      former.put(name, new Former<>(object, seen.get()));
    }
  }

  Listing<T> listing() {
    if (seenAt.isEmpty()) {
      return Listing.unknown();
    }
    return new Listing<>(
        everythingListed ? Coverage.COMPLETE : Coverage.PARTIAL,
        List.copyOf(objects.values()),
        seenAt);
  }

  List<Former<T>> former() {
    return List.copyOf(former.values());
  }
}
