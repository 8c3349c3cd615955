package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.Plan;

/** The script that builds a whole practice cluster inside of fresh namespaces. */
public final class ClusterScript {
  private static final String FUNCTIONS =
      """
      set -eE
      failed() { echo "line $1 failed: $2" | head -n 1 >&2; }
      trap 'failed $LINENO "$BASH_COMMAND"' ERR
      export PATH=/run/bin:/run/near/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8

      # What runs beside this script.
      jobs=()
      await_jobs() {
        local job
        for job in "${jobs[@]}"; do wait "$job"; done
        jobs=()
      }

      # A pipe that nobody writes to: waiting for it starts no program, as sleep would.
      exec {silence}<> <(:)
      pause() { read -r -t "$1" -u "$silence" || true; }

      await_file() {
        for _ in {1..2400}; do [ -e "$1" ] && return; pause 0.05; done
        echo "$1 did not appear" >&2
        return 1
      }

      # Where no file system has to be the namespace's own, as ip netns exec makes /sys.
      in_net() {
        local netns=$1; shift
        nsenter "--net=/run/netns/$netns" "$@"
      }

      # The CNI plugins look themselves up by their number in this PID namespace.
      with_own_proc() {
        unshare --mount --propagation private \\
          sh -c 'mount -t proc proc /proc && exec "$@"' with_own_proc "$@"
      }

      # Each node has daemons of its own, which their tools find by the environment.
      on_switch() {
        local run=/run/lab/$1/openvswitch; shift
        OVS_RUNDIR=$run OVS_DBDIR=$run OVS_LOGDIR=$run "$@"
      }

      # With temporary files of its own: a file system that is another machine's has no unnamed ones.
      daemon_of() {
        on_switch "$1" ip netns exec "$1" sh -c 'mount -t tmpfs tmpfs /tmp && exec "$@"' "$@" \\
          --pidfile --detach --no-chdir --log-file -vconsole:off
      }

      start_switch() {
        local run=/run/lab/$1/openvswitch
        mkdir -p "$run"
        on_switch "$1" ovsdb-tool create "$run/conf.db" /usr/share/openvswitch/vswitch.ovsschema
        daemon_of "$1" ovsdb-server "$run/conf.db" "--remote=punix:$run/db.sock"
        daemon_of "$1" ovs-vswitchd "unix:$run/db.sock"
      }

      # All commands of ovs-vsctl, a line each, at once.
      vsctl() {
        mapfile -t lines
        eval "on_switch $1 ovs-vsctl --timeout=120 $(printf -- '-- %s ' "${lines[@]}")"
      }

      flows() {
        on_switch "$1" ovs-ofctl -O OpenFlow15 --names "$2" br-int -
      }

      await_routes() {
        for _ in {1..600}; do
          [ "$(ip -n "$1" "$2" route show proto bird | grep -vc unreachable)" -ge "$3" ] && return
          pause 0.1
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
   * @param datapath what carries the packets where nodes have an Open vSwitch
   */
  public static String of(Plan plan, String folder, String plugins, Datapath datapath) {
    Script script = new Script();
    script.line(FUNCTIONS);
    Programs programs = new Programs(plan, folder);
    new Underlay(plan).build(script);
    programs.serve(script);
    switch (plan.kind().pods()) {
      case BRIDGED -> new BridgedPods(plan, plugins).build(script);
      case ROUTED -> new RoutedPods(plan).build(script);
      case SWITCHED -> new SwitchedPods(plan, datapath).build(script);
    }
    new PacketFilter(plan).build(script);
    script.join();
    new Carriages(plan).build(script);
    new Bird(plan).build(script);
    programs.build(script);
    return script.text();
  }
}
