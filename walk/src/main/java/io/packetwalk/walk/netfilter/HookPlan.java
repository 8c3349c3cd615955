package io.packetwalk.walk.netfilter;

import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.netfilter.BaseHook;
import io.packetwalk.model.netfilter.Chain;
import io.packetwalk.model.netfilter.ChainType;
import io.packetwalk.model.netfilter.HookPoint;
import io.packetwalk.model.netfilter.RuleTable;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.meaning.Meanings;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What is registered at a hook, in the order in which the kernel asks it. */
final class HookPlan {
  private static final int CONNECTION_TRACKING = -200;
  private static final int DESTINATION_TRANSLATION = -100;
  private static final int SOURCE_TRANSLATION = 100;

  /** Of ip_vs_in_hook (net/netfilter/ipvs/ip_vs_core.c): beside the translations. */
  private static final int VIRTUAL_INPUT = SOURCE_TRANSLATION - 1;

  private static final int VIRTUAL_OUTPUT = DESTINATION_TRANSLATION + 2;

  /** Of ip_vs_out_hook: before the other in the same hook. */
  private static final int VIRTUAL_FORWARD = SOURCE_TRANSLATION;

  /** Of br_nf_pre_routing and br_nf_forward, which chains of the same priority come before. */
  private static final int BRIDGE_NETFILTER = 0;

  private static final int ANSWERS_EARLIER = 1;

  private final NetworkNamespace namespace;
  private final Surroundings surroundings;
  private final Hook hook;
  private final ListedConnections listed;
  private final VirtualLookup virtual;
  private final Mapping mapping;
  private final Optional<Meanings> meanings;

  private HookPlan(
      NetworkNamespace namespace,
      Surroundings surroundings,
      Optional<Meanings> meanings,
      ListedConnections listed,
      VirtualLookup virtual,
      Hook hook) {
    this.meanings = meanings;
    this.namespace = namespace;
    this.surroundings = surroundings;
    this.hook = hook;
    this.listed = listed;
    this.virtual = virtual;
    this.mapping = new Mapping(namespace.id(), listed);
  }

  private record Registered(int priority, HookStage stage) {}

  /** A base chain with the table that it is in. */
  private record Base(RuleTable table, Chain chain, BaseHook hook) {}

  static List<HookStage> of(
      NetworkNamespace namespace,
      Surroundings surroundings,
      Optional<Meanings> meanings,
      ListedConnections listed,
      VirtualLookup virtual,
      Hook hook,
      IpFamily family) {
    return new HookPlan(namespace, surroundings, meanings, listed, virtual, hook).stages(family);
  }

  private List<HookStage> stages(IpFamily family) {
    return switch (hook) {
      case INGRESS -> atDevices(HookPoint.INGRESS).stream().map(this::ofInput).toList();
      case EGRESS -> atDevices(HookPoint.EGRESS).stream().map(this::ofOutput).toList();
      case BRIDGE_PREROUTING, BRIDGE_FORWARD ->
          onBridges(base -> base.hook().priority() <= BRIDGE_NETFILTER);
      case BRIDGE_PREROUTED, BRIDGE_FORWARDED ->
          onBridges(base -> base.hook().priority() > BRIDGE_NETFILTER);
      case BRIDGE_INPUT, BRIDGE_OUTPUT, BRIDGE_POSTROUTING -> onBridges(base -> true);
      case PREROUTING, INPUT, FORWARD, OUTPUT, POSTROUTING ->
          inTheStack(family).stream().map(Registered::stage).toList();
    };
  }

  private List<Registered> inTheStack(IpFamily family) {
    List<Base> bases = bases(namespace.netfilter().tables(family), this::point);
    List<Registered> registered = new ArrayList<>();
    if (hook == Hook.PREROUTING || hook == Hook.OUTPUT) {
      Tracker tracker = new Tracker(namespace.id(), listed, virtual::isOfVirtualServer);
      registered.add(new Registered(CONNECTION_TRACKING, trial -> List.of(tracker.look(trial))));
    }
    if (hook != Hook.FORWARD) {
      boolean destination = hook == Hook.PREROUTING || hook == Hook.OUTPUT;
      HookStage translation = translation(bases, destination);
      registered.add(
          new Registered(
              destination ? DESTINATION_TRANSLATION : SOURCE_TRANSLATION,
              hook == Hook.OUTPUT ? Rerouting.ofTranslating(translation) : translation));
    }
    registered.addAll(virtualServers());
    bases.stream()
        .filter(base -> base.hook().type() != ChainType.NAT)
        .forEach(base -> registered.add(new Registered(base.hook().priority(), asking(base))));
    registered.sort(Comparator.comparingInt(Registered::priority));
    return registered;
  }

  private List<Registered> virtualServers() {
    VirtualAnswers answers = new VirtualAnswers(namespace.id());
    return switch (hook) {
      case INGRESS,
          EGRESS,
          BRIDGE_PREROUTING,
          BRIDGE_PREROUTED,
          BRIDGE_INPUT,
          BRIDGE_FORWARD,
          BRIDGE_FORWARDED,
          BRIDGE_OUTPUT,
          BRIDGE_POSTROUTING,
          PREROUTING,
          POSTROUTING ->
          List.of();
      case FORWARD -> List.of(new Registered(VIRTUAL_FORWARD, answers::pass));
      case INPUT, OUTPUT -> {
        int priority = hook == Hook.INPUT ? VIRTUAL_INPUT : VIRTUAL_OUTPUT;
        yield List.of(
            new Registered(priority - ANSWERS_EARLIER, answers::pass),
            new Registered(
                priority, new VirtualServers(namespace, surroundings, meanings, virtual)::pass));
      }
    };
  }

