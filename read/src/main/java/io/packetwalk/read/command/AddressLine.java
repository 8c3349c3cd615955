package io.packetwalk.read.command;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.wire.IpAddress;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code inet 10.0.0.1/24 brd 10.0.0.255 scope global eth0}, as {@code ip addr} prints it. */
record AddressLine(InterfaceAddress address, String tail) {

  /** Reads the line behind its indentation; empty when it is no address. */
  static Optional<AddressLine> parse(Words words, String device, Source source) {
    String family = words.peek();
    if (!family.equals("inet") && !family.equals("inet6")) {
      return Optional.empty();
    }
    words.next();
    String shown = words.next();
    Optional<IpAddress> first = IpAddress.parse(withoutLength(shown));
    if (first.isEmpty() || first.get().isIpv6() != family.equals("inet6")) {
      return Optional.empty();
    }
    Optional<IpAddress> peer = Optional.empty();
    OptionalInt length = lengthOf(shown, first.get());
    if (words.take("peer")) {
      String other = words.next();
      peer = IpAddress.parse(withoutLength(other));
      length = lengthOf(other, first.get());
    }
    return length.isEmpty()
        ? Optional.empty()
        : Optional.of(rest(words, device, source, first.get(), peer, length.getAsInt()));
  }

  private static AddressLine rest(
      Words words,
      String device,
      Source source,
      IpAddress address,
      Optional<IpAddress> peer,
      int length) {
    Optional<IpAddress> broadcast = Optional.empty();
    String scope = usualScope(address);
    boolean secondary = false;
    boolean usable = true;
    boolean known = true;
    while (known && words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "brd" -> broadcast = IpAddress.parse(words.next());
        case "any", "metric", "proto" -> words.next();
        case "scope" -> scope = words.next();
        case "secondary", "temporary" -> secondary = true;
        case "tentative", "dadfailed" -> usable = false;
        case "deprecated",
            "dynamic",
            "noprefixroute",
            "mngtmpaddr",
            "home",
            "nodad",
            "optimistic",
            "autojoin",
            "stable-privacy" -> {
          // Doesn't decide anything here.
        }
        case "valid_lft" -> lifetimes(words);
        default -> known = word.equals(device) || word.startsWith(device + ":");
      }
    }
    if (!known) {
      words.back();
    }
    return new AddressLine(
        new InterfaceAddress(
            device, address, length, peer, broadcast, scope, secondary, usable, source),
        known ? "" : words.rest());
  }

  /** The scope that an address has unless somebody chose another: {@code -br} shows none. */
  private static String usualScope(IpAddress address) {
    if (address.isLoopback()) {
      return "host";
    }
    return address.isIpv6() && address.isLinkLocal() ? "link" : "global";
  }

  private static void lifetimes(Words words) {
    words.next();
    words.take("preferred_lft");
    words.next();
  }

  private static String withoutLength(String text) {
    int slash = text.indexOf('/');
    return slash < 0 ? text : text.substring(0, slash);
  }

  private static OptionalInt lengthOf(String text, IpAddress address) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return OptionalInt.of(address.family().bits());
    }
    OptionalInt length = Words.parseInt(text.substring(slash + 1));
    return length.isPresent() && length.getAsInt() <= address.family().bits()
        ? length
        : OptionalInt.empty();
  }
}
