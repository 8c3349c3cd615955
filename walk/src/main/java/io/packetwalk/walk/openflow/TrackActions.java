package io.packetwalk.walk.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.TableId;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ct(…)}: the packet goes to the connection tracker, and a tracked copy of it goes on in
 * another table once this pass is over. The packet itself is untracked behind the action
 * (ovs-actions(7)).
 */
final class TrackActions {
  private final SwitchEngine engine;
  private final Actions actions;

  TrackActions(SwitchEngine engine, Actions actions) {
    this.engine = engine;
    this.actions = actions;
  }

  void run(Site at, FlowAction.Track track) {
    at.pass().commit();
    at.journey()
        .next(List.of(actions.all(track.inside(), at), at.later(site -> track(site, track))));
  }

  private void track(Site at, FlowAction.Track track) {
    int zone =
        switch (track.zone()) {
          case FlowAction.Zone.Fixed(int number) -> number;
          case FlowAction.Zone.FromField(var field) ->
              (int) FieldActions.read(at.pass(), field).low() & 0xffff;
        };
    List<TrackingAnswer> answers = engine.tracking().track(request(at, track, zone));
    at.journey()
        .choose(
            answers.stream().map(TrackingAnswer::weight).toList(),
            answers.stream()
                .map(answer -> at.later(site -> answered(site, track, zone, answer)))
                .toList());
  }

  private static TrackingRequest request(Site at, FlowAction.Track track, int zone) {
    Journey journey = at.journey();
    return new TrackingRequest(
        at.pass().tables.bridge().name(),
        zone,
        track.commit(),
        track.force(),
        track.translation(),
        at.pass().packet,
        at.pass().state(),
        journey.passes,
        journey.commits,
        journey.before,
        written(track.inside(), FlowFields.CT_MARK),
        written(track.inside(), FlowFields.CT_LABEL));
  }

  /** The bits of a field that actions write. */
  private static Bits written(List<FlowAction> actions, FlowField field) {
    Bits bits = Bits.ZERO;
    for (FlowAction action : actions) {
      bits =
          switch (action) {
            case FlowAction.SetField set when set.field().equals(field) -> bits.or(set.mask());
            case FlowAction.Move move when move.to().field().equals(field) ->
                bits.or(move.to().mask());
            default -> bits;
          };
    }
    return bits;
  }

  private void answered(Site at, FlowAction.Track track, int zone, TrackingAnswer answer) {
    Journey journey = at.journey();
    List<Source> evidence = new ArrayList<>(List.of(at.flow().source()));
    evidence.addAll(answer.evidence());
    String where = track.commit() ? "commits it to zone %d, where %s" : "in zone %d %s";
    at.step(SwitchStep.Kind.TRACK, where.formatted(zone, answer.text()), evidence);
    answer.assumptions().forEach(journey::assume);
    answer
        .known()
        .map(commit -> track.commit() ? commit.with(at.flow().source()) : commit)
        .ifPresent(journey.commits::add);
    track.table().ifPresent(next -> fork(at, answer, zone, next));
    at.pass().clearTracking();
  }

  private void fork(Site at, TrackingAnswer answer, int zone, TableId next) {
    Journey journey = at.journey();
    if (journey.passes >= Journey.MOST_PASSES) {
      at.giveUp(
          "the packet goes through the connection tracker more than %d times"
              .formatted(Journey.MOST_PASSES));
      return;
    }
    journey.passes++;
    Pass fork = at.pass().fork();
    fork.tracked = true;
    fork.packet = answer.packet();
    PacketFields.extract(fork.packet, fork.words, fork.tags);
    fork.set(FlowFields.CT_STATE, answer.state());
    fork.set(FlowFields.CT_ZONE, zone);
    answer.mark().ifPresent(mark -> fork.set(FlowFields.CT_MARK, Integer.toUnsignedLong(mark)));
    answer.label().ifPresent(label -> fork.set(FlowFields.CT_LABEL, label));
    original(fork, answer);
    journey.later(
        new Journey.Resumption(
            fork,
            next,
            actions.tables().from(next),
            "comes back from zone %d: %s".formatted(zone, answer.text()),
            List.of(at.flow().source())));
  }

  /** The tuple of the connection's original direction. */
  private static void original(Pass fork, TrackingAnswer answer) {
    answer
        .original()
        .ifPresent(end -> {
          fork.set(FlowFields.CT_NW_PROTO, fork.number(FlowFields.NW_PROTO));
          fork.set(FlowFields.CT_TP_SRC, end.sourcePort());
          fork.set(FlowFields.CT_TP_DST, end.destinationPort());
          if (end.source().isIpv4()) {
            fork.set(FlowFields.CT_NW_SRC, end.source().low());
            fork.set(FlowFields.CT_NW_DST, end.destination().low());
          } else {
            fork.set(FlowFields.CT_IPV6_SRC, new Bits(end.source().high(), end.source().low()));
            fork.set(
                FlowFields.CT_IPV6_DST,
                new Bits(end.destination().high(), end.destination().low()));
          }
        });
  }
}