  /**
   * The base chains at some hooks, in the order in which they are asked. Of those with the same
   * priority the kernel asks the youngest first (nf_hook_entries_grow), and lists the oldest first.
   */
  private static List<Base> bases(List<RuleTable> tables, Predicate<HookPoint> here) {
    List<Base> bases = new ArrayList<>();
    for (RuleTable table : tables.reversed()) {
      for (Chain chain : table.baseChains().reversed()) {
        chain
            .base()
            .filter(base -> here.test(base.point()))
            .ifPresent(base -> bases.add(new Base(table, chain, base)));
      }
    }
    bases.sort(Comparator.comparingInt(base -> base.hook().priority()));
    return bases;
  }

  private List<HookStage> onBridges(Predicate<Base> wanted) {
    return bases(namespace.netfilter().tablesOfBridges(), this::point).stream()
        .filter(wanted)
        .map(this::asking)
        .toList();
  }

  private List<Base> atDevices(HookPoint wanted) {
    return bases(namespace.netfilter().tablesAtDevices(), wanted::equals);
  }

  private HookStage ofInput(Base base) {
    HookStage asking = asking(base);
    return trial -> atDevice(base, asking, trial.packet().input(), trial);
  }

  private HookStage ofOutput(Base base) {
    HookStage asking = asking(base);
    return trial -> atDevice(base, asking, trial.packet().output(), trial);
  }

  /** {@code nft -j} of some versions doesn't tell at which device a chain hangs. */
  private static List<Trial> atDevice(
      Base base, HookStage asking, Optional<String> device, Trial trial) {
    List<String> devices = base.hook().devices();
    if (device.isEmpty() || (!devices.isEmpty() && !devices.contains(device.get()))) {
      return List.of(trial);
    }
    boolean decides =
        !base.chain().rules().isEmpty() || base.hook().policy() == BaseHook.Policy.DROP;
    if (devices.isEmpty() && decides) {
      String why =
          "whether the chain "
              + base.chain().name()
              + " of "
              + Wording.table(base.table())
              + " hangs at "
              + device.get()
              + " isn't shown";
      return List.of(
          trial
              .remarking(Action.CLASSIFY, why, List.of(base.chain().source()))
              .ending(Verdict.UNDETERMINED, why));
    }
    return asking.pass(trial);
  }

  private boolean point(HookPoint point) {
    return switch (hook) {
      case INGRESS -> point == HookPoint.INGRESS;
      case EGRESS -> point == HookPoint.EGRESS;
      case PREROUTING, BRIDGE_PREROUTING, BRIDGE_PREROUTED -> point == HookPoint.PREROUTING;
      case INPUT, BRIDGE_INPUT -> point == HookPoint.INPUT;
      case FORWARD, BRIDGE_FORWARD, BRIDGE_FORWARDED -> point == HookPoint.FORWARD;
      case OUTPUT, BRIDGE_OUTPUT -> point == HookPoint.OUTPUT;
      case POSTROUTING, BRIDGE_POSTROUTING -> point == HookPoint.POSTROUTING;
    };
  }

  /** Asks the rules of a base chain; what every packet needs for it is made once. */
  private HookStage asking(Base base) {
    Site site = new Site(namespace.id(), hook, base.table(), base.hook(), meanings);
    Sets sets = Sets.of(base.table(), namespace.netfilter().sets(), namespace.id());
    Operands operands =
        new Operands(new Fields(namespace.id(), hook), surroundings, sets, namespace.links());
    Conditions conditions =
        new Conditions(operands, sets, new Memory(namespace.id(), operands), namespace.id());
    Effects effects =
        new Effects(
            site,
            operands,
            sets,
            new Translations(site, operands, surroundings, namespace.links(), mapping),
            surroundings);
    RuleRun rules = new RuleRun(conditions, effects);
    HookStage chain = trial -> new ChainWalk(site, rules, effects).through(base.chain(), trial);
    return hook == Hook.OUTPUT && base.hook().type() == ChainType.ROUTE
        ? Rerouting.ofMarking(chain)
        : chain;
  }

  /**
   * The nat chains, which are asked about a connection's first packet only, and the translation of
   * every packet. Their priorities order them among themselves, but all run at this place
   * (nf_nat_register_fn).
   */
  private HookStage translation(List<Base> bases, boolean destination) {
    List<HookStage> chains =
        bases.stream()
            .filter(base -> base.hook().type() == ChainType.NAT)
            .map(this::asking)
            .toList();
    return trial -> {
      List<Trial> trials = List.of(trial);
      for (HookStage chain : chains) {
        trials =
            trials.stream()
                .flatMap(one ->
                    isUnsettled(one, destination)
                        ? chain.pass(one).stream()
                        : java.util.stream.Stream.of(one))
                .toList();
      }
      return trials.stream().map(one -> translated(one, destination)).toList();
    };
  }

  private boolean isUnsettled(Trial trial, boolean destination) {
    Tracking tracking = trial.packet().tracking();
    boolean beginning =
        tracking
            .attachment(namespace.id())
            .filter(attachment -> attachment.state() == Tracking.State.NEW)
            .isPresent();
    return !trial.isOver()
        && beginning
        && tracking
            .connection(namespace.id())
            .filter(known -> destination ? !known.destinationSettled() : !known.sourceSettled())
            .isPresent();
  }

  private Trial translated(Trial trial, boolean destination) {
    return trial.isOver() ? trial : Undoing.remark(trial, mapping, destination, namespace.id());
  }
}
