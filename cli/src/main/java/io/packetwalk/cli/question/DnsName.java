package io.packetwalk.cli.question;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name that a program looks up, with the port it connects to.
 *
 * @param labels without the root's empty one
 */
record DnsName(List<String> labels, Optional<String> port) {
  private static final Pattern TEXT =
      Pattern.compile(
          "(?<name>[a-z0-9_]([-a-z0-9_]{0,62})(\\.[a-z0-9_][-a-z0-9_]{0,62}){0,20})\\.?(:(?<port>[-a-z0-9]{1,63}))?",
          Pattern.CASE_INSENSITIVE);

  DnsName {
    labels = List.copyOf(labels);
  }

  static Optional<DnsName> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new DnsName(
                List.of(matcher.group("name").split("\\.", -1)),
                Optional.ofNullable(matcher.group("port"))))
        : Optional.empty();
  }

  /**
   * A word with a word behind a colon is a namespace of a node rather than a name with a port's.
   */
  boolean isClear() {
    return labels.size() > 1
        || port.map(named -> named.chars().allMatch(Character::isDigit)).orElse(true);
  }

  @Override
  public String toString() {
    return String.join(".", labels);
  }
}
