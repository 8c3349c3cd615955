package io.packetwalk.cli;

import io.packetwalk.report.text.Paper;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How an answer is shown. */
final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = {
        "text or json; of walks also html (a page that folds) and svg (its picture).",
        "Default: text"
      })
  private Optional<Format> format;

  @Option(
      names = "--width",
      paramLabel = "COLUMNS",
      description = "Of the text. Default: the terminal's, else COLUMNS, else 80")
  private Optional<Integer> width;

  @Option(
      names = {"--color", "--colour"},
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto, always or never. Default: auto: on terminals, unless NO_COLOR is set")
  private Colour colour;

  @Option(names = "--ascii", description = "Draws with ASCII characters only.")
  private boolean ascii;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  OutputOptions() {}

  Optional<Format> format() {
    return format;
  }

  boolean isJson() {
    return format.filter(Format.JSON::equals).isPresent();
  }

  /** Whether it is for a terminal. */
  boolean isText() {
    return format.isEmpty() || format.filter(Format.TEXT::equals).isPresent();
  }

  boolean isHtml() {
    return format.filter(Format.HTML::equals).isPresent();
  }

  boolean isSvg() {
    return format.filter(Format.SVG::equals).isPresent();
  }

  boolean isPcapng() {
    return format.filter(Format.PCAPNG::equals).isPresent();
  }

  Paper paper() {
    if (isPcapng()) {
      throw new ParameterException(command.commandLine(), "-o pcapng is only for correlate");
    }
    if (isHtml() || isSvg()) {
      throw new ParameterException(
          command.commandLine(), "-o html and svg are only for walks: trace, lab trace, demo");
    }
    Paper screen =
        Screen.paper(
            Optional.ofNullable(System.getProperty("packetwalk.columns")), System.getenv());
    if (width.filter(columns -> columns < Paper.NARROWEST).isPresent()) {
      throw new ParameterException(
          command.commandLine(), "--width is %d or more".formatted(Paper.NARROWEST));
    }
    boolean coloured =
        switch (colour) {
          case AUTO -> screen.colour();
          case ALWAYS -> true;
          case NEVER -> false;
        };
    return new Paper(width.orElse(screen.columns()), coloured, ascii || screen.ascii());
  }

  /** What an answer is written as. */
  enum Format {
    /** For people. */
    TEXT,
    /** For programs: the published contract. */
    JSON,
    /** For browsers: a walk as a page. */
    HTML,
    /** For documents: a walk's picture. */
    SVG,
    /** For Wireshark: one capture of all, where there are captures. */
    PCAPNG
  }

  /** When colours are used. */
  enum Colour {
    AUTO,
    ALWAYS,
    NEVER
  }
}
