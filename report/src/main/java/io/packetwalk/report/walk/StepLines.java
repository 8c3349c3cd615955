package io.packetwalk.report.walk;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.report.packet.Change;
import io.packetwalk.report.packet.Changes;
import io.packetwalk.report.packet.FieldText;
import io.packetwalk.report.packet.Headers;
import io.packetwalk.report.text.Page;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.Tone;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The steps of a direction: what decided, what it changed in the packet, and the lines of the state
 * that show it. On wide paper these lines stand at the right, otherwise below.
 */
final class StepLines {
  private static final int NUMBER = 3;
  private static final int STAGE = 13;
  private static final int WIDE = 150;
  private static final int NARROW = 60;
  private static final int SOURCES = 3;
  private static final int LONGEST_QUOTE = 300;

  private final WalkNames names;
  private final Page page;
  private final boolean verbose;
  private int number;
  private int left;
  private Optional<NamespaceId> place = Optional.empty();
  private Optional<Step> previous = Optional.empty();
  private Set<Source> quoted = new LinkedHashSet<>();

  private StepLines(WalkNames names, Page page, boolean verbose) {
    this.names = names;
    this.page = page;
    this.verbose = verbose;
  }

  static void write(Tree tree, WalkNames names, Page page, boolean verbose) {
    StepLines lines = new StepLines(names, page, verbose);
    lines.write(tree);
    if (lines.left > 0) {
      String them =
          lines.left == 1
              ? "1 step that changes and decides nothing is left out"
              : lines.left + " steps that change and decide nothing are left out";
      page.gap().line(Phrase.of("(" + them + "; -v shows all)", Tone.FAINT), 1);
    }
  }

  private void write(Tree tree) {
    for (Step step : tree.steps()) {
      number++;
      List<Change> changes = previous.map(before -> changes(before, step)).orElse(List.of());
      boolean same = previous.filter(before -> before.packet().equals(step.packet())).isPresent();
      previous = Optional.of(step);
      if (verbose || decides(step, changes)) {
        write(step, changes, verbose && !same);
      } else {
        left++;
      }
    }
    tree.end().ifPresent(this::end);
    int forkNumber = number;
    Optional<NamespaceId> forkPlace = place;
    Optional<Step> forkStep = previous;
    Set<Source> forkQuoted = quoted;
    for (Tree fork : tree.forks()) {
      number = forkNumber;
      place = forkPlace;
      previous = forkStep;
      quoted = new LinkedHashSet<>(forkQuoted);
      page.gap().line(title(fork));
      write(fork);
    }
  }

  private Phrase title(Tree fork) {
    Phrase share = Phrase.of(Verdicts.percent(fork.weight()) + " of packets", Tone.STRONG);
    return fork.end().map(end -> share.and(": " + names.inText(end.reason()))).orElse(share);
  }

  private static List<Change> changes(Step before, Step step) {
    return Changes.between(before.packet(), before.device(), step.packet(), step.device());
  }

  private static boolean decides(Step step, List<Change> changes) {
    return !changes.isEmpty()
        || !step.evidence().isEmpty()
        || !(step.isObservable() || step.action() == Action.FORWARD);
  }

  private void write(Step step, List<Change> changes, boolean headers) {
    if (!place.equals(Optional.of(step.place()))) {
      place = Optional.of(step.place());
      page.gap().line(place(step.place()));
    }
    int indentation = page.columns() < NARROW ? NUMBER + 1 : NUMBER + 1 + STAGE;
    boolean beside = page.columns() >= WIDE;
    int width = beside ? page.columns() / 2 : page.columns();
    List<Source> quotes = quotes(step);
    Phrase heading = heading(step).and(positions(step.evidence(), quotes), Tone.FAINT);
    List<Phrase> lines = new ArrayList<>(heading.wrapped(width, indentation));
    for (Change change : changes) {
      if (verbose || !isTold(change, step)) {
        lines.addAll(indented(change(change), indentation, width));
      }
    }
    if (headers) {
      for (String header : FieldText.lines(Headers.of(step.packet(), step.device()))) {
        lines.addAll(indented(Phrase.of("  " + header, Tone.FAINT), indentation, width));
      }
    }
    List<Phrase> sources = sources(quotes);
    if (beside) {
      page.lines(beside(lines, sources, width, page.columns()));
    } else {
      page.lines(lines);
      sources.forEach(source -> page.lines(indented(source, indentation, page.columns())));
    }
  }

