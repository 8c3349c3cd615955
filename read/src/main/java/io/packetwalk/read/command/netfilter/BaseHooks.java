package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.BaseHook;
import io.packetwalk.model.netfilter.BaseHook.Policy;
import io.packetwalk.model.netfilter.ChainType;
import io.packetwalk.model.netfilter.HookPoint;
import java.util.Optional;

/** Where iptables' built-in chains hang (the kernel's {@code enum nf_ip_hook_priorities}). */
final class BaseHooks {
  private BaseHooks() {}

  static Optional<BaseHook> of(String table, String chain, Policy policy) {
    return point(chain)
        .map(point -> new BaseHook(type(table, point), point, priority(table, point), policy));
  }

  static Optional<HookPoint> point(String chain) {
    return switch (chain) {
      case "PREROUTING" -> Optional.of(HookPoint.PREROUTING);
      case "INPUT" -> Optional.of(HookPoint.INPUT);
      case "FORWARD" -> Optional.of(HookPoint.FORWARD);
      case "OUTPUT" -> Optional.of(HookPoint.OUTPUT);
      case "POSTROUTING" -> Optional.of(HookPoint.POSTROUTING);
      default -> Optional.empty();
    };
  }

  private static ChainType type(String table, HookPoint point) {
    if (table.equals("nat")) {
      return ChainType.NAT;
    }
    boolean rerouting = table.equals("mangle") && point == HookPoint.OUTPUT;
    return rerouting ? ChainType.ROUTE : ChainType.FILTER;
  }

  private static int priority(String table, HookPoint point) {
    return switch (table) {
      case "raw" -> -300;
      case "mangle" -> -150;
      case "nat" -> point == HookPoint.INPUT || point == HookPoint.POSTROUTING ? 100 : -100;
      case "security" -> 50;
      default -> 0;
    };
  }
}
