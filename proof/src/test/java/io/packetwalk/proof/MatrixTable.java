package io.packetwalk.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The table of what has been compared, in the documentation: a row for each recorded matrix. */
final class MatrixTable {
  private static final String HEAD =
      "| cluster | Linux | packets | agree | undetermined | wrong |\n|---|---|---|---|---|---|\n";
  private static final Pattern KERNEL = Pattern.compile("# uname -r\\R(\\d+\\.\\d+)");

  private MatrixTable() {}

  /** Puts the rows of these runs into the page; a cluster's earlier row goes. */
  static void update(Path page, List<Path> runs) throws IOException {
    DocumentTable table = DocumentTable.of(page, HEAD);
    for (Path run : runs) {
      table.put(run.getFileName().toString(), row(run));
    }
    table.write();
  }

  private static String row(Path run) throws IOException {
    TruthReport report = TruthReport.of(run);
    int undetermined = report.undetermined().size();
    int wrong = report.wrong().size();
    return "| %s | %s | %d | %d | %d | %d |"
        .formatted(
            report.name(),
            kernel(run),
            report.agreed() + undetermined + wrong,
            report.agreed(),
            undetermined,
            wrong);
  }

  /** The release of the kernel on which a recording was made, without its last number. */
  static String kernel(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("state"))) {
      for (Path file : files.sorted().toList()) {
        Matcher release = KERNEL.matcher(Files.readString(file));
        if (release.find()) {
          return release.group(1);
        }
      }
    }
    return "?";
  }
}
