package io.packetwalk.lab;

import java.util.ArrayList;
import java.util.List;

/** A shell in a namespace, with the name of the place in its prompt and a pod's resolv.conf. */
final class Shell {
  private static final String SCRIPT =
      """
      if [ -e "/run/lab/$0/resolv.conf" ]; then
        mount --bind "/run/lab/$0/resolv.conf" "$(readlink -f /etc/resolv.conf)"
      fi
      if [ -e "/run/lab/$0/openvswitch" ]; then
        export OVS_RUNDIR="/run/lab/$0/openvswitch" OVS_DBDIR="/run/lab/$0/openvswitch"
      fi
      export PS1="root@$0:\\\\w# "
      exec bash --norc -i
      """;

  private Shell() {}

  static List<String> command(List<String> enter, String netns) {
    List<String> command = new ArrayList<>(enter);
    command.addAll(List.of("ip", "netns", "exec", netns, "bash", "-c", SCRIPT, netns));
    return command;
  }
}
