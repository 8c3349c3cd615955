package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.openflow.SwitchBranch;
import io.packetwalk.walk.openflow.SwitchStep;
import io.packetwalk.walk.plugin.FlowMeaning;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes down what a switch decided, with what its controller means by it where that is known. */
final class SwitchSteps {
  private static final Pattern TABLE = Pattern.compile("(table [^:]+): (.*)");

  private final FlowMeaning meaning;

  SwitchSteps(FlowMeaning meaning) {
    this.meaning = meaning;
  }

  /** The steps of a branch, the last one as a drop when nothing leaves. */
  Trail onto(Trail trail, NamespaceId place, SwitchBranch branch, Packet arrived) {
    Trail passed = trail;
    Packet before = arrived;
    List<SwitchStep> steps = branch.steps();
    for (int index = 0; index < steps.size(); index++) {
      SwitchStep step = steps.get(index);
      if (step.kind() == SwitchStep.Kind.RESUME) {
        continue;
      }
      boolean ends = index == steps.size() - 1 && branch.isDropped() && !branch.toController();
      passed = passed.then(written(place, step, ends ? Action.DROP : action(step, before)));
      before = step.packet();
    }
    return passed;
  }

  private Step written(NamespaceId place, SwitchStep step, Action action) {
    return new Step(
        place,
        step.bridge(),
        Stage.OPENFLOW,
        action,
        sentence(step),
        step.evidence(),
        step.packet());
  }

  /** What was decided, and what that means. */
  String sentence(SwitchStep step) {
    String explained = meaning.explain(step);
    Matcher table = TABLE.matcher(step.decision());
    if (explained.isEmpty() || !table.matches()) {
      return explained.isEmpty() ? step.decision() : step.decision() + ": " + explained;
    }
    return table.group(1) + " " + explained + "; " + table.group(2);
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
