package io.packetwalk.correlate.survey;

import io.packetwalk.correlate.Absence;
import io.packetwalk.correlate.Taps;
import io.packetwalk.correlate.match.Flow;
import io.packetwalk.correlate.match.Matcher;
import io.packetwalk.model.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that captures show: flows with their ways and losses, delays, clocks.
 *
 * @param others how many more flows there are, which weren't compared with a prediction
 */
public record SurveyReport(
    List<FlowReport> flows,
    List<SegmentUse> segments,
    Taps taps,
    long packets,
    long sightings,
    long ambiguous,
    long errors,
    long others) {
  private static final int MOST_PREDICTIONS = 2000;

  public SurveyReport {
    flows = List.copyOf(flows);
    segments = List.copyOf(segments);
  }

  /** Judges what was counted. */
  public static SurveyReport of(Survey survey, Matcher matcher, Taps taps, Snapshot snapshot) {
    Taps better = taps.with(survey.clocks().clocks(taps.clocks().nodes()));
    FlowJudge judge = new FlowJudge(snapshot, better);
    List<FlowReport> flows = new ArrayList<>();
    Absence absence = new Absence(better);
    List<FlowUse> uses = survey.flows(matcher);
    Map<Flow, FlowUse> byFlow = new LinkedHashMap<>();
    uses.forEach(use -> byFlow.put(use.flow(), use));
    for (FlowUse use : uses) {
      FlowJudge.Judgement judgement =
          flows.size() < MOST_PREDICTIONS
              ? judge.judge(use, use.answered().map(byFlow::get))
              : FlowJudge.NOT_JUDGED;
      flows.add(report(use, judgement, absence));
    }
    return new SurveyReport(
        flows,
        survey.segments(),
        better,
        survey.packets(),
        survey.sightings(),
        survey.ambiguous(),
        survey.errors(),
        Math.max(0, uses.size() - MOST_PREDICTIONS));
  }

  private static FlowReport report(FlowUse use, FlowJudge.Judgement judgement, Absence absence) {
    List<DropPoint> drops = new ArrayList<>(judgement.drops());
    Set<Integer> known = new LinkedHashSet<>();
    drops.forEach(drop -> known.add(drop.after()));
    PathUse longest = use.longest();
    // What floods takes several ways at once, and hosts without an address look like one.
    boolean floods = use.flow().destination().isMulticast() || use.flow().source().isUnspecified();
    for (PathUse path : floods ? List.<PathUse>of() : use.paths()) {
      if (path.isStartOf(longest) && known.add(path.taps().getLast())) {
        int after = path.taps().getLast();
        int next = longest.taps().get(path.taps().size());
        drops.add(
            new DropPoint(
                use.flow(),
                after,
                next,
                path.packets(),
                absence.at(
                    next,
                    new Absence.Missing(
                        after, path.lastStamp(), use.ambiguous() > 0, Optional.empty(), true))));
      }
    }
    return new FlowReport(
        use,
        judgement.conformity(),
        judgement.predicted(),
        judgement.reason(),
        judgement.evidence(),
        drops);
  }

  /** Where packets were lost for certain, and how many. */
  public long lost() {
    return flows.stream()
        .flatMap(flow -> flow.drops().stream())
        .filter(drop -> drop.sight() instanceof io.packetwalk.correlate.Sight.Absent)
        .mapToLong(DropPoint::packets)
        .sum();
  }
}
