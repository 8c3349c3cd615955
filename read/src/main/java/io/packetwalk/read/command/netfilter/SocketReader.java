package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.Listing;
import io.packetwalk.model.net.Socket;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.IpProtocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code ss -lntup}: the sockets that wait for packets. */
public final class SocketReader implements CommandReader {
  private static final Pattern IPV4_END = Pattern.compile("\\d+(\\.\\d+){3}(%\\S+)?:\\S+");

  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean waiting =
        SocketOptions.has(run, 'l', "--listening") || SocketOptions.has(run, 'a', "--all");
    return run.word(0).equals("ss") && waiting ? Optional.of("ss") : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    List<Socket> sockets = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    boolean headed = false;
    boolean named = SocketOptions.has(run, 't', "--tcp") && SocketOptions.has(run, 'u', "--udp");
    boolean old = run.output().stream().anyMatch(SocketReader::isOld);
    for (Line line : run.output()) {
      String text = line.text().strip();
      if (text.startsWith("Netid") || text.startsWith("State")) {
        headed = true;
        named = text.startsWith("Netid");
      } else if (!text.isEmpty()) {
        row(text, line, named, old, run, sockets, unread);
      }
    }
    if (!headed && sockets.isEmpty()) {
      return new Reading(List.of(), unread);
    }
    boolean tcp = SocketOptions.has(run, 't', "--tcp");
    boolean udp = SocketOptions.has(run, 'u', "--udp");
    boolean numeric = SocketOptions.has(run, 'n', "--numeric");
    boolean all = tcp == udp && !SocketOptions.isOfOneFamily(run) && !isFiltered(run);
    boolean complete = all && numeric && !run.gap();
    Listing<Socket> listing =
        complete
            ? Listing.complete(sockets, run.prompt().source())
            : Listing.partial(sockets, run.prompt().source());
    return new Reading(List.of(new Fact.Sockets(listing)), unread);
  }

  /** {@code ss -lnt sport = :80}. */
  private static boolean isFiltered(CommandRun run) {
    return run.words().stream().skip(1).anyMatch(word -> !word.startsWith("-"));
  }

  /**
   * Whether the line is one of iproute2's before 4.17, where {@code *} stands for all addresses of
   * IPv4, and addresses of IPv6 have no brackets. It doesn't show which sockets of IPv6 take no
   * IPv4: most take it.
   */
  private static boolean isOld(Line line) {
    List<String> words = Arrays.asList(line.text().strip().split("\\s+", -1));
    for (int index = 0; index + 1 < words.size(); index++) {
      String local = words.get(index);
      String peer = words.get(index + 1);
      boolean ofAny = peer.equals("*:*") && IPV4_END.matcher(local).matches();
      if (ofAny || peer.startsWith(":::") || local.startsWith(":::")) {
        return true;
      }
    }
    return false;
  }

  private static void row(
      String text,
      Line line,
      boolean named,
      boolean old,
      CommandRun run,
      List<Socket> sockets,
      List<Reading.Unread> unread) {
    List<String> words = Arrays.asList(text.split("\\s+"));
    String kind = named ? words.getFirst() : SocketOptions.has(run, 'u', "--udp") ? "udp" : "tcp";
    int first = named ? 1 : 0;
    if (words.size() < first + 5) {
      unread.add(new Reading.Unread(line, "not a socket"));
      return;
    }
    String state = words.get(first);
    Optional<Integer> protocol =
        switch (kind) {
          case "tcp" -> Optional.of(IpProtocol.TCP);
          case "udp" -> Optional.of(IpProtocol.UDP);
          case "sctp" -> Optional.of(IpProtocol.SCTP);
          default -> Optional.empty();
        };
    boolean waits = state.equals("LISTEN") || state.equals("UNCONN");
    if (protocol.isEmpty() || !waits) {
      return;
    }
    Optional<String> process =
        words.size() > first + 5
            ? Optional.of(String.join(" ", words.subList(first + 5, words.size())))
            : Optional.empty();
    socket(protocol.get(), words.get(first + 3), old, process, line)
        .ifPresentOrElse(
            sockets::add, () -> unread.add(new Reading.Unread(line, "not a socket's address")));
  }

  private static Optional<Socket> socket(
      int protocol, String local, boolean old, Optional<String> process, Line line) {
    int colon = local.lastIndexOf(':');
    Optional<Integer> port = Numbers.port(local.substring(colon + 1));
    String host = colon < 0 ? "" : local.substring(0, colon).replace("[", "").replace("]", "");
    int percent = host.indexOf('%');
    Optional<String> device =
        percent < 0 ? Optional.empty() : Optional.of(host.substring(percent + 1));
    String bare = percent < 0 ? host : host.substring(0, percent);
    boolean every = bare.equals("*");
    Optional<IpAddress> address = IpAddress.parse(bare);
    if (colon < 0 || port.isEmpty() || (!every && address.isEmpty())) {
      return Optional.empty();
    }
    boolean ipv6 = address.filter(IpAddress::isIpv6).isPresent();
    boolean both = old ? ipv6 && address.filter(IpAddress::isUnspecified).isPresent() : every;
    return Optional.of(
        new Socket(
            protocol,
            address.filter(known -> !known.isUnspecified()),
            (every && !old) || ipv6,
            both,
            port.get(),
            device,
            process,
            line.source()));
  }
}
