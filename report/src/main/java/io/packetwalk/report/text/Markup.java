package io.packetwalk.report.text;

import java.util.List;
import java.util.Locale;

/**
 * Lines of text as HTML and SVG have them: each tone is a class, whose colour a style sheet says.
 */
public final class Markup {
  private Markup() {}

  /** A text as it stands between tags and in attributes of HTML and XML. */
  public static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(each -> append(each, escaped));
    return escaped.toString();
  }

  private static void append(int character, StringBuilder escaped) {
    switch (character) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      default -> escaped.appendCodePoint(isAllowed(character) ? character : 0xFFFD);
    }
  }

  /** What XML 1.0 allows (its production 2), but for characters that steer. */
  private static boolean isAllowed(int character) {
    return character == '\n'
        || (character >= ' ' && character < 0x7f)
        || (character >= 0xa0 && character <= 0xd7ff)
        || (character >= 0xe000 && character <= 0xfffd)
        || character >= 0x10000;
  }

  /** A line's pieces, each in an element of this name where it has a tone. */
  static String line(Phrase line, String element) {
    StringBuilder text = new StringBuilder();
    for (Span span : line.spans()) {
      if (span.tone() == Tone.PLAIN || span.text().isBlank()) {
        text.append(escaped(span.text()));
      } else {
        text.append("<%s class=\"%s\">".formatted(element, name(span.tone())))
            .append(escaped(span.text()))
            .append("</%s>".formatted(element));
      }
    }
    return text.toString();
  }

  private static String name(Tone tone) {
    return tone.name().toLowerCase(Locale.ROOT);
  }

  /** A line amid others of a browser's. */
  public static String inline(Phrase line) {
    return line(line, "span");
  }

  /** Lines as they are, for a browser. */
  public static String preformatted(List<Phrase> lines) {
    StringBuilder text = new StringBuilder("<pre>");
    for (Phrase line : lines) {
      text.append(line(line, "span").stripTrailing()).append('\n');
    }
    return text.append("</pre>\n").toString();
  }
}
