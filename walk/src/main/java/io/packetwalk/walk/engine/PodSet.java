package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.netfilter.Surroundings.Presumption;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sets that Antrea names after what is in them: the addresses of every node's pods. Where
 * nobody listed such a set, the cluster's objects tell what would have to be in it.
 */
final class PodSet {
  private static final Set<String> NAMES = Set.of("ANTREA-POD-IP", "ANTREA-POD-IP6");

  private PodSet() {}

  static Optional<Presumption> presume(
      Snapshot snapshot, NamespaceId place, String set, IpAddress address) {
    boolean told = NAMES.contains(set) && !snapshot.cluster().pods().isUnknown();
    if (!told) {
      return Optional.empty();
    }
    Optional<Source> pod = snapshot.cluster().podAt(address).map(Pod::source);
    Optional<Source> block =
        snapshot
            .cluster()
            .nodes()
            .first(node -> node.podCidrs().stream().anyMatch(cidr -> cidr.contains(address)))
            .map(KubernetesNode::source);
    List<Source> grounds = pod.or(() -> block).stream().toList();
    String text =
        address
            + (grounds.isEmpty() ? " isn't" : " is")
            + " in the set "
            + set
            + " of "
            + place
            + (grounds.isEmpty() ? ", as it is no pod's address" : ", as it is a pod's address");
    return Optional.of(
        new Presumption(
            !grounds.isEmpty(),
            new Assumption(text, Commands.in(place, "ipset list " + set), grounds)));
  }
}
