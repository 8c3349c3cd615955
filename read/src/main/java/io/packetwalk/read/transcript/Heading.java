package io.packetwalk.read.transcript;

import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line above an output that tells where it was taken: {@code --- 10.0.0.5 ( worker2 ) ---},
 * {@code **node1**}, {@code `ip route` on node1:}, {@code node1 | CHANGED | rc=0 >>}.
 *
 * <p>A machine that is named wrongly would get another's tables, so a line that could be about
 * something else, such as a device or a pair of places, is none.
 *
 * @param place empty when the line names none, or none for sure
 * @param command the command that the line quotes; empty when it quotes none
 * @param ruled whether it is drawn as a heading, so that it can't be part of an output
 */
record Heading(Optional<Place> place, List<String> command, boolean ruled) {
  private static final int LONGEST = 120;
  private static final int LONGEST_QUOTING = 500;
  private static final Pattern RULED =
      Pattern.compile("([-=*_#+~])\\1{2,}\\s*(?<inside>[^\\s].*?)\\s*([-=*_#+~])\\3*:?");
  private static final Pattern MARKED =
      Pattern.compile("#{1,6}\\s+(?<title>.+?):?|\\*\\*(?<bold>[^*]+?):?\\*\\*:?");
  private static final Pattern LABEL = Pattern.compile("(?:[-*]\\s+)?(?<inside>[^\\s].*?)\\s*[:：]");
  private static final Pattern ANSIBLE =
      Pattern.compile("(?<inside>[\\w.-]+) \\| (?:CHANGED|SUCCESS|FAILED|UNREACHABLE!?)\\b.*>>");

  /** {@code node 10.0.0.5 ip route}, {@code on worker-1: ip route}. */
  private static final Pattern COMMANDED =
      Pattern.compile(
          "(?:[-*#]+\\s+)?(?i:on|at|in|node|host|worker|master|machine|server|vm)\\s+(?:(?i:node|host)\\s+)?"
              + "(?<place>[\\w.-]+?)\\s*[:,]?\\s+[$#]?\\s*(?<command>[a-z].*)");

  /** {@code route -n on node-2}. */
  private static final Pattern PLACED =
      Pattern.compile("(?<command>[a-z].*?)\\s+(?i:on|at|of)\\s+(?<place>[^:]+):?");

  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?");
  private static final Pattern TELLING = Pattern.compile(".*[0-9.-].*");
  private static final Pattern OTHER_THINGS =
      Pattern.compile(
          "(?i)v?\\d+(?:\\.\\d+)*|.*\\.(?:ya?ml|json|go|md|txt|log|conf|conflist|sh|pcap)"
              + "|(?:eth|en[spox]|em\\d|tunl|cali|veth|docker|cni|flannel|vxlan|br|bond|lo$|antrea|gw"
              + "|genev|gre|tap|tun|kube-(?:ipvs|proxy|dns|system|api|flannel)|coredns|nodelocal|lxc|cilium|weave|dummy|team|virbr|ovs"
              + "|calico|host-local|node-(?:exporter|role|port|local)|kube-node-lease|sit|ipv?[46]|nat\\d|k[83]s$|rke2|wg|ppp|tcp|udp|icmp|step|case|test|pool|policy|before|after).*");
  private static final Set<String> PREPOSITIONS = Set.of("on", "at", "in", "from", "inside", "of");
  private static final Set<String> TOPICS =
      Set.of(
          "route",
          "routes",
          "routing",
          "table",
          "tables",
          "iptables",
          "ipset",
          "ipsets",
          "nftables",
          "rules",
          "rule",
          "output",
          "outputs",
          "interfaces",
          "interface",
          "addresses",
          "links",
          "devices",
          "ip",
          "arp",
          "neighbours",
          "neighbors",
          "fdb",
          "flows",
          "s",
          "side",
          "info");

  /** Programs that people run without a word behind them. */
  private static final Set<String> BARE = Set.of("ifconfig", "arp", "route");

  /** What makes a sentence of a command's name. */
  private static final Set<String> SUBJECTS =
      Set.of("rules", "routes", "routing", "output", "outputs", "table", "tables", "info");

  /** Where a sentence about what was seen at a place goes on. */
  private static final Set<String> ONWARDS =
      Set.of(
          "i",
          "we",
          "you",
          "it",
          "is",
          "are",
          "was",
          "were",
          "has",
          "have",
          "had",
          "shows",
          "show",
          "looks",
          "look",
          "gives",
          "gave",
          "returns",
          "returned",
          "there",
          "here",
          "which",
          "that",
          "after",
          "before",
          "when",
          "while",
          "with",
          "as",
          "now",
          "only",
          "running",
          "using",
          "below",
          "following");

