package io.packetwalk.walk.netfilter;

import io.packetwalk.model.netfilter.WordTest;
import io.packetwalk.walk.netfilter.KnownBytes.Word;
import java.util.List;
import java.util.Optional;

/** Tests of a packet's bytes (the kernel's u32_match_it), of which some may not be known. */
final class Words {
  private static final long ALL = 0xFFFF_FFFFL;

  private Words() {}

  /** Whether the packet passes all tests; empty where what isn't known decides. */
  static Optional<Boolean> fits(List<WordTest> tests, KnownBytes bytes) {
    boolean open = false;
    for (WordTest test : tests) {
      Optional<Boolean> passed = passes(test, bytes);
      if (passed.filter(yes -> !yes).isPresent()) {
        return passed;
      }
      open |= passed.isEmpty();
    }
    return open ? Optional.empty() : Optional.of(true);
  }

  private static Optional<Boolean> passes(WordTest test, KnownBytes bytes) {
    long base = 0;
    Word word = bytes.word(test.start());
    for (WordTest.Step step : test.steps()) {
      if (!word.there()) {
        return Optional.of(false);
      }
      if (step.kind() == WordTest.Kind.MOVE) {
        if (word.known() != ALL) {
          return Optional.empty();
        }
        base += word.value();
        word = base > ALL ? Word.NONE : bytes.word(base + step.number());
      } else {
        word = made(word, step);
      }
    }
    return word.there() ? isIn(word, test.ranges()) : Optional.of(false);
  }

  private static Word made(Word word, WordTest.Step step) {
    long number = step.number();
    return switch (step.kind()) {
      case AND -> new Word(true, word.value() & number, (word.known() | ~number) & ALL);
      case LEFT ->
          number > 31
              ? Word.UNKNOWN
              : new Word(
                  true,
                  (word.value() << number) & ALL,
                  ((word.known() << number) | ((1L << number) - 1)) & ALL);
      case RIGHT ->
          number > 31
              ? Word.UNKNOWN
              : new Word(
                  true,
                  word.value() >> number,
                  (word.known() >> number) | (~(ALL >> number) & ALL));
      case MOVE -> word;
    };
  }

  private static Optional<Boolean> isIn(Word word, List<WordTest.Range> ranges) {
    long least = word.value();
    long most = word.value() | (~word.known() & ALL);
    boolean open = false;
    for (WordTest.Range range : ranges) {
      if (range.low() <= least && most <= range.high()) {
        return Optional.of(true);
      }
      open |= mayBeIn(word, least, most, range);
    }
    return open ? Optional.empty() : Optional.of(false);
  }

  private static boolean mayBeIn(Word word, long least, long most, WordTest.Range range) {
    boolean one = range.low() == range.high();
    return one
        ? ((range.low() ^ word.value()) & word.known()) == 0
        : least <= range.high() && range.low() <= most;
  }
}
