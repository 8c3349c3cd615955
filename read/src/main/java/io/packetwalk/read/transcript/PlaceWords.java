package io.packetwalk.read.transcript;

import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words in which people say where something was run: {@code on the worker node kube-2}, {@code
 * 10.0.0.5 (node2)}, {@code worker2's routing table}.
 */
final class PlaceWords {
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
          ("route routes routing table tables iptables ipset ipsets nftables rules rule output"
               + " outputs interfaces interface addresses links devices ip arp neighbours neighbors"
               + " fdb flows s side info")
              .split(" "));

  /** Where a sentence about what was seen at a place goes on. */
  private static final Set<String> ONWARDS =
      Set.of(
          ("i we you it is are was were has have had shows show looks look gives gave returns"
               + " returned there here which that after before when while with as now only running"
               + " using below following")
              .split(" "));

  private static final Set<String> KINDS =
      Set.of("node", "host", "worker", "master", "machine", "server", "vm", "minion");
  private static final Set<String> ROLES =
      Set.of("master", "worker", "controlplane", "control-plane", "controller");
  private static final Set<String> PODS = Set.of("pod", "container");
  private static final Set<String> BETWEEN = Set.of("to", "->", "=>", "→", "and", "between", "vs");

  private PlaceWords() {}

  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : text.split("[\\s(),\\[\\]\"']+", 0)) {
      String bare = word.replaceFirst("[:;.]+$", "").replaceFirst("^\\*+|\\*+$", "");
      if (!bare.isEmpty() && !bare.matches("[-=*]+")) {
        words.add(bare);
      }
    }
    return words;
  }

  /**
   * The place that a text names.
   *
   * @param sure whether the text is drawn as a heading, so that a bare name is a place's
   */
  static Optional<Place> place(String text, boolean sure) {
    List<String> words = words(text);
    if (words.stream().anyMatch(word -> BETWEEN.contains(word.toLowerCase(Locale.ROOT)))) {
      return Optional.empty();
    }
    for (int index = 0; index + 1 < words.size(); index++) {
      if (isOf(PREPOSITIONS, words.get(index))) {
        Optional<Place> found = named(words.subList(index + 1, words.size()));
        if (found.isPresent()) {
          return words.subList(0, index).stream().anyMatch(PlaceWords::isMachine)
              ? Optional.empty()
              : found;
        }
      }
    }
    return alone(words, sure).or(() -> ofTopic(words));
  }

  /** What stands behind a preposition: {@code the worker node kube-2}, {@code node-1 I found}. */
  static Optional<Place> named(List<String> words) {
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
            .anyMatch(PlaceWords::isMachine);
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

  static Optional<Place> single(String word, boolean sure) {
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

  static boolean isAddress(String word) {
    return word.indexOf('.') > 0 && IpAddress.parse(word).isPresent();
  }
}
