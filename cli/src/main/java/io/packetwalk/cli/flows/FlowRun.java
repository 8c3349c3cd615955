package io.packetwalk.cli.flows;

import io.packetwalk.cli.ExitStatus;
import io.packetwalk.cli.question.ProbeOptions;
import io.packetwalk.cli.question.QuestionFault;
import io.packetwalk.cli.question.Questions;
import io.packetwalk.model.Snapshot;
import io.packetwalk.report.Asked;
import io.packetwalk.report.Names;
import io.packetwalk.report.json.FaultJson;
import io.packetwalk.report.json.WalkJson;
import io.packetwalk.report.text.Printable;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The answering of many questions about one state, in their order. */
public final class FlowRun {
  private final ProbeOptions usual;
  private final UnaryOperator<Walk> view;
  private final Questions questions;
  private final Walker walker;
  private final WalkJson json;
  private final List<Difference> differences = new ArrayList<>();
  private int number;
  private int expected;
  private int faults;

  /**
   * Prepares the state for the questions.
   *
   * @param usual what a question doesn't say of its packet
   * @param view what to show of a walk
   */
  public FlowRun(Snapshot snapshot, ProbeOptions usual, UnaryOperator<Walk> view) {
    this.usual = usual;
    this.view = view;
    this.questions = new Questions(snapshot);
    this.walker = new Walker(snapshot);
    this.json = new WalkJson(new Names(snapshot));
  }

  /** A question whose answer isn't the expected one. */
  private record Difference(int line, Flow flow, Verdict expected, Walk walk) {}

  /**
   * Answers every line with a line.
   *
   * @param file a path, or {@code -} for standard input
   */
  public ExitStatus answer(String file, PrintWriter answers, PrintWriter diagnostics)
      throws IOException {
    try (BufferedReader lines = open(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          answers.println(answer(line));
        }
        if (answers.checkError()) {
          break;
        }
      }
    }
    answers.flush();
    tell(diagnostics);
    return faults > 0
        ? ExitStatus.UNREADABLE_INPUT
        : differences.isEmpty() ? ExitStatus.DELIVERED : ExitStatus.NOT_DELIVERED;
  }

  private static BufferedReader open(String file) throws IOException {
    return file.equals("-")
        ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
        : Files.newBufferedReader(Path.of(file));
  }

  private String answer(String line) {
    try {
      Flow flow = Flow.parse(line, usual);
      Walk walk = view.apply(walker.walk(questions.ask(flow.from(), flow.to(), flow.packet())));
      flow.tag().expect().ifPresent(verdict -> compare(flow, verdict, walk));
      return json.text(walk, new Asked(flow.from(), flow.to()), flow.tag());
    } catch (FlowFault | QuestionFault fault) {
      faults++;
      return FaultJson.text(number, line, String.valueOf(fault.getMessage()));
    }
  }

  private void compare(Flow flow, Verdict verdict, Walk walk) {
    expected++;
    if (walk.verdict() != verdict) {
      differences.add(new Difference(number, flow, verdict, walk));
    }
  }

  private void tell(PrintWriter diagnostics) {
    if (faults > 0) {
      diagnostics.println(
          "packetwalk: %d of %d lines ask no question that the state can answer"
              .formatted(faults, number));
    }
    if (expected == 0) {
      return;
    }
    diagnostics.println("%d of %d as expected".formatted(expected - differences.size(), expected));
    for (Difference difference : differences) {
      String text =
          "line %d: %s → %s: expected %s, is %s: %s"
              .formatted(
                  difference.line(),
                  difference.flow().from(),
                  difference.flow().to(),
                  word(difference.expected()),
                  word(difference.walk().verdict()),
                  reason(difference.walk()));
      diagnostics.println(Printable.of(text));
    }
    diagnostics.flush();
  }

  private static String reason(Walk walk) {
    return walk.forward().branches().stream()
        .filter(branch -> branch.verdict() == walk.verdict())
        .findFirst()
        .orElseThrow()
        .reason();
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }
}
