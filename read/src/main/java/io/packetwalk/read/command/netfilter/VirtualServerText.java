package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.VirtualServer;
import io.packetwalk.model.netfilter.VirtualServer.Forwarding;
import io.packetwalk.model.netfilter.VirtualServer.OfAddress;
import io.packetwalk.model.netfilter.VirtualServer.OfMark;
import io.packetwalk.model.netfilter.VirtualServer.RealServer;
import io.packetwalk.model.netfilter.VirtualServer.Selector;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Servers of IPVS as ipvsadm and the kernel's file write them. */
final class VirtualServerText {
  /** What {@code ipvsadm} takes where no scheduler is named. */
  private static final String USUAL_SCHEDULER = "wlc";

  private VirtualServerText() {}

  /** {@code -A -t 10.96.0.10:80 -s rr -p 10800}. */
  static Optional<VirtualServer> virtual(List<String> words, Source source) {
    boolean persistent = words.contains("-p");
    List<String> options = new ArrayList<>(words.contains("-o") ? List.of("ops") : List.of());
    after(words, "-b").ifPresent(flags -> options.addAll(List.of(flags.split(",", -1))));
    return selector(words)
        .map(selector ->
            new VirtualServer(
                selector,
                after(words, "-s").orElse(USUAL_SCHEDULER),
                persistence(persistent, after(words, "-M"), selector),
                options,
                List.of(),
                source));
  }

  private static Optional<Selector> selector(List<String> words) {
    return after(words, "-t")
        .flatMap(end -> ofAddress("TCP", end, false))
        .or(() -> after(words, "-u").flatMap(end -> ofAddress("UDP", end, false)))
        .or(() -> after(words, "--sctp-service").flatMap(end -> ofAddress("SCTP", end, false)))
        .or(() -> after(words, "-f").flatMap(mark -> ofMark(mark, words.contains("-6"))));
  }

  private static Optional<Selector> ofAddress(String protocol, String text, boolean file) {
    return protocol(protocol)
        .flatMap(number ->
            VirtualEnds.joined(text, file)
                .map(end -> new OfAddress(number, end.address(), end.port())));
  }

  /** The number of a protocol that IPVS balances. */
  static Optional<Integer> protocol(String name) {
    return switch (name) {
      case "TCP" -> Optional.of(6);
      case "UDP" -> Optional.of(17);
      case "SCTP" -> Optional.of(132);
      default -> Optional.empty();
    };
  }

  private static Optional<Selector> ofMark(String text, boolean version6) {
    IpFamily family = version6 ? IpFamily.IPV6 : IpFamily.IPV4;
    return Numbers.parse(text).map(mark -> new OfMark(mark.intValue(), family));
  }

  /** {@code -a -t 10.96.0.10:80 -r 10.244.1.2:8080 -m -w 1}. */
  static Optional<RealServer> real(List<String> words, Source source) {
    Forwarding forwarding =
        words.contains("-m")
            ? Forwarding.MASQUERADE
            : words.contains("-i") ? tunnel(after(words, "--tun-type")) : Forwarding.DIRECT;
    int weight = number(words, "-w").orElse(1);
    OptionalInt threshold = number(words, "-x");
    return after(words, "-r")
        .flatMap(text -> VirtualEnds.joined(text, false))
        .map(end ->
            new RealServer(
                end.address(),
                end.port(),
                forwarding,
                weight,
                threshold.orElse(0) > 0 ? threshold : OptionalInt.empty(),
                OptionalInt.empty(),
                source));
  }

  private static Forwarding tunnel(Optional<String> type) {
    return type.filter(name -> !name.equals("ipip")).isPresent()
        ? Forwarding.OTHER_TUNNEL
        : Forwarding.TUNNEL;
  }

  /** {@code TCP 10.96.0.10:80 rr persistent 10800 mask 255.255.255.0}, or {@code FWM 1 IPv6 rr}. */
  static Optional<VirtualServer> listed(List<String> words, boolean file, Source source) {
    boolean marked = words.getFirst().equals("FWM");
    boolean version6 = marked && words.size() > 3 && words.get(2).equals("IPv6");
    int scheduler = version6 ? 3 : 2;
    if (words.size() <= scheduler) {
      return Optional.empty();
    }
    List<String> more = words.subList(scheduler + 1, words.size());
    List<String> options =
        more.stream()
            .flatMap(word -> List.of(word.split("[(),]", -1)).stream())
            .filter(word -> word.equals("ops") || word.contains("-"))
            .toList();
    return selector(words, file, version6)
        .map(known ->
            new VirtualServer(
                known,
                words.get(scheduler),
                persistence(
                    more.contains("persistent"), file ? maskOf(more) : after(more, "mask"), known),
                options,
                List.of(),
                source));
  }

