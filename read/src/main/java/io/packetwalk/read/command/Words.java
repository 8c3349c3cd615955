package io.packetwalk.read.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The words of a line with a position among them. */
final class Words {
  private final List<String> words;
  private int position;

  private Words(List<String> words) {
    this.words = words;
  }

  static Words of(String line) {
    List<String> words = new ArrayList<>();
    int index = 0;
    while (index < line.length()) {
      while (index < line.length() && isSpace(line.charAt(index))) {
        index++;
      }
      int start = index;
      while (index < line.length() && !isSpace(line.charAt(index))) {
        index++;
      }
      if (index > start) {
        words.add(line.substring(start, index));
      }
    }
    return new Words(words);
  }

  private static boolean isSpace(char character) {
    return character <= ' ' || character == '\\';
  }

  boolean hasNext() {
    return position < words.size();
  }

  String peek() {
    return hasNext() ? words.get(position) : "";
  }

  /** Takes the next word; empty at the end. */
  String next() {
    String word = peek();
    position = Math.min(words.size(), position + 1);
    return word;
  }

  boolean take(String expected) {
    boolean there = peek().equals(expected);
    if (there) {
      position++;
    }
    return there;
  }

  void back() {
    position = Math.max(0, position - 1);
  }

  /** Everything from here on, with single spaces. */
  String rest() {
    return String.join(" ", words.subList(position, words.size()));
  }

  List<String> remaining() {
    return List.copyOf(words.subList(position, words.size()));
  }

  /** Takes the next word when it is a decimal number that fits. */
  OptionalInt nextInt() {
    OptionalInt number = parseInt(peek());
    if (number.isPresent()) {
      position++;
    }
    return number;
  }

  /** The value behind a keyword anywhere from here on, without moving. */
  Optional<String> valueOf(String keyword) {
    for (int index = position; index + 1 < words.size(); index++) {
      if (words.get(index).equals(keyword)) {
        return Optional.of(words.get(index + 1));
      }
    }
    return Optional.empty();
  }

  boolean contains(String word) {
    return words.subList(position, words.size()).contains(word);
  }

  /** A decimal number from 0 to 2147483647. */
  static OptionalInt parseInt(String text) {
    OptionalLong number = parseLong(text);
    return number.isPresent() && number.getAsLong() <= Integer.MAX_VALUE
        ? OptionalInt.of((int) number.getAsLong())
        : OptionalInt.empty();
  }

  /** A decimal number of at most 18 digits. */
  static OptionalLong parseLong(String text) {
    boolean digits =
        !text.isEmpty()
            && text.length() <= 18
            && text.chars().allMatch(character -> character >= '0' && character <= '9');
    return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  /** A number as C writes them: decimal, or hexadecimal behind {@code 0x}; at most 32 bits. */
  static OptionalInt parseUnsigned(String text) {
    boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
    String digits = hexadecimal ? text.substring(2) : text;
    int radix = hexadecimal ? 16 : 10;
    boolean valid =
        !digits.isEmpty()
            && digits.length() <= 10
            && digits.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0);
    if (!valid) {
      return OptionalInt.empty();
    }
    long value = Long.parseLong(digits, radix);
    return value >>> 32 == 0 ? OptionalInt.of((int) value) : OptionalInt.empty();
  }
}
