package io.packetwalk.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of the faults that have been put in, in the documentation: a row for each cluster. */
final class FaultTable {
  private static final String HEAD =
      "| cluster | Linux | faults | noticed and mended | predicted | undetermined | hidden |\n"
          + "|---|---|---|---|---|---|---|\n";

  private FaultTable() {}

  /** Puts the rows of the runs in these folders into the page; a cluster's earlier row goes. */
  static void update(Path page, List<Path> folders) throws IOException {
    Map<String, Map<String, Run>> clusters = new TreeMap<>();
    for (Path folder : folders) {
      for (Path run : runs(folder)) {
        FaultRun came = FaultRun.read(run).orElseThrow();
        if (!came.agrees()) {
          throw new IOException(run + ": " + came.line());
        }
        clusters
            .computeIfAbsent(came.cluster(), _ -> new TreeMap<>())
            .put(came.fault().name(), new Run(came, MatrixTable.kernel(run)));
      }
    }
    DocumentTable table = DocumentTable.of(page, HEAD);
    clusters.forEach((cluster, faults) -> table.put(cluster, row(cluster, faults.values())));
    table.write();
  }

  private record Run(FaultRun came, String kernel) {}

  private static List<Path> runs(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> runs = new ArrayList<>();
      for (Path entry : entries.sorted().toList()) {
        if (FaultRun.read(entry).isPresent()) {
          runs.add(entry);
        }
      }
      return runs;
    }
  }

  private static String row(String cluster, Iterable<Run> runs) {
    List<Run> all = new ArrayList<>();
    runs.forEach(all::add);
    String kernels =
        all.stream().map(Run::kernel).distinct().sorted().collect(Collectors.joining(", "));
    List<FaultRun> came = all.stream().map(Run::came).toList();
    return "| %s | %s | %d | %d | %d | %d | %d |"
        .formatted(
            cluster,
            kernels,
            came.size(),
            came.stream().filter(run -> run.noticed() && run.mended()).count(),
            came.stream().filter(FaultRun::isPredicted).count(),
            came.stream().filter(FaultRun::isUndetermined).count(),
            came.stream().filter(run -> !run.report().wrong().isEmpty()).count());
  }
}
