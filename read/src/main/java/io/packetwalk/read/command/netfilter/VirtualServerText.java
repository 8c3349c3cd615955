package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.VirtualServer;
import io.packetwalk.model.netfilter.VirtualServer.Forwarding;
import io.packetwalk.model.netfilter.VirtualServer.OfAddress;
import io.packetwalk.model.netfilter.VirtualServer.OfMark;
import io.packetwalk.model.netfilter.VirtualServer.RealServer;
import io.packetwalk.model.netfilter.VirtualServer.Selector;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Servers of IPVS as ipvsadm and the kernel's file write them. */
final class VirtualServerText {
  private VirtualServerText() {}

  /** An address and a port. */
  private record End(IpAddress address, int port) {}

  /** {@code -A -t 10.96.0.10:80 -s rr -p 10800}. */
  static Optional<VirtualServer> virtual(List<String> words, Source source) {
    return selector(words)
        .map(selector ->
            new VirtualServer(
                selector,
                after(words, "-s").orElse("wlc"),
                words.contains("-p"),
                List.of(),
                source));
  }

  private static Optional<Selector> selector(List<String> words) {
    return after(words, "-t")
        .flatMap(end -> ofAddress("TCP", end, false))
        .or(() -> after(words, "-u").flatMap(end -> ofAddress("UDP", end, false)))
        .or(() -> after(words, "--sctp-service").flatMap(end -> ofAddress("SCTP", end, false)))
        .or(() -> after(words, "-f").flatMap(VirtualServerText::ofMark));
  }

  private static Optional<Selector> ofAddress(String protocol, String text, boolean hexadecimal) {
    int number =
        switch (protocol) {
          case "TCP" -> 6;
          case "UDP" -> 17;
          case "SCTP" -> 132;
          default -> 0;
        };
    return number == 0
        ? Optional.empty()
        : end(text, hexadecimal).map(end -> new OfAddress(number, end.address(), end.port()));
  }

  private static Optional<Selector> ofMark(String text) {
    return Numbers.parse(text).map(mark -> new OfMark(mark.intValue()));
  }

  /** {@code -a -t 10.96.0.10:80 -r 10.244.1.2:8080 -m -w 1}. */
  static Optional<RealServer> real(List<String> words, Source source) {
    Forwarding forwarding =
        words.contains("-m")
            ? Forwarding.MASQUERADE
            : words.contains("-i") ? Forwarding.TUNNEL : Forwarding.DIRECT;
    int weight = after(words, "-w").flatMap(Numbers::parse).orElse(1L).intValue();
    return after(words, "-r")
        .flatMap(text -> end(text, false))
        .map(end -> new RealServer(end.address(), end.port(), forwarding, weight, source));
  }

  /** {@code TCP 10.96.0.10:80 rr persistent 10800}, or {@code FWM 1 rr}. */
  static Optional<VirtualServer> listed(List<String> words, boolean file, Source source) {
    if (words.size() < 3) {
      return Optional.empty();
    }
    String kind = words.getFirst();
    Optional<Selector> selector =
        kind.equals("FWM")
            ? ofMark(file ? "0x" + words.get(1) : words.get(1))
            : ofAddress(kind, words.get(1), file);
    return selector.map(known ->
        new VirtualServer(known, words.get(2), words.contains("persistent"), List.of(), source));
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
    return forwarding.flatMap(how ->
        end(words.get(1), file)
            .flatMap(end ->
                Numbers.parse(words.get(3))
                    .map(weight ->
                        new RealServer(
                            end.address(), end.port(), how, weight.intValue(), source))));
  }

  private static Optional<String> after(List<String> words, String option) {
    int at = words.indexOf(option);
    return at < 0 || at + 1 >= words.size() ? Optional.empty() : Optional.of(words.get(at + 1));
  }

  /** {@code 10.0.0.1:80}, {@code [fd00::1]:80}; in the kernel's file {@code 0A000001:0050}. */
  private static Optional<End> end(String text, boolean hexadecimal) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String port = text.substring(colon + 1);
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (hexadecimal && !bracketed) {
      return Numbers.parse("0x" + host)
          .filter(bits -> host.length() == 8)
          .flatMap(bits ->
              Numbers.parse("0x" + port)
                  .filter(number -> number <= 65535)
                  .map(number -> new End(IpAddress.ofIpv4(bits.intValue()), number.intValue())));
    }
    String plain = bracketed ? host.substring(1, host.length() - 1) : host;
    Optional<Integer> number =
        hexadecimal
            ? Numbers.parse("0x" + port).filter(n -> n <= 65535).map(Long::intValue)
            : Numbers.port(port);
    return IpAddress.parse(plain).flatMap(address -> number.map(known -> new End(address, known)));
  }
}
