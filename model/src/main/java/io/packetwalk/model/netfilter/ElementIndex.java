package io.packetwalk.model.netfilter;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The elements of a set, found by the first part of their key: by value, by prefix from the longest
 * to the shortest, and those that are neither one after the other.
 */
public final class ElementIndex {
  private final List<Element> all;
  private final Map<Datum, List<Element>> byValue = new LinkedHashMap<>();
  private final TreeMap<Integer, Map<IpAddress, List<Element>>> byPrefix =
      new TreeMap<>(Comparator.reverseOrder());
  private final List<Element> others = new ArrayList<>();

  private ElementIndex(List<Element> elements) {
    all = List.copyOf(elements);
    all.forEach(this::enter);
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
    Datum first = key.getFirst();
    return covering(byValue.getOrDefault(first, List.of()), key)
        .or(() -> first instanceof Datum.Address(IpAddress at) ? inPrefix(at, key) : nothing())
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
    if (!exact.isEmpty()) {
      return covering(exact, key);
    }
    for (Map.Entry<Integer, Map<IpAddress, List<Element>>> entry : byPrefix.entrySet()) {
      if (entry.getKey() <= address.family().bits()) {
        IpAddress network = new IpPrefix(address, entry.getKey()).address();
        List<Element> held = entry.getValue().getOrDefault(network, List.of());
        if (!held.isEmpty()) {
          return covering(held, key);
        }
      }
    }
    return covering(others, key);
  }

  private Optional<Element> inPrefix(IpAddress address, List<Datum> key) {
    for (Map.Entry<Integer, Map<IpAddress, List<Element>>> entry : byPrefix.entrySet()) {
      if (entry.getKey() <= address.family().bits()) {
        IpAddress network = new IpPrefix(address, entry.getKey()).address();
        Optional<Element> found = covering(entry.getValue().getOrDefault(network, List.of()), key);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Element> covering(List<Element> candidates, List<Datum> key) {
    return candidates.stream().filter(element -> element.covers(key)).findFirst();
  }

  private void enter(Element element) {
    Span first = element.key().isEmpty() ? new Span.Beginning("") : element.key().getFirst();
    listFor(first).add(element);
  }

  private List<Element> listFor(Span first) {
    return switch (first) {
      case Span.One(Datum value) -> byValue.computeIfAbsent(value, key -> new ArrayList<>(1));
      case Span.Block(IpPrefix prefix) ->
          byPrefix
              .computeIfAbsent(prefix.length(), key -> new LinkedHashMap<>())
              .computeIfAbsent(prefix.address(), key -> new ArrayList<>(1));
      case Span.Masked masked -> others;
      case Span.Numbers numbers -> others;
      case Span.Addresses addresses -> others;
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
    return Collections.unmodifiableList(all).toString();
  }
}
