package io.packetwalk.read.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands behind a prompt, split as a shell splits: simple commands and how they are joined.
 *
 * <p>Expansions aren't made: {@code $(…)} and variables stay as they are written. A parenthesis
 * inside a word belongs to the word, since transcripts show patterns without their quotes.
 *
 * @param heredoc the word that ends a here-document ({@code <<EOF}), when there is one
 * @param unfinished whether the line ends in a backslash or inside quotes
 */
record CommandLine(List<Stage> stages, Optional<String> heredoc, boolean unfinished) {
  CommandLine {
    stages = List.copyOf(stages);
  }

  /** What stands between two simple commands. */
  enum Joint {
    PIPE,
    SEQUENCE,
    END
  }

  /**
   * A simple command.
   *
   * @param after what follows it
   * @param redirected whether its output went to a file
   */
  record Stage(List<String> words, Joint after, boolean redirected) {
    Stage {
      words = List.copyOf(words);
    }
  }

  static CommandLine parse(String text) {
    return new Lexer(text).commandLine();
  }

  /** One pass over the text. */
  private static final class Lexer {
    private final String text;
    private final List<Stage> stages = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private Optional<String> heredoc = Optional.empty();
    private boolean redirected;
    private boolean unfinished;
    private int position;

    Lexer(String text) {
      this.text = text;
    }

    CommandLine commandLine() {
      while (position < text.length()) {
        step();
      }
      finish(Joint.END);
      return new CommandLine(stages, heredoc, unfinished);
    }

    private void step() {
      char character = text.charAt(position);
      if (character == ' ' || character == '\t') {
        position++;
      } else if (character == '#') {
        position = text.length();
      } else if (character == '|') {
        position += startsWith("||") || startsWith("|&") ? 2 : 1;
        finish(
            text.charAt(position - 1) == '|' && startsBefore("||") ? Joint.SEQUENCE : Joint.PIPE);
      } else if (character == ';' || (character == '&' && !startsWith("&>"))) {
        position += startsWith("&&") ? 2 : 1;
        finish(Joint.SEQUENCE);
      } else if (character == '(' || character == ')') {
        position++;
      } else if (isRedirection()) {
        redirect();
      } else {
        words.add(word());
      }
    }

    private boolean startsWith(String prefix) {
      return text.startsWith(prefix, position);
    }

    private boolean startsBefore(String suffix) {
      return position >= suffix.length() && text.startsWith(suffix, position - suffix.length());
    }

    private boolean isRedirection() {
      int index = position;
      while (index < text.length() && Character.isDigit(text.charAt(index))) {
        index++;
      }
      return index < text.length()
          && (text.charAt(index) == '>' || text.charAt(index) == '<' || startsWith("&>"));
    }

    private void redirect() {
      boolean errors = text.charAt(position) == '2';
      while (position < text.length() && "0123456789&".indexOf(text.charAt(position)) >= 0) {
        position++;
      }
      int start = position;
      while (position < text.length() && "<>&".indexOf(text.charAt(position)) >= 0) {
        position++;
      }
      String operator = text.substring(start, position);
      while (position < text.length() && text.charAt(position) == ' ') {
        position++;
      }
      String target = word();
      if (operator.equals("<<")) {
        heredoc = Optional.of(target.startsWith("-") ? target.substring(1) : target);
      }
      redirected |= operator.startsWith(">") && !errors;
    }

    private String word() {
      StringBuilder word = new StringBuilder();
      while (position < text.length() && !endsWord(text.charAt(position), word)) {
        char character = text.charAt(position++);
        switch (character) {
          case '\\' -> escape(word);
          case '\'' -> quoted(word, '\'');
          case '"' -> quoted(word, '"');
          case '`' -> literal(word, '`');
          case '(' -> parentheses(word);
          default -> word.append(character);
        }
      }
      return word.toString();
    }

    private static boolean endsWord(char character, StringBuilder word) {
      return switch (character) {
        case ' ', '\t', '|', ';', '&', ')', '<', '>' -> true;
        case '(' -> word.isEmpty();
        default -> false;
      };
    }

    private void escape(StringBuilder word) {
      if (position < text.length()) {
        word.append(text.charAt(position++));
      } else {
        unfinished = true;
      }
    }

    private void quoted(StringBuilder word, char quote) {
      while (position < text.length()) {
        char character = text.charAt(position++);
        if (character == quote) {
          return;
        }
        boolean escaped = quote == '"' && character == '\\' && position < text.length();
        if (escaped && "\"\\$`".indexOf(text.charAt(position)) >= 0) {
          word.append(text.charAt(position++));
        } else {
          word.append(character);
        }
      }
      unfinished = true;
    }

    private void literal(StringBuilder word, char end) {
      word.append(end);
      while (position < text.length()) {
        char character = text.charAt(position++);
        word.append(character);
        if (character == end) {
          return;
        }
      }
    }

    private void parentheses(StringBuilder word) {
      word.append('(');
      int depth = 1;
      while (position < text.length() && depth > 0) {
        char character = text.charAt(position++);
        word.append(character);
        depth += character == '(' ? 1 : character == ')' ? -1 : 0;
      }
    }

    private void finish(Joint after) {
      if (!words.isEmpty()) {
        stages.add(new Stage(words, after, redirected));
      }
      words = new ArrayList<>();
      redirected = false;
    }
  }
}
