package io.packetwalk.walk.netfilter;

import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.meaning.Meanings;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * netfilter's hooks of one namespace: every table registered there, in order of priority.
 *
 * <p>What is registered is found out once and kept for later packets.
 */
public final class Hooks {
  private final NetworkNamespace namespace;
  private final Surroundings surroundings;
  private final Knowledge knowledge;
  private final Optional<Meanings> meanings;
  private final ListedConnections listed;
  private final VirtualLookup virtual;
  private final Map<At, List<HookStage>> stages = new LinkedHashMap<>();

  /** A hook of one version of IP. */
  private record At(Hook hook, IpFamily family) {}

  public Hooks(NetworkNamespace namespace, Surroundings surroundings) {
    this(namespace, surroundings, Optional.empty());
  }

  /**
   * @param meanings what rules stand for, so that decisions can say it
   */
  public Hooks(NetworkNamespace namespace, Surroundings surroundings, Optional<Meanings> meanings) {
    this.meanings = meanings;
    this.namespace = namespace;
    this.surroundings = surroundings;
    this.knowledge = new Knowledge(namespace);
    this.listed = new ListedConnections(namespace.netfilter().connections().entries());
    this.virtual = new VirtualLookup(namespace);
  }

  /** Every way that the packet may pass the hook; the weights add up to 1. */
  public List<Passage> pass(Hook hook, InFlight packet) {
    return passOn(hook, arriving(hook, packet));
  }

  /** The same for a packet that keeps the connection it has, as it meets the hook once more. */
  public List<Passage> passOn(Hook hook, InFlight packet) {
    IpFamily family = Headers.ip(packet.packet()).source().family();
    List<Assumption> general = knowledge.assumptions(family);
    List<Trial> trials = List.of(Trial.of(packet));
    for (HookStage stage : stages(new At(hook, family))) {
      trials = onward(trials, stage);
    }
    return merged(trials.stream().map(trial -> trial.passage(general)).toList());
  }

  /** The packet as one that isn't tracked here until {@link #pass} meets it next. */
  public InFlight untracked(InFlight packet) {
    return packet.withTracking(
        packet
            .tracking()
            .attached(
                new Tracking.Attachment(
                    namespace.id(), Tracking.State.UNTRACKED, /* connection= */ 0, false)));
  }

  private List<HookStage> stages(At at) {
    return stages.computeIfAbsent(
        at,
        key ->
            HookPlan.of(
                namespace, surroundings, meanings, listed, virtual, key.hook(), key.family()));
  }

  /**
   * A packet that comes in or starts here has no connection yet, unless it comes by loopback or
   * tells of an error.
   */
  private InFlight arriving(Hook hook, InFlight packet) {
    boolean tells =
        hook == Hook.OUTPUT
            && Headers.isError(packet.packet())
            && packet
                .tracking()
                .attachment(namespace.id())
                .filter(attachment -> attachment.state() == Tracking.State.RELATED)
                .isPresent();
    boolean looped = packet.input().filter("lo"::equals).isPresent();
    boolean virtual = hook == Hook.OUTPUT && packet.tracking().sending().isPresent();
    boolean entering =
        (hook == Hook.OUTPUT && !virtual && !tells)
            || ((hook == Hook.PREROUTING || hook == Hook.INGRESS) && !looped);
    return entering ? packet.withTracking(packet.tracking().detached()) : packet;
  }

  private static List<Trial> onward(List<Trial> trials, HookStage stage) {
    List<Trial> after = new ArrayList<>();
    for (Trial trial : trials) {
      if (trial.isOver()) {
        after.add(trial);
      } else {
        after.addAll(stage.pass(trial));
      }
    }
    return after;
  }

  /** Ways that end alike are one way. */
  private static List<Passage> merged(List<Passage> passages) {
    if (passages.size() < 2) {
      return passages;
    }
    Map<Object, Passage> distinct = new LinkedHashMap<>();
    for (Passage passage : passages) {
      List<Object> outcome = List.of(passage.after(), passage.ending(), passage.reroutes());
      distinct.merge(
          outcome,
          passage,
          (first, second) ->
              new Passage(
                  first.weight() + second.weight(),
                  first.after(),
                  first.ending(),
                  first.remarks(),
                  first.reroutes(),
                  first.assumptions()));
    }
    return List.copyOf(distinct.values());
  }
}
