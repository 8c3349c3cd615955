package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.openflow.SwitchBranch;
import io.packetwalk.walk.openflow.SwitchStep;
import io.packetwalk.walk.plugin.FlowMeaning;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a switch decided, with what its controller means by it where that is known. */
final class SwitchSteps {
  private final FlowSentences sentences;

  SwitchSteps(FlowMeaning meaning) {
    this.sentences = new FlowSentences(meaning);
  }

  /** The steps of a branch, the last one as a drop when nothing leaves. */
  Trail onto(Trail trail, NamespaceId place, SwitchBranch branch, Packet arrived) {
    Trail passed = trail;
    Packet before = arrived;
    List<SwitchStep> steps = resumed(branch.steps());
    int index = 0;
    while (index < steps.size()) {
      int end = index + 1;
      while (end < steps.size() && isSaid(branch, steps.get(index), steps.get(end))) {
        end++;
      }
      boolean last = end == steps.size() && branch.isDropped() && !branch.toController();
      passed = passed.then(written(place, steps.subList(index, end), before, last));
      before = steps.get(end - 1).packet();
      index = end;
    }
    return passed;
  }

  /**
   * Without the copies that come back from the connection tracker: what it made of the packet is
   * shown where it was asked.
   */
  private static List<SwitchStep> resumed(List<SwitchStep> steps) {
    List<SwitchStep> shown = new ArrayList<>();
    for (SwitchStep step : steps) {
      boolean back = step.kind() == SwitchStep.Kind.RESUME;
      if (back && !shown.isEmpty() && shown.getLast().kind() == SwitchStep.Kind.TRACK) {
        shown.set(shown.size() - 1, shown.getLast().with(step.packet()));
      } else if (!back) {
        shown.add(step);
      }
    }
    return shown;
  }

  /** That the only copy leaves needs no step of its own: the next one shows where it comes out. */
  private boolean isSaid(SwitchBranch branch, SwitchStep step, SwitchStep result) {
    boolean only =
        branch.outputs().size() == 1
            && branch.steps().get(branch.outputs().getFirst().step()).equals(result);
    return (only || result.kind() != SwitchStep.Kind.OUTPUT) && sentences.belongs(step, result);
  }

  private Step written(NamespaceId place, List<SwitchStep> steps, Packet before, boolean drops) {
    SwitchStep first = steps.getFirst();
    List<Source> evidence =
        steps.stream().flatMap(step -> step.evidence().stream()).distinct().toList();
    return new Step(
        place,
        first.bridge(),
        Stage.OPENFLOW,
        drops ? Action.DROP : action(first, before),
        sentences.of(first, steps.subList(1, steps.size())),
        evidence,
        steps.getLast().packet());
  }

  /** What was decided, and what that means. */
  String sentence(SwitchStep step) {
    return sentences.of(step);
  }

  private static Action action(SwitchStep step, Packet before) {
    return switch (step.kind()) {
      case LOOKUP, RESUME, GROUP, TRACK, LEARN, OTHER ->
          step.packet().equals(before)
              ? step.before().equals(step.after()) ? Action.FORWARD : Action.CLASSIFY
              : Action.REWRITE;
      case OUTPUT, CONTROLLER, NORMAL, UNDETERMINED -> Action.FORWARD;
    };
  }
}
