package io.packetwalk.read.kubernetes;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Reading;
import io.packetwalk.read.command.Arguments;
import io.packetwalk.read.transcript.CommandRun;
import java.util.Optional;

/**
 * Reads {@code calicoctl get} of pools, workload endpoints, nodes and BGP peers: tables, wide
 * tables, YAML and JSON.
 */
public final class CalicoctlGetReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    Arguments arguments = ObjectScope.calicoctl(run);
    if (!run.word(0).equals("calicoctl") || !arguments.operand(0).equals("get")) {
      return Optional.empty();
    }
    ObjectScope scope = ObjectScope.of(arguments);
    boolean readable = scope.isTable() || scope.isObjects();
    return scope.kinds().isEmpty() || !readable
        ? Optional.empty()
        : Optional.of("calicoctl get " + scope.kinds().getFirst().plural());
  }

  @Override
  public Reading read(CommandRun run) {
    ObjectScope scope = ObjectScope.of(ObjectScope.calicoctl(run));
    return scope.isObjects()
        ? ObjectDocuments.fromServer(run, scope)
        : ObjectTables.read(run, scope, false);
  }
}
