package io.packetwalk.cli;

import io.packetwalk.report.walk.WalkText;
import io.packetwalk.walk.Walk;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How much of a walk is shown. */
final class WalkDetail {
  @Option(
      names = {"-v", "--verbose"},
      description = "Every step with every header field and every line of evidence.")
  private boolean verbose;

  @Option(names = "--reply", description = "The reply's steps too, even where all is well.")
  private boolean wholeReply;

  @Option(names = "--no-reply", description = "Nothing of the reply.")
  private boolean noReply;

  WalkDetail() {}

  WalkText.Detail detail() {
    return new WalkText.Detail(verbose, verbose || wholeReply);
  }

  /** The walk, without what isn't wanted of it. */
  Walk of(Walk walk) {
    return noReply ? new Walk(walk.question(), walk.forward(), Optional.empty()) : walk;
  }
}
