package io.packetwalk.read.kubernetes;

import io.packetwalk.model.cluster.BgpSession;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.command.Rows;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.read.transcript.Place;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code calicoctl node status}: the BGP sessions of the node that it ran on.
 *
 * <pre>
 * | PEER ADDRESS |     PEER TYPE     | STATE |  SINCE   |    INFO     |
 * | 10.0.0.2     | node-to-node mesh | up    | 05:00:33 | Established |
 * </pre>
 */
public final class CalicoctlNodeStatusReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean status =
        run.word(0).equals("calicoctl")
            && run.word(1).equals("node")
            && run.word(2).equals("status");
    return status ? Optional.of("calicoctl node status") : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    Rows<BgpSession> rows = Rows.headed();
    String node = node(run.place());
    for (Line line : run.output()) {
      String text = line.text().strip();
      if (text.startsWith("|")) {
        row(line, node, rows);
      } else if (isMessage(text)) {
        rows.header();
      } else if (!text.isEmpty() && !text.startsWith("+-")) {
        rows.skip(line, "not a line of a table of BGP sessions");
      }
    }
    return rows.reading(run, true, listing -> new Fact.BgpSessions(node, listing));
  }

  private static boolean isMessage(String text) {
    return text.equals("IPv4 BGP status")
        || text.equals("IPv6 BGP status")
        || (text.startsWith("No IPv") && text.contains("peers found"))
        || text.startsWith("Calico process is")
        || text.startsWith("The BGP backend process");
  }

  private static void row(Line line, String node, Rows<BgpSession> rows) {
    List<String> cells = List.of(line.text().strip().split("\\|", -1));
    if (cells.size() < 6) {
      rows.damage(line, "the row is cut off");
      return;
    }
    String address = cells.get(1).strip();
    if (address.equals("PEER ADDRESS") || address.isEmpty()) {
      // The heading, or the rest of a cell that was too wide.
      rows.header();
      return;
    }
    IpAddress.parse(address)
        .ifPresentOrElse(
            peer ->
                rows.add(
                    new BgpSession(
                        node,
                        peer,
                        cells.get(2).strip(),
                        cells.get(3).strip(),
                        cells.get(4).strip(),
                        cells.get(5).strip(),
                        line.source())),
            () -> rows.damage(line, "the peer isn't an address"));
  }

  /** What the machine at a place is called, as far as the place tells. */
  static String node(Place place) {
    return switch (place) {
      case Place.Host host -> host.name();
      case Place.Netns netns -> netns.host();
      case Place.ProcessId process -> process.host();
      case Place.Container container -> container.host();
      case Place.Pod pod -> pod.name();
      case Place.Unnamed unnamed -> unnamed.file();
    };
  }
}
