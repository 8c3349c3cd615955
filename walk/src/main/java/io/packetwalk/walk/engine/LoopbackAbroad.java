package io.packetwalk.walk.engine;

import io.packetwalk.model.net.NextHop;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import java.util.List;
import java.util.Optional;

/**
 * Packets from an address of the loopback that would leave by another device: only where {@code
 * route_localnet} is on (__mkroute_output), as kube-proxy has it for node ports at localhost.
 */
final class LoopbackAbroad {
  private LoopbackAbroad() {}

  /** Whether the packet is one of these, and may not. */
  static boolean stops(Stack stack, InFlight packet, NextHop hop) {
    IpAddress source = Headers.ip(packet).source();
    return source.isIpv4()
        && source.isLoopback()
        && !device(hop).equals(FlowKey.LOCALLY)
        && allowed(stack, hop).filter(Settings.Flag::on).isEmpty();
  }

  private static String device(NextHop hop) {
    return hop.device().orElse(FlowKey.LOCALLY);
  }

  private static Optional<Settings.Flag> allowed(Stack stack, NextHop hop) {
    return Settings.either(stack, IpFamily.IPV4, "route_localnet", device(hop));
  }

  /** Ends it: the sender is told, or the state doesn't show whether it may. */
  static List<Branch> end(Engine engine, Trail trail, Stack stack, InFlight packet, NextHop hop) {
    Optional<Settings.Flag> setting = allowed(stack, hop);
    if (setting.isEmpty()) {
      return trail.undetermined(missing(stack, packet, hop));
    }
    String decision =
        "nothing is sent by "
            + device(hop)
            + " from "
            + Headers.ip(packet).source()
            + ", as route_localnet is off: invalid argument";
    Step step =
        new Step(
            stack.id(),
            device(hop),
            Stage.ROUTE,
            Action.REJECT,
            decision,
            setting.get().source().stream().toList(),
            packet.packet());
    return engine.refusals.end(
        trail.then(step), stack, packet, Notice.noRoute(IpFamily.IPV4), decision);
  }

  private static Assumption missing(Stack stack, InFlight packet, NextHop hop) {
    return new Assumption(
        "whether "
            + device(hop)
            + " of "
            + stack.id()
            + " sends what comes from "
            + Headers.ip(packet).source()
            + " (route_localnet) isn't in the state",
        Commands.in(
            stack.id(),
            "sysctl net.ipv4.conf.all.route_localnet net.ipv4.conf."
                + device(hop)
                + ".route_localnet"));
  }
}
