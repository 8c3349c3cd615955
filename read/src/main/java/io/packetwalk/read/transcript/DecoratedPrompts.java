package io.packetwalk.read.transcript;

import io.packetwalk.read.transcript.Prompt.Shape;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prompts that themes of shells draw: with signs of their own, over two lines, with the time in
 * front.
 *
 * <pre>
 * ➜  k8s git:(main) ✗ ip route        ┌──(root㉿worker1)-[~]        ╭─me@worker1 ~/k8s
 * ❯ ip route                          └─# ip route                  ╰─$ ip route
 * </pre>
 *
 * A sign counts with a known command behind it; once a file has used it, with any.
 */
final class DecoratedPrompts {
  private static final Pattern UPPER =
      Pattern.compile("(?:┌|╭)─*\\(?(?:[^\\s@㉿()]{1,40})(?:@|㉿)([\\w.-]{1,120})\\b.*");
  private static final Pattern LOWER = Pattern.compile("((?:└|╰)─*[#$%❯➤λ>])\\s*(.*)");
  private static final Pattern ARROW =
      Pattern.compile("(➜)\\s+\\S+(?:\\s+git:\\([^)]{0,80}\\))?(?:\\s+[✗✔])?(?:\\s+(.*))?");
  private static final Pattern SIGN = Pattern.compile("([❯λ▶])\\s+(.*)");
  private static final Pattern WINDOWS = Pattern.compile("(PS [A-Za-z]:\\\\[^>]{0,100}>)\\s*(.*)");
  private static final Pattern FOLDER =
      Pattern.compile("(~(?:/\\S{0,100})?[$#]|\\[~[^\\]\\s]{0,100}\\][$#])\\s+(.*)");
  private static final Pattern TIME =
      Pattern.compile(
          "\\[?(?:\\d{4}-\\d\\d-\\d\\d["
              + " T])?\\d\\d:\\d\\d(?::\\d\\d)?(?:\\.\\d{1,9})?\\]?\\s+(?=\\S)");
  private static final int LONGEST = 1000;

  private final Set<String> used = new LinkedHashSet<>();
  private String host = "";

  /** The prompt that a line begins with; empty when it is none of these. */
  Optional<Prompt> parse(String line, int start) {
    if (line.length() - start > LONGEST) {
      return Optional.empty();
    }
    String text = line.substring(start);
    return switch (text.charAt(0)) {
      case '┌', '╭' -> upper(text);
      case '└', '╰' -> signed(LOWER, text, host);
      case '➜' -> signed(ARROW, text, "");
      case '❯', 'λ', '▶' -> signed(SIGN, text, "");
      case 'P' -> signed(WINDOWS, text, "");
      case '~', '[' -> signed(FOLDER, text, "");
      default -> Optional.empty();
    };
  }

  /** Where a prompt with a machine begins behind the time; at the start when there is none. */
  static int behindTime(String line, int start) {
    int at = line.indexOf('@', start);
    char first = line.charAt(start);
    if (at < 0 || at - start > 120) {
      return start;
    }
    if (first != '[' && (first < '0' || first > '9')) {
      return start;
    }
    int end = Math.min(line.length(), start + 60);
    Matcher time = TIME.matcher(line).region(start, end);
    return time.lookingAt() ? time.end() : start;
  }

  /** The first of two lines, which names the machine. */
  private Optional<Prompt> upper(String text) {
    Matcher upper = UPPER.matcher(text);
    if (!upper.matches()) {
      return Optional.empty();
    }
    host = upper.group(1);
    return Optional.of(new Prompt(Shape.NAMED, host, text.strip(), ""));
  }

  private Optional<Prompt> signed(Pattern shape, String text, String named) {
    Matcher matcher = shape.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String sign = matcher.group(1);
    String command = matcher.group(2) == null ? "" : matcher.group(2).strip();
    boolean accepted = used.contains(sign) || KnownCommands.plausible(command);
    if (!accepted) {
      return Optional.empty();
    }
    used.add(sign);
    Shape kind = named.isEmpty() ? Shape.HASH : Shape.NAMED;
    return Optional.of(new Prompt(kind, named, sign, command));
  }
}
