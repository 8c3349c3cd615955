package io.packetwalk.read.command.openflow;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import java.util.Optional;
import java.util.Set;

/** Open vSwitch's commands whose output says nothing about a packet's way: counters, features. */
final class QuietSwitchReader implements CommandReader {
  private static final Set<String> OFCTL =
      Set.of(
          "dump-aggregate",
          "dump-ports",
          "dump-group-stats",
          "dump-group-features",
          "meter-stats",
          "meter-features",
          "queue-stats",
          "queue-get-config",
          "dump-ipfix-bridge",
          "dump-ipfix-flow",
          "get-frags",
          "ofp-parse",
          "snoop",
          "monitor",
          "probe",
          "ping");
  private static final Set<String> APPCTL =
      Set.of(
          "coverage/show",
          "memory/show",
          "dpctl/show",
          "dpctl/dump-dps",
          "dpctl/ct-stats-show",
          "dpctl/ct-bkts",
          "dpctl/ct-get-maxconns",
          "dpctl/ct-get-nconns",
          "dpif-netdev/pmd-stats-show",
          "dpif-netdev/pmd-rxq-show",
          "fdb/stats-show",
          "mdb/show",
          "ofproto/list",
          "ofproto/trace",
          "ofproto/list-tunnels",
          "tnl/ports/show",
          "tnl/arp/show",
          "tnl/neigh/show",
          "tnl/egress_port_range",
          "ovs/route/show",
          "upcall/show",
          "vlog/list",
          "version",
          "list-commands",
          "bond/show",
          "bond/list",
          "lacp/show",
          "stp/show",
          "rstp/show",
          "bfd/show",
          "cfm/show");
  private static final Set<String> VSCTL =
      Set.of("get", "get-fail-mode", "get-controller", "iface-to-br", "port-to-br", "list-br");

  @Override
  public Optional<String> recognise(CommandRun run) {
    Optional<String> ofctl =
        OfctlCommand.of(run)
            .map(OfctlCommand::name)
            .filter(OFCTL::contains)
            .map("ovs-ofctl "::concat);
    Optional<String> appctl =
        AppctlCommand.of(run)
            .map(AppctlCommand::name)
            .filter(APPCTL::contains)
            .map("ovs-appctl "::concat);
    return ofctl.or(() -> appctl).or(() -> vsctl(run));
  }

  private static Optional<String> vsctl(CommandRun run) {
    return run.word(0).equals("ovs-vsctl")
        ? run.words().stream().filter(VSCTL::contains).findFirst().map("ovs-vsctl "::concat)
        : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    return Reading.of();
  }
}
