package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.WordTest;
import io.packetwalk.model.netfilter.WordTest.Kind;
import io.packetwalk.model.netfilter.WordTest.Range;
import io.packetwalk.model.netfilter.WordTest.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tests of the match u32: {@code 0>>22&0x3C@0>>24=0x11,0x20:0x2F&&6&0xFF=1}
 * (iptables-extensions(8)).
 */
final class WordTests {
  /** As many as the kernel takes. */
  private static final int MOST = 10;

  private static final long HIGHEST = 0xFFFF_FFFFL;
  private static final String NUMBER = "(0[xX][0-9a-fA-F]{1,8}|[0-9]{1,10})";
  private static final Pattern FIRST = Pattern.compile("\\s*" + NUMBER + "\\s*");
  private static final Pattern STEP = Pattern.compile("(&|<<|>>|@)\\s*" + NUMBER + "\\s*");
  private static final Pattern RANGE = Pattern.compile(NUMBER + "(?:\\s*:\\s*" + NUMBER + ")?");

  private WordTests() {}

  /** Empty for what iptables wouldn't take. */
  static Optional<List<WordTest>> parse(String text) {
    List<WordTest> tests = new ArrayList<>();
    for (String part : text.split("&&", -1)) {
      Optional<WordTest> test = test(part);
      if (test.isEmpty() || tests.size() == MOST) {
        return Optional.empty();
      }
      tests.add(test.get());
    }
    return Optional.of(tests);
  }

  private static Optional<WordTest> test(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      return Optional.empty();
    }
    Optional<List<Range>> ranges = ranges(text.substring(equals + 1));
    String location = text.substring(0, equals);
    Matcher first = FIRST.matcher(location);
    if (ranges.isEmpty() || !first.lookingAt()) {
      return Optional.empty();
    }
    OptionalLong start = number(first.group(1));
    return start.isEmpty()
        ? Optional.empty()
        : steps(location.substring(first.end()))
            .map(steps -> new WordTest(start.getAsLong(), steps, ranges.get()));
  }

  private static Optional<List<Step>> steps(String text) {
    List<Step> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (!step.region(end, text.length()).lookingAt() || steps.size() == MOST) {
        return Optional.empty();
      }
      OptionalLong number = number(step.group(2));
      if (number.isEmpty()) {
        return Optional.empty();
      }
      steps.add(new Step(kind(step.group(1)), number.getAsLong()));
      end = step.end();
    }
    return Optional.of(steps);
  }

  private static Kind kind(String operator) {
    return switch (operator) {
      case "&" -> Kind.AND;
      case "<<" -> Kind.LEFT;
      case ">>" -> Kind.RIGHT;
      default -> Kind.MOVE;
    };
  }

  private static Optional<List<Range>> ranges(String text) {
    List<Range> ranges = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      Matcher range = RANGE.matcher(each.strip());
      if (!range.matches() || ranges.size() == MOST) {
        return Optional.empty();
      }
      OptionalLong low = number(range.group(1));
      OptionalLong high = range.group(2) == null ? low : number(range.group(2));
      if (low.isEmpty() || high.isEmpty()) {
        return Optional.empty();
      }
      ranges.add(new Range(low.getAsLong(), high.getAsLong()));
    }
    return Optional.of(ranges);
  }

  private static OptionalLong number(String text) {
    boolean hex = text.startsWith("0x") || text.startsWith("0X");
    boolean octal = !hex && text.length() > 1 && text.startsWith("0");
    if (octal && !text.matches("[0-7]+")) {
      return OptionalLong.empty();
    }
    long number = Long.parseLong(hex ? text.substring(2) : text, hex ? 16 : octal ? 8 : 10);
    return number <= HIGHEST ? OptionalLong.of(number) : OptionalLong.empty();
  }
}
