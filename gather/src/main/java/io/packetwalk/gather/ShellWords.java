package io.packetwalk.gather;

import java.util.List;
import java.util.regex.Pattern;

/** The words of a command as somebody types them. */
public final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@%+=:,./_-]+");

  private ShellWords() {}

  /** The words as a shell would take them. */
  public static String typed(List<String> words) {
    return String.join(" ", words.stream().map(ShellWords::quoted).toList());
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
