package io.packetwalk.read.transcript;

import io.packetwalk.read.transcript.CommandLine.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code for host in a b; do echo "== $host"; ssh $host ip route; done}: the same commands at many
 * places.
 *
 * <p>Which lines are whose turn is known where an {@code echo} shows the loop's variable, and where
 * there is one turn only.
 *
 * @param words what the variable stands for, in turn, as typed: a pattern or another command's
 *     output among them says that they aren't known
 */
record ShellLoop(String variable, List<String> words, List<Pipeline> body) {
  private static final int MOST_TURNS = 1_000;
  private static final Set<String> KEYWORDS = Set.of("for", "while", "until", "if", "case", "do");

  /** A machine's or a pod's name, not one of the single words that outputs have. */
  private static final Pattern TELLING_NAME =
      Pattern.compile("(?:[a-z]+/)?[a-zA-Z0-9](?=[\\w.-]*[-.\\d])[\\w.-]*[a-zA-Z0-9]");

  ShellLoop {
    words = List.copyOf(words);
    body = List.copyOf(body);
  }

  /** The body's commands with the variable's value in place, and what they printed. */
  record Turn(List<Pipeline> commands, List<Line> output) {
    Turn {
      commands = List.copyOf(commands);
      output = List.copyOf(output);
    }
  }

  /** Empty when the line is no loop, or one with another inside. */
  static Optional<ShellLoop> of(CommandLine line) {
    List<Stage> stages = line.stages();
    if (stages.size() < 3 || !isHead(stages.getFirst()) || !isEnd(stages.getLast())) {
      return Optional.empty();
    }
    List<String> head = stages.getFirst().words();
    List<Stage> body = new ArrayList<>();
    for (Stage stage : stages.subList(1, stages.size() - 1)) {
      boolean first = body.isEmpty() && stage.words().getFirst().equals("do");
      List<String> words = first ? stage.words().subList(1, stage.words().size()) : stage.words();
      if (words.isEmpty() || KEYWORDS.contains(words.getFirst())) {
        return Optional.empty();
      }
      body.add(new Stage(words, stage.after(), stage.redirected()));
    }
    List<Pipeline> commands =
        SilentCommands.without(Pipeline.of(new CommandLine(body, Optional.empty(), false)));
    return Optional.of(new ShellLoop(head.get(1), head.subList(3, head.size()), commands));
  }

  private static boolean isHead(Stage stage) {
    List<String> words = stage.words();
    return words.size() > 3
        && words.getFirst().equals("for")
        && words.get(1).matches("\\w+")
        && words.get(2).equals("in");
  }

  private static boolean isEnd(Stage stage) {
    return stage.words().equals(List.of("done"));
  }

  /** The turns with their outputs; empty when it can't be told which line is whose. */
  Optional<List<Turn>> turns(List<Line> output) {
    for (int index = 0; index < body.size(); index++) {
      Optional<Pattern> header = header(body.get(index));
      if (header.isPresent()) {
        return index == 0 ? headed(header.get(), output) : Optional.empty();
      }
    }
    return isKnown() && words.size() == 1
        ? Optional.of(List.of(new Turn(with(words.getFirst(), body), output)))
        : Optional.empty();
  }

  private Optional<List<Turn>> headed(Pattern header, List<Line> output) {
    List<Turn> turns = new ArrayList<>();
    Optional<String> value = Optional.empty();
    List<Line> own = new ArrayList<>();
    for (Line line : output) {
      Optional<String> next = valueIn(header, line);
      if (next.isPresent()) {
        value.ifPresent(shown -> turns.add(turn(shown, own)));
        value = next;
        own.clear();
      } else if (value.isPresent()) {
        own.add(line);
      } else if (!line.isBlank()) {
        return Optional.empty();
      }
    }
    value.ifPresent(shown -> turns.add(turn(shown, own)));
    return turns.isEmpty() || turns.size() > MOST_TURNS ? Optional.empty() : Optional.of(turns);
  }

  private Turn turn(String value, List<Line> output) {
    return new Turn(with(value, body.subList(1, body.size())), output);
  }

  private Optional<String> valueIn(Pattern header, Line line) {
    Matcher matcher = header.matcher(line.text().strip());
    return matcher.matches()
        ? Optional.of(matcher.group(1)).filter(this::isOneOf)
        : Optional.empty();
  }

  private boolean isOneOf(String value) {
    return isKnown() ? words.contains(value) : TELLING_NAME.matcher(value).matches();
  }

  private boolean isKnown() {
    return words.stream().noneMatch(word -> word.matches(".*[$`*?{\\[].*"));
  }

  /** What a line looks like that an {@code echo} of the variable prints. */
  private Optional<Pattern> header(Pipeline pipeline) {
    String text = String.join(" ", Echo.words(pipeline.words())).strip();
    Matcher place = reference().matcher(text);
    if (!pipeline.words().getFirst().equals("echo") || !place.find()) {
      return Optional.empty();
    }
    String before = text.substring(0, place.start());
    String behind = text.substring(place.end());
    return (before + behind).matches(".*[$`].*")
        ? Optional.empty()
        : Optional.of(Pattern.compile(Pattern.quote(before) + "(\\S+?)" + Pattern.quote(behind)));
  }

  private Pattern reference() {
    return Pattern.compile("\\$(?:\\{" + variable + "\\}|" + variable + "(?!\\w))");
  }

  private List<Pipeline> with(String value, List<Pipeline> commands) {
    String bare = value.substring(value.indexOf('/') + 1);
    String replacement = Matcher.quoteReplacement(bare);
    return commands.stream()
        .map(command ->
            new Pipeline(
                command.words().stream()
                    .map(word -> reference().matcher(word).replaceAll(replacement))
                    .toList(),
                command.filtered()))
        .toList();
  }
}
