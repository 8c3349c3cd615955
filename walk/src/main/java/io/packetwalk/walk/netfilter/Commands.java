package io.packetwalk.walk.netfilter;

import io.packetwalk.model.NamespaceId;

/** How to run a command in a namespace. */
final class Commands {
  private static final String POD = "pod:";
  private static final String PROCESS = "pid:";
  private static final String CONTAINER = "container:";

  private Commands() {}

  static String in(NamespaceId place, String command) {
    String name = place.name();
    if (place.isHost()) {
      return command;
    }
    if (name.startsWith(POD) && name.indexOf('/') > 0) {
      int slash = name.indexOf('/');
      return "kubectl exec -n "
          + name.substring(POD.length(), slash)
          + " "
          + name.substring(slash + 1)
          + " -- "
          + command;
    }
    if (name.startsWith(PROCESS)) {
      return "nsenter -t " + name.substring(PROCESS.length()) + " -n " + command;
    }
    if (name.startsWith(CONTAINER)) {
      return "docker exec " + name.substring(CONTAINER.length()) + " " + command;
    }
    return "ip netns exec " + name + " " + command;
  }
}