  private Phrase heading(Step step) {
    Phrase start =
        Phrase.of("%3d ".formatted(number), Tone.FAINT)
            .and(step.stage().name().toLowerCase(Locale.ROOT).replace('_', ' '), Tone.STRONG);
    Phrase placed = start.padded(NUMBER + STAGE).and(" ");
    Phrase at = step.device().isEmpty() ? placed : placed.and(step.device(), Tone.NAME).and("  ");
    return at.and(names.inText(step.decision()), tone(step.action()));
  }

  private static Tone tone(Action action) {
    return switch (action) {
      case DROP, REJECT -> Tone.BAD;
      case DELIVER -> Tone.GOOD;
      case FORWARD, REWRITE, ENCAPSULATE, DECAPSULATE, CLASSIFY -> Tone.PLAIN;
    };
  }

  private Phrase place(NamespaceId id) {
    Phrase node = Phrase.of(id.node(), Tone.STRONG).and(" ▸ ", Tone.FAINT);
    return node.and(names.inNode(id).orElse("host"), Tone.NAME);
  }

  private static Phrase change(Change change) {
    Tone tone =
        switch (change.kind()) {
          case ADDED -> Tone.ADDED;
          case REMOVED -> Tone.REMOVED;
          case CHANGED -> Tone.CHANGED;
        };
    return Phrase.of(change.kind().sign() + " " + change.text(), tone);
  }

  /** A change of one value that the decision itself spells out. */
  private static boolean isTold(Change change, Step step) {
    String text = change.text();
    int arrow = text.indexOf(" → ");
    if (change.kind() != Change.Kind.CHANGED || arrow < 0 || text.indexOf(',') >= 0) {
      return false;
    }
    return step.decision().contains(text.substring(text.lastIndexOf(' ', arrow - 1) + 1));
  }

  /**
   * The lines to show as they stand in the state. That a packet passes a device is seen in the
   * picture, and what was quoted before needn't be again: of these the position is enough.
   */
  private List<Source> quotes(Step step) {
    boolean passing = step.isObservable() && step.action() == Action.FORWARD;
    List<Source> fresh =
        step.evidence().stream()
            .filter(source -> verbose || (!passing && !quoted.contains(source)))
            .toList();
    quoted.addAll(fresh);
    return fresh;
  }

  private static String positions(List<Source> evidence, List<Source> quotes) {
    String positions =
        evidence.stream()
            .filter(source -> !quotes.contains(source))
            .map(Source::position)
            .distinct()
            .collect(Collectors.joining(", "));
    return positions.isEmpty() ? "" : "  (" + positions + ")";
  }

  private List<Phrase> sources(List<Source> evidence) {
    List<Phrase> lines = new ArrayList<>();
    int shown = verbose ? evidence.size() : Math.min(SOURCES, evidence.size());
    evidence.subList(0, shown).forEach(source -> lines.add(source(source, verbose)));
    if (shown < evidence.size()) {
      int more = evidence.size() - shown;
      lines.add(Phrase.of("and %d more line%s".formatted(more, more == 1 ? "" : "s"), Tone.FAINT));
    }
    return lines;
  }

  static Phrase source(Source source, boolean whole) {
    String text = source.text().strip();
    boolean cut = !whole && text.length() > LONGEST_QUOTE;
    return Phrase.of(source.position() + ": ", Tone.FAINT)
        .and(cut ? text.substring(0, LONGEST_QUOTE) + "…" : text, Tone.QUOTE);
  }

  static List<Phrase> indented(Phrase phrase, int indentation, int width) {
    return Phrase.of(" ".repeat(indentation)).and(phrase).wrapped(width, indentation + 2);
  }

  private static List<Phrase> beside(
      List<Phrase> left, List<Phrase> right, int middle, int columns) {
    List<Phrase> wrapped = new ArrayList<>();
    right.forEach(phrase -> wrapped.addAll(phrase.wrapped(columns - middle - 2, 2)));
    List<Phrase> lines = new ArrayList<>();
    for (int index = 0; index < Math.max(left.size(), wrapped.size()); index++) {
      Phrase line = index < left.size() ? left.get(index) : Phrase.EMPTY;
      boolean more = index < wrapped.size();
      lines.add(more ? line.padded(middle + 2).and(wrapped.get(index)) : line);
    }
    return lines;
  }

  private void end(Branch branch) {
    Phrase verdict =
        Phrase.of("    ")
            .and(Verdicts.capitals(branch.verdict()), Verdicts.tone(branch.verdict()))
            .and("  " + names.inText(branch.reason()));
    page.line(verdict, NUMBER + 1);
  }
}
