package io.packetwalk.walk.netfilter;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.walk.Assumption;
import java.util.List;
import java.util.Optional;

/** netfilter's hooks of one namespace: every table registered there, in order of priority. */
public final class Hooks {
  private final NetworkNamespace namespace;

  public Hooks(NetworkNamespace namespace, Surroundings surroundings) {
    this.namespace = namespace;
  }

  /** Every way that the packet may pass the hook; the weights add up to 1. */
  public List<Passage> pass(Hook hook, InFlight packet) {
    NamespaceId id = namespace.id();
    Assumption unfiltered =
        new Assumption(
            "no packet filter rule of " + id + " drops or changes the packet", "iptables-save");
    return List.of(new Passage(1, packet, Optional.empty(), List.of(), List.of(unfiltered)));
  }
}