  private static final Set<String> KINDS =
      Set.of("node", "host", "worker", "master", "machine", "server", "vm", "minion");
  private static final Set<String> ROLES =
      Set.of("master", "worker", "controlplane", "control-plane", "controller");
  private static final Set<String> PODS = Set.of("pod", "container");
  private static final Set<String> BETWEEN = Set.of("to", "->", "=>", "→", "and", "between", "vs");

  /** What a line announces, if it is a heading of this kind. */
  static Optional<Heading> of(String line) {
    int longest = line.startsWith("`") ? LONGEST_QUOTING : LONGEST;
    if (line.length() > longest || line.isBlank() || line.charAt(0) == ' ') {
      return Optional.empty();
    }
    Optional<Heading> commanded = commanded(line).or(() -> placed(line));
    if (commanded.isPresent()) {
      return commanded;
    }
    Optional<String> drawn = inside(RULED, line).or(() -> inside(ANSIBLE, line));
    Optional<String> text =
        drawn
            .or(() -> inside(MARKED, line))
            .or(() -> inside(LABEL, line))
            .or(() -> QUOTED.matcher(line).matches() ? Optional.of(line) : Optional.empty());
    return text.flatMap(found -> heading(found, drawn.isPresent()));
  }

  private static Optional<Heading> commanded(String line) {
    Matcher matcher = COMMANDED.matcher(line);
    if (!matcher.matches() || !KnownCommands.plausible(matcher.group("command"))) {
      return Optional.empty();
    }
    return single(matcher.group("place"), true)
        .map(place -> new Heading(Optional.of(place), typed(matcher.group("command")), false));
  }

  private static Optional<Heading> placed(String line) {
    Matcher matcher = PLACED.matcher(line);
    if (!matcher.matches() || !isCommand(matcher.group("command"))) {
      return Optional.empty();
    }
    List<String> words = words(matcher.group("place"));
    return words.stream().anyMatch(Heading::isAddress)
        ? Optional.empty()
        : named(words)
            .map(place -> new Heading(Optional.of(place), typed(matcher.group("command")), false));
  }

  /** A command as typed, rather than a program's name in a sentence. */
  private static boolean isWhole(String text) {
    return KnownCommands.plausible(text)
        && (text.indexOf(' ') > 0 || text.endsWith("-save") || BARE.contains(text));
  }

  private static boolean isCommand(String text) {
    List<String> words = List.of(text.split("\\s+", 3));
    return KnownCommands.plausible(text) && (words.size() == 1 || !isOf(SUBJECTS, words.get(1)));
  }

  private static Optional<String> inside(Pattern shape, String line) {
    Matcher matcher = shape.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return matcher.namedGroups().keySet().stream()
        .map(matcher::group)
        .filter(group -> group != null)
        .findFirst();
  }

  private static Optional<Heading> heading(String text, boolean ruled) {
    Matcher quoted = QUOTED.matcher(text);
    Optional<String> typed =
        quoted.results().map(match -> match.group(1)).filter(Heading::isWhole).findFirst();
    if (typed.isEmpty() && isCommand(text)) {
      return Optional.of(new Heading(Optional.empty(), typed(text), ruled));
    }
    String rest = typed.map(command -> text.replace("`" + command + "`", " ")).orElse(text);
    Optional<Place> place = place(words(rest.replace("`", "")), ruled);
    return place.isEmpty() && typed.isEmpty()
        ? Optional.empty()
        : Optional.of(new Heading(place, typed.map(Heading::typed).orElse(List.of()), ruled));
  }

