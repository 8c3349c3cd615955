package io.packetwalk.read.transcript;

import io.packetwalk.read.transcript.Wrappers.Unwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes one file apart into the commands that were run in it.
 *
 * <p>Linear in the size of the file: each line is looked at once for a prompt and once for what it
 * is in an output.
 */
public final class TranscriptSplitter {
  private final String file;
  private final PromptParser prompts = new PromptParser();
  private final Session session;
  private final RunList runs;
  private final ShellNames names = new ShellNames();
  private final List<Line> loose = new ArrayList<>();
  private Optional<Prompt> prompt = Optional.empty();
  private Line promptLine;
  private List<Line> output = new ArrayList<>();
  private boolean promptSeen;
  private boolean machineNamed;
  private boolean headed;
  private Optional<Heading> likely = Optional.empty();
  private List<String> announced = List.of();
  private int fences;

  private TranscriptSplitter(String file) {
    this.file = file;
    this.session = new Session(file);
    this.runs = new RunList(file, session);
    this.promptLine = new Line(file, 1, "");
  }

  /** Splits a file's cleaned lines. */
  public static Transcript split(String file, List<Line> lines) {
    return new TranscriptSplitter(file).split(lines);
  }

  /**
   * Splits a file as it was when its first lines had been written; an output that was being written
   * then has a gap.
   *
   * @param written how many lines there were
   */
  public static Transcript split(String file, List<Line> lines, int written) {
    if (written >= lines.size()) {
      return split(file, lines);
    }
    Transcript transcript = split(file, lines.subList(0, written));
    Line next = lines.get(written);
    boolean goesOn =
        !next.isBlank()
            && new PromptParser().parse(next.text()).isEmpty()
            && !endsBlank(transcript);
    return goesOn ? transcript.withGapAtEnd(written) : transcript;
  }

  private static boolean endsBlank(Transcript transcript) {
    return transcript.entries().isEmpty()
        || transcript.entries().getLast().run().output().stream().anyMatch(Line::isBlank);
  }

  private Transcript split(List<Line> lines) {
    for (Line line : Quotes.removed(lines)) {
      if (Fence.is(line.text())) {
        fence();
      } else {
        line(line);
      }
    }
    close();
    return new Transcript(runs.entries(), loose);
  }

  /** A fence of a document ends an output; behind a closing one stand notes. */
  private void fence() {
    close();
    prompt = Optional.empty();
    output = new ArrayList<>();
    likely.ifPresent(this::headed);
    fences++;
  }

  private void line(Line line) {
    if (isObjects(line.text())) {
      likely = Optional.empty();
      output.add(line);
      return;
    }
    int embedded = -1;
    Optional<Prompt> next = prompts.parse(line.text());
    if (next.isEmpty()) {
      embedded = prompts.embedded(line.text());
      next = embedded > 0 ? prompts.parse(line.text().substring(embedded)) : next;
    }
    if (next.isEmpty()) {
      names.see(line.text());
      if (!heading(line)) {
        output.add(line);
      }
      return;
    }
    machineNamed |= next.get().isNamed();
    if (!machineNamed) {
      likely.ifPresent(this::headed);
    }
    if (embedded > 0) {
      output.add(new Line(file, line.number(), line.text().substring(0, embedded)));
    }
    close();
    announced = List.of();
    promptSeen = true;
    prompt = next;
    promptLine = line;
    output = new ArrayList<>();
  }

  /** Whether it is an indented line of JSON, which no prompt or heading looks like. */
  private static boolean isObjects(String text) {
    int start = 0;
    while (start < text.length() && text.charAt(start) == ' ') {
      start++;
    }
    return start > 0
        && start < text.length()
        && (text.charAt(start) == '}'
            || (text.charAt(start) == '"' && text.indexOf("\": ", start) > 0));
  }

  /**
   * Where prompts name no machine, what people write above outputs does. What isn't drawn as a
   * heading could be a line of an output, unless it stands before a prompt or in a document.
   */
  private boolean heading(Line line) {
    Optional<Heading> found = machineNamed ? Optional.empty() : Heading.of(line.text());
    if (found.isEmpty()) {
      likely = line.isBlank() ? likely : Optional.empty();
      return false;
    }
    boolean sure = found.get().ruled() || promptSeen || fences > 0;
    if (!sure || found.get().place().isEmpty()) {
      likely = Optional.of(found.get().below(likely));
      return false;
    }
    close();
    prompt = Optional.empty();
    output = new ArrayList<>();
    loose.add(line);
    headed(found.get());
    return true;
  }

  private void headed(Heading heading) {
    heading.place().ifPresent(session::goTo);
    announced = heading.command();
    headed = true;
    likely = Optional.empty();
  }

  private void close() {
    if (prompt.isEmpty()) {
      withoutPrompt();
      return;
    }
    Prompt shown = prompt.get();
    Place place = session.placeOf(shown);
    if (shown.command().isEmpty()) {
      new LooseText(place, runs, loose).take(output);
      return;
    }
    command(shown, place, promptLine, output);
  }

  private void withoutPrompt() {
    LooseText text = new LooseText(session.unnamed(), runs, loose);
    if (fences == 0 && !promptSeen && !headed) {
      text.takeFile(file, output);
    } else if (fences % 2 == 1) {
      text.takeBlock(output, announced);
      announced = List.of();
    } else if (headed && !promptSeen && fences == 0) {
      text.takeBlock(output, announced);
    } else {
      text.take(output);
    }
  }

  private void command(Prompt prompt, Place place, Line promptLine, List<Line> output) {
    names.see(prompt.command());
    Typed typed = Typed.complete(prompt.command(), output);
    List<Line> shown = typed.output();
    typed
        .document()
        .ifPresent(document -> runs.add(declared(place, promptLine, document), List.of()));
    Optional<List<ShellLoop.Turn>> turns =
        ShellLoop.of(typed.line()).flatMap(loop -> loop.turns(shown));
    if (turns.isPresent()) {
      turns.get().forEach(turn -> joined(place, promptLine, turn.commands(), turn.output()));
      return;
    }
    List<Pipeline> speaking = SilentCommands.without(Pipeline.of(names.expanded(typed.line())));
    if (speaking.size() == 1) {
      Pipeline pipeline = speaking.getFirst();
      Unwrapped unwrapped = Wrappers.unwrap(place, pipeline.words());
      session.ran(prompt, place, Optional.of(unwrapped));
      run(unwrapped, promptLine, shown, pipeline.filtered());
    } else if (speaking.isEmpty()) {
      session.ran(prompt, place, Optional.empty());
      new LooseText(place, runs, loose).take(shown);
    } else {
      joined(place, promptLine, speaking, shown);
    }
  }

  private void joined(Place place, Line promptLine, List<Pipeline> commands, List<Line> output) {
    for (JoinedCommands.Part part : JoinedCommands.divide(place, commands, output)) {
      run(part.command(), promptLine, part.lines(), part.filtered());
    }
  }

  private void run(Unwrapped command, Line promptLine, List<Line> output, boolean filtered) {
    OutputCut cut = OutputCut.of(command, output);
    runs.add(
        new CommandRun(
            command.place(), cut.words(), promptLine, cut.content(), filtered || cut.gap()),
        cut.failures());
    new LooseText(command.place(), runs, loose).take(cut.behind());
  }

  private static CommandRun declared(Place place, Line promptLine, List<Line> document) {
    return new CommandRun(place, List.of("kubectl", "declared"), promptLine, document, false);
  }
}
