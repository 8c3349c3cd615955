package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.Span;
import java.util.List;

/**
 * Matches on something that no listing shows: with what the walk takes them to be where one answer
 * is the likelier, and left open where none is.
 */
final class Presumptions {
  /** A packet that starts on this machine: no device brought it in. */
  private static final Match OWN = fromDevice("", false);

  private static final Match FORWARDED = fromDevice("", true);

  private static final String COUNTERS = "iptables-save -c";
  private static final int SMALLEST_PACKET = 20;

  private Presumptions() {}

  private static Match fromDevice(String name, boolean negated) {
    return new Match.Comparison(
        Operand.of(Field.INPUT_DEVICE), negated, List.of(new Span.One(Datum.of(name))));
  }

  static List<Match> read(Extension extension) {
    boolean negated = extension.options().stream().anyMatch(Option::negated);
    String text = "-m " + extension.text();
    return switch (extension.name()) {
      case "limit" ->
          one(presume(text, true, "the rate " + extension.value("--limit") + " isn't exceeded"));
      case "hashlimit" -> one(rate(extension, text, negated));
      case "connlimit" -> one(connections(extension, text, negated));
      case "connbytes" -> one(transferred(extension, text, negated));
      case "quota" -> one(presume(text, !negated, "the quota isn't used up"));
      case "nfacct" ->
          one(
              new Match.Presumed(
                  text,
                  true,
                  "the accounting object " + extension.value("--nfacct-name") + " has no quota",
                  "nfacct list"));
      case "time" -> one(new Match.Open("the time of day and date (" + text + ")", "date"));
      case "owner" -> sender(extension, text, negated);
      case "cgroup" -> List.of(OWN, notTheOne(text, negated));
      case "socket" ->
          one(
              new Match.Presumed(
                  text,
                  false,
                  "no socket of this machine has the packet (" + text + ")",
                  "ss -ntuap"));
      case "policy" ->
          one(
              new Match.Presumed(
                  text,
                  extension.value("--pol").equals("none"),
                  "IPsec isn't involved",
                  "ip xfrm policy"));
      case "helper" ->
          one(
              new Match.Presumed(
                  text,
                  negated,
                  "the connection isn't a helper's (" + text + ")",
                  "conntrack -L -o extended"));
      case "ipvs" ->
          one(
              new Match.Presumed(
                  text, negated, "IPVS doesn't handle the packet (" + text + ")", "ipvsadm -Ln"));
      default -> one(new Match.Unreadable(text));
    };
  }

  private static List<Match> one(Match match) {
    return List.of(match);
  }

  private static Match presume(String text, boolean taken, String assumption) {
    return new Match.Presumed(text, taken, assumption, COUNTERS);
  }

  private static Match notTheOne(String text, boolean taken) {
    return new Match.Presumed(
        text, taken, "the sending program isn't the one of " + text, "ss -ntuape");
  }

  private static Match rate(Extension extension, String text, boolean negated) {
    boolean above = extension.has("--hashlimit-above");
    return presume(text, above == negated, "the rate of " + text + " isn't exceeded");
  }

  /** The packet's own connection is among those that are counted. */
  private static Match connections(Extension extension, String text, boolean negated) {
    boolean upTo = extension.has("--connlimit-upto");
    String limit = extension.value(upTo ? "--connlimit-upto" : "--connlimit-above");
    boolean none = limit.equals("0");
    return new Match.Presumed(
        text,
        (upTo != negated) != none,
        "the limit of connections isn't reached (" + text + ")",
        "conntrack -C");
  }

  /** A first packet has been counted already where connections are counted at all. */
  private static Match transferred(Extension extension, String text, boolean negated) {
    String from = extension.value("--connbytes").split(":", 2)[0];
    boolean ofPackets = extension.value("--connbytes-mode").equals("packets");
    long least = ofPackets ? 1 : SMALLEST_PACKET;
    boolean young = Numbers.parse(from).filter(amount -> amount > least).isPresent();
    return young
        ? new Match.Presumed(
            text, negated, "the connection is young (" + text + ")", "conntrack -L")
        : new Match.Open("how much the connection has carried (" + text + ")", "conntrack -L");
  }

  /**
   * Of what other machines send nobody here is the owner: a rule fits it when all that it asks is
   * negated (owner_mt).
   */
  private static List<Match> sender(Extension extension, String text, boolean negated) {
    boolean all = extension.options().stream().allMatch(Option::negated);
    boolean any = extension.has("--socket-exists") && extension.options().size() == 1;
    boolean root = extension.options().stream().anyMatch(option -> option.value().equals("0"));
    Match own =
        root
            ? new Match.Open("whose program sends the packet (" + text + ")", "ss -ntuape")
            : any
                ? new Match.Presumed(
                    text, !negated, "a program sends the packet (" + text + ")", "ss -ntuape")
                : notTheOne(text, negated);
    Match choice = new Match.AnyOf(all ? List.of(FORWARDED, own) : List.of(own), false);
    return all ? List.of(choice) : List.of(OWN, own);
  }
}
