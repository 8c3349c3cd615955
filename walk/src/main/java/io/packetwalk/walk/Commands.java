package io.packetwalk.walk;

import io.packetwalk.model.NamespaceId;

/**
 * The command lines that would settle an assumption, written for the place where they have to run.
 */
public final class Commands {
  private static final String POD = "pod:";
  private static final String PROCESS = "pid:";
  private static final String CONTAINER = "container:";

  private Commands() {}

  /** This command in that namespace, as somebody at the node or at kubectl would type it. */
  public static String in(NamespaceId place, String command) {
    String node = "on " + place.node() + ": ";
    String name = place.name();
    if (place.isHost()) {
      return node + command;
    }
    if (name.startsWith(POD)) {
      return ofPod(name.substring(POD.length()), command);
    }
    if (name.startsWith(PROCESS)) {
      return node + "nsenter -t " + name.substring(PROCESS.length()) + " -n " + single(command);
    }
    if (name.startsWith(CONTAINER)) {
      return node + "docker exec " + name.substring(CONTAINER.length()) + " " + single(command);
    }
    return node + "ip netns exec " + name + " " + single(command);
  }

  private static String ofPod(String pod, String command) {
    int slash = pod.indexOf('/');
    return "kubectl exec -n "
        + pod.substring(0, Math.max(slash, 0))
        + " "
        + pod.substring(slash + 1)
        + " -- "
        + single(command);
  }

  /** Several commands as one, so that all of them run at that place. */
  private static String single(String command) {
    boolean alone = command.indexOf(';') < 0 && command.indexOf('|') < 0;
    return alone || command.startsWith("sh -c ") || command.indexOf('\'') >= 0
        ? command
        : "sh -c '" + command + "'";
  }
}
