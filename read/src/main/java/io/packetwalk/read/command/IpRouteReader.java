package io.packetwalk.read.command;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code ip route}: one table, or all of them. */
final class IpRouteReader implements CommandReader {
  private static final Set<String> NARROWING =
      Set.of(
          "dev",
          "oif",
          "via",
          "proto",
          "protocol",
          "scope",
          "type",
          "src",
          "from",
          "to",
          "root",
          "match",
          "exact",
          "metric",
          "realm",
          "vrf",
          "default");

  @Override
  public Optional<String> recognise(CommandRun run) {
    return IpCommand.parse(run.words())
        .filter(command -> command.isObject("route") && !command.isOtherAction())
        .map(command -> "ip route");
  }

  @Override
  public Reading read(CommandRun run) {
    IpCommand command = IpCommand.parse(run.words()).orElseThrow();
    Request request = Request.of(command, run.gap());
    return command.json() ? IpRouteJson.read(run, request) : text(run, request);
  }

  /**
   * What was asked for.
   *
   * @param table empty when every table was
   * @param implied what {@code ip} leaves out since all routes that were asked for have it
   */
  record Request(
      IpFamily family,
      boolean bothFamilies,
      Optional<String> table,
      boolean narrowed,
      String implied) {
    static Request of(IpCommand command, boolean gap) {
      List<String> filter = command.isShow() ? command.filter() : command.arguments();
      Optional<String> named =
          command
              .filterValue("table", "tabl", "tab", "ta", "t")
              .or(() -> vrf(command))
              .or(() -> cache(filter));
      boolean all = named.filter(table -> table.equals("all") || table.equals("0")).isPresent();
      boolean narrowed =
          gap
              || filter.stream().anyMatch(NARROWING::contains)
              || filter.stream()
                  .anyMatch(word -> PrefixText.parse(word).isPresent() && !isNumber(word));
      return new Request(
          command.family().orElse(IpFamily.IPV4),
          all && command.family().isEmpty(),
          all ? Optional.empty() : Optional.of(canonical(named.orElse(RouteTables.MAIN))),
          narrowed,
          implied(command));
    }

    /** The filters that iproute2's print_route takes for known (not that of a range). */
    private static String implied(IpCommand command) {
      StringBuilder text = new StringBuilder();
      for (String attribute : List.of("dev", "via", "src", "tos", "scope", "proto", "metric")) {
        List<String> names =
            switch (attribute) {
              case "dev" -> List.of("dev", "oif");
              case "tos" -> List.of("tos", "dsfield");
              case "proto" -> List.of("proto", "protocol");
              case "metric" -> List.of("metric", "priority", "preference");
              default -> List.of(attribute);
            };
        command
            .filterValue(names.toArray(new String[0]))
            .filter(value -> value.indexOf('/') < 0)
            .ifPresent(value -> text.append(' ').append(attribute).append(' ').append(value));
      }
      return text.toString();
    }

    /** The same as if only some routes had been asked for. */
    Request asNarrowed() {
      return new Request(family, bothFamilies, table, true, implied);
    }

    private static Optional<String> vrf(IpCommand command) {
      return command.filterValue("vrf").map(name -> "vrf " + name);
    }

    /** What was learned of some destinations: path MTUs and better gateways. */
    private static Optional<String> cache(List<String> filter) {
      return filter.stream()
          .filter(word -> word.equals("cache") || word.equals("cached") || word.equals("cloned"))
          .findFirst()
          .map(word -> RouteTables.CACHE);
    }

    private static boolean isNumber(String word) {
      return Words.parseInt(word).isPresent();
    }

    boolean isCache() {
      return table.filter(RouteTables.CACHE::equals).isPresent();
    }
  }

  /** The names that the kernel's three tables have besides their numbers. */
  static String canonical(String table) {
    return switch (table) {
      case "254" -> RouteTables.MAIN;
      case "255" -> RouteTables.LOCAL;
      case "253" -> RouteTables.DEFAULT;
      default -> table;
    };
  }

  private static Reading text(CommandRun run, Request request) {
    Collected collected = new Collected(request, run.prompt().source());
    List<Reading.Unread> unread = new ArrayList<>();
    Optional<Open> open = Optional.empty();
    for (Line line : run.output()) {
      if (line.isBlank()) {
        continue;
      }
      if (open.isPresent() && open.get().route().continues(line.text())) {
        continue;
      }
      Optional<RouteLine> next =
          RouteLine.parse(line.text(), request.family(), line.source(), request.implied());
      open.ifPresent(done -> close(done.route(), done.line(), collected, unread));
      open = Optional.empty();
      if (next.isEmpty()) {
        if (Words.of(line.text()).peek().equals("nexthop")) {
          // Of a route whose own line wasn't understood.
          collected.damage();
        }
        unread.add(new Reading.Unread(line, "not a route"));
        continue;
      }
      open = Optional.of(new Open(next.get(), line));
      if (!next.get().tail().isEmpty()) {
        unread.add(Reading.Unread.tail(line, next.get().tail()));
      }
    }
    open.ifPresent(done -> close(done.route(), done.line(), collected, unread));
    return new Reading(collected.facts(), unread);
  }

  /** A route that further lines may belong to. */
  private record Open(RouteLine route, Line line) {}

  /** Adds a route when everything that decides was understood. */
  static void close(RouteLine route, Line line, Collected collected, List<Reading.Unread> unread) {
    if (route.isReadable()) {
      collected.add(route);
    } else {
      collected.damage();
      unread.add(new Reading.Unread(line, "a route of which something isn't understood"));
    }
  }

  /** Routes by family and table, in the order they were shown. */
  static final class Collected {
    private final Request request;
    private final Source seenAt;
    private final Map<RouteTables.Key, List<Route>> routes = new LinkedHashMap<>();
    private boolean damaged;

    Collected(Request request, Source seenAt) {
      this.request = request;
      this.seenAt = seenAt;
      request.table().ifPresent(table -> table(request.family(), table));
    }

    /** There is a route that isn't among those that were added. */
    void damage() {
      damaged = true;
    }

    private List<Route> table(IpFamily family, String name) {
      return routes.computeIfAbsent(
          new RouteTables.Key(family, name), ignored -> new ArrayList<>());
    }

    void add(RouteLine line) {
      if (!line.isCloned() || request.isCache()) {
        add(line.toRoute(), line.table());
      }
    }

    void add(Route route, Optional<String> shownTable) {
      String name =
          shownTable
              .map(IpRouteReader::canonical)
              .filter(table -> !request.isCache())
              .or(request::table)
              .orElse(RouteTables.MAIN);
      table(route.destination().family(), name).add(route);
    }

    List<Fact> facts() {
      Coverage coverage = request.narrowed() || damaged ? Coverage.PARTIAL : Coverage.COMPLETE;
      List<Fact> facts = new ArrayList<>();
      if (request.table().isEmpty() && !request.narrowed()) {
        if (request.bothFamilies()) {
          facts.add(new Fact.AllRoutes(IpFamily.IPV4, seenAt));
          facts.add(new Fact.AllRoutes(IpFamily.IPV6, seenAt));
        } else {
          facts.add(new Fact.AllRoutes(request.family(), seenAt));
        }
      }
      routes.forEach((key, entries) ->
          facts.add(
              new Fact.Routes(
                  key.family(), key.table(), new Listing<>(coverage, entries, List.of(seenAt)))));
      return facts;
    }
  }
}
