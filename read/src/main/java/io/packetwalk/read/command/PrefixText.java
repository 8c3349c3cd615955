package io.packetwalk.read.command;

import io.packetwalk.wire.IpPrefix;
import java.util.Optional;

/** Prefixes as iproute2 prints them: with trailing zero octets left out ({@code 10/8}). */
final class PrefixText {
  private PrefixText() {}

  static Optional<IpPrefix> parse(String text) {
    return text.isEmpty() || !isPrefixCharacter(text.charAt(0))
        ? Optional.empty()
        : IpPrefix.parse(text);
  }

  private static boolean isPrefixCharacter(char first) {
    return first == ':' || Character.digit(first, 16) >= 0;
  }
}
