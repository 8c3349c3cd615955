package io.packetwalk.walk.netfilter;

import io.packetwalk.model.NamespaceId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The connections that a walk has made or met, by the namespace that tracks them. */
public record Tracking(Map<NamespaceId, List<TrackedConnection>> connections) {
  public static final Tracking NONE = new Tracking(Map.of());

  public Tracking {
    connections = Collections.unmodifiableMap(new TreeMap<>(connections));
  }
}
