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

/** Reads {@code netstat -tulnp}: the sockets that wait for packets. */
public final class NetstatReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean waiting =
        SocketOptions.has(run, 'l', "--listening") || SocketOptions.has(run, 'a', "--all");
    return run.word(0).equals("netstat") && waiting ? Optional.of("netstat") : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    List<Socket> sockets = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    boolean ofInternet = true;
    for (Line line : run.output()) {
      String text = line.text().strip();
      if (text.startsWith("Active ")) {
        ofInternet = text.contains("Internet");
      } else if (ofInternet && !text.isEmpty() && !isOther(text)) {
        row(text, line, sockets, unread);
      }
    }
    boolean both = SocketOptions.has(run, 't', "--tcp") == SocketOptions.has(run, 'u', "--udp");
    boolean complete =
        both
            && SocketOptions.has(run, 'n', "--numeric")
            && !run.gap()
            && !SocketOptions.isOfOneFamily(run)
            && unread.isEmpty();
    Listing<Socket> listing =
        complete
            ? Listing.complete(sockets, run.prompt().source())
            : Listing.partial(sockets, run.prompt().source());
    return new Reading(List.of(new Fact.Sockets(listing)), unread);
  }

  /** The header, and sockets that wait for whole packets of a protocol. */
  private static boolean isOther(String text) {
    return text.startsWith("Proto") || text.startsWith("raw");
  }

  /** {@code tcp6 0 0 :::8080 :::* LISTEN 77/server}; UDP has no state. */
  private static void row(
      String text, Line line, List<Socket> sockets, List<Reading.Unread> unread) {
    List<String> words = Arrays.asList(text.split("\\s+"));
    Optional<Integer> protocol = protocol(words.getFirst());
    if (protocol.isEmpty() || words.size() < 5) {
      unread.add(new Reading.Unread(line, "not a socket"));
      return;
    }
    boolean tcp = protocol.get() == IpProtocol.TCP;
    boolean waits =
        tcp ? words.size() > 5 && words.get(5).equals("LISTEN") : words.get(4).endsWith(":*");
    if (!waits) {
      return;
    }
    int behind = tcp ? 6 : 5;
    Optional<String> process =
        words.size() > behind
            ? Optional.of(String.join(" ", words.subList(behind, words.size())))
            : Optional.empty();
    socket(protocol.get(), words.getFirst().endsWith("6"), words.get(3), process, line)
        .ifPresentOrElse(
            sockets::add, () -> unread.add(new Reading.Unread(line, "not a socket's address")));
  }

  private static Optional<Integer> protocol(String name) {
    return switch (name) {
      case "tcp", "tcp6" -> Optional.of(IpProtocol.TCP);
      case "udp", "udp6" -> Optional.of(IpProtocol.UDP);
      default -> Optional.empty();
    };
  }

  /**
   * Whether a socket of IPv6 at every address takes IPv4 as well isn't shown: most do.
   *
   * @param local an address and a port with a colon between them, also of IPv6
   */
  private static Optional<Socket> socket(
      int protocol, boolean ipv6, String local, Optional<String> process, Line line) {
    int colon = local.lastIndexOf(':');
    Optional<Integer> port = Numbers.port(local.substring(colon + 1));
    Optional<IpAddress> address =
        colon < 0 ? Optional.empty() : IpAddress.parse(local.substring(0, colon));
    return address.flatMap(known ->
        port.map(number ->
            new Socket(
                protocol,
                address.filter(at -> !at.isUnspecified()),
                ipv6,
                ipv6 && known.isUnspecified(),
                number,
                Optional.empty(),
                process,
                line.source())));
  }
}
