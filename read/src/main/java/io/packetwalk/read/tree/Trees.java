package io.packetwalk.read.tree;

import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * Reads lines of YAML or JSON, several documents after another, into trees.
 *
 * <p>A line that breaks the syntax is left out and the document is read again without it, up to
 * {@value #MOST_REPAIRS} times; after that, what follows the broken line is given up. Aliases
 * aren't followed, so a small text can't become a large tree. Nesting is limited by the parser.
 */
public final class Trees {
  private static final int MOST_REPAIRS = 8;
  private static final int MOST_REPAIRED_LINES = 100_000;
  private static final int LARGEST_DOCUMENT = 1 << 30;

  private static final TokenStreamFactory YAML =
      YAMLFactory.builder()
          .loadSettings(
              LoadSettings.builder()
                  .setCodePointLimit(LARGEST_DOCUMENT)
                  .setAllowDuplicateKeys(true)
                  .build())
          .build();
  private static final TokenStreamFactory JSON = JsonFactory.builder().build();

  private Trees() {}

  /** Takes each value as it is read. */
  public interface Visitor {
    /** Takes a document; its list is without the elements, which were handed over before. */
    void document(Tree tree);

    /**
     * Takes an element of the list that a document is.
     *
     * @param listKind the list's kind ({@code PodList}) when it stood before the elements
     */
    void element(Tree tree, String listKind);
  }

  /**
   * Reads everything that the lines hold.
   *
   * @param fresh makes the visitor of one document; a document that is read again gets a new one
   * @return the visitors that saw their document through or as far as it can be read, and the lines
   *     that broke the syntax
   */
  public static <V extends Visitor> Outcome<V> read(List<Line> lines, Supplier<V> fresh) {
    Outcome<V> outcome = new Outcome<>(new ArrayList<>(), new ArrayList<>());
    for (List<Line> document : Documents.of(lines)) {
      int start = Documents.start(document);
      for (Line line : document.subList(0, start)) {
        if (!line.isBlank()) {
          outcome.unread().add(new Reading.Unread(line, "no part of an object"));
        }
      }
      read(document.subList(start, document.size()), fresh, outcome);
    }
    return outcome;
  }

  /** What reading gave. */
  public record Outcome<V>(List<V> documents, List<Reading.Unread> unread) {}

  private static <V extends Visitor> void read(
      List<Line> lines, Supplier<V> fresh, Outcome<V> outcome) {
    List<Line> left = new ArrayList<>(lines);
    long filled = lines.stream().filter(line -> !line.isBlank()).count();
    int repairs = lines.size() > MOST_REPAIRED_LINES ? 0 : (int) Math.min(MOST_REPAIRS, filled - 1);
    while (true) {
      V visitor = fresh.get();
      Optional<Fault> fault = attempt(left, visitor);
      fault.ifPresent(found ->
          outcome.unread().add(new Reading.Unread(left.get(found.index()), found.reason())));
      if (fault.isEmpty() || fault.get().atEnd() || repairs-- == 0) {
        outcome.documents().add(visitor);
        return;
      }
      Line broken = left.get(fault.get().index());
      left.set(fault.get().index(), new Line(broken.file(), broken.number(), ""));
    }
  }

  private static Optional<Fault> attempt(List<Line> lines, Visitor visitor) {
    TokenStreamFactory factory = isJson(lines) ? JSON : YAML;
    try (LinesReader text = new LinesReader(lines);
        JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
      new TreeBuilder(parser, lines, visitor).documents();
      return Optional.empty();
    } catch (JacksonException fault) {
      return Optional.of(fault(fault, lines));
    } catch (YamlEngineException fault) {
      return Optional.of(new Fault(0, String.valueOf(fault.getMessage()), true));
    }
  }

  private static boolean isJson(List<Line> lines) {
    String first =
        lines.stream().filter(line -> !line.isBlank()).findFirst().orElseThrow().text().strip();
    return first.startsWith("{") || first.startsWith("[");
  }

  private static Fault fault(JacksonException exception, List<Line> lines) {
    TokenStreamLocation location = exception.getLocation();
    int number = location == null ? 0 : location.getLineNr() - 1;
    if (exception.getCause() instanceof MarkedYamlEngineException marked) {
      boolean simpleKey = "while scanning a simple key".equals(marked.getContext());
      Optional<Mark> mark = simpleKey ? marked.getContextMark() : marked.getProblemMark();
      number = mark.map(Mark::getLine).orElse(number);
    }
    int index = Math.clamp(number, 0, lines.size() - 1);
    while (index > 0 && lines.get(index).isBlank()) {
      index--;
    }
    String reason = String.valueOf(exception.getOriginalMessage());
    boolean atEnd = exception instanceof UnexpectedEndOfInputException;
    return new Fault(index, reason.lines().findFirst().orElse("broken syntax"), atEnd);
  }

  /**
   * Where the syntax is broken.
   *
   * @param atEnd whether the text only breaks off, which no line left out would mend
   */
  private record Fault(int index, String reason, boolean atEnd) {}
}
