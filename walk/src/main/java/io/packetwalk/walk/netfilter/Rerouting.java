package io.packetwalk.walk.netfilter;

import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import java.util.List;

/**
 * The kernel's routing again of what starts here, at the place where a chain of OUTPUT has changed
 * it: what a later chain would do doesn't count when there is no way for it any more
 * (ip_route_me_harder, ip6_route_me_harder).
 */
final class Rerouting {
  private Rerouting() {}

  /**
   * Behind a chain of the type route, iptables' mangle among them: for any change of what routing
   * may look at (nf_route_table_hook4, nf_route_table_hook6, ipt_mangle_out, ip6t_mangle_out).
   */
  static HookStage ofMarking(HookStage chain) {
    return trial ->
        chain.pass(trial).stream()
            .map(after -> isOtherwise(trial.packet(), after.packet()) ? rerouted(after) : after)
            .toList();
  }

  /** Behind the translations: for another destination (nf_nat_ipv4_local_fn). */
  static HookStage ofTranslating(HookStage translation) {
    return trial ->
        translation.pass(trial).stream()
            .map(after -> isElsewhere(trial.packet(), after.packet()) ? rerouted(after) : after)
            .toList();
  }

  private static Trial rerouted(Trial trial) {
    return trial.isOver() ? trial : trial.rerouted();
  }

  private static boolean isElsewhere(InFlight before, InFlight after) {
    return !header(before).destination().equals(header(after).destination());
  }

  private static boolean isOtherwise(InFlight before, InFlight after) {
    return before.mark() != after.mark() || !seen(before).equals(seen(after));
  }

  private static List<Object> seen(InFlight packet) {
    Ip header = header(packet);
    return switch (header) {
      case Ipv4 four -> List.of(four.source(), four.destination(), four.typeOfService());
      case Ipv6 six -> List.of(six.source(), six.destination(), six.hopLimit(), six.flowLabel());
    };
  }

  private static Ip header(InFlight packet) {
    return Headers.ip(packet.packet());
  }
}
