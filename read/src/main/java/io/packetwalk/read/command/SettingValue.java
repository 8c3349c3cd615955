package io.packetwalk.read.command;

import java.util.ArrayList;
import java.util.List;

/** The value of a kernel setting as a line shows it, without what somebody wrote behind it. */
final class SettingValue {
  private SettingValue() {}

  /** Numbers up to the first other word when the value begins with one; else the whole text. */
  static String of(String text) {
    String stripped = text.strip();
    List<String> words = Tokens.split(stripped);
    if (words.isEmpty() || !isNumber(words.getFirst())) {
      return stripped;
    }
    List<String> numbers = new ArrayList<>();
    for (String word : words) {
      if (!isNumber(word)) {
        break;
      }
      numbers.add(word);
    }
    return String.join("\t", numbers);
  }

  private static boolean isNumber(String word) {
    String digits = word.startsWith("-") ? word.substring(1) : word;
    return !digits.isEmpty() && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }
}
