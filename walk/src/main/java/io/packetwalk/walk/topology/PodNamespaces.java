package io.packetwalk.walk.topology;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.ObjectName;
import java.util.Optional;

/** The network namespace of a pod, whether or not anybody looked into it. */
public final class PodNamespaces {
  private PodNamespaces() {}

  /** The namespace that commands were run in, else one named after the pod on its node. */
  public static Optional<NamespaceId> of(Snapshot snapshot, ObjectName pod, Optional<String> node) {
    return Optional.ofNullable(snapshot.podNamespaces().get(pod))
        .or(() -> node.map(name -> new NamespaceId(name, "pod:" + pod)));
  }
}
