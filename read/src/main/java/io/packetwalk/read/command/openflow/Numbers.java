package io.packetwalk.read.command.openflow;

import io.packetwalk.model.openflow.Bits;
import java.util.Optional;
import java.util.OptionalLong;

/** Numbers as Open vSwitch writes them: decimal, or hexadecimal behind {@code 0x}. */
final class Numbers {
  private Numbers() {}

  /** A decimal number below a thousand million; -1 for anything else. */
  static int decimal(String text) {
    if (text.isEmpty() || text.length() > 9) {
      return -1;
    }
    int value = 0;
    for (int index = 0; index < text.length(); index++) {
      int digit = text.charAt(index) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = 10 * value + digit;
    }
    return value;
  }

  /** Up to 64 bits. */
  static OptionalLong parse(String text) {
    Optional<Bits> bits = bits(text);
    return bits.isPresent() && bits.get().high() == 0
        ? OptionalLong.of(bits.get().low())
        : OptionalLong.empty();
  }

  /** Up to 64 bits, as the bits of a long. */
  static Optional<Long> number(String text) {
    OptionalLong number = parse(text);
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }

  /** Up to 32 bits, as the bits of an int. */
  static Optional<Integer> unsigned(String text) {
    OptionalLong number = parse(text);
    return number.isPresent() && number.getAsLong() >>> 32 == 0
        ? Optional.of((int) number.getAsLong())
        : Optional.empty();
  }

  /** Up to 128 bits in hexadecimal, up to 64 in decimal. */
  static Optional<Bits> bits(String text) {
    boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
    return hexadecimal ? hexadecimal(text.substring(2)) : unsignedDecimal(text);
  }

  private static Optional<Bits> hexadecimal(String digits) {
    if (digits.isEmpty() || digits.length() > 64) {
      return Optional.empty();
    }
    Bits value = Bits.ZERO;
    for (int index = 0; index < digits.length(); index++) {
      int digit = Character.digit(digits.charAt(index), 16);
      boolean fits = value.high() >>> 60 == 0;
      if (digit < 0 || digits.charAt(index) > 'f' || !fits) {
        return Optional.empty();
      }
      value = value.shiftedLeft(4).or(Bits.of(digit));
    }
    return Optional.of(value);
  }

  private static Optional<Bits> unsignedDecimal(String text) {
    boolean digits =
        !text.isEmpty()
            && text.length() <= 20
            && text.chars().allMatch(character -> character >= '0' && character <= '9');
    if (!digits) {
      return Optional.empty();
    }
    if (text.length() == 20 && text.compareTo("18446744073709551615") > 0) {
      return Optional.empty();
    }
    return Optional.of(Bits.of(Long.parseUnsignedLong(text)));
  }
}
