package io.packetwalk.read.command;

import io.packetwalk.model.Listing;
import io.packetwalk.model.net.FdbEntry;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The text of {@code bridge fdb show}.
 *
 * <pre>
 * 02:00:00:00:00:02 dev veth0 vlan 1 master br0
 * 02:00:00:00:00:09 dev vxlan0 dst 10.1.0.77 port 8472 vni 43 via eth0 self permanent
 * 02:00:00:00:00:02 dst 10.1.0.77 self permanent          with "dev vxlan0" on the command line
 * </pre>
 */
final class BridgeFdb {
  private static final Set<String> KEYWORDS =
      Set.of(
          "self",
          "permanent",
          "static",
          "stale",
          "offload",
          "extern_learn",
          "sticky",
          "router",
          "locked",
          "blackhole",
          "added_by_user",
          "added_by_ext_learn",
          "local",
          "dynamic",
          "activity_notify",
          "inactive",
          "state=failed",
          "nhid",
          "used",
          "vlan",
          "dst");

  private BridgeFdb() {}

  static Reading read(CommandRun run, List<String> filter) {
    Rows<FdbEntry> rows = Rows.silentWhenEmpty();
    Optional<String> device = after(filter, "dev", "brport");
    for (Line line : run.output()) {
      if (!line.isBlank()) {
        row(line, device, rows);
      }
    }
    return rows.reading(run, isWhole(filter), ofDevice(filter));
  }

  /** Whether everything of what was asked for is shown: of one device or of all of them. */
  static boolean isWhole(List<String> filter) {
    return filter.isEmpty() || isOneDevice(filter);
  }

  static Function<Listing<FdbEntry>, Fact> ofDevice(List<String> filter) {
    Optional<String> device = isOneDevice(filter) ? Optional.of(filter.get(1)) : Optional.empty();
    return listing -> new Fact.Fdb(device, listing);
  }

  private static boolean isOneDevice(List<String> filter) {
    return filter.size() == 2 && filter.getFirst().equals("dev");
  }

  private static Optional<String> after(List<String> words, String... keys) {
    for (String key : keys) {
      int index = words.indexOf(key);
      if (index >= 0 && index + 1 < words.size()) {
        return Optional.of(words.get(index + 1));
      }
    }
    return Optional.empty();
  }

  private static void row(Line line, Optional<String> filtered, Rows<FdbEntry> rows) {
    Tokens words = Tokens.of(line.text());
    Optional<MacAddress> mac = MacAddress.parse(words.next());
    if (mac.isEmpty()) {
      rows.skip(line, "not an entry of a forwarding database");
      return;
    }
    Entry entry = new Entry();
    while (words.hasNext() && entry.take(words)) {
      // each round takes one attribute; what follows the last one is a note
    }
    @Nullable String device = entry.device.or(() -> filtered).orElse(null);
    if (device == null) {
      rows.damage(line, "the entry doesn't name its device");
    } else {
      rows.add(entry.build(mac.get(), device, line));
    }
  }

  /** The attributes of an entry as they come. */
  private static final class Entry {
    private final Set<String> flags = new TreeSet<>();
    private Optional<String> device = Optional.empty();
    private Optional<String> master = Optional.empty();
    private Optional<String> via = Optional.empty();
    private Optional<IpAddress> remote = Optional.empty();
    private OptionalInt vlan = OptionalInt.empty();
    private OptionalInt vni = OptionalInt.empty();
    private OptionalInt port = OptionalInt.empty();
    private boolean self;

    /** Takes an attribute; false when the word isn't one. */
    boolean take(Tokens words) {
      String word = words.next();
      switch (word) {
        case "dev" -> device = Optional.of(words.next());
        case "vlan" -> vlan = Tokens.number(words.next());
        case "dst" -> remote = IpAddress.parse(words.next());
        case "port" -> port = Tokens.number(words.next());
        case "vni" -> vni = Tokens.number(words.next());
        case "via" -> via = Optional.of(words.next());
        case "src_vni" -> flags.add("src_vni " + words.next());
        case "nhid" -> flags.add(FdbEntry.NEXT_HOP + words.next());
        case "link-netnsid" -> flags.add("link-netnsid " + words.next());
        case "used", "updated" -> words.next();
        case "self" -> self = true;
        case "master" -> master = masterName(words);
        default -> {
          boolean known = KEYWORDS.contains(word);
          if (known) {
            flags.add(word);
          }
          return known;
        }
      }
      return true;
    }

    private Optional<String> masterName(Tokens words) {
      boolean named = words.hasNext() && !KEYWORDS.contains(words.peek());
      return named ? Optional.of(words.next()) : master;
    }

    FdbEntry build(MacAddress mac, String device, Line line) {
      return new FdbEntry(
          mac, device, master, self, vlan, remote, vni, port, via, flags, line.source());
    }
  }
}
