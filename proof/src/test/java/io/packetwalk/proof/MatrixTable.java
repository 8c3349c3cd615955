package io.packetwalk.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of what has been compared, in the documentation: a row for each recorded matrix. */
final class MatrixTable {
  private static final String HEAD =
      "| cluster | Linux | packets | agree | undetermined | wrong |\n|---|---|---|---|---|---|\n";
  private static final Pattern KERNEL = Pattern.compile("# uname -r\\R(\\d+\\.\\d+)");
  private static final Pattern ROW =
      Pattern.compile("^\\| ([a-z0-9+-]+) \\|.*$", Pattern.MULTILINE);

  private MatrixTable() {}

  /** Puts the rows of these runs into the page; a cluster's earlier row goes. */
  static void update(Path page, List<Path> runs) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(HEAD);
    if (begin < 0) {
      throw new IOException(page + " has no such table");
    }
    int rows = begin + HEAD.length();
    int end = text.indexOf("\n\n", rows - 1);
    Map<String, String> table = new TreeMap<>();
    Matcher earlier = ROW.matcher(text.substring(rows, Math.max(rows, end)));
    while (earlier.find()) {
      table.put(earlier.group(1), earlier.group());
    }
    for (Path run : runs) {
      table.put(run.getFileName().toString(), row(run));
    }
    List<String> lines = new ArrayList<>(table.values());
    Files.writeString(
        page,
        text.substring(0, rows)
            + lines.stream().collect(Collectors.joining("\n"))
            + text.substring(Math.max(rows, end)));
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

  private static String kernel(Path run) throws IOException {
    Matcher release = KERNEL.matcher(Files.readString(run.resolve("state").resolve("worker1.txt")));
    return release.find() ? release.group(1) : "?";
  }
}
