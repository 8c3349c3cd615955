package io.packetwalk.read.command.netfilter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What {@code iptables -L} prints of ports, TCP's flags and ICMP's types. */
final class ListedTransport {
  private static final Pattern OPTION = Pattern.compile("([ds]pts?|flags):.*|option=.*");

  private ListedTransport() {}

  /** {@code tcp dpt:80 spts:1:9 flags:!0x17/0x02 option=5}. */
  static Optional<Extension> read(String protocol, ListedWords words) {
    List<Option> options = new ArrayList<>();
    while (OPTION.matcher(words.peek()).matches()) {
      options.add(option(words.take()));
    }
    if (protocol.equals("sctp") && words.takeIf(Set.of("any", "all", "only"))) {
      options.add(new Option("--chunk-types", false, List.of(words.take())));
    }
    boolean types = protocol.equals("dccp") && words.peek().matches("!?([A-Z]|\\d).*");
    if (types) {
      options.add(new Option("--dccp-types", false, List.of(words.take())));
    }
    return Optional.of(new Extension(protocol, options));
  }

  private static Option option(String word) {
    int separator = word.startsWith("option=") ? 6 : word.indexOf(':');
    String key = word.substring(0, separator);
    boolean negated = word.startsWith("!", separator + 1);
    String value = word.substring(separator + (negated ? 2 : 1));
    return switch (key) {
      case "dpt", "dpts" -> new Option("--dport", negated, List.of(value));
      case "spt", "spts" -> new Option("--sport", negated, List.of(value));
      case "option" -> new Option("--tcp-option", negated, List.of(value));
      default -> new Option("--tcp-flags", negated, List.of(value.split("/", -1)));
    };
  }

  /**
   * {@code icmptype 3 code 4}, {@code icmp !type 3}, {@code icmp echo-request}, {@code ipv6-icmp
   * packet-too-big}.
   */
  static Optional<Extension> icmp(String word, boolean negatedBefore, ListedWords words) {
    boolean version6 = word.startsWith("ipv6");
    boolean negated = negatedBefore || words.negation();
    String type = words.take();
    if (type.startsWith("!")) {
      negated = true;
      type = type.substring(1);
    }
    if (!word.endsWith("type") && type.equals("type")) {
      type = words.take();
    }
    if (words.takeIf("code")) {
      type = type + "/" + words.take();
    } else if (words.takeIf("codes")) {
      type = type + "/" + words.take();
    }
    return version6
        ? ListedMatches.one("icmp6", "--icmpv6-type", negated, type)
        : ListedMatches.one("icmp", "--icmp-type", negated, type);
  }
}
