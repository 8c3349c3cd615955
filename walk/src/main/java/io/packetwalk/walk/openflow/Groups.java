package io.packetwalk.walk.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.Group;
import io.packetwalk.model.openflow.Group.Bucket;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.walk.Assumption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Groups: every bucket, the first that is up, or one of several by hash. */
final class Groups {
  private final Journey journey;
  private final Actions actions;

  Groups(Journey journey, Actions actions) {
    this.journey = journey;
    this.actions = actions;
  }

  void run(Pass pass, long id, TableId table, Flow flow) {
    Optional<Group> group = pass.tables.group(id);
    if (group.isEmpty()) {
      missing(pass, id, table, flow);
      return;
    }
    if (actions.tables().isTooMuch(pass, table)) {
      return;
    }
    switch (group.get().type()) {
      case ALL, INDIRECT ->
          group.get().buckets().forEach(bucket -> bucket(pass, group.get(), bucket, table, flow));
      case FAST_FAILOVER -> failover(pass, group.get(), table, flow);
      case SELECT -> select(pass, group.get(), table, flow);
    }
  }

  private void missing(Pass pass, long id, TableId table, Flow flow) {
    String bridge = pass.tables.bridge().name();
    journey.giveUp(
        pass,
        Optional.of(table),
        Optional.of(flow),
        "group %d of %s isn't shown (ovs-ofctl -O OpenFlow15 dump-groups %s)"
            .formatted(id, bridge, bridge));
  }

  private static boolean isLive(Pass pass, Bucket bucket, boolean needsWatch) {
    boolean watches = bucket.watchPort().isPresent() || bucket.watchGroup().isPresent();
    boolean port =
        bucket.watchPort().map(watched -> Liveness.mayBeUp(pass.tables, watched)).orElse(true);
    return port && (watches || !needsWatch);
  }

  private void failover(Pass pass, Group group, TableId table, Flow flow) {
    Optional<Bucket> live =
        group.buckets().stream().filter(bucket -> isLive(pass, bucket, true)).findFirst();
    if (live.isEmpty()) {
      step(pass, group, table, flow, "no bucket of group %d is up".formatted(group.id()));
      return;
    }
    live.get()
        .watchPort()
        .filter(port -> !Liveness.isKnown(pass.tables, port))
        .ifPresent(port ->
            journey.assume(
                new Assumption(
                    "port %s, which group %d watches, is up".formatted(port, group.id()),
                    "ovs-ofctl show " + pass.tables.bridge().name(),
                    List.of(group.source()))));
    bucket(pass, group, live.get(), table, flow);
  }

  private void select(Pass pass, Group group, TableId table, Flow flow) {
    List<Bucket> live =
        group.buckets().stream().filter(bucket -> isLive(pass, bucket, false)).toList();
    long total = live.stream().mapToLong(Bucket::weight).sum();
    List<Bucket> open =
        total == 0 ? live : live.stream().filter(bucket -> bucket.weight() > 0).toList();
    if (open.isEmpty()) {
      step(pass, group, table, flow, "no bucket of group %d is up".formatted(group.id()));
      return;
    }
    List<Double> weights = new ArrayList<>();
    for (Bucket bucket : open) {
      weights.add(total == 0 ? 1.0 / open.size() : bucket.weight() / (double) total);
    }
    bucket(pass, group, open.get(journey.choices.choose(weights)), table, flow);
  }

  private void step(Pass pass, Group group, TableId table, Flow flow, String text) {
    List<Source> evidence = List.of(group.source(), flow.source());
    journey.step(
        pass, SwitchStep.Kind.GROUP, Optional.of(table), Optional.of(flow), text, evidence);
  }

  /** A bucket's actions are a set, done on a copy: what they change isn't seen behind the group. */
  private void bucket(Pass pass, Group group, Bucket bucket, TableId table, Flow flow) {
    if (journey.isOver()) {
      return;
    }
    step(
        pass,
        group,
        table,
        flow,
        "group %d: bucket %d: %s"
            .formatted(group.id(), bucket.id(), Wording.actions(bucket.actions())));
    Pass copy = pass.fork();
    copy.depth = pass.depth + 1;
    actions.run(copy, ActionSet.ordered(bucket.actions()), table, flow);
    journey.recover();
    pass.stack = copy.stack;
    pass.actionSet = copy.actionSet;
  }
}
