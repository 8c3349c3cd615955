package io.packetwalk.read.command.nft;

import io.packetwalk.read.transcript.Line;
import java.util.List;

/**
 * The words of one statement of a listing, and how far they were read.
 *
 * <p>What can't be read is noted here and asked for once, behind everything that might fail: a
 * reader goes on with any value until then. Whoever tries another way goes {@link #back}.
 */
final class Cursor {
  private static final int DEEPEST = 64;

  private final List<Token> tokens;
  private final Token end;
  private int position;
  private int depth;
  private boolean failed;

  Cursor(List<Token> tokens) {
    this.tokens = tokens;
    Line last = tokens.isEmpty() ? new Line("", 1, "") : tokens.getLast().line();
    this.end = new Token("", false, last);
  }

  Token peek() {
    return peek(0);
  }

  Token peek(int ahead) {
    return position + ahead < tokens.size() ? tokens.get(position + ahead) : end;
  }

  Token next() {
    Token token = peek();
    position += position < tokens.size() ? 1 : 0;
    return token;
  }

  boolean isAtEnd() {
    return position >= tokens.size();
  }

  boolean at(String word) {
    return !isAtEnd() && peek().is(word);
  }

  boolean at(String word, String following) {
    return at(word) && peek(1).is(following);
  }

  /** Goes over the word if it is the next one. */
  boolean take(String word) {
    boolean here = at(word);
    position += here ? 1 : 0;
    return here;
  }

  /** The same for a word without which the statement can't be read. */
  void expect(String word) {
    if (!take(word)) {
      fail();
    }
  }

  void fail() {
    failed = true;
  }

  boolean hasFailed() {
    return failed;
  }

  int position() {
    return position;
  }

  void back(int to) {
    position = to;
    failed = false;
  }

  /** Counts how deep expressions stand in expressions; false when it is too deep to follow. */
  boolean enter() {
    depth++;
    if (depth > DEEPEST) {
      fail();
    }
    return depth <= DEEPEST;
  }

  void leave() {
    depth--;
  }

  /** The words from a position up to where reading has come. */
  String textFrom(int from) {
    return text(from, position);
  }

  String rest() {
    return text(position, tokens.size());
  }

  void skipRest() {
    position = tokens.size();
  }

  private String text(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (Token token : tokens.subList(from, Math.max(from, to))) {
      if (token.is(",")) {
        text.append(',');
      } else {
        text.append(text.isEmpty() ? "" : " ").append(token.written());
      }
    }
    return text.toString();
  }
}
