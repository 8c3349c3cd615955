package io.packetwalk.read.kubernetes;

import io.packetwalk.model.cluster.BgpSession;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.command.Rows;
import io.packetwalk.read.command.Tokens;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code birdcl show protocols [all]}: the BGP sessions of the node that it ran on. What else
 * BIRD shows is understood and not kept: the kernel's tables say where packets go.
 *
 * <pre>
 * name            proto  table   state  since     info
 * Mesh_10_0_0_2   BGP    master  up     05:04:44  Established
 *   Neighbor address: 10.0.0.2
 * </pre>
 */
public final class BirdReader implements CommandReader {
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?");
  private static final String NEIGHBOUR = "Neighbor address:";

  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean bird =
        switch (run.word(0)) {
          case "birdcl", "birdc", "birdcl6", "birdc6" -> true;
          default -> false;
        };
    return bird && run.words().contains("show")
        ? Optional.of(run.word(0) + " show")
        : Optional.empty();
  }

  private static boolean isOfProtocols(CommandRun run) {
    int at = run.words().indexOf("show") + 1;
    return at < run.words().size() && run.words().get(at).startsWith("prot");
  }

  @Override
  public Reading read(CommandRun run) {
    if (!isOfProtocols(run)) {
      return Reading.of();
    }
    String node = CalicoctlNodeStatusReader.node(run.place());
    Rows<BgpSession> rows = Rows.headed();
    Optional<Row> open = Optional.empty();
    for (Line line : run.output()) {
      List<String> words = Tokens.split(line.text());
      boolean own = !line.text().isEmpty() && !Character.isWhitespace(line.text().charAt(0));
      if (own && words.size() > 3 && words.get(1).equals("BGP")) {
        open.ifPresent(row -> row.close(node, rows));
        open = Optional.of(Row.of(line, words));
      } else if (own) {
        open.ifPresent(row -> row.close(node, rows));
        open = Optional.empty();
        rows.header();
      } else if (line.text().contains(NEIGHBOUR)) {
        open = open.map(row -> row.withPeer(words.getLast()));
      }
    }
    open.ifPresent(row -> row.close(node, rows));
    return rows.reading(run, true, listing -> new Fact.BgpSessions(node, listing));
  }

  /** A session, which lines about it may follow. */
  private record Row(
      Line line, String name, String state, String since, String info, Optional<IpAddress> peer) {

    static Row of(Line line, List<String> words) {
      int at = 3;
      String state = words.get(at++);
      StringBuilder since = new StringBuilder();
      while (at < words.size()
          && (DATE.matcher(words.get(at)).matches() || TIME.matcher(words.get(at)).matches())) {
        since.append(since.isEmpty() ? "" : " ").append(words.get(at++));
      }
      String info = String.join(" ", words.subList(at, words.size()));
      String name = words.getFirst();
      return new Row(line, name, state, since.toString(), info, named(name));
    }

    /** Calico calls a session by its kind and its peer: {@code Mesh_10_0_0_2}. */
    private static Optional<IpAddress> named(String name) {
      int underscore = name.indexOf('_');
      String address = name.substring(underscore + 1);
      return IpAddress.parse(address.replace('_', '.'))
          .or(() -> IpAddress.parse(address.replace('_', ':')));
    }

    Row withPeer(String address) {
      return new Row(line, name, state, since, info, IpAddress.parse(address).or(() -> peer));
    }

    void close(String node, Rows<BgpSession> rows) {
      if (peer.isEmpty()) {
        rows.damage(line, "the session's peer isn't shown: `show protocols all` tells it");
      } else {
        rows.add(new BgpSession(node, peer.get(), kind(), state, since, info, line.source()));
      }
    }

    private String kind() {
      String lower = name.toLowerCase(Locale.ROOT);
      return lower.startsWith("mesh_")
          ? "node-to-node mesh"
          : lower.startsWith("global_") ? "global" : "node specific";
    }
  }
}
