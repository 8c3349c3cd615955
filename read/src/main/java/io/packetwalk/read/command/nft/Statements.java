package io.packetwalk.read.command.nft;

import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The lines of a listing, joined where braces or a backslash carry a statement over several, and
 * split where a semicolon ends one.
 */
final class Statements {
  private static final Set<String> BLOCKS =
      Set.of(
          "table",
          "chain",
          "set",
          "map",
          "flowtable",
          "counter",
          "quota",
          "limit",
          "ct",
          "secmark",
          "synproxy");

  private final List<Line> lines;
  private int position;

  Statements(List<Line> lines) {
    this.lines = lines;
  }

  boolean hasNext() {
    return position < lines.size();
  }

  /** The words of the next statement; none for an empty line. */
  List<Token> next() {
    List<Token> words = new ArrayList<>();
    takeLine(words);
    while (hasNext() && isOpen(words) && !beginsBlock(lines.get(position))) {
      takeLine(words);
    }
    return words;
  }

  private void takeLine(List<Token> words) {
    Line line = lines.get(position++);
    Lexer.split(line, words);
    while (!words.isEmpty() && words.getLast().is("\\") && hasNext()) {
      words.removeLast();
      Lexer.split(lines.get(position++), words);
    }
  }

  /** Whether the statement goes on in the next line. */
  private static boolean isOpen(List<Token> words) {
    return !opensBlock(words) && depth(words) > 0;
  }

  private static int depth(List<Token> words) {
    int depth = 0;
    for (Token word : words) {
      depth += word.is("{") ? 1 : word.is("}") ? -1 : 0;
    }
    return depth;
  }

  /** Whether the words open a block, rather than a list of elements. */
  static boolean opensBlock(List<Token> words) {
    List<Token> bare = withoutRemark(words);
    return bare.size() >= 2
        && bare.size() <= 4
        && bare.getLast().is("{")
        && !bare.getFirst().quoted()
        && BLOCKS.contains(bare.getFirst().text());
  }

  /** The words without what stands behind {@code #}. */
  static List<Token> withoutRemark(List<Token> words) {
    return !words.isEmpty() && isRemark(words.getLast())
        ? words.subList(0, words.size() - 1)
        : words;
  }

  static boolean isRemark(Token word) {
    return !word.quoted() && word.text().startsWith("#");
  }

  private static boolean beginsBlock(Line line) {
    List<Token> words = new ArrayList<>();
    String text = line.text();
    if (text.length() < 1024 && text.stripTrailing().endsWith("{")) {
      Lexer.split(line, words);
    }
    return opensBlock(words);
  }
}
