package io.packetwalk.model.netfilter;

import java.util.List;

/**
 * A test of 32 bits of a packet, as the match u32 writes it: the word that begins so many bytes
 * behind the beginning of the IP header, what is made of it, and the ranges that it must be in one
 * of (the kernel's xt_u32.c).
 */
public record WordTest(long start, List<Step> steps, List<Range> ranges) {
  public WordTest {
    steps = List.copyOf(steps);
    ranges = List.copyOf(ranges);
  }

  /** What is made of the word, one after another. */
  public record Step(Kind kind, long number) {}

  /** The operators. */
  public enum Kind {
    /** {@code &}: the bits of the number. */
    AND,
    /** {@code <<}. */
    LEFT,
    /** {@code >>}. */
    RIGHT,
    /**
     * {@code @}: the beginning moves on by the word, and the word at the number behind it is read.
     */
    MOVE
  }

  /** From one number to another, both included. */
  public record Range(long low, long high) {}
}
