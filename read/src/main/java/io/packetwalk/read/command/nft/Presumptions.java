package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.RulePart;
import io.packetwalk.model.netfilter.Span;
import java.util.List;
import java.util.regex.Pattern;

/** Conditions on something that no listing shows, with what the walk takes them to be. */
final class Presumptions {
  /** Fits a packet that starts on this machine: no device brought it in. */
  private static final Match OWN =
      new Match.Comparison(
          new io.packetwalk.model.netfilter.Operand.Of(Field.INPUT_DEVICE),
          false,
          List.of(new Span.One(Datum.of(""))));

  private static final Pattern ROOT = Pattern.compile("(\\b0\\b|\\broot\\b|<)");

  private Presumptions() {}

  /**
   * A comparison of something that the walk doesn't know.
   *
   * @param subject what is compared
   * @param text the whole comparison
   */
  static List<RulePart> of(String subject, String text, boolean negated) {
    String key = subject.startsWith("meta ") ? subject.substring(5) : subject;
    return switch (key.split(" ", 2)[0]) {
      case "skuid", "skgid", "cgroup" -> List.of(OWN, sender(text, negated));
      case "socket" ->
          List.of(
              new Match.Presumed(
                  text,
                  false,
                  "no socket of this machine has the packet (“" + text + "”)",
                  "ss -ntuap"));
      case "ipsec", "secpath" ->
          List.of(
              new Match.Presumed(
                  text, text.contains("missing"), "IPsec isn't involved", "ip xfrm policy"));
      case "time", "hour", "day" ->
          List.of(new Match.Open("the time of day and date (“" + text + "”)", "date"));
      case "ct" -> List.of(connection(subject, text));
      case "nftrace" -> List.of(presumed(text, negated, "no rule is tracing the packet"));
      default -> List.of(new Match.Unreadable(text));
    };
  }

  /** Root's programs are as likely to send as others. */
  private static Match sender(String text, boolean negated) {
    boolean root = ROOT.matcher(text).find();
    return root
        ? new Match.Open("whose program sends the packet (“" + text + "”)", "ss -ntuape")
        : new Match.Presumed(
            text, negated, "the sending program isn't the one of “" + text + "”", "ss -ntuape");
  }

  private static Match connection(String subject, String text) {
    return subject.equals("ct helper")
        ? new Match.Presumed(
            text,
            false,
            "the connection isn't a helper's (“" + text + "”)",
            "conntrack -L -o extended")
        : new Match.Unreadable(text);
  }

  /**
   * Something that counts packets or connections.
   *
   * @param over whether it fits what is beyond the limit
   */
  static Match limit(String text, boolean over) {
    return presumed(text, !over, "the limit of “" + text + "” isn't reached");
  }

  private static Match presumed(String text, boolean taken, String assumption) {
    return new Match.Presumed(text, taken, assumption, "nft list ruleset");
  }
}
