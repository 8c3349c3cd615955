package io.packetwalk.capture.tap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command line of tcpdump, as somebody typed it: which frames it was told to capture. */
final class TcpdumpCommand {
  /** The options of tcpdump 4.99 whose value is a word of its own, unless it follows at once. */
  private static final String WITH_VALUE = "BcCDEFGijmMQrsTVwWyYzZ";

  private static final Set<String> LONG_WITH_VALUE =
      Set.of(
          "--interface",
          "--direction",
          "--snapshot-length",
          "--time-stamp-type",
          "--linktype",
          "--buffer-size",
          "--relinquish-privileges",
          "--time-stamp-precision");

  private static final String PARTS = "'[^']*'|\"(?:[^\"\\\\]|\\\\.)*\"|\\\\.|[^\\s'\"\\\\]+";
  private static final Pattern PART = Pattern.compile(PARTS);
  private static final Pattern WORD = Pattern.compile("(?:" + PARTS + ")++");

  private static final int LONGEST = 4096;

  private final List<String> expression = new ArrayList<>();
  private boolean elsewhere;

  private TcpdumpCommand() {}

  /**
   * The filter in a line with a command of tcpdump, empty text for none; empty when the line holds
   * no such command, or the line doesn't tell the filter.
   */
  static Optional<String> filter(String line) {
    if (line.length() > LONGEST) {
      return Optional.empty();
    }
    List<String> words = words(line);
    int at = 0;
    while (at < words.size() && !isTcpdump(words.get(at))) {
      at++;
    }
    List<String> rest = words.subList(Math.min(at + 1, words.size()), words.size());
    boolean captures = rest.stream().anyMatch(TcpdumpCommand::writes);
    if (!captures) {
      return Optional.empty();
    }
    TcpdumpCommand command = new TcpdumpCommand();
    command.take(rest);
    return command.elsewhere
        ? Optional.of("as its command says: " + line.strip())
        : Optional.of(String.join(" ", command.expression));
  }

  private static boolean isTcpdump(String word) {
    return word.equals("tcpdump") || word.endsWith("/tcpdump");
  }

  private static boolean writes(String word) {
    return word.startsWith("-") && !word.startsWith("--") && word.contains("w");
  }

  private void take(List<String> words) {
    for (int at = 0; at < words.size(); at++) {
      String word = words.get(at);
      if (!expression.isEmpty()) {
        if (ends(word)) {
          return;
        }
        expression.add(word);
      } else if (ends(word)) {
        return;
      } else if (word.startsWith("--")) {
        elsewhere |= word.startsWith("--direction");
        at += LONG_WITH_VALUE.contains(word) ? 1 : 0;
      } else if (word.startsWith("-") && word.length() > 1) {
        at += option(word) ? 1 : 0;
      } else {
        expression.add(word);
      }
    }
  }

  /** Whether the shell, not tcpdump, is told by this word and what follows. */
  private static boolean ends(String word) {
    return word.equals("&") || word.equals("|") || word.equals(";") || word.matches("[012&]?>.*");
  }

  /** Takes a word of one-letter options; whether the next word is the value of the last. */
  private boolean option(String word) {
    for (int at = 1; at < word.length(); at++) {
      char letter = word.charAt(at);
      // A filter in a file, and one direction only, can't be judged from the line.
      elsewhere |= letter == 'F' || letter == 'Q';
      if (WITH_VALUE.indexOf(letter) >= 0) {
        return at == word.length() - 1;
      }
    }
    return false;
  }

  /** The words of a line as a shell takes them, without their quotes. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      StringBuilder word = new StringBuilder();
      Matcher parts = PART.matcher(matcher.group());
      while (parts.find()) {
        word.append(unquoted(parts.group()));
      }
      words.add(word.toString());
    }
    return words;
  }

  private static String unquoted(String part) {
    return switch (part.charAt(0)) {
      case '\'' -> part.substring(1, part.length() - 1);
      case '"' -> part.substring(1, part.length() - 1).replaceAll("\\\\([\\\\\"$`])", "$1");
      case '\\' -> part.substring(1);
      default -> part;
    };
  }
}
