package io.packetwalk.read.kubernetes;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Reading;
import io.packetwalk.read.command.Arguments;
import io.packetwalk.read.transcript.CommandRun;
import java.util.Optional;

/**
 * Reads {@code kubectl get}: tables, wide tables, YAML and JSON of the kinds that the model has,
 * and objects that came from the API server without a command ({@code kubectl get -o yaml}).
 *
 * <p>A command without a namespace is taken to have asked for {@code default}.
 */
public final class KubectlGetReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    Arguments arguments = ObjectScope.kubectl(run);
    if (!Kubectl.is(run) || !arguments.operand(0).equals("get")) {
      return Optional.empty();
    }
    ObjectScope scope = ObjectScope.of(arguments);
    if (scope.kinds().isEmpty()) {
      boolean raw = scope.others().isEmpty() && scope.isObjects();
      return raw ? Optional.of("kubectl get") : Optional.empty();
    }
    boolean readable = scope.isTable() || scope.isObjects();
    return readable
        ? Optional.of("kubectl get " + scope.kinds().getFirst().plural())
        : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    Arguments arguments = ObjectScope.kubectl(run);
    ObjectScope scope = ObjectScope.of(arguments);
    return scope.isObjects()
        ? ObjectDocuments.fromServer(run, scope)
        : ObjectTables.read(run, scope, arguments.has("--show-labels"));
  }
}
