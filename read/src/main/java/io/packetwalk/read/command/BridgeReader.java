package io.packetwalk.read.command;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads iproute2's {@code bridge link}, {@code bridge fdb}, {@code bridge mdb} and {@code bridge
 * vlan}, as text and as JSON; the words may be abbreviated as iproute2 allows.
 */
public final class BridgeReader implements CommandReader {
  private static final Set<String> SHOW = Set.of("show", "list", "lst", "get");

  @Override
  public Optional<String> recognise(CommandRun run) {
    if (!run.word(0).equals("bridge")) {
      return Optional.empty();
    }
    List<String> words = operands(run);
    boolean shows = words.size() < 2 || isShow(words.get(1));
    return words.isEmpty() || !shows ? Optional.empty() : object(words.getFirst());
  }

  @Override
  public Reading read(CommandRun run) {
    boolean json =
        run.words().stream().anyMatch(word -> word.matches("--?j(s|so|son)?|--?p(r.*)?"));
    List<String> words = operands(run);
    List<String> filter = words.subList(Math.min(2, words.size()), words.size());
    boolean textual = !json || !beginsAsJson(run);
    return switch (object(words.getFirst()).orElse("")) {
      case "bridge fdb" -> textual ? BridgeFdb.read(run, filter) : BridgeJson.fdb(run, filter);
      case "bridge mdb" -> textual ? BridgeMdb.read(run, filter) : BridgeJson.groups(run, filter);
      case "bridge vlan" ->
          textual ? BridgeVlans.read(run, filter) : BridgeJson.vlans(run, filter.isEmpty());
      default -> textual ? BridgeLinks.read(run, filter) : BridgeJson.links(run, filter.isEmpty());
    };
  }

  private static boolean beginsAsJson(CommandRun run) {
    return run.output().stream()
        .filter(line -> !line.isBlank())
        .findFirst()
        .filter(line -> line.text().strip().startsWith("["))
        .isPresent();
  }

  private static Optional<String> object(String word) {
    if (!word.isEmpty() && "link".startsWith(word)) {
      return Optional.of("bridge link");
    }
    if (!word.isEmpty() && "fdb".startsWith(word)) {
      return Optional.of("bridge fdb");
    }
    if (!word.isEmpty() && "mdb".startsWith(word)) {
      return Optional.of("bridge mdb");
    }
    return !word.isEmpty() && "vlan".startsWith(word)
        ? Optional.of("bridge vlan")
        : Optional.empty();
  }

  private static boolean isShow(String word) {
    return SHOW.contains(word) || (!word.isEmpty() && "show".startsWith(word));
  }

  private static List<String> operands(CommandRun run) {
    return run.words().stream().skip(1).filter(word -> !word.startsWith("-")).toList();
  }
}
