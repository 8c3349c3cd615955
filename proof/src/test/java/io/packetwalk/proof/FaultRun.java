package io.packetwalk.proof;

import io.packetwalk.lab.fault.Fault;
import io.packetwalk.lab.fault.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What came of one fault.
 *
 * @param noticed whether a packet that it concerns was lost while it was in
 * @param mended whether one arrived when it had been taken out
 */
record FaultRun(String cluster, Fault fault, boolean noticed, boolean mended, TruthReport report) {
  private static final String FILE = "fault.properties";

  /** A recorded one: the packet is held against its prediction as that is today. */
  static Optional<FaultRun> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return Optional.of(
        new FaultRun(
            properties.getProperty("cluster"),
            Faults.named(properties.getProperty("fault")).orElseThrow(),
            Boolean.parseBoolean(properties.getProperty("noticed")),
            Boolean.parseBoolean(properties.getProperty("mended")),
            TruthReport.of(folder)));
  }

  /** Notes beside the recording what the recording doesn't tell. */
  void write(Path folder) throws IOException {
    Files.write(
        folder.resolve(FILE),
        List.of(
            "cluster=" + cluster,
            "fault=" + fault.name(),
            "noticed=" + noticed,
            "mended=" + mended));
  }

  /** What no table shows can't be predicted. */
  boolean agrees() {
    return fault.hidden() || report.wrong().isEmpty();
  }

  boolean isPredicted() {
    return report.wrong().isEmpty() && report.undetermined().isEmpty();
  }

  boolean isUndetermined() {
    return report.wrong().isEmpty() && !report.undetermined().isEmpty();
  }

  String line() {
    String prediction =
        report.wrong().isEmpty()
            ? report.undetermined().isEmpty() ? "predicted" : "undetermined"
            : fault.hidden() ? "hidden from the tables" : "WRONG " + report.wrong();
    return "%-26s %-30s %s, %s%s"
        .formatted(
            cluster,
            fault.name(),
            noticed ? "noticed" : "NOT NOTICED",
            prediction,
            mended ? "" : ", NOT MENDED");
  }
}
