package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.Listing;
import io.packetwalk.model.netfilter.Connection;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code conntrack -L} and {@code cat /proc/net/nf_conntrack}. */
public final class ConntrackReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean listing =
        run.word(0).equals("conntrack")
            && run.words().stream().anyMatch(word -> word.equals("-L") || word.equals("--dump"));
    boolean file =
        run.word(0).equals("cat")
            && (run.word(1).endsWith("/net/nf_conntrack")
                || run.word(1).endsWith("/net/ip_conntrack"));
    return listing || file ? Optional.of("conntrack") : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    List<Connection> connections = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    for (Line line : run.output()) {
      if (!line.isBlank() && !isSummary(line.text())) {
        ConntrackLine.parse(line)
            .ifPresentOrElse(
                connections::add,
                () -> unread.add(new Reading.Unread(line, "not a tracked connection")));
      }
    }
    if (connections.isEmpty() && !unread.isEmpty()) {
      return new Reading(List.of(), unread);
    }
    boolean filtered = run.word(0).equals("conntrack") && run.words().size() > 2;
    Listing<Connection> listing =
        run.gap() || filtered
            ? Listing.partial(connections, run.prompt().source())
            : Listing.complete(connections, run.prompt().source());
    return new Reading(List.of(new Fact.Connections(listing)), unread);
  }

  private static boolean isSummary(String text) {
    return text.startsWith("conntrack v") && text.contains("flow entries have been shown");
  }
}
