package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.netfilter.BaseHook;
import io.packetwalk.model.netfilter.Chain;
import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.ElementSet;
import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.HookPoint;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.RulePart;
import io.packetwalk.model.netfilter.RuleTable;
import io.packetwalk.model.netfilter.SetReference;
import io.packetwalk.model.netfilter.Statement;
import java.util.List;
import java.util.Optional;

/**
 * What nftables' chains at a device, or those of the bridge family, make of ARP. Rules that read
 * something of IP or of what it carries find nothing there and don't fit (nft_payload_eval,
 * nft_do_chain_netdev).
 */
public final class ArpAtDevice {
  private static final int DEEPEST = 16;

  private final RuleTable table;
  private final Optional<String> from;
  private final Optional<String> to;
  private final Optional<ArpMessage> message;

  private ArpAtDevice(
      RuleTable table, Optional<String> from, Optional<String> to, Optional<ArpMessage> message) {
    this.table = table;
    this.from = from;
    this.to = to;
    this.message = message;
  }

  /** What becomes of it. */
  public enum Outcome {
    PASSES,
    DROPPED,
    /** Rules ask for something that isn't walked for ARP. */
    OPEN
  }

  /**
   * What decides.
   *
   * @param where the chain, as it is told
   * @param evidence the rule that decides, or the chain for its policy
   */
  public record Finding(Outcome outcome, String where, List<Source> evidence) {
    public Finding {
      evidence = List.copyOf(evidence);
    }

    /** No chain stops it. */
    public static final Finding FREE = new Finding(Outcome.PASSES, "", List.of());
  }

  /** What a rule or chain does with it; going on is no end. */
  private record End(Outcome outcome, Source evidence) {}

  /**
   * What the first chain that doesn't let it pass does with it.
   *
   * @param message empty for frames of other protocols than IP and ARP
   */
  public static Finding of(
      NetworkNamespace namespace, String device, HookPoint point, Optional<ArpMessage> message) {
    for (RuleTable table : namespace.netfilter().tablesAtDevices()) {
      for (Chain chain : table.baseChains()) {
        if (isAt(chain, device, point)) {
          Optional<String> here = Optional.of(device);
          boolean entering = point == HookPoint.INGRESS;
          Finding finding =
              new ArpAtDevice(
                      table,
                      entering ? here : Optional.empty(),
                      entering ? Optional.empty() : here,
                      message)
                  .finding(chain);
          if (finding.outcome() != Outcome.PASSES) {
            return finding;
          }
        }
      }
    }
    return Finding.FREE;
  }

  /**
   * The same of a bridge's chains.
   *
   * @param from the port that it comes in by, where the hook tells
   * @param to the port that it is to leave by
   */
  public static Finding onBridge(
      NetworkNamespace namespace,
      HookPoint point,
      Optional<String> from,
      Optional<String> to,
      ArpMessage message) {
    for (RuleTable table : namespace.netfilter().tablesOfBridges()) {
      for (Chain chain : table.baseChains()) {
        if (chain.base().filter(base -> base.point() == point).isPresent()) {
          Finding finding = new ArpAtDevice(table, from, to, Optional.of(message)).finding(chain);
          if (finding.outcome() != Outcome.PASSES) {
            return finding;
          }
        }
      }
    }
    return Finding.FREE;
  }

  private Finding finding(Chain chain) {
    End end = through(chain);
    return end.outcome() == Outcome.PASSES
        ? Finding.FREE
        : new Finding(
            end.outcome(), Wording.table(table) + " " + chain.name(), List.of(end.evidence()));
  }

  private static boolean isAt(Chain chain, String device, HookPoint point) {
    return chain
        .base()
        .filter(base -> base.point() == point)
        .filter(base -> base.devices().isEmpty() || base.devices().contains(device))
        .isPresent();
  }

  private End through(Chain chain) {
    BaseHook.Policy policy = chain.base().orElseThrow().policy();
    Outcome last = policy == BaseHook.Policy.DROP ? Outcome.DROPPED : Outcome.PASSES;
    return along(chain, 0).orElseGet(() -> new End(last, chain.source()));
  }

  private Optional<End> along(Chain chain, int depth) {
    for (Rule rule : chain.rules()) {
      Step step = ask(rule, depth);
      if (step.end().isPresent() || step.leaves()) {
        return step.end();
      }
    }
    return Optional.empty();
  }

  /** What follows a rule: an end, or the rest of the chain unless the packet leaves it. */
  private record Step(Optional<End> end, boolean leaves) {
    static final Step NEXT = new Step(Optional.empty(), false);
    static final Step BACK = new Step(Optional.empty(), true);

    static Step ending(Outcome outcome, Rule rule) {
      return new Step(Optional.of(new End(outcome, rule.source())), true);
    }
  }

  private Step ask(Rule rule, int depth) {
    boolean open = false;
    for (RulePart part : rule.parts()) {
      switch (part) {
        case Match match -> {
          Optional<Boolean> fits = fits(match);
          if (fits.isPresent() && !fits.get()) {
            return Step.NEXT;
          }
          open |= fits.isEmpty();
        }
        case Statement statement when isAside(statement) -> {}
        case Statement.VerdictMap map when isOfIp(map.key()) -> {
          return Step.NEXT;
        }
        case Statement statement -> {
          return open ? Step.ending(Outcome.OPEN, rule) : follow(statement, rule, depth);
        }
      }
    }
    return Step.NEXT;
  }

