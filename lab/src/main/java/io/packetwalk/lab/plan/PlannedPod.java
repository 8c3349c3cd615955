package io.packetwalk.lab.plan;

/**
 * A pod.
 *
 * @param app its label {@code app}
 * @param netns the name of its network namespace on its node
 * @param device the node's end of its cable; empty when a plugin chooses the name
 */
public record PlannedPod(
    String namespace,
    String name,
    String app,
    PlannedNode node,
    Addresses address,
    String mac,
    String netns,
    String device) {
  /** As it is asked for: {@code shop/api-…}. */
  public String fullName() {
    return namespace + "/" + name;
  }
}
