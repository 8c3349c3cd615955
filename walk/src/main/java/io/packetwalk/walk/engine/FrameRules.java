package io.packetwalk.walk.engine;

import io.packetwalk.model.netfilter.BaseHook;
import io.packetwalk.model.netfilter.Chain;
import io.packetwalk.model.netfilter.RuleTable;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.routing.Stack;
import java.util.List;
import java.util.Optional;

/**
 * Rules of nftables about frames on a bridge: tables of the bridge family, and chains at the
 * devices that are its ports. They aren't walked; where there are some, they decide.
 */
final class FrameRules {
  private FrameRules() {}

  /** What isn't known because such rules see the frame; empty when none do. */
  static Optional<Assumption> ofBridge(Stack stack, String bridge) {
    return stack.namespace().netfilter().tablesOfBridges().stream()
        .flatMap(table ->
            table.baseChains().stream()
                .filter(FrameRules::decides)
                .map(chain -> missing(stack, bridge, table, chain)))
        .findFirst();
  }

  /** The same for a frame that comes in by a port of the bridge. */
  static Optional<Assumption> ofPort(Stack stack, String port) {
    return stack.namespace().netfilter().tablesAtDevices().stream()
        .flatMap(table ->
            table.baseChains().stream()
                .filter(chain -> isAt(chain, port) && decides(chain))
                .map(chain -> missing(stack, port, table, chain)))
        .findFirst();
  }

  private static boolean isAt(Chain chain, String device) {
    return chain.base().filter(BaseHook::isAtDevice).map(BaseHook::devices).stream()
        .anyMatch(devices -> devices.isEmpty() || devices.contains(device));
  }

  /** An empty chain that accepts lets everything pass. */
  private static boolean decides(Chain chain) {
    return !chain.rules().isEmpty()
        || chain.base().filter(base -> base.policy() == BaseHook.Policy.DROP).isPresent();
  }

  private static Assumption missing(Stack stack, String device, RuleTable table, Chain chain) {
    return new Assumption(
        "the rules of the chain "
            + chain.name()
            + " in nftables' table "
            + table.name()
            + " decide about frames at "
            + device
            + ", and they aren't walked",
        Commands.in(stack.id(), "nft monitor trace"),
        List.of(chain.source()));
  }
}
