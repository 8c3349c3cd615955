package io.packetwalk.report.walk;

import io.packetwalk.report.Asked;
import io.packetwalk.report.Names;
import io.packetwalk.report.text.Markup;
import io.packetwalk.report.text.Page;
import io.packetwalk.report.text.Paper;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.SvgText;
import io.packetwalk.report.text.Tone;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.seen.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A walk as a page for a browser, which needs nothing but itself: no script, no other file. Each
 * place can be folded, and every step with every header field is there to be unfolded.
 */
public final class WalkHtml {
  /** Wide enough for most lines of tables. */
  private static final Paper PAPER = new Paper(118, /* colour= */ true, /* ascii= */ false);

  private final Names names;

  public WalkHtml(Names names) {
    this.names = names;
  }

  /** The page. */
  public String page(Walk walk, Asked asked, List<Seen> seen) {
    WalkNames called = new WalkNames(names, walk);
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                + " 'unsafe-inline'\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
        .append(Markup.escaped(title(walk, asked)))
        .append("</title>\n<style>\n")
        .append(WalkStyle.SHEET)
        .append("</style>\n</head>\n<body>\n<header>\n")
        .append(Markup.preformatted(headline(walk, asked, seen, called)))
        .append("</header>\n");
    direction("The packet", walk.forward(), called, page, true);
    walk.reply().ifPresent(reply -> back("The reply", reply, called, page));
    walk.error().ifPresent(error -> back("The error", error, called, page));
    Completion.worthTelling(walk).ifPresent(way -> back(Completion.TITLE, way, called, page));
    section(written(to -> SeenLines.write(seen, called, to, true)), page);
    section(written(to -> AssumptionLines.write(walk.assumptions(), called, to, true)), page);
    return page.append("</body>\n</html>\n").toString();
  }

  /** The answer and the picture of the way there, as a picture. */
  public String picture(Walk walk, Asked asked) {
    WalkNames called = new WalkNames(names, walk);
    List<Phrase> lines = new ArrayList<>(headline(walk, asked, List.of(), called));
    lines.add(Phrase.EMPTY);
    lines.addAll(Picture.of(Tree.of(walk.forward()), called, PAPER.columns()));
    return SvgText.of(title(walk, asked), lines);
  }

  private static String title(Walk walk, Asked asked) {
    return "%s %s → %s".formatted(Verdicts.capitals(walk.verdict()), asked.from(), asked.to());
  }

  private static List<Phrase> headline(Walk walk, Asked asked, List<Seen> seen, WalkNames names) {
    return written(to -> Headline.write(walk, asked, seen, names, to));
  }

  /** What comes back to the sender; folded where all is well with it. */
  private static void back(String title, Direction direction, WalkNames names, StringBuilder page) {
    Verdict verdict = direction.verdict();
    boolean fine = verdict == Verdict.DELIVERED || verdict == Verdict.LEFT;
    direction(title, direction, names, page, !fine);
  }

  private static void direction(
      String title, Direction direction, WalkNames names, StringBuilder page, boolean open) {
    Verdict verdict = direction.verdict();
    Phrase summary =
        Phrase.of(title, Tone.STRONG)
            .and("  ")
            .and(Verdicts.word(verdict), Verdicts.tone(verdict))
            .and(": ")
            .and(Headline.reason(direction, names));
    fold(summary, open, page, () -> way(direction, names, page));
  }

  private static void way(Direction direction, WalkNames names, StringBuilder page) {
    Tree tree = Tree.of(direction);
    if (direction.branches().stream().anyMatch(branch -> Picture.isWorthwhile(branch.steps()))) {
      page.append(Markup.preformatted(Picture.of(tree, names, PAPER.columns())));
    }
    blocks(written(to -> StepLines.write(tree, names, to, false)))
        .forEach(block -> place(block, page));
    fold(
        Phrase.of("every step, every header field, every line of evidence", Tone.FAINT),
        false,
        page,
        () ->
            page.append(
                Markup.preformatted(written(to -> StepLines.write(tree, names, to, true)))));
  }

  /** A place's steps under its name; what has no steps stands as it is. */
  private static void place(List<Phrase> block, StringBuilder page) {
    if (block.size() == 1) {
      page.append(Markup.preformatted(block));
    } else {
      List<Phrase> steps = block.subList(1, block.size());
      fold(block.getFirst(), true, page, () -> page.append(Markup.preformatted(steps)));
    }
  }

  private static void section(List<Phrase> lines, StringBuilder page) {
    if (lines.size() > 1) {
      List<Phrase> rest = lines.subList(1, lines.size());
      fold(lines.getFirst(), true, page, () -> page.append(Markup.preformatted(rest)));
    }
  }

  private static void fold(Phrase summary, boolean open, StringBuilder page, Runnable inside) {
    page.append(open ? "<details open>\n<summary>" : "<details>\n<summary>")
        .append(Markup.inline(summary))
        .append("</summary>\n");
    inside.run();
    page.append("</details>\n");
  }

  /** Something that writes lines. */
  private interface Part {
    void write(Page to);
  }

  private static List<Phrase> written(Part part) {
    Page page = new Page(PAPER);
    part.write(page);
    return page.lines();
  }

  /** Lines that no empty line parts. */
  private static List<List<Phrase>> blocks(List<Phrase> lines) {
    List<List<Phrase>> blocks = new ArrayList<>();
    Optional<List<Phrase>> open = Optional.empty();
    for (Phrase line : lines) {
      if (line.isEmpty()) {
        open = Optional.empty();
        continue;
      }
      if (open.isEmpty()) {
        open = Optional.of(new ArrayList<>());
        blocks.add(open.get());
      }
      open.get().add(line);
    }
    return blocks;
  }
}
