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
  private final List<Transcript.Entry> entries = new ArrayList<>();
  private final List<Line> loose = new ArrayList<>();
  private boolean promptSeen;

  private TranscriptSplitter(String file) {
    this.file = file;
    this.session = new Session(file);
  }

  /** Splits a file's cleaned lines. */
  public static Transcript split(String file, List<Line> lines) {
    return new TranscriptSplitter(file).split(lines);
  }

  private Transcript split(List<Line> lines) {
    Optional<Prompt> prompt = Optional.empty();
    Line promptLine = new Line(file, 1, "");
    List<Line> output = new ArrayList<>();
    for (Line line : lines) {
      int embedded = -1;
      Optional<Prompt> next = prompts.parse(line.text());
      if (next.isEmpty()) {
        embedded = prompts.embedded(line.text());
        next = embedded > 0 ? prompts.parse(line.text().substring(embedded)) : next;
      }
      if (next.isEmpty()) {
        output.add(line);
        continue;
      }
      if (embedded > 0) {
        output.add(new Line(file, line.number(), line.text().substring(0, embedded)));
      }
      close(prompt, promptLine, output);
      promptSeen = true;
      prompt = next;
      promptLine = line;
      output = new ArrayList<>();
    }
    close(prompt, promptLine, output);
    return new Transcript(entries, loose);
  }

  private void close(Optional<Prompt> prompt, Line promptLine, List<Line> output) {
    if (prompt.isEmpty() && !promptSeen) {
      new LooseText(new Place.Unnamed(file), entries, loose).take(output);
      return;
    }
    Prompt shown = prompt.orElseThrow();
    Place place = session.placeOf(shown);
    if (shown.command().isEmpty()) {
      new LooseText(place, entries, loose).take(output);
      return;
    }
    command(shown, place, promptLine, output);
  }

  private void command(Prompt prompt, Place place, Line promptLine, List<Line> output) {
    Typed typed = Typed.complete(prompt.command(), output);
    List<Pipeline> pipelines = Pipeline.of(typed.line());
    List<Line> shown = typed.output();
    typed.document().ifPresent(document -> entries.add(declared(place, promptLine, document)));
    List<Pipeline> speaking = SilentCommands.without(pipelines);
    if (speaking.size() == 1) {
      Pipeline pipeline = speaking.getFirst();
      Unwrapped unwrapped = unwrap(place, pipeline.words());
      session.ran(prompt, place, Optional.of(unwrapped));
      run(unwrapped, promptLine, shown, pipeline.filtered());
    } else if (speaking.isEmpty()) {
      session.ran(prompt, place, Optional.empty());
      new LooseText(place, entries, loose).take(shown);
    } else {
      JoinedCommands.distribute(this, place, promptLine, speaking, shown);
    }
  }

  Unwrapped unwrap(Place place, List<String> words) {
    return Wrappers.unwrap(place, words);
  }

  void run(Unwrapped command, Line promptLine, List<Line> output, boolean filtered) {
    OutputCut cut = OutputCut.of(command, output);
    entries.add(
        new Transcript.Entry(
            new CommandRun(
                command.place(), cut.words(), promptLine, cut.content(), filtered || cut.gap()),
            cut.failures()));
    new LooseText(command.place(), entries, loose).take(cut.behind());
  }

  private static Transcript.Entry declared(Place place, Line promptLine, List<Line> document) {
    return new Transcript.Entry(
        new CommandRun(place, List.of("kubectl", "declared"), promptLine, document, false),
        List.of());
  }
}
