package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Match;
import java.util.List;

/** Matches on something that no listing shows, with what the walk takes them to be. */
final class Presumptions {
  private Presumptions() {}

  static List<Match> read(Extension extension) {
    boolean negated = extension.options().stream().anyMatch(Option::negated);
    String text = "-m " + extension.text();
    return switch (extension.name()) {
      case "limit" ->
          List.of(
              presume(text, true, "the rate " + extension.value("--limit") + " isn't exceeded"));
      case "hashlimit" -> List.of(rate(extension, text, negated));
      case "connlimit" ->
          List.of(
              presume(
                  text,
                  extension.has("--connlimit-upto") != negated,
                  "the limit of connections isn't reached (" + text + ")"));
      case "connbytes" -> List.of(presume(text, negated, "the connection is young (" + text + ")"));
      case "quota" -> List.of(presume(text, !negated, "the quota isn't used up"));
      case "recent" -> recent(extension, text);
      case "time" -> List.of(presume(text, true, "the rule's hours have come (" + text + ")"));
      case "owner", "cgroup" ->
          List.of(
              new Match.Presumed(
                  text, negated, "the sending program isn't the one of " + text, true));
      case "socket" ->
          List.of(presume(text, false, "no socket of this machine has the packet (" + text + ")"));
      case "policy" -> List.of(presume(text, isWithoutIpsec(extension), "IPsec isn't involved"));
      case "helper" ->
          List.of(presume(text, negated, "the connection isn't a helper's (" + text + ")"));
      case "ipvs" ->
          List.of(presume(text, negated, "IPVS doesn't handle the packet (" + text + ")"));
      default -> List.of(new Match.Unreadable(text));
    };
  }

  private static Match presume(String text, boolean taken, String assumption) {
    return new Match.Presumed(text, taken, assumption, false);
  }

  private static Match rate(Extension extension, String text, boolean negated) {
    boolean above = extension.has("--hashlimit-above");
    return presume(text, above == negated, "the rate of " + text + " isn't exceeded");
  }

  /** {@code --set} always fits; the others ask whether the address was met before. */
  private static List<Match> recent(Extension extension, String text) {
    boolean asks = extension.has("--rcheck") || extension.has("--update");
    boolean removes = extension.has("--remove");
    if (!asks && !removes) {
      return List.of();
    }
    boolean negated = extension.options().stream().anyMatch(Option::negated);
    String list = extension.has("--name") ? extension.value("--name") : "DEFAULT";
    return List.of(
        presume(text, negated, "the client isn't in the list " + list + " of earlier clients"));
  }

  private static boolean isWithoutIpsec(Extension extension) {
    return extension.value("--pol").equals("none");
  }
}
