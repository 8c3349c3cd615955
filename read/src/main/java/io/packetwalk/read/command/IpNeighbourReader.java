package io.packetwalk.read.command;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code ip neigh}: {@code 10.0.0.1 dev eth0 lladdr 02:00:00:00:00:01 REACHABLE}. */
final class IpNeighbourReader implements CommandReader {
  private static final Set<String> NARROWING =
      Set.of("to", "nud", "vrf", "proxy", "unused", "nomaster", "master");

  @Override
  public Optional<String> recognise(CommandRun run) {
    return IpCommand.parse(run.words())
        .filter(command -> command.isObject("neighbor") && !command.isOtherAction())
        .map(command -> "ip neigh");
  }

  @Override
  public Reading read(CommandRun run) {
    IpCommand command = IpCommand.parse(run.words()).orElseThrow();
    List<Neighbour> neighbours = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    Optional<String> onlyDevice = command.filterValue("dev");
    if (command.json()) {
      IpNeighbourJson.read(run, onlyDevice, neighbours, unread);
    } else {
      boolean proxies = command.filter().contains("proxy");
      run.output().forEach(line -> read(line, onlyDevice, proxies, neighbours, unread));
    }
    return new Reading(facts(command, run, onlyDevice, neighbours), unread);
  }

  private static List<Fact> facts(
      IpCommand command, CommandRun run, Optional<String> onlyDevice, List<Neighbour> all) {
    boolean narrowed = run.gap() || command.filter().stream().anyMatch(NARROWING::contains);
    Coverage coverage = narrowed ? Coverage.PARTIAL : Coverage.COMPLETE;
    Source seenAt = run.prompt().source();
    List<Fact> facts = new ArrayList<>();
    for (IpFamily family : IpFamily.values()) {
      if (command.family().isEmpty() || command.family().get() == family) {
        List<Neighbour> own =
            all.stream().filter(entry -> entry.address().family() == family).toList();
        facts.add(
            new Fact.Neighbours(family, onlyDevice, new Listing<>(coverage, own, List.of(seenAt))));
      }
    }
    return facts;
  }

  private static void read(
      Line line,
      Optional<String> onlyDevice,
      boolean proxies,
      List<Neighbour> neighbours,
      List<Reading.Unread> unread) {
    if (line.isBlank()) {
      return;
    }
    Words words = Words.of(line.text());
    Optional<IpAddress> address = IpAddress.parse(words.next());
    Optional<String> device = words.take("dev") ? Optional.of(words.next()) : onlyDevice;
    if (address.isEmpty() || device.isEmpty() || device.get().isEmpty()) {
      unread.add(new Reading.Unread(line, "not a neighbour"));
      return;
    }
    Entry entry = new Entry();
    entry.proxy = proxies;
    String tail = entry.attributes(words);
    neighbours.add(
        new Neighbour(
            address.get(), device.get(), entry.mac, entry.state, entry.proxy, line.source()));
    if (!tail.isEmpty()) {
      unread.add(Reading.Unread.tail(line, tail));
    }
  }

  /** The part of an entry behind its device. */
  private static final class Entry {
    private Optional<MacAddress> mac = Optional.empty();
    private NeighbourState state = NeighbourState.NOT_SHOWN;
    private boolean proxy;

    String attributes(Words words) {
      while (words.hasNext()) {
        String word = words.next();
        switch (word) {
          case "lladdr" -> mac = MacAddress.parse(words.next());
          case "proxy" -> proxy = true;
          case "router", "extern_learn", "offload", "managed", "extern_valid" -> {
            // Doesn't decide anything here.
          }
          case "proto", "protocol", "ref", "probes" -> words.next();
          case "used" -> words.next();
          default -> {
            Optional<NeighbourState> shown = stateOf(word);
            if (shown.isEmpty()) {
              words.back();
              return words.rest();
            }
            state = shown.get();
          }
        }
      }
      return "";
    }
  }

  static Optional<NeighbourState> stateOf(String word) {
    return switch (word) {
      case "PERMANENT" -> Optional.of(NeighbourState.PERMANENT);
      case "NOARP" -> Optional.of(NeighbourState.NOARP);
      case "REACHABLE" -> Optional.of(NeighbourState.REACHABLE);
      case "STALE" -> Optional.of(NeighbourState.STALE);
      case "DELAY" -> Optional.of(NeighbourState.DELAY);
      case "PROBE" -> Optional.of(NeighbourState.PROBE);
      case "INCOMPLETE" -> Optional.of(NeighbourState.INCOMPLETE);
      case "FAILED" -> Optional.of(NeighbourState.FAILED);
      case "NONE" -> Optional.of(NeighbourState.NONE);
      default -> Optional.empty();
    };
  }
}
