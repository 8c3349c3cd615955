package io.packetwalk.model;

/**
 * A network namespace's name: the node it is on, and what it is called there.
 *
 * @param node the machine, as its prompt or Kubernetes names it
 * @param name {@link #HOST} for the node's own namespace; otherwise the name under {@code
 *     /run/netns}, or {@code pod:NAMESPACE/NAME} or {@code container:ID} or {@code pid:N} when only
 *     that is known
 */
public record NamespaceId(String node, String name) implements Comparable<NamespaceId> {
  public static final String HOST = "host";

  public static NamespaceId host(String node) {
    return new NamespaceId(node, HOST);
  }

  public boolean isHost() {
    return name.equals(HOST);
  }

  @Override
  public int compareTo(NamespaceId other) {
    int byNode = node.compareTo(other.node);
    if (byNode != 0 || name.equals(other.name)) {
      return byNode;
    }
    if (isHost() || other.isHost()) {
      return isHost() ? -1 : 1;
    }
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return node + ":" + name;
  }
}