  /** The kernel's file doesn't say of a mark which version of IP it is for: the servers do. */
  static VirtualServer withServers(VirtualServer server, List<RealServer> servers) {
    boolean version6 = server.selector() instanceof OfMark && servers.getFirst().address().isIpv6();
    Selector selector =
        version6 && server.selector() instanceof OfMark(int mark, IpFamily family)
            ? new OfMark(mark, IpFamily.IPV6)
            : server.selector();
    return new VirtualServer(
        selector,
        server.scheduler(),
        server.persistence(),
        server.options(),
        servers,
        server.source());
  }

  /** {@code persistent 30000 FFFFFF00}: behind the time, in jiffies; of version 6 unlike a mask. */
  private static Optional<String> maskOf(List<String> words) {
    int at = words.indexOf("persistent") + 2;
    return at < 2 || at >= words.size()
        ? Optional.empty()
        : Numbers.parse("0x" + words.get(at))
            .filter(bits -> words.get(at).length() == 8)
            .map(bits -> IpAddress.ofIpv4(bits.intValue()).toString());
  }

  private static Optional<Selector> selector(List<String> words, boolean file, boolean version6) {
    return words.getFirst().equals("FWM")
        ? ofMark(file ? "0x" + words.get(1) : words.get(1), version6)
        : ofAddress(words.getFirst(), words.get(1), file);
  }

  /** {@code TCP 10.96.0.10:80 12 60 48 4000 3800}: counters, which don't tell how it works. */
  static Optional<VirtualServer> counted(List<String> words, Source source) {
    boolean version6 = words.size() > 2 && words.get(2).equals("IPv6");
    return words.size() < 3
        ? Optional.empty()
        : selector(words, false, version6)
            .map(known ->
                new VirtualServer(known, "", OptionalInt.empty(), List.of(), List.of(), source));
  }

  static Optional<RealServer> countedReal(List<String> words, Source source) {
    return words.size() < 3
        ? Optional.empty()
        : VirtualEnds.joined(words.get(1), false)
            .map(end ->
                new RealServer(
                    end.address(),
                    end.port(),
                    Forwarding.NOT_SHOWN,
                    1,
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    source));
  }

  /** How many bits of their addresses clients have in common that are kept together. */
  private static OptionalInt persistence(
      boolean persistent, Optional<String> mask, Selector selector) {
    if (!persistent) {
      return OptionalInt.empty();
    }
    IpFamily family =
        switch (selector) {
          case OfAddress(int protocol, IpAddress address, int port) -> address.family();
          case OfMark(int mark, IpFamily of) -> of;
        };
    int all = family == IpFamily.IPV4 ? 32 : 128;
    Optional<Integer> bits =
        family == IpFamily.IPV4
            ? mask.flatMap(IpAddress::parse)
                .filter(IpAddress::isIpv4)
                .map(address -> Integer.bitCount(address.lowInt()))
            : mask.flatMap(Numbers::parse).filter(number -> number <= all).map(Long::intValue);
    return OptionalInt.of(bits.orElse(all));
  }

  /** {@code -> 10.244.1.2:8080 Masq 1 0 0}. */
  static Optional<RealServer> listedReal(List<String> words, boolean file, Source source) {
    if (words.size() < 4) {
      return Optional.empty();
    }
    Optional<Forwarding> forwarding =
        switch (words.get(2).toLowerCase(Locale.ROOT)) {
          case "masq" -> Optional.of(Forwarding.MASQUERADE);
          case "route", "local" -> Optional.of(Forwarding.DIRECT);
          case "tunnel" -> Optional.of(Forwarding.TUNNEL);
          default -> Optional.empty();
        };
    OptionalInt active = number(words, 4);
    return forwarding.flatMap(how ->
        VirtualEnds.joined(words.get(1), file)
            .flatMap(end ->
                Numbers.parse(words.get(3))
                    .filter(weight -> weight < 1L << 31)
                    .map(weight ->
                        new RealServer(
                            end.address(),
                            end.port(),
                            how,
                            weight.intValue(),
                            OptionalInt.empty(),
                            active,
                            source))));
  }

  private static OptionalInt number(List<String> words, int at) {
    return at < words.size() ? whole(words.get(at)) : OptionalInt.empty();
  }

  private static OptionalInt number(List<String> words, String option) {
    return after(words, option).map(VirtualServerText::whole).orElse(OptionalInt.empty());
  }

  private static OptionalInt whole(String text) {
    return Numbers.parse(text)
        .filter(number -> number < 1L << 31)
        .map(number -> OptionalInt.of(number.intValue()))
        .orElse(OptionalInt.empty());
  }

  private static Optional<String> after(List<String> words, String option) {
    int at = words.indexOf(option);
    return at < 0 || at + 1 >= words.size() ? Optional.empty() : Optional.of(words.get(at + 1));
  }
}
