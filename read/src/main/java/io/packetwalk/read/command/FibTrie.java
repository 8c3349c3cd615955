package io.packetwalk.read.command;

import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The local addresses in {@code /proc/net/fib_trie} (fib_trie_seq_show), without their devices.
 *
 * <pre>
 *            |-- 10.244.1.5
 *               /32 host LOCAL
 * </pre>
 */
final class FibTrie {
  private static final String LEAF = "|-- ";

  private FibTrie() {}

  static Rows<Route> read(CommandRun run) {
    Rows<Route> rows = Rows.headed();
    Optional<IpAddress> leaf = Optional.empty();
    Set<IpPrefix> known = new LinkedHashSet<>();
    for (Line line : run.output()) {
      String text = line.text().strip();
      if (text.startsWith(LEAF)) {
        leaf = IpAddress.parse(text.substring(LEAF.length()).strip());
      } else if (text.startsWith("+-- ") || text.equals("Main:") || text.equals("Local:")) {
        rows.header();
      } else if (text.startsWith("/") && leaf.isPresent()) {
        alias(line, leaf.get(), known, rows);
      } else if (!text.isEmpty()) {
        rows.skip(line, "not a line of /proc/net/fib_trie");
      }
    }
    return rows;
  }

  /** The tries of the two tables are one where no policy rule was ever added: entries repeat. */
  private static void alias(Line line, IpAddress leaf, Set<IpPrefix> known, Rows<Route> rows) {
    List<String> words = Tokens.split(line.text().strip());
    boolean local = words.size() > 2 && words.get(2).equals("LOCAL");
    Optional<IpPrefix> prefix = local ? IpPrefix.parse(leaf + words.getFirst()) : Optional.empty();
    prefix
        .filter(known::add)
        .ifPresent(own ->
            rows.add(
                NetToolsRoutes.route(
                    RouteType.LOCAL, own, List.of(), OptionalInt.empty(), line.source())));
  }
}
