package io.packetwalk.read.command;

import io.packetwalk.model.net.Neighbour;
import io.packetwalk.model.net.NeighbourState;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads the IPv4 neighbours as {@code arp} (net-tools' and BusyBox's) and {@code /proc/net/arp}
 * show them.
 *
 * <pre>
 * ? (10.1.0.2) at 02:00:00:00:00:02 [ether] PERM on eth0         arp -an
 * 10.1.0.2         ether   02:00:00:00:00:02   CM       eth0     arp -n
 * 10.1.0.2         0x1     0x6   02:00:00:00:00:02   *  eth0     cat /proc/net/arp
 * </pre>
 */
public final class ArpReader implements CommandReader {
  private static final Set<String> VALUED = Set.of("-i", "--device", "-H", "--hw-type", "-t");
  private static final int PERMANENT = 0x4;
  private static final int PUBLISHED = 0x8;
  private static final int COMPLETE = 0x2;

  @Override
  public Optional<String> recognise(CommandRun run) {
    return switch (run.word(0)) {
      case "arp" -> {
        Arguments arguments = Arguments.of(run.words(), VALUED);
        boolean changes = arguments.has("-s", "-d", "-f", "--set", "--delete", "--file");
        yield changes ? Optional.empty() : Optional.of("arp");
      }
      case "cat" ->
          run.words().size() == 2 && run.word(1).equals("/proc/net/arp")
              ? Optional.of("arp")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  @Override
  public Reading read(CommandRun run) {
    Rows<Neighbour> rows = run.word(0).equals("cat") ? Rows.headed() : Rows.silentWhenEmpty();
    for (Line line : run.output()) {
      if (!line.isBlank()) {
        row(line, rows);
      }
    }
    Arguments arguments = Arguments.of(run.words(), VALUED);
    boolean all = run.word(0).equals("cat") || arguments.operands().isEmpty();
    Optional<String> device = arguments.value("-i", "--device");
    return rows.reading(run, all, listing -> new Fact.Neighbours(IpFamily.IPV4, device, listing));
  }

  private static void row(Line line, Rows<Neighbour> rows) {
    List<String> words = Tokens.split(line.text());
    if (isDecoration(line.text().strip())) {
      rows.header();
    } else if (words.size() > 3 && words.get(2).equals("at") && words.get(1).startsWith("(")) {
      bsdStyle(line, words, rows);
    } else if (words.size() > 4 && words.get(1).startsWith("0x")) {
      procStyle(line, words, rows);
    } else if (words.size() > 2 && isLinuxStyle(words)) {
      linuxStyle(line, words, rows);
    } else {
      rows.skip(line, "not a row of an ARP table");
    }
  }

  private static boolean isDecoration(String text) {
    return (text.startsWith("Address ") && text.contains("HWaddress"))
        || text.startsWith("IP address ")
        || text.startsWith("Entries: ")
        || text.startsWith("arp: in ")
        || text.endsWith("-- no entry");
  }

  private static boolean isLinuxStyle(List<String> words) {
    return words.get(1).equals("(incomplete)")
        || words.get(1).equals("*")
        || MacAddress.parse(words.get(2)).isPresent();
  }

  private static void bsdStyle(Line line, List<String> words, Rows<Neighbour> rows) {
    String address = words.get(1).replace("(", "").replace(")", "");
    int on = words.indexOf("on");
    if (on < 0 || on + 1 >= words.size()) {
      rows.damage(line, "the row is cut off before the device");
      return;
    }
    List<String> middle = words.subList(3, on);
    Optional<MacAddress> mac = MacAddress.parse(words.get(3));
    boolean proxy = words.get(3).equals("<from_interface>") || middle.contains("PUP");
    NeighbourState state =
        middle.contains("PERM")
            ? NeighbourState.PERMANENT
            : mac.isPresent() ? NeighbourState.NOT_SHOWN : NeighbourState.INCOMPLETE;
    entry(line, address, words.get(on + 1), mac, state, proxy, rows);
  }

  private static void linuxStyle(Line line, List<String> words, Rows<Neighbour> rows) {
    Optional<MacAddress> mac = MacAddress.parse(words.get(2));
    if (words.get(1).equals("(incomplete)")) {
      entry(line, words.get(0), words.get(2), mac, NeighbourState.INCOMPLETE, false, rows);
      return;
    }
    if (words.size() < 5) {
      rows.damage(line, "the row is cut off before the device");
      return;
    }
    String flags = words.get(3);
    boolean masked = words.size() > 5 && IpAddress.parse(words.get(4)).isPresent();
    boolean permanent = flags.contains("M");
    NeighbourState state = permanent ? NeighbourState.PERMANENT : NeighbourState.NOT_SHOWN;
    String device = words.get(masked ? 5 : 4);
    entry(line, words.get(0), device, mac, state, flags.contains("P"), rows);
  }

  private static void procStyle(Line line, List<String> words, Rows<Neighbour> rows) {
    OptionalInt flags = hexadecimal(words.get(2));
    if (flags.isEmpty() || words.size() < 6) {
      rows.damage(line, "the row is cut off or its flags aren't a number");
      return;
    }
    int bits = flags.getAsInt();
    boolean known = (bits & (COMPLETE | PERMANENT)) != 0;
    NeighbourState state =
        (bits & PERMANENT) != 0
            ? NeighbourState.PERMANENT
            : known ? NeighbourState.NOT_SHOWN : NeighbourState.INCOMPLETE;
    Optional<MacAddress> mac = known ? MacAddress.parse(words.get(3)) : Optional.empty();
    entry(line, words.get(0), words.get(5), mac, state, (bits & PUBLISHED) != 0, rows);
  }

  private static void entry(
      Line line,
      String address,
      String device,
      Optional<MacAddress> mac,
      NeighbourState state,
      boolean proxy,
      Rows<Neighbour> rows) {
    IpAddress.parse(address)
        .filter(IpAddress::isIpv4)
        .ifPresentOrElse(
            known -> rows.add(new Neighbour(known, device, mac, state, proxy, line.source())),
            () -> rows.damage(line, "a name instead of an address: `arp -n` shows addresses"));
  }

  private static OptionalInt hexadecimal(String text) {
    if (!text.startsWith("0x")) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseUnsignedInt(text.substring(2), 16));
    } catch (NumberFormatException ignored) {
      return OptionalInt.empty();
    }
  }
}
