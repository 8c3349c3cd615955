package io.packetwalk.model.netfilter;

import io.packetwalk.model.Source;
import java.util.List;
import java.util.Optional;

/**
 * A member of a set, or a key of a map with its value.
 *
 * @param key one span for each part of the key
 * @param exception whether it says that these values are <em>not</em> in the set ({@code nomatch})
 * @param data what a map has for the key, part by part
 * @param verdict what a verdict map does for the key
 * @param source the line that shows it; empty where only the whole set's is kept
 */
public record Element(
    List<Span> key,
    boolean exception,
    List<Datum> data,
    Optional<Statement> verdict,
    Optional<Source> source) {
  public Element {
    key = List.copyOf(key);
    data = List.copyOf(data);
  }

  public Element(List<Span> key, boolean exception, List<Datum> data, Optional<Statement> verdict) {
    this(key, exception, data, verdict, Optional.empty());
  }

  public static Element of(Span... key) {
    return new Element(List.of(key), false, List.of(), Optional.empty());
  }

  public boolean covers(List<Datum> candidate) {
    if (candidate.size() < key.size()) {
      return false;
    }
    for (int part = 0; part < key.size(); part++) {
      if (!key.get(part).contains(candidate.get(part))) {
        return false;
      }
    }
    return true;
  }
}
