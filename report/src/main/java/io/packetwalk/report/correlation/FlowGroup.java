package io.packetwalk.report.correlation;

import io.packetwalk.correlate.match.Flow;
import io.packetwalk.correlate.survey.Conformity;
import io.packetwalk.correlate.survey.FlowReport;
import io.packetwalk.correlate.survey.PathUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Flows between the same two ends that fared alike, whatever port they were asked from: connections
 * of one client to one server.
 *
 * @param answers packets of the answers to them, where those are as predicted
 */
record FlowGroup(List<FlowReport> flows, long answers) {
  FlowGroup {
    flows = List.copyOf(flows);
  }

  /** What flows of one group have in common. */
  private record Kind(
      Conformity conformity, boolean ended, String ends, String reason, List<Integer> way) {}

  /**
   * The groups of these flows, those that want attention first.
   *
   * @param ends the two ends of a flow in words, without the client's port
   */
  static List<FlowGroup> of(List<FlowReport> flows, Function<FlowReport, String> ends) {
    Map<Flow, FlowReport> answers = new LinkedHashMap<>();
    for (FlowReport flow : flows) {
      if (isQuiet(flow)) {
        flow.use().answered().ifPresent(asked -> answers.put(asked, flow));
      }
    }
    Map<Kind, List<FlowReport>> groups = new LinkedHashMap<>();
    for (FlowReport flow : flows) {
      boolean told =
          flow.use().answered().filter(asked -> flow.equals(answers.get(asked))).isPresent();
      if (!told) {
        groups.computeIfAbsent(kind(flow, ends), _ -> new ArrayList<>()).add(flow);
      }
    }
    return groups.values().stream()
        .map(group ->
            new FlowGroup(
                group,
                group.stream()
                    .map(flow -> answers.get(flow.use().flow()))
                    .filter(answer -> answer != null)
                    .mapToLong(answer -> answer.use().packets())
                    .sum()))
        .sorted(
            Comparator.comparingInt(FlowGroup::rank)
                .thenComparing(Comparator.comparingLong(FlowGroup::packets).reversed()))
        .toList();
  }

  /** Answers that went their way, all of them, are told with what they answer. */
  private static boolean isQuiet(FlowReport flow) {
    return flow.use().answered().isPresent()
        && flow.conformity() == Conformity.FOLLOWS
        && !flow.endsAsPredicted()
        && flow.drops().isEmpty();
  }

  private static Kind kind(FlowReport flow, Function<FlowReport, String> ends) {
    return new Kind(
        flow.conformity(),
        flow.endsAsPredicted(),
        ends.apply(flow),
        flow.reason(),
        flow.use().paths().getFirst().taps());
  }

  FlowReport first() {
    return flows.getFirst();
  }

  private int rank() {
    return switch (first().conformity()) {
      case DIFFERS -> 0;
      case FOLLOWS -> first().endsAsPredicted() ? 1 : 3;
      case UNKNOWN -> 2;
    };
  }

  long packets() {
    return flows.stream().mapToLong(flow -> flow.use().packets()).sum();
  }

  long repeated() {
    return flows.stream().mapToLong(flow -> flow.use().repeated()).sum();
  }

  /** The ways of all of them, the most used first. */
  List<PathUse> paths() {
    Map<List<Integer>, Long> packets = new LinkedHashMap<>();
    flows.forEach(flow ->
        flow.use().paths().forEach(path -> packets.merge(path.taps(), path.packets(), Long::sum)));
    return packets.entrySet().stream()
        .map(entry -> new PathUse(entry.getKey(), entry.getValue(), 0, 0))
        .sorted(Comparator.comparingLong(PathUse::packets).reversed())
        .toList();
  }
}
