package io.packetwalk.read.command.netfilter;

import java.util.Optional;

/** A number with the bits of it that count, as in {@code 0x4000/0x4000}. */
record Masked(long value, long mask) {
  private static final long ALL = 0xffff_ffffL;

  static Optional<Masked> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return Numbers.parse(text).map(value -> new Masked(value, ALL));
    }
    Optional<Long> value = Numbers.parse(text.substring(0, slash));
    Optional<Long> mask = Numbers.parse(text.substring(slash + 1));
    return value.flatMap(bits -> mask.map(counting -> new Masked(bits, counting)));
  }

  /** A share between 0 and 1. */
  static Optional<Double> fraction(String text) {
    boolean shaped =
        !text.isEmpty()
            && text.length() < 24
            && text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))
            && text.chars().filter(c -> c == '.').count() <= 1
            && !text.equals(".");
    return shaped
        ? Optional.of(Double.parseDouble(text)).filter(share -> share <= 1)
        : Optional.empty();
  }
}
