package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;

/** The script that builds a whole practice cluster inside of fresh namespaces. */
public final class ClusterScript {
  private static final String FUNCTIONS =
      """
      set -eE
      failed() { echo "line $1 failed: $2" | head -n 1 >&2; }
      trap 'failed $LINENO "$BASH_COMMAND"' ERR
      export PATH=/run/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8

      await_file() {
        for _ in $(seq 200); do [ -e "$1" ] && return; sleep 0.05; done
        echo "$1 did not appear" >&2
        return 1
      }

      # The CNI plugins look themselves up by their number in this PID namespace.
      with_own_proc() {
        unshare --mount --propagation private \\
          sh -c 'mount -t proc proc /proc && exec "$@"' with_own_proc "$@"
      }

      await_routes() {
        for _ in $(seq 200); do
          [ "$(ip -n "$1" "$2" route show proto bird | grep -vc unreachable)" -ge "$3" ] && return
          sleep 0.1
        done
        echo "BIRD of $1 did not learn its routes" >&2
        return 1
      }
      """;

  private ClusterScript() {}

  /**
   * The script.
   *
   * @param folder where the lab keeps its files, outside of its namespaces
   * @param plugins where the CNI plugins are
   */
  public static String of(Plan plan, String folder, String plugins) {
    Script script = new Script();
    script.line(FUNCTIONS);
    new Underlay(plan).build(script);
    if (plan.kind().pods() == ClusterKind.Pods.BRIDGED) {
      new BridgedPods(plan, plugins).build(script);
    } else {
      new RoutedPods(plan).build(script);
    }
    new Carriages(plan).build(script);
    new PacketFilter(plan).build(script);
    new Bird(plan).build(script);
    new Programs(plan, folder).build(script);
    return script.text();
  }
}
