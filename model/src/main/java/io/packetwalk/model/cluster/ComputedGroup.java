package io.packetwalk.model.cluster;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The members of one of Antrea's computed groups ({@code antctl get addressgroup}, {@code
 * appliedtogroup}): the peers of rules, or the pods that policies concern.
 */
public record ComputedGroup(
    String name, Set<ObjectName> pods, Set<IpAddress> addresses, Source source) {
  public ComputedGroup {
    pods = Collections.unmodifiableSet(new TreeSet<>(pods));
    addresses = Collections.unmodifiableSet(new TreeSet<>(addresses));
  }

  /** The members of both: an agent knows only those of a group that concern its node. */
  public ComputedGroup with(ComputedGroup other) {
    Set<ObjectName> allPods = new TreeSet<>(pods);
    allPods.addAll(other.pods);
    Set<IpAddress> allAddresses = new TreeSet<>(addresses);
    allAddresses.addAll(other.addresses);
    return new ComputedGroup(name, allPods, allAddresses, source);
  }
}
