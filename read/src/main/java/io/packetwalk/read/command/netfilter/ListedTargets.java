package io.packetwalk.read.command.netfilter;

import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The words by which a target shows itself in {@code iptables -L}, as the options that it has on
 * the command line.
 *
 * @param target its name, which stands in a column of its own
 */
record ListedTargets(String target, ListedWords words) {

  /** The options that begin with a word that was taken; empty when it begins none. */
  Optional<List<Option>> read(String word) {
    if (TargetReader.isAside(target)) {
      return of(option("--listed", (word + " " + words.rest()).strip()));
    }
    if (word.startsWith("to:")) {
      return of(option(translation(), word.substring(3)));
    }
    return switch (word) {
      case "reject-with" -> of(option("--reject-with", words.take()));
      case "random", "random-fully", "persistent" -> of(option("--" + word));
      case "redir", "masq" -> {
        words.take();
        yield of(option("--to-ports", words.take()));
      }
      case "MARK" -> of(mark());
      case "CONNMARK" -> connectionMark();
      case "TTL", "HL" -> hopLimit(word);
      case "DSCP" -> words.takeIf("set") ? of(option("--set-dscp", words.take())) : none();
      case "TOS" -> serviceType();
      case "CT" -> of(tracking());
      case "NOTRACK" -> of(option("--notrack"));
      case "TPROXY" -> proxied();
      case "NFQUEUE" -> queue();
      case "add-set", "del-set", "map-set" -> set(word);
      case "SYNPROXY", "HMARK", "CLUSTERIP" -> of(option("--listed", words.rest()));
      default ->
          target.equals("NETMAP") && IpPrefix.parse(word).isPresent()
              ? of(option("--to", word))
              : none();
    };
  }

  private static Option option(String name, String... values) {
    return new Option(name, false, List.of(values));
  }

  private static Optional<List<Option>> of(Option option) {
    return Optional.of(List.of(option));
  }

  private static Optional<List<Option>> none() {
    return Optional.empty();
  }

  private String translation() {
    return switch (target) {
      case "DNAT" -> "--to-destination";
      case "SNAT" -> "--to-source";
      default -> "--to";
    };
  }

  /** {@code MARK or 0x4000}; {@code xset} is what sets with a mask. */
  private Option mark() {
    String how = words.take();
    return option(how.equals("xset") ? "--set-xmark" : "--" + how + "-mark", words.take());
  }

  /** {@code CONNMARK set 0x1}, {@code CONNMARK restore ctmask 0xf0 nfmask ~0xf0}. */
  private Optional<List<Option>> connectionMark() {
    String how = words.peek();
    if (!how.equals("save") && !how.equals("restore")) {
      return of(mark());
    }
    List<Option> options = new ArrayList<>(List.of(option("--" + words.take() + "-mark")));
    while (words.peek().endsWith("mask") || words.peek().endsWith("-shift")) {
      String name = words.take();
      String value = words.take();
      options.add(option("--" + name, value.startsWith("~") ? value.substring(1) : value));
    }
    return Optional.of(options);
  }

  /** {@code TTL set to 64}, {@code HL decrement by 1}. */
  private Optional<List<Option>> hopLimit(String field) {
    String how = words.take();
    words.take();
    String name = how.length() > 3 ? how.substring(0, 3) : how;
    return of(option("--" + field.toLowerCase(Locale.ROOT) + "-" + name, words.take()));
  }

  /** {@code TOS set 0x10/0xff}, {@code TOS setMinimize-Delay}. */
  private Optional<List<Option>> serviceType() {
    if (!words.peek().startsWith("set")) {
      return none();
    }
    String set = words.take();
    String value = set.length() > 3 ? set.substring(3) : words.take();
    return of(option("--set-tos", ListedFields.SERVICE_TYPES.getOrDefault(value, value)));
  }

  private Option tracking() {
    String what = words.take();
    return words.isEmpty() ? option("--" + what) : option("--" + what, words.take());
  }

  /** {@code TPROXY redirect 0.0.0.0:15001 mark 0x1/0x1}. */
  private Optional<List<Option>> proxied() {
    words.take();
    String end = words.take();
    int colon = Math.max(0, end.lastIndexOf(':'));
    words.take();
    return Optional.of(
        List.of(
            option("--on-ip", end.substring(0, colon)),
            option("--on-port", end.substring(colon + 1)),
            option("--tproxy-mark", words.take())));
  }

  /** {@code NFQUEUE balance 0:3 bypass cpu-fanout}. */
  private Optional<List<Option>> queue() {
    List<Option> options =
        new ArrayList<>(List.of(option("--queue-" + words.take(), words.take())));
    while (words.peek().equals("bypass") || words.peek().equals("cpu-fanout")) {
      options.add(option("--queue-" + words.take()));
    }
    return Optional.of(options);
  }

  private Optional<List<Option>> set(String how) {
    List<Option> options = new ArrayList<>();
    options.add(option("--" + how, words.take(), words.take()));
    boolean more = true;
    while (more) {
      switch (words.peek()) {
        case "exist", "map-mark", "map-prio", "map-queue" ->
            options.add(option("--" + words.take()));
        case "timeout" -> options.add(option("--" + words.take(), words.take()));
        default -> more = false;
      }
    }
    return Optional.of(options);
  }
}
