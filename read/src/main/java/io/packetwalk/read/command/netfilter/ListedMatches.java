package io.packetwalk.read.command.netfilter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The words by which a match shows itself in {@code iptables -L}, as the options that it has on the
 * command line (the {@code print} functions of iptables' extensions).
 */
final class ListedMatches {
  private static final Set<String> OF_RPFILTER =
      Set.of("loose", "validmark", "accept-local", "invert");
  private static final Set<String> OF_SOCKET =
      Set.of("--transparent", "--nowildcard", "--restore-skmark");

  private final ListedWords words;

  ListedMatches(ListedWords words) {
    this.words = words;
  }

  /** The match that begins with a word that was taken; empty when none does. */
  Optional<Extension> read(String word, boolean negated) {
    if (word.startsWith("ct") && word.length() > 2) {
      return one("conntrack", "--" + word, negated, words.take());
    }
    return switch (word) {
      case "/*" -> one("comment", "--comment", false, words.until("*/"));
      case "state" -> negatable("state", "--state", negated, words);
      case "tcp", "udp", "sctp", "udplite", "dccp" -> ListedTransport.read(word, words);
      case "tcpflags:" -> one("tcp", "--tcp-flags", words.negation(), words.take().split("/", -1));
      case "multiport" -> negatable("multiport", "--" + words.take(), negated, words);
      case "icmptype", "ipv6-icmptype", "icmp", "ipv6-icmp" ->
          ListedTransport.icmp(word, negated, words);
      case "mark" -> matched("mark", "--mark");
      case "connmark", "CONNMARK" ->
          words.peek().equals("match") ? matched("connmark", "--mark") : Optional.empty();
      case "ADDRTYPE" -> addressTypes();
      case "match-set" -> set(negated);
      case "statistic" -> statistic();
      case "PHYSDEV" -> bridgePorts();
      case "rpfilter" -> flags("rpfilter", OF_RPFILTER, "--");
      case "socket" -> flags("socket", OF_SOCKET, "");
      case "recent:" -> ListedLists.recent(negated, words);
      case "limit:" -> ListedLists.limit(words);
      case "owner" -> owner(negated);
      case "policy" -> ListedLists.policy(words);
      case "#conn" -> connections();
      case "connbytes" -> ListedLists.transferred(negated || words.negation(), words);
      case "TIME" -> ListedLists.time(words);
      case "helper" -> helper();
      case "quota:" -> amount(negated);
      case "nfacct-name" -> one("nfacct", "--nfacct-name", false, words.take());
      case "cgroup" -> negatable("cgroup", "--cgroup", negated, words);
      case "ipvs" -> one("ipvs", "--ipvs", negated);
      case "STRING" -> text(negated);
      case "u32" -> one("u32", "--u32", negated || words.negation(), words.quoted());
      default -> ListedFields.read(word, words);
    };
  }

  static Optional<Extension> one(String module, String option, boolean negated, String... values) {
    return Optional.of(
        new Extension(module, List.of(new Option(option, negated, List.of(values)))));
  }

  /** A match on one value, in front of which an exclamation mark may stand, apart or not. */
  static Optional<Extension> negatable(
      String module, String option, boolean negatedBefore, ListedWords words) {
    boolean negated = words.negation() || negatedBefore;
    String value = words.take();
    boolean attached = value.startsWith("!");
    return one(module, option, negated || attached, attached ? value.substring(1) : value);
  }

  static Option plain(String option, String... values) {
    return new Option(option, false, List.of(values));
  }

  /** {@code mark match ! 0x1/0xf}. */
  private Optional<Extension> matched(String module, String option) {
    words.take();
    return negatable(module, option, false, words);
  }

  /** {@code ADDRTYPE match src-type !LOCAL limit-in}. */
  private Optional<Extension> addressTypes() {
    List<Option> options = new ArrayList<>();
    words.take();
    while (words.peek().endsWith("-type") || words.peek().startsWith("limit-")) {
      String name = words.take();
      if (name.startsWith("limit-")) {
        options.add(plain("--limit-iface-" + name.substring(6)));
      } else {
        boolean before = words.negation();
        String types = words.take();
        boolean attached = types.startsWith("!");
        options.add(
            new Option(
                "--" + name, before || attached, List.of(attached ? types.substring(1) : types)));
      }
    }
    return Optional.of(new Extension("addrtype", options));
  }

  private Optional<Extension> set(boolean negated) {
    List<Option> options = new ArrayList<>();
    options.add(new Option("--match-set", negated, List.of(words.take(), words.take())));
    while (isOfSet(words.peek().equals("!") ? words.peek(1) : words.peek())) {
      boolean not = words.negation();
      String name = words.take();
      boolean counted = name.startsWith("packets-") || name.startsWith("bytes-");
      List<String> values = counted ? List.of(words.take()) : List.of();
      options.add(new Option("--" + name, not, values));
    }
    return Optional.of(new Extension("set", options));
  }

  private static boolean isOfSet(String word) {
    return word.equals("return-nomatch")
        || word.equals("update-counters")
        || word.equals("update-subcounters")
        || word.matches("(packets|bytes)-(eq|lt|gt)");
  }

  /** {@code statistic mode random ! probability 0.5} or {@code … mode nth every 2 packet 0}. */
  private Optional<Extension> statistic() {
    List<Option> options = new ArrayList<>();
    while (isOfStatistic(words.peek().equals("!") ? words.peek(1) : words.peek())) {
      boolean before = words.negation();
      String name = words.take();
      boolean negated = words.negation() || before;
      options.add(new Option("--" + name, negated, List.of(words.take())));
    }
    return Optional.of(new Extension("statistic", options));
  }

  private static boolean isOfStatistic(String word) {
    return switch (word) {
      case "mode", "probability", "every", "packet" -> true;
      default -> false;
    };
  }

  /** {@code PHYSDEV match ! --physdev-out eth0 --physdev-is-bridged}. */
  private Optional<Extension> bridgePorts() {
    List<Option> options = new ArrayList<>();
    words.take();
    while ((words.peek().equals("!") ? words.peek(1) : words.peek()).startsWith("--physdev-")) {
      boolean negated = words.negation();
      String name = words.take();
      List<String> values = name.contains("-is-") ? List.of() : List.of(words.take());
      options.add(new Option(name, negated, values));
    }
    return Optional.of(new Extension("physdev", options));
  }

  private Optional<Extension> flags(String module, Set<String> known, String dashes) {
    List<Option> options = new ArrayList<>();
    while (known.contains(words.peek())) {
      options.add(plain(dashes + words.take()));
    }
    return Optional.of(new Extension(module, options));
  }

  /** {@code ! owner UID match 1337}, {@code owner socket exists}; several are one match's. */
  private Optional<Extension> owner(boolean negated) {
    List<Option> options = new ArrayList<>();
    boolean not = negated;
    boolean more = true;
    while (more) {
      String what = words.take();
      words.take();
      options.add(
          what.equals("socket")
              ? new Option("--socket-exists", not, List.of())
              : new Option(
                  "--" + (what.equals("GID") ? "gid" : "uid") + "-owner",
                  not,
                  List.of(words.take())));
      while (words.peek().equals("incl.")) {
        words.take();
        words.take();
        words.take();
      }
      not = words.peek().equals("!") && words.peek(1).equals("owner") && words.negation();
      more = words.takeIf("owner");
    }
    return Optional.of(new Extension("owner", options));
  }

  /** {@code #conn src/32 > 10}: above ten; {@code <=}: up to ten. */
  private Optional<Extension> connections() {
    String whose = words.take();
    boolean above = words.take().equals(">");
    return Optional.of(
        new Extension(
            "connlimit",
            List.of(
                plain(above ? "--connlimit-above" : "--connlimit-upto", words.take()),
                plain(whose.startsWith("dst") ? "--connlimit-daddr" : "--connlimit-saddr"))));
  }

  private Optional<Extension> helper() {
    words.take();
    boolean negated = words.negation();
    String name = words.quoted();
    return one("helper", "--helper", negated || name.startsWith("!"), name);
  }

  private Optional<Extension> amount(boolean negated) {
    String bytes = words.take();
    words.takeIf("bytes");
    return one("quota", "--quota", negated, bytes);
  }

  /** {@code STRING match ! "text" ALGO name bm TO 99}. */
  private Optional<Extension> text(boolean negated) {
    words.takeIf("match");
    boolean not = words.negation() || negated;
    String wanted = words.quoted();
    while (words.takeIf(Set.of("ALGO", "name", "bm", "kmp", "ICASE"))
        || (words.takeIf(Set.of("FROM", "TO")) && !words.take().isEmpty())) {}
    return one("string", "--string", not, wanted);
  }
}
