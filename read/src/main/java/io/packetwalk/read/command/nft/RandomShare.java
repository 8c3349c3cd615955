package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Match;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code meta random & 2147483647 < 1073741824}: a share of the packets, as iptables-nft's {@code
 * statistic} is listed (xt_statistic compares 31 random bits).
 */
final class RandomShare {
  private static final Pattern FORM =
      Pattern.compile("meta random(?: & (?<mask>\\w+))? (?<operator><=?|>=?) (?<limit>\\w+)");
  private static final double WORD = 4_294_967_296.0;

  private RandomShare() {}

  static Optional<Match> of(String condition) {
    Matcher matcher = FORM.matcher(condition.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    double values =
        Optional.ofNullable(matcher.group("mask"))
            .map(mask -> number(mask).filter(RandomShare::isLowBits).map(bits -> bits + 1.0))
            .orElse(Optional.of(WORD))
            .orElse(0.0);
    Optional<Long> limit = number(matcher.group("limit"));
    if (values == 0 || limit.isEmpty()) {
      return Optional.empty();
    }
    String operator = matcher.group("operator");
    boolean inclusive = operator.equals("<=") || operator.equals(">");
    double below = Math.min(1, (limit.get() + (inclusive ? 1 : 0)) / values);
    return Optional.of(new Match.Chance(operator.startsWith("<") ? below : 1 - below));
  }

  private static boolean isLowBits(long mask) {
    return mask > 0 && (mask & (mask + 1)) == 0;
  }

  private static Optional<Long> number(String text) {
    boolean hexadecimal = text.startsWith("0x");
    String digits = hexadecimal ? text.substring(2) : text;
    boolean valid =
        !digits.isEmpty()
            && digits.length() <= 10
            && digits.chars().allMatch(c -> Character.digit(c, hexadecimal ? 16 : 10) >= 0);
    return valid ? Optional.of(Long.parseLong(digits, hexadecimal ? 16 : 10)) : Optional.empty();
  }
}
