package io.packetwalk.read.transcript;

import io.packetwalk.read.transcript.Prompt.Shape;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises prompts, line by line through one file.
 *
 * <p>Shapes that prose can have too ({@code # …}, {@code name# …}) count only with a known command
 * behind them; once a file has used such a prompt, it may stand empty as well.
 */
final class PromptParser {
  private static final int LONGEST_PROMPT = 200;
  private static final int MOST_REMEMBERED = 64;
  private static final String ENDS = "#$%>";

  private final Set<String> seen = new LinkedHashSet<>();
  private final DecoratedPrompts decorated = new DecoratedPrompts();

  /** Whether the file has prompts that somebody typed at, so that headings are no commands. */
  private boolean typed;

  /** The prompt that a line begins with. */
  Optional<Prompt> parse(String line) {
    int start = indentation(line);
    if (start == line.length() || start > 8) {
      return Optional.empty();
    }
    Optional<Prompt> drawn = decorated.parse(line, start);
    Optional<Prompt> prompt =
        drawn.isPresent() ? drawn : parseAt(line, start).or(() -> timed(line));
    prompt = prompt.filter(found -> start == 0 || isSureWhenIndented(found));
    prompt.ifPresent(this::remember);
    return prompt;
  }

  /** Where a prompt that this file had before stands behind other text; -1 when it doesn't. */
  int embedded(String line) {
    if (line.indexOf('@') < 1 || line.length() > 4096) {
      return -1;
    }
    for (String prompt : seen) {
      int position = prompt.indexOf('@') > 0 ? line.indexOf(prompt) : -1;
      int end = position + prompt.length();
      if (position > 0 && (end == line.length() || line.charAt(end) == ' ')) {
        return position;
      }
    }
    return -1;
  }

  private void remember(Prompt prompt) {
    typed |= "+=-".indexOf(prompt.text().charAt(0)) < 0;
    if (seen.size() < MOST_REMEMBERED) {
      seen.add(prompt.text());
    }
  }

  private static int indentation(String line) {
    int start = 0;
    while (start < line.length() && line.charAt(start) <= ' ') {
      start++;
    }
    return start;
  }

  private static boolean isSureWhenIndented(Prompt prompt) {
    return prompt.text().indexOf('@') > 0
        || (!prompt.command().isEmpty() && KnownCommands.plausible(prompt.command()));
  }

  private Optional<Prompt> parseAt(String line, int start) {
    char first = line.charAt(start);
    return switch (first) {
      case '[' -> bracketed(line, start);
      case '$' -> bare(line, start, Shape.DOLLAR);
      case '#' -> bare(line, start, Shape.HASH);
      case '%' -> bare(line, start, Shape.HASH);
      case '>' -> typed && !seen.contains(">") ? Optional.empty() : bare(line, start, Shape.HASH);
      case '/', '~' -> folder(line, start);
      case '(' -> afterEnvironment(line, start);
      case '<' -> placeholder(line, start);
      case '+', '=', '-' -> heading(line, start);
      default -> Cursor.isNameCharacter(first) ? named(line, start) : Optional.empty();
    };
  }

  /** {@code 10:11:12 root@host:~# command}: behind a time only what names user and machine. */
  private Optional<Prompt> timed(String line) {
    int start = indentation(line);
    int behind = DecoratedPrompts.behindTime(line, start);
    return behind == start
        ? Optional.empty()
        : parseAt(line, behind).filter(prompt -> prompt.text().indexOf('@') > 0);
  }

  private Optional<Prompt> afterEnvironment(String line, int start) {
    int close = line.indexOf(") ", start);
    boolean environment = close > start && close - start < 40 && close + 2 < line.length();
    return environment && line.charAt(close + 2) != '#'
        ? parseAt(line, close + 2)
        : Optional.empty();
  }

  /** {@code <worker>$ command}: a machine that somebody calls by what it is. */
  private static Optional<Prompt> placeholder(String line, int start) {
    Cursor cursor = new Cursor(line, start + 1);
    String host = cursor.name();
    int sign = cursor.position() + 1;
    boolean shaped =
        !host.isEmpty()
            && cursor.take('>')
            && sign < line.length()
            && (line.charAt(sign) == '$' || line.charAt(sign) == '#')
            && (sign + 1 == line.length() || line.charAt(sign + 1) == ' ');
    return shaped
        ? Optional.of(
            new Prompt(
                Shape.NAMED,
                host,
                line.substring(start, sign + 1),
                line.substring(sign + 1).strip()))
        : Optional.empty();
  }

  /** {@code $ command}: taken as it is, unless a number follows. */
  private Optional<Prompt> bare(String line, int start, Shape shape) {
    String sign = line.substring(start, start + 1);
    String rest = line.substring(start + 1);
    String command = rest.strip();
    if (command.isEmpty()) {
      boolean known = shape == Shape.DOLLAR || seen.contains(sign);
      return known ? Optional.of(new Prompt(shape, "", sign, "")) : Optional.empty();
    }
    boolean apart = rest.charAt(0) == ' ';
    boolean accepted =
        (shape == Shape.DOLLAR && apart)
            ? Cursor.canBeginCommand(command.charAt(0))
            : (apart || shape == Shape.DOLLAR) && KnownCommands.plausible(command);
    return accepted ? Optional.of(new Prompt(shape, "", sign, command)) : Optional.empty();
  }

  /** {@code + command} of a traced script, {@code === command ===} above its output. */
  private Optional<Prompt> heading(String line, int start) {
    if (line.length() > LONGEST_PROMPT || typed) {
      return Optional.empty();
    }
    boolean traced = line.startsWith("+ ", start);
    boolean underlined = line.startsWith("==", start) || line.startsWith("--", start);
    int from = start;
    int end = line.length();
    while (from < end && "+=->< ".indexOf(line.charAt(from)) >= 0) {
      from++;
    }
    while (underlined && end > from && "=-< >:".indexOf(line.charAt(end - 1)) >= 0) {
      end--;
    }
    String command = line.substring(from, end);
    boolean spaced = from > start && line.charAt(from - 1) == ' ';
    boolean accepted = spaced && (traced || underlined) && KnownCommands.plausible(command);
    return accepted
        ? Optional.of(new Prompt(Shape.HASH, "", line.substring(start, from).strip(), command))
        : Optional.empty();
  }

  /** {@code / # command}, {@code /app $ command}, {@code ~ # command}. */
  private static Optional<Prompt> folder(String line, int start) {
    int space = line.indexOf(' ', start);
    int sign = space + 1;
    if (space < 0 || space - start > LONGEST_PROMPT || sign >= line.length()) {
      return Optional.empty();
    }
    boolean ends =
        (line.charAt(sign) == '#' || line.charAt(sign) == '$')
            && (sign + 1 == line.length() || line.charAt(sign + 1) == ' ');
    return ends
        ? Optional.of(
            new Prompt(
                Shape.FOLDER,
                "",
                line.substring(start, sign + 1),
                line.substring(sign + 1).strip()))
        : Optional.empty();
  }

  /** {@code [root@host ~]# command}; with a known command, the sign may have been lost. */
  private static Optional<Prompt> bracketed(String line, int start) {
    int close = line.indexOf(']', start);
    boolean shaped = close > start && close - start < LONGEST_PROMPT && close + 1 < line.length();
    if (!shaped) {
      return Optional.empty();
    }
    int end = isEnd(line, close + 1) ? close + 2 : close + 1;
    String inside = line.substring(start + 1, close).strip();
    String command = line.substring(end).strip();
    int at = inside.indexOf('@');
    String host = Cursor.leadingName(inside.substring(at + 1));
    boolean signed = end == close + 2;
    boolean sure = at > 0 && signed;
    boolean likely = (at > 0 || signed) && KnownCommands.plausible(command);
    return !host.isEmpty() && (sure || likely)
        ? Optional.of(new Prompt(Shape.NAMED, host, line.substring(start, end), command))
        : Optional.empty();
  }

  private static boolean isEnd(String line, int index) {
    return ENDS.indexOf(line.charAt(index)) >= 0;
  }

  private Optional<Prompt> named(String line, int start) {
    Cursor cursor = new Cursor(line, start);
    String first = cursor.name();
    if (cursor.take('@')) {
      String host = cursor.name();
      return host.isEmpty()
          ? withoutHost(line, start, cursor)
          : afterHost(line, start, cursor, host, true);
    }
    if (first.startsWith("bash-") || first.startsWith("sh-")) {
      return shell(line, start, cursor);
    }
    return first.isEmpty() || cursor.atEnd()
        ? Optional.empty()
        : afterHost(line, start, cursor, first, false);
  }

  /** {@code root@# command}: somebody took the machine's name out before showing it. */
  private static Optional<Prompt> withoutHost(String line, int start, Cursor cursor) {
    int sign = signAfter(line, cursor.position());
    String command = sign < 0 ? "" : line.substring(sign + 1).strip();
    return sign - start < 40 && KnownCommands.plausible(command)
        ? Optional.of(new Prompt(Shape.HASH, "", line.substring(start, sign + 1), command))
        : Optional.empty();
  }

  private static Optional<Prompt> shell(String line, int start, Cursor cursor) {
    int sign = cursor.position();
    boolean shaped =
        sign < line.length()
            && isEnd(line, sign)
            && (sign + 1 == line.length() || line.charAt(sign + 1) == ' ');
    return shaped
        ? Optional.of(
            new Prompt(
                Shape.SHELL, "", line.substring(start, sign + 1), line.substring(sign + 1).strip()))
        : Optional.empty();
  }

  private Optional<Prompt> afterHost(
      String line, int start, Cursor cursor, String host, boolean withUser) {
    boolean colon = cursor.take(':');
    int folderStart = cursor.position();
    int sign = signAfter(line, folderStart);
    if (sign < 0) {
      return Optional.empty();
    }
    String folder = line.substring(folderStart, sign).strip();
    String text = line.substring(start, sign + 1);
    String command = line.substring(sign + 1).strip();
    boolean tight = sign == folderStart + folder.length();
    boolean sure = withUser ? isFolder(folder) || !folder.contains(" ") : isFolder(folder) && tight;
    boolean common = line.charAt(sign) == '#' || line.charAt(sign) == '$';
    boolean accepted =
        (sure && common && (withUser || colon || !folder.isEmpty()))
            || ((sure || folder.isEmpty() || isFolder(folder))
                && (seen.contains(text) || KnownCommands.plausible(command)));
    return accepted ? Optional.of(new Prompt(Shape.NAMED, host, text, command)) : Optional.empty();
  }

  /** The first sign that ends a prompt and is followed by a space or nothing. */
  private static int signAfter(String line, int from) {
    int limit = Math.min(line.length(), from + LONGEST_PROMPT);
    for (int index = from; index < limit; index++) {
      if (isEnd(line, index) && (index + 1 == line.length() || line.charAt(index + 1) == ' ')) {
        return index;
      }
    }
    return -1;
  }

  private static boolean isFolder(String folder) {
    if (folder.isEmpty() || (folder.charAt(0) != '~' && folder.charAt(0) != '/')) {
      return false;
    }
    int space = folder.indexOf(' ');
    return space < 0
        || folder.startsWith("(", space + 1)
        || folder.startsWith("[", space + 1)
        || folder.startsWith("git:", space + 1);
  }
}
