package io.packetwalk.walk.engine;

import io.packetwalk.model.net.Sysctl;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import java.util.List;
import java.util.Optional;

/**
 * Devices on which IPv6 is switched off: its packets are neither taken nor sent there, whatever
 * routes and neighbours say (ip6_rcv_core, ip6_output).
 */
final class Ipv6Off {
  private Ipv6Off() {}

  /** The setting that switches it off. */
  static Optional<Sysctl> at(Stack stack, String device) {
    return stack
        .setting("net/ipv6/conf/" + device + "/disable_ipv6")
        .filter(setting -> !setting.value().strip().equals("0"));
  }

  /** Drops an IPv6 packet that is at such a device; empty for others. */
  static Optional<List<Branch>> stop(
      Trail trail, Stack stack, InFlight packet, String device, Stage stage) {
    return Headers.ip(packet).source().isIpv4()
        ? Optional.empty()
        : at(stack, device).map(setting -> dropped(trail, stack, packet, device, stage, setting));
  }

  private static List<Branch> dropped(
      Trail trail, Stack stack, InFlight packet, String device, Stage stage, Sysctl setting) {
    String why = device + " drops it: IPv6 is off there (disable_ipv6)";
    Step step =
        new Step(
            stack.id(),
            device,
            stage,
            Action.DROP,
            why,
            List.of(setting.source()),
            packet.packet());
    return trail.then(step).end(Verdict.DROPPED, stack.id() + ": " + why);
  }
}
