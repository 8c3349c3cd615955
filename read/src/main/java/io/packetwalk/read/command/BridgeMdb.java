package io.packetwalk.read.command;

import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.BridgeGroups;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The text of {@code bridge mdb show}: who has asked for which multicast groups, and with {@code
 * -d} behind which ports there are routers.
 *
 * <pre>
 * dev br0 port p2 grp 239.1.1.1 temp proto kernel
 * router ports on br0: p3
 * </pre>
 *
 * Where a line can't be read, nothing is said about any bridge: a database is only of use whole.
 */
final class BridgeMdb {
  /** Behind a router's port with {@code -s}. */
  private static final Set<String> ABOUT_ROUTERS =
      Set.of("temp", "permanent", "disabled", "temp_query", "inet", "inet6", "ipv4", "ipv6");

  private final Rows<BridgeGroups.Entry> unread = Rows.silentWhenEmpty();
  private final Map<String, List<BridgeGroups.Entry>> entries = new TreeMap<>();
  private final Map<String, List<String>> routers = new TreeMap<>();
  private boolean damaged;

  private BridgeMdb() {}

  static Reading read(CommandRun run, List<String> filter) {
    BridgeMdb groups = new BridgeMdb();
    for (Line line : run.output()) {
      if (!line.isBlank()) {
        groups.take(line);
      }
    }
    return groups.reading(run, filter);
  }

  private void take(Line line) {
    Words words = Words.of(line.text());
    String first = words.next();
    if (first.equals("router")) {
      routers(line, words);
    } else if (first.equals("dev")) {
      entry(line, words);
    } else {
      damage(line, "not a line of a multicast database");
    }
  }

  private void routers(Line line, Words words) {
    String bridge = words.valueOf("on").orElse("");
    if (!bridge.endsWith(":")) {
      damage(line, "the routers' line names no bridge");
      return;
    }
    List<String> ports =
        routers.computeIfAbsent(
            bridge.substring(0, bridge.length() - 1), name -> new ArrayList<>());
    String rest = line.text().substring(line.text().indexOf(':') + 1);
    for (String word : Tokens.split(rest.strip())) {
      boolean number = word.chars().allMatch(each -> each == '.' || Character.isDigit(each));
      if (!word.isEmpty() && !number && !ABOUT_ROUTERS.contains(word)) {
        ports.add(word);
      }
    }
  }

  private void entry(Line line, Words words) {
    String bridge = words.next();
    Optional<String> port = words.valueOf("port");
    Optional<String> group = words.valueOf("grp");
    if (port.isEmpty() || group.isEmpty()) {
      damage(line, "no group of a port");
      return;
    }
    Optional<IpAddress> address = IpAddress.parse(group.get());
    if (address.isEmpty() && MacAddress.parse(group.get()).isEmpty()) {
      damage(line, "not a group");
      return;
    }
    List<BridgeGroups.Entry> own = entries.computeIfAbsent(bridge, name -> new ArrayList<>());
    address.ifPresent(known ->
        own.add(
            new BridgeGroups.Entry(
                port.get(),
                known,
                words.valueOf("src").flatMap(IpAddress::parse),
                words.valueOf("vid").map(Words::parseInt).orElse(OptionalInt.empty()),
                new TreeSet<>(Tokens.split(line.text().strip())),
                line.source())));
  }

  private void damage(Line line, String reason) {
    damaged = true;
    unread.damage(line, reason);
  }

  private Reading reading(CommandRun run, List<String> filter) {
    if (damaged || run.gap()) {
      return new Reading(List.of(), unread.unread());
    }
    boolean details = showsDetails(run);
    Set<String> bridges = new TreeSet<>(entries.keySet());
    bridges.addAll(routers.keySet());
    asked(filter).ifPresent(bridges::add);
    List<BridgeGroups> databases =
        bridges.stream()
            .map(bridge ->
                new BridgeGroups(
                    bridge,
                    entries.getOrDefault(bridge, List.of()),
                    Optional.of(routers.getOrDefault(bridge, List.of())).filter(all -> details),
                    run.prompt().source()))
            .toList();
    return reading(run, filter, databases, unread.unread());
  }

  /** Without {@code -d} the routers' ports aren't shown. */
  static boolean showsDetails(CommandRun run) {
    return run.words().stream()
        .skip(1)
        .anyMatch(word -> word.matches("--?d(e.*)?|-[a-z]{0,4}d[a-z]{0,4}"));
  }

  /** What was asked for one bridge is whole for that one; other filters leave too much out. */
  static Reading reading(
      CommandRun run,
      List<String> filter,
      List<BridgeGroups> databases,
      List<Reading.Unread> unread) {
    if (!filter.isEmpty() && asked(filter).isEmpty()) {
      return new Reading(List.of(), unread);
    }
    Source source = run.prompt().source();
    List<BridgeGroups> all = new ArrayList<>(databases);
    if (filter.isEmpty()) {
      all.add(BridgeGroups.ofOthers(showsDetails(run), source));
    }
    Listing<BridgeGroups> listing =
        filter.isEmpty() ? Listing.complete(all, source) : Listing.partial(all, source);
    return new Reading(List.of(new Fact.BridgeDatabases(listing)), unread);
  }

  /** The bridge that alone was asked for. */
  static Optional<String> asked(List<String> filter) {
    return filter.size() == 2 && filter.getFirst().equals("dev")
        ? Optional.of(filter.get(1))
        : Optional.empty();
  }
}
