package io.packetwalk.read.transcript;

import java.util.regex.Pattern;

/** What HTML in a document adds to a line: emphasis, and entities in place of characters. */
final class Markup {
  private static final Pattern EMPHASIS = Pattern.compile("</?(?:b|i|em|strong|mark|u)>");

  private Markup() {}

  static String removed(String line) {
    String plain = line.indexOf('<') >= 0 ? EMPHASIS.matcher(line).replaceAll("") : line;
    return plain.indexOf('&') >= 0 && plain.indexOf(';') >= 0 ? decoded(plain) : plain;
  }

  private static String decoded(String line) {
    return line.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
  }
}
