package io.packetwalk.read.command.openflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values of the database as its tools print them: {@code {a="b", c=d}}, {@code [1, 2]}. */
final class OvsdbText {
  private OvsdbText() {}

  static Map<String, String> map(String text) {
    Map<String, String> map = new TreeMap<>();
    for (String pair : Split.at(inside(text, '{', '}'), ',')) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        map.put(
            Split.unquoted(pair.substring(0, equals).strip()),
            Split.unquoted(pair.substring(equals + 1).strip()));
      }
    }
    return map;
  }

  /** The members of a set; one without brackets is a set of its own. */
  static List<String> set(String text) {
    List<String> members = new ArrayList<>();
    for (String member : Split.at(inside(text, '[', ']'), ',')) {
      if (!member.isEmpty()) {
        members.add(Split.unquoted(member));
      }
    }
    return members;
  }

  static List<Integer> numbers(String text) {
    return set(text).stream().map(Numbers::decimal).filter(number -> number >= 0).toList();
  }

  private static String inside(String text, char open, char close) {
    String value = text.strip();
    boolean enclosed =
        value.length() >= 2 && value.charAt(0) == open && value.charAt(value.length() - 1) == close;
    return enclosed ? value.substring(1, value.length() - 1) : value;
  }
}
