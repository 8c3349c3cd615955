package io.packetwalk.read.command;

import io.packetwalk.model.Listing;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads net-tools' routing tables: {@code route}, {@code route -n}, {@code route -6n} and {@code
 * netstat -rn}.
 *
 * <p>For IPv4 they show the kernel's main table ({@code fib_route_seq_show} in
 * net/ipv4/fib_trie.c), only the first next hop of a multipath route, and no preferred source. For
 * IPv6 they show every table without its name; local addresses are told by their flags, the rest is
 * taken for the main table.
 */
public final class RouteReader implements CommandReader {
  private static final Set<String> VALUED = Set.of("-A");

  @Override
  public Optional<String> recognise(CommandRun run) {
    Arguments arguments = Arguments.of(run.words(), VALUED);
    boolean listed = arguments.operands().isEmpty() && !arguments.has("-C", "--cache", "-h", "-V");
    return switch (run.word(0)) {
      case "route" -> listed ? Optional.of("route") : Optional.empty();
      case "netstat" ->
          listed && arguments.has("-r", "--route") ? Optional.of("netstat -r") : Optional.empty();
      default -> Optional.empty();
    };
  }

  @Override
  public Reading read(CommandRun run) {
    return isIpv6(run) ? readIpv6(run) : readIpv4(run);
  }

  private static boolean isIpv6(CommandRun run) {
    Arguments arguments = Arguments.of(run.words(), VALUED);
    return arguments.has("-6", "--inet6")
        || arguments.value("-A").filter("inet6"::equals).isPresent();
  }

  private static Reading readIpv4(CommandRun run) {
    boolean metricShown =
        run.word(0).equals("route") || Arguments.of(run.words(), VALUED).has("-e", "--extend");
    Rows<Route> rows = Rows.headed();
    RouteRow row = new RouteRow(metricShown);
    for (Line line : run.output()) {
      if (!line.isBlank() && !isHeader(line, rows)) {
        row.read(line, rows);
      }
    }
    return rows.reading(run, true, listing -> table(IpFamily.IPV4, listing));
  }

  private static Reading readIpv6(CommandRun run) {
    Rows<Route> main = Rows.headed();
    Rows<Route> local = Rows.headed();
    for (Line line : run.output()) {
      if (!line.isBlank() && !isHeader(line, main)) {
        RouteRowIpv6.read(line, main, local);
      }
    }
    List<Fact> facts = new ArrayList<>();
    main.listing(run, true).map(listing -> table(IpFamily.IPV6, listing)).ifPresent(facts::add);
    local
        .listing(run, false)
        .map(listing -> new Fact.Routes(IpFamily.IPV6, RouteTables.LOCAL, listing))
        .ifPresent(facts::add);
    return new Reading(facts, main.unread());
  }

  private static Fact table(IpFamily family, Listing<Route> listing) {
    return new Fact.Routes(family, RouteTables.MAIN, listing);
  }

  private static boolean isHeader(Line line, Rows<Route> rows) {
    String text = line.text().strip();
    boolean header = text.startsWith("Kernel IP") || text.startsWith("Destination ");
    if (header) {
      rows.header();
    }
    return header;
  }
}
