package io.packetwalk.read.command.netfilter;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@code iptables -L} prints behind a rule's addresses, as the options that it stands for.
 *
 * <p>Each match and target prints itself in its own words; a word that begins none of them belongs
 * to something that isn't understood.
 */
final class ListedExtras {
  private final List<String> words;
  private final List<Extension> matches = new ArrayList<>();
  private final List<Option> target = new ArrayList<>();
  private boolean jumpsForGood;
  private int position;

  private ListedExtras(List<String> words) {
    this.words = words;
  }

  static ListedExtras read(List<String> words) {
    ListedExtras extras = new ListedExtras(words);
    while (extras.position < words.size()) {
      extras.next();
    }
    return extras;
  }

  List<Extension> matches() {
    return matches;
  }

  List<Option> target() {
    return target;
  }

  boolean jumpsForGood() {
    return jumpsForGood;
  }

  private String take() {
    return position < words.size() ? words.get(position++) : "";
  }

  private boolean negation() {
    boolean negated = position < words.size() && words.get(position).equals("!");
    position += negated ? 1 : 0;
    return negated;
  }

  private void next() {
    boolean negated = negation();
    String word = take();
    switch (word) {
      case "/*" -> comment();
      case "tcp", "udp", "sctp", "udplite", "dccp" -> transport(word);
      case "multiport" -> match("multiport", "--" + take(), negation(), take());
      case "ctstate" -> match("conntrack", "--ctstate", negated || negation(), take());
      case "state" -> match("state", "--state", negated || negation(), take());
      case "mark", "connmark" -> marked(word);
      case "MARK" -> target("--" + take() + "-mark", take());
      case "CONNMARK" -> target("--" + take() + "-mark");
      case "ADDRTYPE" -> addressType();
      case "match-set" -> match("set", "--match-set", negated, take(), take());
      case "statistic" -> statistic();
      case "icmptype" -> icmp("icmp", "--icmp-type");
      case "ipv6-icmptype" -> icmp("icmp6", "--icmpv6-type");
      case "reject-with" -> target("--reject-with", take());
      case "random", "random-fully", "persistent" -> target("--" + word);
      case "redir", "masq" -> ports();
      case "CT" -> target("--" + take());
      case "TPROXY" -> proxied();
      case "[goto]" -> jumpsForGood = true;
      case "limit:", "recent:", "LOG", "NFLOG", "owner" -> rest(word);
      default -> other(word);
    }
  }

  private void comment() {
    StringBuilder text = new StringBuilder();
    String word = take();
    while (!word.equals("*/") && !word.isEmpty()) {
      text.append(text.isEmpty() ? "" : " ").append(word);
      word = take();
    }
    match("comment", "--comment", false, text.toString());
  }

  /** {@code tcp dpt:80 spts:1:9 flags:0x17/0x02}. */
  private void transport(String protocol) {
    List<Option> options = new ArrayList<>();
    while (position < words.size() && isOfTransport(words.get(position))) {
      String word = take();
      int colon = word.indexOf(':');
      String key = word.substring(0, colon);
      boolean negated = word.startsWith("!", colon + 1);
      String value = word.substring(colon + (negated ? 2 : 1));
      options.add(
          switch (key) {
            case "dpt", "dpts" -> new Option("--dport", negated, List.of(value));
            case "spt", "spts" -> new Option("--sport", negated, List.of(value));
            default -> new Option("--tcp-flags", negated, List.of(value.split("/", -1)));
          });
    }
    matches.add(new Extension(protocol, options));
  }

  private static boolean isOfTransport(String word) {
    return word.matches("([ds]pts?|flags):.*");
  }

  /** {@code TPROXY redirect 0.0.0.0:15001 mark 0x1/0x1}. */
  private void proxied() {
    take();
    String end = take();
    int colon = Math.max(0, end.lastIndexOf(':'));
    target("--on-ip", end.substring(0, colon));
    target("--on-port", end.substring(colon + 1));
    take();
    target("--tproxy-mark", take());
  }

  private void marked(String module) {
    take();
    match(module, "--mark", negation(), take());
  }

  private void addressType() {
    List<Option> options = new ArrayList<>();
    take();
    while (position < words.size()
        && (words.get(position).endsWith("-type") || words.get(position).startsWith("limit-"))) {
      String name = take();
      boolean negated = negation();
      options.add(
          name.endsWith("-type")
              ? new Option("--" + name, negated, List.of(take()))
              : new Option("--limit-iface-" + name.substring(6), negated, List.of()));
    }
    matches.add(new Extension("addrtype", options));
  }

  /** {@code statistic mode random probability 0.5} or {@code … mode nth every 2 packet 0}. */
  private void statistic() {
    List<Option> options = new ArrayList<>();
    while (position + 1 < words.size() && isOfStatistic(words.get(position))) {
      String name = take();
      boolean negated = negation();
      options.add(new Option("--" + name, negated, List.of(take())));
    }
    matches.add(new Extension("statistic", options));
  }

  private static boolean isOfStatistic(String word) {
    return switch (word) {
      case "mode", "probability", "every", "packet" -> true;
      default -> false;
    };
  }

  private void icmp(String module, String option) {
    boolean negated = negation();
    String type = take();
    boolean coded = position < words.size() && words.get(position).equals("code");
    if (coded) {
      take();
      match(module, option, negated, type + "/" + take());
    } else {
      match(module, option, negated, type);
    }
  }

  private void ports() {
    take();
    target("--to-ports", take());
  }

  /** A match or target whose words run to the end of the line. */
  private void rest(String word) {
    String text = String.join(" ", words.subList(position, words.size()));
    position = words.size();
    switch (word) {
      case "limit:" -> match("limit", "--limit", false, text);
      case "owner" -> match("owner", "--uid-owner", text.contains("!"), text);
      case "recent:" -> recent(text);
      default -> target("--prefix", text);
    }
  }

  private void recent(String text) {
    String asked =
        text.startsWith("SET") ? "--set" : text.startsWith("REMOVE") ? "--remove" : "--rcheck";
    match("recent", asked, false, text);
  }

  private void other(String word) {
    if (word.startsWith("to:")) {
      target("--to", word.substring(3));
    } else {
      matches.add(new Extension("listed", List.of(new Option(word, false, List.of()))));
    }
  }

  private void match(String module, String option, boolean negated, String... values) {
    matches.add(new Extension(module, List.of(new Option(option, negated, List.of(values)))));
  }

  private void target(String option, String... values) {
    target.add(new Option(option, false, List.of(values)));
  }
}
