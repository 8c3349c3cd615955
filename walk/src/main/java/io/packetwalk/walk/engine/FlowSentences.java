package io.packetwalk.walk.engine;

import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.walk.openflow.FlowWords;
import io.packetwalk.walk.openflow.SwitchStep;
import io.packetwalk.walk.plugin.FlowMeaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a switch's steps say. Of a flow whose author is known: what its table is for, what came out,
 * what it notes in registers, what it changes, where the packet goes on. Of any other: its actions.
 */
final class FlowSentences {
  private final FlowMeaning meaning;

  FlowSentences(FlowMeaning meaning) {
    this.meaning = meaning;
  }

  /** One step by itself. */
  String of(SwitchStep step) {
    return of(step, List.of());
  }

  /** A step with those behind it that only say what its flow's actions came to. */
  String of(SwitchStep step, List<SwitchStep> results) {
    String explained = meaning.explain(step);
    if (explained.isEmpty()) {
      return step.decision();
    }
    if (step.kind() != SwitchStep.Kind.LOOKUP) {
      return explained + ": " + step.decision();
    }
    List<FlowAction> actions = step.flow().map(Flow::actions).orElse(List.of());
    List<String> parts = new ArrayList<>(results(results));
    String table = step.table().map(TableId::toString).orElse("");
    boolean told = explained.endsWith(")") && !parts.isEmpty();
    String head = "table %s %s".formatted(table, explained);
    parts.addFirst(told ? head + ": " + parts.removeFirst() : head);
    notes(actions).ifPresent(parts::add);
    actions.stream().map(this::said).filter(said -> !said.isEmpty()).forEach(parts::add);
    next(actions).ifPresent(parts::add);
    return String.join("; ", parts);
  }

  /** What the connection tracker made of it. */
  private static List<String> results(List<SwitchStep> results) {
    return results.stream()
        .filter(result -> result.kind() == SwitchStep.Kind.TRACK)
        .map(SwitchStep::decision)
        .toList();
  }

  /** An action that is neither a note nor the way on; of one on the connection what it writes. */
  private String said(FlowAction action) {
    if (action instanceof FlowAction.Track track) {
      return track.inside().stream().map(FlowWords::of).collect(Collectors.joining(", "));
    }
    return isNote(action) || FlowWords.next(action).isPresent() ? "" : FlowWords.of(action);
  }

  /** Whether a step behind a look-up only says what its flow's actions came to. */
  boolean belongs(SwitchStep step, SwitchStep result) {
    boolean kind =
        result.kind() == SwitchStep.Kind.TRACK || result.kind() == SwitchStep.Kind.OUTPUT;
    return kind
        && step.kind() == SwitchStep.Kind.LOOKUP
        && step.flow().equals(result.flow())
        && result.depth() - step.depth() <= 1
        && !meaning.explain(step).isEmpty();
  }

  private boolean isNote(FlowAction action) {
    return action instanceof FlowAction.SetField set && !meaning.field(set).isEmpty();
  }

  private Optional<String> notes(List<FlowAction> actions) {
    String notes =
        actions.stream()
            .filter(FlowAction.SetField.class::isInstance)
            .map(action -> meaning.field((FlowAction.SetField) action))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    return notes.isEmpty() ? Optional.empty() : Optional.of("sets " + notes);
  }

  private Optional<String> next(List<FlowAction> actions) {
    String tables =
        actions.stream()
            .map(FlowWords::next)
            .flatMap(Optional::stream)
            .map(meaning::called)
            .collect(Collectors.joining(", then "));
    return tables.isEmpty() ? Optional.empty() : Optional.of("on to table " + tables);
  }
}
