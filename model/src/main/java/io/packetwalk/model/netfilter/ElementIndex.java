package io.packetwalk.model.netfilter;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The elements of a set, found without looking at all of them: whole keys by value, then by the
 * first part of the key: by value, by prefix from the longest to the shortest, by range. Elements
 * that are none of these are asked one after the other, and the one for every key last.
 *
 * <p>The maps are only asked for keys; what is shown comes from the list.
 */
public final class ElementIndex {
  private final List<Element> all;
  private final Map<List<Datum>, Element> byKey = new LinkedHashMap<>();
  private final Set<Datum> firsts = new LinkedHashSet<>();
  private final Map<Datum, List<Element>> byValue = new LinkedHashMap<>();
  private final TreeMap<Integer, Map<IpAddress, List<Element>>> byPrefix =
      new TreeMap<>(Comparator.reverseOrder());
  private final SpanIndex ranges;
  private final List<Element> others = new ArrayList<>();

  private ElementIndex(List<Element> elements) {
    all = List.copyOf(elements);
    List<Element> ranged = new ArrayList<>();
    all.forEach(element -> enter(element, ranged));
    ranges = SpanIndex.of(ranged);
    others.addAll(ranges.left());
  }

  public static ElementIndex of(List<Element> elements) {
    return new ElementIndex(elements);
  }

  public List<Element> all() {
    return all;
  }

  /** The element that covers this key: of several, the one that is most specific. */
  public Optional<Element> find(List<Datum> key) {
    if (key.isEmpty()) {
      return Optional.empty();
    }
    Element exact = byKey.get(key);
    if (exact != null) {
      return Optional.of(exact);
    }
    Datum first = key.getFirst();
    return covering(byValue.getOrDefault(first, List.of()), key)
        .or(() -> first instanceof Datum.Address(IpAddress at) ? inPrefix(at, key) : nothing())
        .or(() -> ranges.find(first))
        .or(() -> covering(others, key));
  }

  private static Optional<Element> nothing() {
    return Optional.empty();
  }

  /**
   * The same for a set in which the longest prefix that holds the address decides, whatever the
   * rest of the key is ({@code hash:net,iface} of the kernel).
   */
  public Optional<Element> findInNearest(List<Datum> key) {
    if (key.isEmpty() || !(key.getFirst() instanceof Datum.Address(IpAddress address))) {
      return Optional.empty();
    }
    List<Element> exact = byValue.getOrDefault(key.getFirst(), List.of());
    if (firsts.contains(key.getFirst()) || !exact.isEmpty()) {
      return Optional.ofNullable(byKey.get(key)).or(() -> covering(exact, key));
    }
    for (Map.Entry<Integer, Map<IpAddress, List<Element>>> entry : byPrefix.entrySet()) {
      List<Element> held = held(entry.getKey(), entry.getValue(), address);
      if (!held.isEmpty()) {
        return covering(held, key);
      }
    }
    return covering(others, key);
  }

  private Optional<Element> inPrefix(IpAddress address, List<Datum> key) {
    for (Map.Entry<Integer, Map<IpAddress, List<Element>>> entry : byPrefix.entrySet()) {
      Optional<Element> found = covering(held(entry.getKey(), entry.getValue(), address), key);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static List<Element> held(
      int length, Map<IpAddress, List<Element>> networks, IpAddress address) {
    return length <= address.family().bits()
        ? networks.getOrDefault(new IpPrefix(address, length).address(), List.of())
        : List.of();
  }

  private static Optional<Element> covering(List<Element> candidates, List<Datum> key) {
    for (Element candidate : candidates) {
      if (candidate.covers(key)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private void enter(Element element, List<Element> ranged) {
    List<Datum> values = new ArrayList<>(element.key().size());
    for (Span part : element.key()) {
      if (part instanceof Span.One(Datum value)) {
        values.add(value);
      }
    }
    if (!values.isEmpty() && values.size() == element.key().size()) {
      byKey.putIfAbsent(List.copyOf(values), element);
      firsts.add(values.getFirst());
    } else {
      Span first = element.key().isEmpty() ? new Span.Beginning("") : element.key().getFirst();
      listFor(first, element.key().size() == 1 ? ranged : others).add(element);
    }
  }

  private List<Element> listFor(Span first, List<Element> ranged) {
    return switch (first) {
      case Span.One(Datum value) -> byValue.computeIfAbsent(value, key -> new ArrayList<>(1));
      case Span.Block(IpPrefix prefix) ->
          byPrefix
              .computeIfAbsent(prefix.length(), key -> new LinkedHashMap<>())
              .computeIfAbsent(prefix.address(), key -> new ArrayList<>(1));
      case Span.Numbers numbers -> ranged;
      case Span.Addresses addresses -> ranged;
      case Span.Any any -> ranged;
      case Span.Masked masked -> others;
      case Span.Beginning beginning -> others;
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ElementIndex index && all.equals(index.all);
  }

  @Override
  public int hashCode() {
    return all.hashCode();
  }

  @Override
  public String toString() {
    return all.toString();
  }
}
