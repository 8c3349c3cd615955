package io.packetwalk.model.net;

/**
 * In which namespace the other end of a device is: {@code link-netnsid 3} or {@code link-netns
 * NAME}.
 */
public sealed interface PeerNamespace {
  /**
   * The number that this namespace knows the other one by; numbers of two namespaces don't compare.
   */
  record Numbered(int identifier) implements PeerNamespace {}

  /** The name under {@code /run/netns} of the machine where the command ran. */
  record Named(String name) implements PeerNamespace {}
}