  /** Marks don't decide about ARP, and fields of IP aren't there to be written. */
  private static boolean isAside(Statement statement) {
    return statement instanceof Statement.Aside || statement instanceof Statement.Write;
  }

  private Step follow(Statement statement, Rule rule, int depth) {
    return switch (statement) {
      case Statement.Accept accept -> Step.ending(Outcome.PASSES, rule);
      case Statement.Drop drop -> Step.ending(Outcome.DROPPED, rule);
      case Statement.Return back -> Step.BACK;
      case Statement.Jump(String chain) -> into(chain, rule, depth, false);
      case Statement.Goto(String chain) -> into(chain, rule, depth, true);
      default -> Step.ending(Outcome.OPEN, rule);
    };
  }

  private Step into(String name, Rule rule, int depth, boolean leaves) {
    Chain chain = table.chains().get(name);
    return chain == null || depth >= DEEPEST
        ? Step.ending(Outcome.OPEN, rule)
        : along(chain, depth + 1)
            .map(end -> new Step(Optional.of(end), true))
            .orElse(leaves ? Step.BACK : Step.NEXT);
  }

  /** Empty where that isn't walked. */
  private Optional<Boolean> fits(Match match) {
    return switch (match) {
      case Match.Comparison comparison -> compare(comparison);
      case Match.Membership membership ->
          isOfIp(membership.key()) ? Optional.of(false) : isMember(membership);
      case Match.Presumed presumed -> Optional.of(presumed.taken());
      case Match.Chance chance -> Optional.empty();
      case Match.Content content -> Optional.empty();
      case Match.AnyOf anyOf -> Optional.empty();
      case Match.Met met -> Optional.empty();
      case Match.Open open -> Optional.empty();
      case Match.Unreadable unreadable -> Optional.empty();
    };
  }

  /** Sets of one field each, as far as they were shown. */
  private Optional<Boolean> isMember(Match.Membership membership) {
    Optional<ElementSet> set =
        switch (membership.set()) {
          case SetReference.Inline(ElementSet inline) -> Optional.of(inline);
          case SetReference.OfTable(String name) -> Optional.ofNullable(table.sets().get(name));
          case SetReference.IpSet other -> Optional.empty();
        };
    Optional<Datum> key =
        membership.key() instanceof Operand.Of(Field field) ? known(field) : Optional.empty();
    return key.flatMap(value ->
            set.flatMap(known -> {
              boolean found = known.find(List.of(value)).isPresent();
              return Optional.of(found)
                  .filter(member -> member || known.coverage() == Coverage.COMPLETE);
            }))
        .map(member -> member != membership.negated());
  }

  private Optional<Boolean> compare(Match.Comparison comparison) {
    if (isOfIp(comparison.value())) {
      return Optional.of(false);
    }
    return comparison.value() instanceof Operand.Of(Field field)
        ? known(field)
            .map(value ->
                comparison.spans().stream().anyMatch(span -> span.contains(value))
                    != comparison.negated())
        : Optional.empty();
  }

  /** What the message has there; a device that there isn't has the empty name. */
  private Optional<Datum> known(Field field) {
    return switch (field) {
      case INPUT_DEVICE -> Optional.of(Datum.of(from.orElse("")));
      case OUTPUT_DEVICE -> Optional.of(Datum.of(to.orElse("")));
      default -> message.flatMap(known -> known.read(field, from.isPresent()));
    };
  }

  private static boolean isOfIp(Operand operand) {
    return switch (operand) {
      case Operand.Of(Field field) -> isOfIp(field);
      case Operand.Bits bits -> isOfIp(bits.base());
      case Operand.ExclusiveOr both -> isOfIp(both.left()) || isOfIp(both.right());
      case Operand.Shifted shifted -> isOfIp(shifted.base());
      case Operand.Plus plus -> isOfIp(plus.base());
      case Operand.Together together -> together.parts().stream().anyMatch(ArpAtDevice::isOfIp);
      case Operand.Hashed hashed -> isOfIp(hashed.key());
      case Operand.Mapped mapped -> isOfIp(mapped.key());
      case Operand.Constant constant -> false;
      case Operand.AddressType type -> false;
      case Operand.RouteDevice device -> false;
      case Operand.WayBack way -> false;
      case Operand.Spread spread -> false;
      case Operand.Unreadable unreadable -> false;
    };
  }

  private static boolean isOfIp(Field field) {
    return switch (field) {
      case PROTOCOL,
          NEXT_HEADER,
          SOURCE_ADDRESS,
          DESTINATION_ADDRESS,
          SOURCE_PORT,
          DESTINATION_PORT,
          SET_SOURCE_PORT,
          SET_DESTINATION_PORT,
          TCP_FLAGS,
          ICMP_TYPE,
          ICMP_CODE,
          HOP_LIMIT,
          TRAFFIC_CLASS,
          DSCP,
          ECN,
          LATER_FRAGMENT,
          FRAGMENT_BITS,
          FLOW_LABEL ->
          true;
      default -> false;
    };
  }
}
