package io.packetwalk.read.command.openflow;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Connection;
import io.packetwalk.model.openflow.DatapathFlow;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code dpctl/dump-flows} and {@code dpctl/dump-conntrack}. */
final class DatapathReader implements CommandReader {
  private static final Set<String> NAMES =
      Set.of("dpctl/dump-flows", "dpif/dump-flows", "dpctl/dump-conntrack");

  @Override
  public Optional<String> recognise(CommandRun run) {
    return AppctlCommand.of(run)
        .map(AppctlCommand::name)
        .filter(name -> NAMES.contains(name))
        .map(name -> "ovs-appctl " + name);
  }

  @Override
  public Reading read(CommandRun run) {
    Optional<AppctlCommand> command = AppctlCommand.of(run);
    boolean flows = command.filter(each -> each.name().endsWith("/dump-flows")).isPresent();
    boolean filtered =
        command
            .map(each -> each.arguments().stream().anyMatch(word -> word.indexOf('=') > 0))
            .orElse(true);
    return flows ? flows(run, filtered) : connections(run, filtered);
  }

  private static Coverage coverage(CommandRun run, boolean filtered, List<?> unread) {
    boolean whole = !run.gap() && !filtered && unread.isEmpty();
    return whole ? Coverage.COMPLETE : Coverage.PARTIAL;
  }

  private static Reading flows(CommandRun run, boolean filtered) {
    List<DatapathFlow> flows = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    for (Line line : run.output()) {
      Optional<DatapathFlow> flow = flow(line.text().strip(), line.source());
      flow.ifPresent(flows::add);
      if (flow.isEmpty() && !line.isBlank() && !line.text().startsWith("flow-dump from")) {
        unread.add(new Reading.Unread(line, "not a flow of a data path"));
      }
    }
    Listing<DatapathFlow> listing =
        new Listing<>(coverage(run, filtered, unread), flows, List.of(run.prompt().source()));
    return new Reading(List.of(new Fact.DatapathFlows(listing)), unread);
  }

  /** {@code MATCH, packets:N, bytes:N, used:…, actions:…}. */
  private static Optional<DatapathFlow> flow(String text, Source source) {
    int packets = text.indexOf(", packets:");
    int actions = text.indexOf(", actions:");
    if (packets < 0 || actions < packets) {
      return Optional.empty();
    }
    int end = text.indexOf(',', packets + 10);
    long count = Numbers.parse(text.substring(packets + 10, end).strip()).orElse(0);
    return Optional.of(
        new DatapathFlow(text.substring(0, packets), text.substring(actions + 10), count, source));
  }

  private static Reading connections(CommandRun run, boolean filtered) {
    List<Connection> connections = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    for (JoinedLines line : JoinedLines.of(run.output())) {
      String text = line.text().strip();
      Optional<Connection> connection = TrackedLine.parse(text, line.first().source());
      connection.ifPresent(connections::add);
      if (connection.isEmpty() && !text.isEmpty()) {
        unread.add(new Reading.Unread(line.first(), "not a tracked connection"));
      }
    }
    Listing<Connection> listing =
        new Listing<>(coverage(run, filtered, unread), connections, List.of(run.prompt().source()));
    return new Reading(List.of(new Fact.DatapathConnections(listing)), unread);
  }
}
