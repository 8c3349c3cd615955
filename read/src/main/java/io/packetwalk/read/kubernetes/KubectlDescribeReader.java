package io.packetwalk.read.kubernetes;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Reading;
import io.packetwalk.read.command.Arguments;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code kubectl describe} of pods, Services, endpoints, endpoint slices, nodes and network
 * policies, as far as the model has their fields. What it shows is never complete.
 */
public final class KubectlDescribeReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    Arguments arguments = ObjectScope.kubectl(run);
    if (!Kubectl.is(run) || !arguments.operand(0).equals("describe")) {
      return Optional.empty();
    }
    return ObjectScope.of(arguments).kinds().stream()
        .findFirst()
        .filter(KubectlDescribeReader::isKnown)
        .map(kind -> "kubectl describe " + kind.plural());
  }

  private static boolean isKnown(ResourceKind kind) {
    return switch (kind) {
      case POD, SERVICE, ENDPOINTS, ENDPOINT_SLICE, NODE, NETWORK_POLICY -> true;
      case IP_POOL, WORKLOAD_ENDPOINT, BGP_PEER -> false;
    };
  }

  @Override
  public Reading read(CommandRun run) {
    ObjectScope scope = ObjectScope.of(ObjectScope.kubectl(run));
    ResourceKind kind = scope.kinds().getFirst();
    ClusterRows rows = new ClusterRows();
    for (Description description : descriptions(run.output(), rows)) {
      DescribedObjects.add(kind, description, scope, rows);
    }
    return rows.reading(
        run,
        new ClusterRows.Extent() {
          @Override
          public boolean isAll(ResourceKind shown) {
            return false;
          }

          @Override
          public Optional<String> namespace(ResourceKind shown) {
            return scope.namespace();
          }
        });
  }

  private static List<Description> descriptions(List<Line> lines, ClusterRows rows) {
    List<Description> descriptions = new ArrayList<>();
    List<Line> current = new ArrayList<>();
    boolean gap = true;
    for (Line line : lines) {
      boolean first = gap && line.text().startsWith("Name:");
      if (first && !current.isEmpty()) {
        descriptions.add(Description.of(current));
        current = new ArrayList<>();
      }
      if (first || (!current.isEmpty() && !line.isBlank())) {
        current.add(line);
      } else if (!line.isBlank()) {
        rows.skip(line, "not a line of a description");
      }
      gap = line.isBlank();
    }
    if (!current.isEmpty()) {
      descriptions.add(Description.of(current));
    }
    return descriptions;
  }
}
