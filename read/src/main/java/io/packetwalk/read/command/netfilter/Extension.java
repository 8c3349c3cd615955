package io.packetwalk.read.command.netfilter;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A match or target of a rule with its options, such as {@code -m tcp --dport 80}. */
record Extension(String name, List<Option> options) {
  Extension {
    options = List.copyOf(options);
  }

  Optional<Option> option(String wanted) {
    return options.stream().filter(option -> option.name().equals(wanted)).findFirst();
  }

  boolean has(String wanted) {
    return option(wanted).isPresent();
  }

  /** The value of an option; empty when it isn't given. */
  String value(String wanted) {
    return option(wanted).map(Option::value).orElse("");
  }

  String text() {
    return (name + " " + options.stream().map(Option::text).collect(Collectors.joining(" ")))
        .trim();
  }
}
