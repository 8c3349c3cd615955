package io.packetwalk.walk.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code ct(…)}: the packet goes to the connection tracker, and a tracked copy of it goes on in
 * another table once this pass is over. The packet itself is untracked behind the action
 * (ovs-actions(7)).
 */
final class TrackActions {
  private final SwitchEngine engine;
  private final Journey journey;
  private final Actions actions;

  TrackActions(SwitchEngine engine, Journey journey, Actions actions) {
    this.engine = engine;
    this.journey = journey;
    this.actions = actions;
  }

  void run(Pass pass, FlowAction.Track track, TableId table, Flow flow) {
    pass.commit();
    actions.run(pass, track.inside(), table, flow);
    if (journey.isOver()) {
      return;
    }
    int zone =
        switch (track.zone()) {
          case FlowAction.Zone.Fixed(int number) -> number;
          case FlowAction.Zone.FromField(var field) ->
              (int) pass.state().value(field).low() & 0xffff;
        };
    TrackingAnswer answer = ask(pass, track, zone);
    List<Source> evidence = new ArrayList<>(List.of(flow.source()));
    evidence.addAll(answer.evidence());
    journey.step(
        pass,
        SwitchStep.Kind.TRACK,
        Optional.of(table),
        Optional.of(flow),
        "%s in zone %d: %s"
            .formatted(
                track.commit() ? "commits the connection" : "looks it up", zone, answer.text()),
        evidence);
    answer.assumptions().forEach(journey::assume);
    answer.known().ifPresent(commit -> journey.commits.add(commit.with(flow.source())));
    track.table().ifPresent(next -> fork(pass, answer, zone, next, flow));
    pass.clearTracking();
  }

  private TrackingAnswer ask(Pass pass, FlowAction.Track track, int zone) {
    List<TrackingAnswer> answers =
        engine
            .tracking()
            .track(
                new TrackingRequest(
                    pass.tables.bridge().name(),
                    zone,
                    track.commit(),
                    track.force(),
                    track.translation(),
                    pass.packet,
                    pass.state(),
                    journey.passes,
                    journey.commits,
                    journey.before));
    List<Double> weights = answers.stream().map(TrackingAnswer::weight).toList();
    return answers.size() == 1 ? answers.getFirst() : answers.get(journey.choices.choose(weights));
  }

  private void fork(Pass pass, TrackingAnswer answer, int zone, TableId next, Flow flow) {
    if (journey.passes >= Journey.MOST_PASSES) {
      journey.giveUp(
          pass,
          Optional.of(next),
          Optional.of(flow),
          "the packet goes through the connection tracker more than "
              + Journey.MOST_PASSES
              + " times");
      return;
    }
    journey.passes++;
    Pass fork = pass.fork();
    fork.packet = answer.packet();
    PacketFields.extract(fork.packet, fork.words, fork.tags);
    fork.set(FlowFields.CT_STATE, answer.state());
    fork.set(FlowFields.CT_ZONE, zone);
    answer.mark().ifPresent(mark -> fork.set(FlowFields.CT_MARK, Integer.toUnsignedLong(mark)));
    answer.label().ifPresent(label -> fork.set(FlowFields.CT_LABEL, label));
    original(fork, answer);
    journey.queue.add(
        new Journey.Resumption(
            fork,
            next,
            SwitchStep.Kind.RESUME,
            "comes back from zone %d: %s".formatted(zone, answer.text()),
            List.of(flow.source())));
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
