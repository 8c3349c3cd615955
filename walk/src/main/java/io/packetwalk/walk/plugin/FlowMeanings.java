package io.packetwalk.walk.plugin;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.net.NetworkNamespace;
import java.util.Optional;
import java.util.function.Function;

/** Recognises who wrote a namespace's flows. */
public final class FlowMeanings {
  private FlowMeanings() {}

  /**
   * What the flows of a namespace mean, where their author is known.
   *
   * @param pods which pod is behind a port, by the port's device
   */
  public static FlowMeaning of(
      Snapshot snapshot, NetworkNamespace namespace, Function<String, Optional<NamespaceId>> pods) {
    return namespace.openVswitch().switches().stream()
        .filter(AntreaTables::isAntreas)
        .findFirst()
        .<FlowMeaning>map(
            bridge -> new AntreaFlows(bridge, new AntreaNames(snapshot, bridge, pods)))
        .orElse(FlowMeaning.NONE);
  }
}
