package io.packetwalk.read.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A command's words taken apart the way getopt does: flags, options with a value, operands.
 *
 * @param flags options without a value, clusters such as {@code -rn} taken apart
 * @param values the last value of each option that takes one, by the option as written
 */
public record Arguments(Set<String> flags, Map<String, String> values, List<String> operands) {
  public Arguments {
    flags = Collections.unmodifiableSet(new TreeSet<>(flags));
    values = Collections.unmodifiableMap(new TreeMap<>(values));
    operands = List.copyOf(operands);
  }

  /**
   * Takes the words behind the command's name apart.
   *
   * @param valued the options that take a value, with their hyphens ({@code -n}, {@code --output})
   */
  public static Arguments of(List<String> words, Set<String> valued) {
    return new Splitter(valued).split(words.subList(Math.min(1, words.size()), words.size()));
  }

  public boolean has(String... names) {
    for (String name : names) {
      if (flags.contains(name) || values.containsKey(name)) {
        return true;
      }
    }
    return false;
  }

  /** The value of the first of these options that was given. */
  public Optional<String> value(String... names) {
    for (String name : names) {
      String value = values.get(name);
      if (value != null) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  public String operand(int index) {
    return index < operands.size() ? operands.get(index) : "";
  }

  /** One pass over the words. */
  private static final class Splitter {
    private final Set<String> valued;
    private final Set<String> flags = new LinkedHashSet<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> operands = new ArrayList<>();

    Splitter(Set<String> valued) {
      this.valued = valued;
    }

    Arguments split(List<String> words) {
      int index = 0;
      while (index < words.size()) {
        String word = words.get(index++);
        if (word.equals("--")) {
          operands.addAll(words.subList(index, words.size()));
          break;
        }
        String next = index < words.size() ? words.get(index) : "";
        index += take(word, next) ? 1 : 0;
      }
      return new Arguments(flags, values, operands);
    }

    /** Takes a word; true when it took the next one as its value. */
    private boolean take(String word, String next) {
      if (word.startsWith("--")) {
        return longOption(word, next);
      }
      if (word.startsWith("-") && word.length() > 1) {
        return shortOptions(word, next);
      }
      operands.add(word);
      return false;
    }

    private boolean longOption(String word, String next) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        values.put(word.substring(0, equals), word.substring(equals + 1));
        return false;
      }
      if (valued.contains(word)) {
        values.put(word, next);
        return true;
      }
      flags.add(word);
      return false;
    }

    private boolean shortOptions(String word, String next) {
      for (int index = 1; index < word.length(); index++) {
        String option = "-" + word.charAt(index);
        if (valued.contains(option)) {
          String rest = word.substring(index + 1);
          values.put(
              option, rest.isEmpty() ? next : rest.startsWith("=") ? rest.substring(1) : rest);
          return rest.isEmpty();
        }
        flags.add(option);
      }
      return false;
    }
  }
}
