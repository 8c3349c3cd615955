package io.packetwalk.report.walk;

import io.packetwalk.report.Asked;
import io.packetwalk.report.Names;
import io.packetwalk.report.text.Page;
import io.packetwalk.report.text.Paper;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.seen.Seen;
import java.util.List;

/** A walk as text for a terminal. */
public final class WalkText {
  private final Names names;
  private final Paper paper;
  private final Detail detail;

  public WalkText(Names names, Paper paper, Detail detail) {
    this.names = names;
    this.paper = paper;
    this.detail = detail;
  }

  /**
   * How much is told.
   *
   * @param verbose every step with every header field, and every line of evidence
   * @param wholeReply the reply's picture and steps even where all is well with it
   */
  public record Detail(boolean verbose, boolean wholeReply) {}

  /** The lines, each ended. */
  public String of(Walk walk, Asked asked) {
    return of(walk, asked, List.of());
  }

  /** The lines, each ended, with what the state shows of such packets. */
  public String of(Walk walk, Asked asked, List<Seen> seen) {
    return new Pages(new WalkNames(names, walk), new Page(paper), detail).text(walk, asked, seen);
  }

  /** The answer, its picture and its assumptions alone, without the steps. */
  public String overview(Walk walk, Asked asked) {
    return new Pages(new WalkNames(names, walk), new Page(paper), detail).overview(walk, asked);
  }
}
