package io.packetwalk.report.walk;

import io.packetwalk.report.Asked;
import io.packetwalk.report.text.Page;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.Tone;
import io.packetwalk.report.walk.WalkText.Detail;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.seen.Seen;
import java.util.List;
import java.util.Optional;

/** The parts of a walk's text, in their order. */
final class Pages {
  private final WalkNames names;
  private final Page page;
  private final Detail detail;

  Pages(WalkNames names, Page page, Detail detail) {
    this.names = names;
    this.page = page;
    this.detail = detail;
  }

  String text(Walk walk, Asked asked, List<Seen> seen) {
    Headline.write(walk, asked, seen, names, page);
    page.gap();
    whole(walk.forward());
    walk.reply().ifPresent(reply -> back("Reply", reply));
    walk.error().ifPresent(error -> back("Error", error));
    Completion.worthTelling(walk).ifPresent(completion -> back(Completion.TITLE, completion));
    SeenLines.write(seen, names, page, detail.verbose());
    AssumptionLines.write(walk.assumptions(), names, page, detail.verbose());
    return page.text();
  }

  /** What the answer is, the picture of the way there, and what both rest on. */
  String overview(Walk walk, Asked asked) {
    Headline.write(walk, asked, List.of(), names, page);
    page.gap();
    picture(walk.forward(), Tree.of(walk.forward()));
    AssumptionLines.write(walk.assumptions(), names, page, detail.verbose());
    return page.text();
  }

  private void picture(Direction direction, Tree tree) {
    boolean worthwhile =
        direction.branches().stream().anyMatch(branch -> Picture.isWorthwhile(branch.steps()));
    if (worthwhile) {
      page.lines(Picture.of(tree, names, page.columns())).gap();
    }
  }

  private void whole(Direction direction) {
    Tree tree = Tree.of(direction);
    picture(direction, tree);
    StepLines.write(tree, names, page, detail.verbose());
  }

  /** What comes back to the sender. */
  private void back(String what, Direction reply) {
    Verdict verdict = reply.verdict();
    page.gap()
        .line(
            Phrase.of(what, Tone.STRONG)
                .and("  ")
                .and(Verdicts.word(verdict), Verdicts.tone(verdict))
                .and(": ")
                .and(Headline.reason(reply, names)));
    boolean fine = verdict == Verdict.DELIVERED || verdict == Verdict.LEFT;
    if (fine && !detail.wholeReply() && !detail.verbose()) {
      reply.branches().forEach(this::way);
    } else {
      page.gap();
      whole(reply);
    }
  }

  /** A branch on one line: the devices in a row, each namespace named before its first. */
  private void way(Branch branch) {
    Phrase row = Phrase.of("  ");
    Phrase next = Phrase.EMPTY;
    for (Landmark landmark : Landmark.of(branch.steps(), Optional.empty())) {
      row = row.and(next);
      switch (landmark) {
        case Landmark.Namespace namespace -> {
          String inNode = names.inNode(namespace.id()).map(name -> " " + name).orElse("");
          row = row.and("[" + namespace.id().node() + inNode + "]", Tone.STRONG);
          next = Phrase.of(" ");
        }
        case Landmark.Device device -> {
          row = row.and(device.name(), Tone.NAME);
          next = Phrase.of(" → ", Tone.FAINT);
        }
        case Landmark.Between between -> {
          row = row.and("…", Tone.FAINT);
          next = Phrase.of(" → ", Tone.FAINT);
        }
      }
    }
    page.line(row, 4);
  }
}