  private static List<String> typed(String command) {
    return CommandLine.parse(command).stages().getFirst().words();
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : text.split("[\\s(),\\[\\]\"']+", 0)) {
      String bare = word.replaceFirst("[:;.]+$", "").replaceFirst("^\\*+|\\*+$", "");
      if (!bare.isEmpty() && !bare.matches("[-=*]+")) {
        words.add(bare);
      }
    }
    return words;
  }

  private static Optional<Place> place(List<String> words, boolean ruled) {
    if (words.stream().anyMatch(word -> BETWEEN.contains(word.toLowerCase(Locale.ROOT)))) {
      return Optional.empty();
    }
    for (int index = 0; index + 1 < words.size(); index++) {
      if (isOf(PREPOSITIONS, words.get(index))) {
        Optional<Place> found = named(words.subList(index + 1, words.size()));
        if (found.isPresent()) {
          return words.subList(0, index).stream().anyMatch(Heading::isMachine)
              ? Optional.empty()
              : found;
        }
      }
    }
    return alone(words, ruled).or(() -> ofTopic(words));
  }

  /** What stands behind a preposition: {@code the worker node kube-2}, {@code node-1 I found}. */
  private static Optional<Place> named(List<String> words) {
    List<String> rest = new ArrayList<>();
    for (String word : words) {
      if (isOf(ONWARDS, word)) {
        break;
      }
      if (!word.equalsIgnoreCase("the")) {
        rest.add(word);
      }
    }
    boolean another =
        words.stream()
            .skip(rest.size())
            .filter(word -> !rest.contains(word))
            .anyMatch(Heading::isMachine);
    return rest.size() <= 3 && !another ? alone(rest, true) : Optional.empty();
  }

  /** {@code node-1 routes}, {@code worker2's routing table}: a place, and what was asked there. */
  private static Optional<Place> ofTopic(List<String> words) {
    List<String> rest = words.stream().filter(word -> !isOf(TOPICS, word)).toList();
    if (rest.size() == words.size() || rest.isEmpty()) {
      return Optional.empty();
    }
    boolean telling =
        rest.size() == 1
            && rest.getFirst().matches(".*\\d.*")
            && rest.getFirst().matches(".*[.-].*");
    return alone(rest, telling);
  }

  private static boolean isMachine(String word) {
    return isAddress(word) || single(word, false).isPresent();
  }

  private static Optional<Place> alone(List<String> words, boolean sure) {
    return switch (words.size()) {
      case 1 -> single(words.getFirst(), sure);
      case 2 -> pair(words.getFirst(), words.getLast());
      case 3 ->
          isOf(KINDS, words.getFirst()) || isOf(ROLES, words.getFirst())
              ? pair(words.get(1), words.getLast())
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Place> single(String word, boolean sure) {
    boolean role = isOf(ROLES, word);
    boolean looksLikeMachine = isName(word) && TELLING.matcher(word).matches();
    boolean saysSo =
        sure || KINDS.stream().anyMatch(kind -> word.toLowerCase(Locale.ROOT).contains(kind));
    boolean address = sure && isAddress(word);
    return role || address || (looksLikeMachine && saysSo)
        ? Optional.of(new Place.Host(role ? word.toLowerCase(Locale.ROOT) : word))
        : Optional.empty();
  }

  /** {@code node kube-2}, {@code node 2}, {@code 10.0.0.5 worker}, {@code pod web-1}. */
  private static Optional<Place> pair(String first, String second) {
    if (isOf(PODS, first) || isOf(PODS, second)) {
      return pod(isOf(PODS, first) ? second : first);
    }
    if (isOf(KINDS, first) || isOf(ROLES, first)) {
      return isAddress(second)
          ? Optional.of(new Place.Host(second))
          : kind(first.toLowerCase(Locale.ROOT), second);
    }
    if (isAddress(first) || isAddress(second)) {
      String name = isAddress(first) ? second : first;
      return isName(name) || isOf(ROLES, name)
          ? Optional.of(new Place.Host(name))
          : Optional.empty();
    }
    return isOf(KINDS, second) ? single(first, true) : Optional.empty();
  }

  private static Optional<Place> kind(String kind, String name) {
    if (isOf(KINDS, name)) {
      return isOf(ROLES, kind) ? Optional.of(new Place.Host(kind)) : Optional.empty();
    }
    boolean counted = name.matches("[0-9]{1,3}|[A-Za-z]");
    if (counted) {
      return Optional.of(new Place.Host(kind + name.toLowerCase(Locale.ROOT)));
    }
    return isName(name) ? Optional.of(new Place.Host(name)) : Optional.empty();
  }

  private static Optional<Place> pod(String name) {
    int slash = name.indexOf('/');
    String namespace = slash < 0 ? "" : name.substring(0, slash);
    String pod = name.substring(slash + 1);
    boolean named = isName(pod) && TELLING.matcher(pod).matches();
    return named && (slash < 0 || NAME.matcher(namespace).matches())
        ? Optional.of(new Place.Pod(namespace, pod, ""))
        : Optional.empty();
  }

  private static boolean isOf(Set<String> words, String word) {
    return words.contains(word.toLowerCase(Locale.ROOT));
  }

  private static boolean isName(String word) {
    return NAME.matcher(word).matches() && !OTHER_THINGS.matcher(word).matches();
  }

  private static boolean isAddress(String word) {
    return word.indexOf('.') > 0 && IpAddress.parse(word).isPresent();
  }
}
