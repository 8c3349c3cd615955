package io.packetwalk.model.netfilter;

import io.packetwalk.wire.IpAddress;
import java.util.List;

/** A condition that a packet must meet for a rule to apply. */
public sealed interface Match extends RulePart {
  /** The value is in one of the spans, or in none when negated. */
  record Comparison(Operand value, boolean negated, List<Span> spans) implements Match {
    public Comparison {
      spans = List.copyOf(spans);
    }
  }

  /** The key is in the set, or isn't when negated. */
  record Membership(Operand key, boolean negated, SetReference set) implements Match {}

  /** One packet in so many fits, whichever it is. */
  record Chance(double probability) implements Match {}

  /** At least one of these is met, or none when negated. */
  record AnyOf(List<Match> choices, boolean negated) implements Match {
    public AnyOf {
      choices = List.copyOf(choices);
    }
  }

  /**
   * The packet's bytes pass these tests, all of them, or not all when negated.
   *
   * @param text as the rule writes it
   */
  record Content(String text, List<WordTest> tests, boolean negated) implements Match {
    public Content {
      tests = List.copyOf(tests);
    }
  }

  /**
   * Something that the state can't show (a rate, what was met before, the time of day).
   *
   * @param taken what the walk takes it to be
   * @param assumption how to say so: one sentence without a full stop
   * @param command what would settle it, as it is entered in the packet filter's namespace
   */
  record Presumed(String text, boolean taken, String assumption, String command) implements Match {}

  /**
   * Something that the state can't show, and of which neither answer is the likelier.
   *
   * @param what what isn't known: the end of a sentence
   * @param command what would tell it
   */
  record Open(String what, String command) implements Match {}

  /**
   * Whether the packet's address was met before, or that it is met now (the kernel's xt_recent.c).
   *
   * @param list the list's name
   * @param before whether it must have been met before this packet, rather than at all
   */
  record Met(
      String text,
      String list,
      Side side,
      IpAddress mask,
      Asked asked,
      boolean before,
      boolean negated)
      implements Match {
    /** What is done with the list. */
    public enum Asked {
      ENTER,
      LOOK,
      REMOVE
    }
  }

  /** Something that isn't understood, as the rule writes it. */
  record Unreadable(String text) implements Match {}

  static Match is(Field field, Span... spans) {
    return new Comparison(new Operand.Of(field), false, List.of(spans));
  }

  /** At least one of these bits is set. */
  static Match anyBit(Field field, long bits, boolean negated) {
    return new Comparison(
        new Operand.Bits(new Operand.Of(field), bits, 0), !negated, List.of(Span.one(0)));
  }
}
