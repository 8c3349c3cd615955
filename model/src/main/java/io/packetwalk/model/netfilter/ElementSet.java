package io.packetwalk.model.netfilter;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Source;
import java.util.List;
import java.util.Optional;

/**
 * A set or map that rules look into.
 *
 * @param type as its owner names it: {@code hash:net}, {@code ipv4_addr . inet_service}, …
 * @param coverage whether every element was shown
 * @param elements the elements, and the way to find one
 */
public record ElementSet(
    String name,
    String type,
    List<String> options,
    Coverage coverage,
    ElementIndex elements,
    Source source) {
  public ElementSet {
    options = List.copyOf(options);
  }

  public static ElementSet of(
      String name,
      String type,
      List<String> options,
      Coverage coverage,
      List<Element> elements,
      Source source) {
    return new ElementSet(name, type, options, coverage, ElementIndex.of(elements), source);
  }

  /** The element that says something about this key: of several, the one that is most specific. */
  public Optional<Element> find(List<Datum> key) {
    return type.equals("hash:net,iface") ? elements.findInNearest(key) : elements.find(key);
  }
}
