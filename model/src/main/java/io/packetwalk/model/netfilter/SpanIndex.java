package io.packetwalk.model.netfilter;

import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Elements whose key is one range of numbers or of addresses, by where the range begins.
 *
 * <p>Ranges that meet others aren't entered; they are left to be asked one by one.
 */
final class SpanIndex {
  private final TreeMap<Long, Element> numbers = new TreeMap<>();
  private final TreeMap<IpAddress, Element> addresses = new TreeMap<>();
  private final List<Element> left = new ArrayList<>();
  private final List<Element> last = new ArrayList<>();

  private SpanIndex() {}

  static SpanIndex of(List<Element> ranges) {
    SpanIndex index = new SpanIndex();
    ranges.forEach(index::enter);
    index.left.addAll(index.last);
    return index;
  }

  /** The elements that aren't found here; the one for every key stands last. */
  List<Element> left() {
    return List.copyOf(left);
  }

  Optional<Element> find(Datum value) {
    Map.Entry<?, Element> entry =
        switch (value) {
          case Datum.Whole(long number) -> numbers.floorEntry(number);
          case Datum.Address(IpAddress address) -> addresses.floorEntry(address);
          case Datum.Name name -> null;
          case Datum.Choice choice -> null;
        };
    return Optional.ofNullable(entry)
        .map(Map.Entry::getValue)
        .filter(element -> element.key().getFirst().contains(value));
  }

  private void enter(Element element) {
    switch (element.key().getFirst()) {
      case Span.Numbers(long low, long high) -> enter(numbers, low, high, element);
      case Span.Addresses(IpAddress low, IpAddress high) -> enter(addresses, low, high, element);
      case Span.Any any -> last.add(element);
      case Span.One one -> left.add(element);
      case Span.Block block -> left.add(element);
      case Span.Masked masked -> left.add(element);
      case Span.Beginning beginning -> left.add(element);
    }
  }

  private <K extends Comparable<? super K>> void enter(
      NavigableMap<K, Element> entered, K low, K high, Element element) {
    Map.Entry<K, Element> below = entered.floorEntry(high);
    boolean apart = below == null || highest(below.getValue(), low) < 0;
    if (apart) {
      entered.put(low, element);
    } else {
      left.add(element);
    }
  }

  /** How the end of an entered range compares with the beginning of another. */
  private static <K> int highest(Element entered, K low) {
    return switch (entered.key().getFirst()) {
      case Span.Numbers(long first, long end) when low instanceof Long begin ->
          Long.compare(end, begin);
      case Span.Addresses(IpAddress first, IpAddress end) when low instanceof IpAddress begin ->
          end.compareTo(begin);
      case Span other -> 0;
    };
  }
}
