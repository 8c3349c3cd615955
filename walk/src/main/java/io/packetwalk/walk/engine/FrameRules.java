package io.packetwalk.walk.engine;

import io.packetwalk.model.netfilter.BaseHook;
import io.packetwalk.model.netfilter.Chain;
import io.packetwalk.model.netfilter.HookPoint;
import io.packetwalk.model.netfilter.RuleTable;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.routing.Stack;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules of nftables about frames: tables of the bridge family, and chains at devices. */
final class FrameRules {
  private static final Pattern CONNECTION = Pattern.compile("\\bct\\b");

  private FrameRules() {}

  /**
   * What isn't known because rules on bridges ask for a connection, which bridges track in their
   * own way (nf_conntrack_bridge), or see a tag; empty when none do.
   */
  static Optional<Assumption> ofBridge(Stack stack, String bridge, boolean tagged) {
    return stack.namespace().netfilter().tablesOfBridges().stream()
        .flatMap(table ->
            table.baseChains().stream()
                .filter(FrameRules::decides)
                .filter(chain -> tagged || asksForConnections(table))
                .map(chain -> missing(stack, bridge, table, chain)))
        .findFirst();
  }

  private static boolean asksForConnections(RuleTable table) {
    return table.chains().values().stream()
        .flatMap(chain -> chain.rules().stream())
        .anyMatch(rule -> CONNECTION.matcher(rule.source().text()).find());
  }

  /** Whether chains at a device see its frames. */
  static boolean areAt(Stack stack, String device, HookPoint point) {
    return chainsAt(stack, device, point).findAny().isPresent();
  }

  /** What isn't known because they see a frame with a tag. */
  static Optional<Assumption> aboutTagged(Stack stack, String device, HookPoint point) {
    return stack.namespace().netfilter().tablesAtDevices().stream()
        .flatMap(table ->
            table.baseChains().stream()
                .filter(chain -> isAt(chain, device, point) && decides(chain))
                .map(chain -> missing(stack, device, table, chain)))
        .findFirst();
  }

  private static Stream<Chain> chainsAt(Stack stack, String device, HookPoint point) {
    return stack.namespace().netfilter().tablesAtDevices().stream()
        .flatMap(table -> table.baseChains().stream())
        .filter(chain -> isAt(chain, device, point));
  }

  private static boolean isAt(Chain chain, String device, HookPoint point) {
    return chain
        .base()
        .filter(base -> base.point() == point)
        .filter(base -> base.devices().isEmpty() || base.devices().contains(device))
        .isPresent();
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
