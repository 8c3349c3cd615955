package io.packetwalk.report.walk;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.report.Names;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Walk;
import io.packetwalk.wire.IpAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What people call the places of one walk. */
public final class WalkNames {
  private final Names names;

  /** The namespaces' own names, those first that hold others inside. */
  private final Map<String, String> places = new LinkedHashMap<>();

  public WalkNames(Names names, Walk walk) {
    this.names = names;
    Stream<NamespaceId> start =
        walk.question().from() instanceof Origin.Inside inside
            ? Stream.of(inside.namespace())
            : Stream.empty();
    Stream<NamespaceId> passed =
        walk.directions()
            .map(Direction::branches)
            .flatMap(List::stream)
            .map(Branch::steps)
            .flatMap(List::stream)
            .map(Step::place);
    Stream.concat(start, passed)
        .distinct()
        .sorted(Comparator.comparingInt((NamespaceId id) -> -id.toString().length()))
        .forEach(id -> places.put(id.toString(), name(id)));
  }

  private String name(NamespaceId id) {
    return names.inNode(id).map(inNode -> inNode + " on " + id.node()).orElse(id.node());
  }

  /** A sentence of the walk with its namespaces called as people call them. */
  public String inText(String text) {
    String named = text;
    for (Map.Entry<String, String> place : places.entrySet()) {
      named = named.replace(place.getKey(), place.getValue());
    }
    return named;
  }

  /** A sentence about one place with something else in its stead; empty for any other sentence. */
  Optional<String> withoutPlace(String text, String instead) {
    for (String place : places.keySet()) {
      int at = text.indexOf(place);
      if (at >= 0) {
        String rest = text.substring(0, at) + instead + text.substring(at + place.length());
        return places.keySet().stream().anyMatch(rest::contains)
            ? Optional.empty()
            : Optional.of(rest);
      }
    }
    return Optional.empty();
  }

  /** A namespace as people call it. */
  String place(NamespaceId id) {
    return name(id);
  }

  Optional<String> of(IpAddress address) {
    return names.of(address);
  }

  Optional<String> inNode(NamespaceId namespace) {
    return names.inNode(namespace);
  }
}
