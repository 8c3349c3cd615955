package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Group;
import io.packetwalk.model.openflow.Group.Bucket;
import io.packetwalk.walk.Assumption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Groups: every bucket, the first that is up, or one of several by hash. */
final class Groups {
  private final Actions actions;

  Groups(Actions actions) {
    this.actions = actions;
  }

  void run(Site at, long id) {
    Optional<Group> group = at.pass().tables.group(id);
    if (group.isEmpty()) {
      String bridge = at.pass().tables.bridge().name();
      at.giveUp(
          "group %d of %s isn't shown (ovs-ofctl -O OpenFlow15 dump-groups %s)"
              .formatted(id, bridge, bridge));
    } else if (!Tables.isTooMuch(at.journey(), at.pass(), at.table())) {
      switch (group.get().type()) {
        case ALL, INDIRECT -> all(at, group.get());
        case FAST_FAILOVER -> failover(at, group.get());
        case SELECT -> select(at, group.get());
      }
    }
  }

  private void all(Site at, Group group) {
    at.journey()
        .next(
            group.buckets().stream()
                .map(bucket -> at.later(site -> bucket(site, group, bucket)))
                .toList());
  }

  private void failover(Site at, Group group) {
    Liveness liveness = new Liveness(at.pass().tables);
    Optional<Bucket> live = group.buckets().stream().filter(liveness::mayBeUp).findFirst();
    if (live.isEmpty()) {
      step(at, group, "no bucket of group %d is up".formatted(group.id()));
      return;
    }
    if (!liveness.isKnown(live.get())) {
      at.journey()
          .assume(
              new Assumption(
                  "%s, which group %d watches, is up"
                      .formatted(Liveness.watched(live.get()), group.id()),
                  "ovs-ofctl show " + at.pass().tables.bridge().name(),
                  List.of(group.source())));
    }
    bucket(at, group, live.get());
  }

  /** One of the buckets: the same one for packets with the same hash. */
  private void select(Site at, Group group) {
    Liveness liveness = new Liveness(at.pass().tables);
    List<Bucket> live = group.buckets().stream().filter(liveness::mayBeUp).toList();
    long total = live.stream().mapToLong(Bucket::weight).sum();
    List<Bucket> open =
        total == 0 ? live : live.stream().filter(bucket -> bucket.weight() > 0).toList();
    if (open.isEmpty()) {
      step(at, group, "no bucket of group %d is up".formatted(group.id()));
      return;
    }
    List<Double> shares = new ArrayList<>();
    List<Task> ways = new ArrayList<>();
    for (Bucket bucket : open) {
      shares.add(total == 0 ? 1.0 / open.size() : bucket.weight() / (double) total);
      ways.add(at.later(site -> bucket(site, group, bucket)));
    }
    at.journey().chooseByHash(HashInput.of(at.pass(), group), shares, ways);
  }

  private static void step(Site at, Group group, String text) {
    at.step(SwitchStep.Kind.GROUP, text, List.of(group.source(), at.flow().source()));
  }

  /** A bucket's actions are a set, done on a copy: what they change isn't seen behind the group. */
  private void bucket(Site at, Group group, Bucket bucket) {
    Pass copy = at.pass().fork();
    copy.depth = at.pass().depth;
    step(
        at.on(copy),
        group,
        "group %d: bucket %d: %s"
            .formatted(group.id(), bucket.id(), Wording.actions(bucket.actions())));
    copy.depth++;
    List<Task> work = List.of(actions.all(ActionSet.ordered(bucket.actions()), at));
    at.journey().inside(copy, true, work);
  }
}
