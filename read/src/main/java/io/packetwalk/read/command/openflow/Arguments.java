package io.packetwalk.read.command.openflow;

/** The {@code key=value} arguments of an action or a table's row. */
final class Arguments {
  private Arguments() {}

  /** The value of a key among arguments that commas separate; empty without it. */
  static String value(String arguments, String key) {
    for (String part : Split.at(arguments, ',')) {
      if (part.startsWith(key)
          && part.length() > key.length()
          && part.charAt(key.length()) == '=') {
        return part.substring(key.length() + 1);
      }
    }
    return "";
  }
}
