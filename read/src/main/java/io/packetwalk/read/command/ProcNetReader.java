package io.packetwalk.read.command;

import io.packetwalk.model.net.InterfaceAddress;
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
 * Reads tables that the kernel prints as files under {@code /proc/net}, which pods without any
 * network tool have, too: {@code route}, {@code ipv6_route}, {@code if_inet6} and {@code fib_trie}.
 */
public final class ProcNetReader implements CommandReader {
  private static final Set<String> TABLES = Set.of("route", "ipv6_route", "if_inet6", "fib_trie");
  private static final List<String> FOLDERS =
      List.of("/proc/net/", "/proc/self/net/", "/proc/thread-self/net/");

  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean one = run.word(0).equals("cat") && run.words().size() == 2;
    return one ? table(run).map(table -> "cat /proc/net/" + table) : Optional.empty();
  }

  private static Optional<String> table(CommandRun run) {
    return FOLDERS.stream()
        .filter(run.word(1)::startsWith)
        .map(folder -> run.word(1).substring(folder.length()))
        .filter(TABLES::contains)
        .findFirst();
  }

  @Override
  public Reading read(CommandRun run) {
    return switch (table(run).orElse("")) {
      case "route" -> routes(run);
      case "ipv6_route" -> routesIpv6(run);
      case "if_inet6" -> addressesIpv6(run);
      default -> trie(run);
    };
  }

  private static Reading routes(CommandRun run) {
    Rows<Route> rows = Rows.headed();
    for (Line line : run.output()) {
      if (line.text().strip().startsWith("Iface")) {
        rows.header();
      } else if (!line.isBlank()) {
        ProcRoutes.row(line, rows);
      }
    }
    return rows.reading(
        run, true, listing -> new Fact.Routes(IpFamily.IPV4, RouteTables.MAIN, listing));
  }

  private static Reading routesIpv6(CommandRun run) {
    Rows<Route> main = Rows.headed();
    Rows<Route> local = Rows.headed();
    for (Line line : run.output()) {
      if (!line.isBlank()) {
        ProcRoutes.rowIpv6(line, main, local);
      }
    }
    List<Fact> facts = new ArrayList<>();
    main.listing(run, true)
        .map(listing -> new Fact.Routes(IpFamily.IPV6, RouteTables.MAIN, listing))
        .ifPresent(facts::add);
    local
        .listing(run, true)
        .map(listing -> new Fact.Routes(IpFamily.IPV6, RouteTables.LOCAL, listing))
        .ifPresent(facts::add);
    return new Reading(facts, main.unread());
  }

  private static Reading addressesIpv6(CommandRun run) {
    Rows<InterfaceAddress> rows = Rows.silentWhenEmpty();
    for (Line line : run.output()) {
      if (!line.isBlank()) {
        ProcAddresses.row(line, rows);
      }
    }
    return rows.reading(
        run,
        true,
        listing -> new Fact.Addresses(Optional.of(IpFamily.IPV6), Optional.empty(), listing));
  }

  private static Reading trie(CommandRun run) {
    Rows<Route> rows = FibTrie.read(run);
    return rows.reading(
        run, false, listing -> new Fact.Routes(IpFamily.IPV4, RouteTables.LOCAL, listing));
  }
}
