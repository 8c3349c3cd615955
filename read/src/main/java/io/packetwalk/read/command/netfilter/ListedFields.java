package io.packetwalk.read.command.netfilter;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What {@code iptables -L} prints of matches on one field of a packet. */
final class ListedFields {
  private static final Map<String, String> COMPARED = Map.of("==", "eq", "<", "lt", ">", "gt");

  /** Names of the four bits of a type of service, which are printed without {@code -n}. */
  static final Map<String, String> SERVICE_TYPES =
      Map.of(
          "Minimize-Delay", "0x10/0x3f",
          "Maximize-Throughput", "0x08/0x3f",
          "Maximize-Reliability", "0x04/0x3f",
          "Minimize-Cost", "0x02/0x3f",
          "Normal-Service", "0x00/0x3f");

  private static final Pattern HEADER_WORD =
      Pattern.compile("(?:type|segslefts?|ids?|length|opts|0-\\S+):?\\S*|more|first|last|reserved");

  private ListedFields() {}

  static Optional<Extension> read(String word, ListedWords words) {
    return switch (word) {
      case "length" -> ListedMatches.negatable("length", "--length", false, words);
      case "source", "destination" -> range(word, words);
      case "MAC" -> ListedMatches.negatable("mac", "--mac-source", false, words);
      case "PKTTYPE" -> {
        boolean negated = words.take().startsWith("!");
        yield ListedMatches.one("pkttype", "--pkt-type", negated, words.take());
      }
      case "TTL" -> hopLimit("ttl", words);
      case "HL" -> hopLimit("hl", words);
      case "DSCP" -> named("dscp", "--dscp", words);
      case "tos" -> named("tos", "--tos", words);
      case "tcpmss" -> named("tcpmss", "--mss", words);
      case "ECN" -> congestion(words);
      case "realm" -> ListedMatches.negatable("realm", "--realm", false, words);
      case "esp" -> ListedMatches.negatable("esp", "--espspi", false, words);
      case "ah" -> ListedMatches.negatable("ah", "--ahspi", false, words);
      case "src-group" -> ListedMatches.negatable("devgroup", "--src-group", false, words);
      case "dst-group" -> ListedMatches.negatable("devgroup", "--dst-group", false, words);
      case "rt", "frag", "hbh", "dst" -> header(word, words);
      default -> joined(word);
    };
  }

  /** {@code source IP range ! 10.0.0.1-10.0.0.9}. */
  private static Optional<Extension> range(String side, ListedWords words) {
    if (!words.peek().equals("IP") || !words.peek(1).equals("range")) {
      return Optional.empty();
    }
    words.take();
    words.take();
    String option = side.equals("source") ? "--src-range" : "--dst-range";
    return ListedMatches.negatable("iprange", option, false, words);
  }

  /** {@code TTL match TTL < 5}; the target of this name sets, increments or decrements. */
  private static Optional<Extension> hopLimit(String module, ListedWords words) {
    if (!words.takeIf("match")) {
      return Optional.empty();
    }
    words.take();
    String operator = words.take();
    String option = "--" + module + "-" + COMPARED.getOrDefault(operator, "eq");
    return ListedMatches.one(module, option, operator.equals("!="), words.take());
  }

  /** {@code DSCP match !0x0a}, {@code tos match0x10/0x3f}; what isn't a match is a target. */
  private static Optional<Extension> named(String module, String option, ListedWords words) {
    String match = words.peek();
    if (!match.startsWith("match")) {
      return Optional.empty();
    }
    words.take();
    boolean negated = words.negation();
    String value = match.length() > 5 ? match.substring(5) : words.take();
    boolean attached = value.startsWith("!");
    String bare = attached ? value.substring(1) : value;
    return ListedMatches.one(
        module, option, negated || attached, SERVICE_TYPES.getOrDefault(bare, bare));
  }

  /** {@code ECN match !ECT=2}, {@code ECN match CWR ECE}. */
  private static Optional<Extension> congestion(ListedWords words) {
    if (!words.takeIf("match")) {
      return Optional.empty();
    }
    String flag = words.take();
    boolean negated = flag.startsWith("!");
    String name = negated ? flag.substring(1) : flag;
    return name.startsWith("ECT=")
        ? ListedMatches.one("ecn", "--ecn-ip-ect", negated, name.substring(4))
        : ListedMatches.one("ecn", "--ecn-tcp-" + name, negated);
  }

  /** {@code rt type:0 segslefts:0}, {@code frag ids:1:5 more}. */
  private static Optional<Extension> header(String module, ListedWords words) {
    StringBuilder text = new StringBuilder();
    while (HEADER_WORD.matcher(words.peek()).matches()) {
      text.append(text.isEmpty() ? "" : " ").append(words.take());
    }
    return text.isEmpty()
        ? Optional.empty()
        : ListedMatches.one(module, "--" + text, /* negated= */ false);
  }

  /** A MAC address right behind its word, as some versions print it. */
  private static Optional<Extension> joined(String word) {
    return word.startsWith("MAC") && word.length() == 20
        ? ListedMatches.one("mac", "--mac-source", false, word.substring(3))
        : Optional.empty();
  }
}
