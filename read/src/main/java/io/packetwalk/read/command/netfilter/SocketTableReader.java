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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code /proc/net/tcp}, {@code tcp6}, {@code udp} and {@code udp6}: the kernel's own lists
 * of sockets (tcp4_seq_show, udp4_format_sock), of which those are taken that wait for packets.
 *
 * <p>Addresses are words in the byte order of the machine, which is taken to be little-endian.
 */
public final class SocketTableReader implements CommandReader {
  private static final Set<String> TABLES = Set.of("tcp", "tcp6", "udp", "udp6");
  private static final Pattern ROW =
      Pattern.compile(
          "\\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:([0-9A-F]{4}) ([0-9A-F]{2})"
              + " .*");
  private static final String LISTENING = "0A";

  /** A datagram socket that isn't connected is closed, as TCP would call it. */
  private static final String CLOSED = "07";

  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean all =
        run.words().size() > 1
            && run.words().stream().skip(1).allMatch(word -> table(word).isPresent());
    return run.word(0).equals("cat") && all ? Optional.of("/proc/net/tcp") : Optional.empty();
  }

  private static Optional<String> table(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return path.contains("/net/") && TABLES.contains(name) ? Optional.of(name) : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    List<Socket> sockets = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    for (Line line : run.output()) {
      String text = line.text().strip();
      Matcher row = ROW.matcher(text);
      if (row.matches()) {
        socket(row, line).ifPresent(sockets::add);
      } else if (!text.isEmpty() && !text.startsWith("sl ")) {
        unread.add(new Reading.Unread(line, "not a socket"));
      }
    }
    boolean all =
        TABLES.stream()
            .allMatch(name -> run.words().stream().anyMatch(word -> word.endsWith("/" + name)));
    Listing<Socket> listing =
        all && !run.gap()
            ? Listing.complete(sockets, run.prompt().source())
            : Listing.partial(sockets, run.prompt().source());
    return new Reading(List.of(new Fact.Sockets(listing)), unread);
  }

  /** A state tells which kind of socket it is, since each kind waits in another one. */
  private static Optional<Socket> socket(Matcher row, Line line) {
    String state = row.group(4);
    boolean waiting = row.group(3).equals("0000");
    if (!waiting || !(state.equals(LISTENING) || state.equals(CLOSED))) {
      return Optional.empty();
    }
    IpAddress address = address(row.group(1));
    return Optional.of(
        new Socket(
            state.equals(LISTENING) ? IpProtocol.TCP : IpProtocol.UDP,
            Optional.of(address).filter(at -> !at.isUnspecified()),
            address.isIpv6(),
            address.isIpv6() && address.isUnspecified(),
            Integer.parseInt(row.group(2), 16),
            Optional.empty(),
            Optional.empty(),
            line.source()));
  }

  private static IpAddress address(String words) {
    if (words.length() == 8) {
      return IpAddress.ofIpv4(word(words, 0));
    }
    return IpAddress.ofIpv6(
        (long) word(words, 0) << 32 | Integer.toUnsignedLong(word(words, 8)),
        (long) word(words, 16) << 32 | Integer.toUnsignedLong(word(words, 24)));
  }

  private static int word(String words, int at) {
    return Integer.reverseBytes(Integer.parseUnsignedInt(words.substring(at, at + 8), 16));
  }
}
