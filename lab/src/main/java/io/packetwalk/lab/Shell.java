package io.packetwalk.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * A shell in a namespace, with the name of the place in its prompt, or a command there. A pod's has
 * the pod's resolv.conf, a node's finds the node's own Open vSwitch.
 */
final class Shell {
  private static final String SCRIPT =
      """
      netns=$1 place=$2
      shift 2
      if [ -e "/run/lab/$netns/resolv.conf" ]; then
        mount --bind "/run/lab/$netns/resolv.conf" "$(readlink -f /etc/resolv.conf)"
      fi
      run=/run/lab/$netns/openvswitch
      if [ -e "$run" ]; then export OVS_RUNDIR="$run" OVS_DBDIR="$run" OVS_LOGDIR="$run"; fi
      if [ $# -gt 0 ]; then exec "$@"; fi
      export PS1="root@$place:\\\\w# "
      if [ -t 0 ]; then exec bash --norc -i; fi
      exec bash --norc
      """;

  private Shell() {}

  /** The command that starts it, where the namespaces have their names. */
  static List<String> command(String netns, String place, List<String> command) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "ip", "netns", "exec", netns, "bash", "-c", SCRIPT, "packetwalk", netns, place));
    words.addAll(command);
    return words;
  }
}
