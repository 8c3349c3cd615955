package io.packetwalk.read.command;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The words of a line, with a position that only moves forward. */
public final class Tokens {
  private static final int MOST = 4096;

  private final List<String> words;
  private int position;

  private Tokens(List<String> words) {
    this.words = words;
  }

  public static Tokens of(String text) {
    return new Tokens(split(text));
  }

  /** The words between white space; what is behind the 4096th is left out. */
  public static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    int index = 0;
    while (index < text.length() && words.size() < MOST) {
      while (index < text.length() && Character.isWhitespace(text.charAt(index))) {
        index++;
      }
      int start = index;
      while (index < text.length() && !Character.isWhitespace(text.charAt(index))) {
        index++;
      }
      if (index > start) {
        words.add(text.substring(start, index));
      }
    }
    return words;
  }

  public boolean hasNext() {
    return position < words.size();
  }

  /** The next word, without taking it; empty at the end. */
  public String peek() {
    return hasNext() ? words.get(position) : "";
  }

  /** Takes the next word; empty at the end. */
  public String next() {
    return hasNext() ? words.get(position++) : "";
  }

  /** Takes the next word when it is this one. */
  public boolean take(String expected) {
    boolean there = peek().equals(expected);
    position += there ? 1 : 0;
    return there;
  }

  public boolean takeAny(Set<String> expected) {
    boolean there = hasNext() && expected.contains(peek());
    position += there ? 1 : 0;
    return there;
  }

  /** A whole number that isn't negative; empty for anything else. */
  public static OptionalInt number(String text) {
    boolean digits =
        !text.isEmpty()
            && text.length() <= 10
            && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    if (!digits) {
      return OptionalInt.empty();
    }
    long value = Long.parseLong(text);
    return value <= Integer.MAX_VALUE ? OptionalInt.of((int) value) : OptionalInt.empty();
  }
}
