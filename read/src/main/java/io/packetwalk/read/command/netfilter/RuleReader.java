package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.RulePart;
import io.packetwalk.model.netfilter.Span;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes rules of the words of {@code iptables-save}. */
final class RuleReader {
  private final IpFamily family;
  private final MatchReader matches;
  private final TargetReader targets;

  RuleReader(IpFamily family) {
    this.family = family;
    this.matches = new MatchReader(family);
    this.targets = new TargetReader(family);
  }

  Rule read(RuleWords words, Source source) {
    List<RulePart> parts = new ArrayList<>();
    List<String> comments = new ArrayList<>();
    for (Option option : words.basics()) {
      parts.add(basic(option));
    }
    for (Extension extension : words.matches()) {
      if (extension.name().equals("comment")) {
        comments.add(extension.value("--comment"));
      } else {
        parts.addAll(matches.read(extension));
      }
    }
    if (words.target().isPresent()) {
      parts.addAll(targets.read(words.target().get(), words.jumpsForGood()));
    }
    return new Rule(parts, comments, words.counter(), source);
  }

  private Match basic(Option option) {
    return switch (option.name()) {
      case "-s", "--source", "--src" -> address(option, Field.SOURCE_ADDRESS);
      case "-d", "--destination", "--dst" -> address(option, Field.DESTINATION_ADDRESS);
      case "-i", "--in-interface" -> device(option, Field.INPUT_DEVICE);
      case "-o", "--out-interface" -> device(option, Field.OUTPUT_DEVICE);
      case "-p", "--protocol", "--proto" -> protocol(option);
      case "-f", "--fragment" ->
          new Match.Comparison(
              Operand.of(Field.LATER_FRAGMENT), option.negated(), List.of(Span.one(1)));
      default -> new Match.Unreadable(option.text());
    };
  }

  private static Match device(Option option, Field field) {
    return new Match.Comparison(
        Operand.of(field), option.negated(), List.of(Span.device(option.value(), '+')));
  }

  private static Match protocol(Option option) {
    Optional<Integer> protocol = Numbers.protocol(option.value());
    if (protocol.isEmpty()) {
      return new Match.Unreadable(option.text());
    }
    List<Span> spans =
        protocol.get() == 0 ? List.of(new Span.Numbers(0, 255)) : List.of(Span.one(protocol.get()));
    return new Match.Comparison(Operand.of(Field.PROTOCOL), option.negated(), spans);
  }

  private Match address(Option option, Field field) {
    List<Span> spans = new ArrayList<>();
    for (String part : option.value().split(",", -1)) {
      Optional<Span> span = addressSpan(part, family);
      if (span.isEmpty()) {
        return new Match.Unreadable(option.text());
      }
      spans.add(span.get());
    }
    return new Match.Comparison(Operand.of(field), option.negated(), spans);
  }

  /** A prefix, an address, or an address under any mask. */
  static Optional<Span> addressSpan(String text, IpFamily family) {
    if (text.equals("anywhere")) {
      return Optional.of(Span.of(IpPrefix.all(family)));
    }
    if (text.equals("localhost")) {
      return IpPrefix.parse(family == IpFamily.IPV4 ? "127.0.0.1" : "::1").map(Span::of);
    }
    if (text.startsWith("loopback") && family == IpFamily.IPV4) {
      return addressSpan(text.replace("loopback", "127.0.0.0"), family);
    }
    Optional<IpPrefix> prefix = IpPrefix.parse(text).filter(parsed -> parsed.family() == family);
    int slash = text.indexOf('/');
    if (prefix.isPresent() || slash < 0) {
      return prefix.map(Span::of);
    }
    Optional<IpAddress> bits = IpAddress.parse(text.substring(0, slash));
    Optional<IpAddress> mask = IpAddress.parse(text.substring(slash + 1));
    return bits.flatMap(known ->
        mask.filter(other -> other.family() == known.family())
            .map(other -> new Span.Masked(known, other)));
  }
}
