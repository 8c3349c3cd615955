package io.packetwalk.walk;

import io.packetwalk.model.NamespaceId;

/**
 * The command lines that would settle an assumption, written for the place where they have to run.
 */
public final class Commands {
  private static final String POD_PREFIX = "pod:";

  private Commands() {}

  /** This command in that namespace, as somebody at the node or at kubectl would type it. */
  public static String in(NamespaceId place, String command) {
    if (place.isHost()) {
      return "on " + place.node() + ": " + command;
    }
    if (place.name().startsWith(POD_PREFIX)) {
      String pod = place.name().substring(POD_PREFIX.length());
      int slash = pod.indexOf('/');
      return "kubectl exec -n "
          + pod.substring(0, Math.max(slash, 0))
          + " "
          + pod.substring(slash + 1)
          + " -- "
          + command;
    }
    return "on " + place.node() + ": ip netns exec " + place.name() + " " + command;
  }
}
