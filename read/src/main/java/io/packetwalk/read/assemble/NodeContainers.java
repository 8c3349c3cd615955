package io.packetwalk.read.assemble;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Containers that are nodes, by the names that kind and k3d give them: {@code NAME-worker2} is one
 * where a {@code NAME-control-plane} or a node of that name was seen.
 */
final class NodeContainers {
  private static final Pattern KIND =
      Pattern.compile("(?<cluster>.+)-(?:control-plane|worker)\\d*");
  private static final Pattern K3D = Pattern.compile("k3d-.+-(?:server|agent)-\\d+");

  private final Set<String> clusters = new TreeSet<>();

  /** Takes note of a container that something ran in. */
  void see(String name) {
    Matcher kind = KIND.matcher(name);
    if (kind.matches() && name.contains("-control-plane")) {
      clusters.add(kind.group("cluster"));
    }
  }

  /** Takes note of a node that a pod is listed on. */
  void seeNode(String name) {
    Matcher kind = KIND.matcher(name);
    if (kind.matches()) {
      clusters.add(kind.group("cluster"));
    }
  }

  boolean isNode(String name) {
    Matcher kind = KIND.matcher(name);
    return K3D.matcher(name).matches()
        || (kind.matches() && clusters.contains(kind.group("cluster")));
  }
}
