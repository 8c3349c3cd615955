package io.packetwalk.cli;

import io.packetwalk.report.text.Paper;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How an answer is shown. */
final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json. Default: ${DEFAULT-VALUE}")
  private Format format;

  @Option(
      names = {"-v", "--verbose"},
      description = "Everything: every header field, every line of evidence, whole lists.")
  private boolean verbose;

  OutputOptions() {}

  Format format() {
    return format;
  }

  boolean isVerbose() {
    return verbose;
  }

  Paper paper() {
    return Screen.paper(
        Optional.ofNullable(System.getProperty("packetwalk.columns")), System.getenv());
  }

  /** What an answer is written as. */
  enum Format {
    /** For people. */
    TEXT,
    /** For programs: the published contract. */
    JSON
  }
}
