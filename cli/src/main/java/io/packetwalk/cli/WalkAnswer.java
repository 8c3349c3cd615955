package io.packetwalk.cli;

import io.packetwalk.cli.question.ProbeOptions;
import io.packetwalk.cli.question.QuestionFault;
import io.packetwalk.cli.question.Questions;
import io.packetwalk.model.Snapshot;
import io.packetwalk.report.Asked;
import io.packetwalk.report.Names;
import io.packetwalk.report.json.WalkJson;
import io.packetwalk.report.walk.WalkHtml;
import io.packetwalk.report.walk.WalkText;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import io.packetwalk.walk.seen.Seen;
import io.packetwalk.walk.seen.SeenPackets;
import java.util.List;

/**
 * The answer to one question about one state.
 *
 * @param text in the format that was asked for, its lines ended
 */
record WalkAnswer(String text, ExitStatus status) {
  /**
   * Walks the packet and shows the walk.
   *
   * @throws QuestionFault when this isn't a question that the state can answer
   */
  static WalkAnswer of(
      Snapshot snapshot, Asked asked, ProbeOptions packet, WalkDetail detail, OutputOptions output)
      throws QuestionFault {
    Walk walk =
        detail.of(
            Walker.walk(snapshot, new Questions(snapshot).ask(asked.from(), asked.to(), packet)));
    Names names = new Names(snapshot);
    List<Seen> seen = SeenPackets.of(snapshot, walk);
    return new WalkAnswer(shown(walk, asked, seen, names, detail, output), status(walk.verdict()));
  }

  private static String shown(
      Walk walk,
      Asked asked,
      List<Seen> seen,
      Names names,
      WalkDetail detail,
      OutputOptions output) {
    if (output.isJson()) {
      return new WalkJson(names).text(walk, asked, seen, true) + "\n";
    }
    if (output.isHtml()) {
      return new WalkHtml(names).page(walk, asked, seen);
    }
    return output.isSvg()
        ? new WalkHtml(names).picture(walk, asked)
        : new WalkText(names, output.paper(), detail.detail()).of(walk, asked, seen);
  }

  /** What a verdict tells the shell. A packet that leaves as predicted wasn't lost. */
  static ExitStatus status(Verdict verdict) {
    return switch (verdict) {
      case DELIVERED, LEFT -> ExitStatus.DELIVERED;
      case DROPPED, REJECTED, LOOPED -> ExitStatus.NOT_DELIVERED;
      case UNDETERMINED -> ExitStatus.UNDETERMINED;
    };
  }
}
