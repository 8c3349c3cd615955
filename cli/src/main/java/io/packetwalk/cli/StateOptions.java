package io.packetwalk.cli;

import io.packetwalk.model.Snapshot;
import io.packetwalk.read.AsOf;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import io.packetwalk.report.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which state a command is about. */
final class StateOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-s", "--state"},
      paramLabel = "STATE",
      required = true,
      defaultValue = "${env:PACKETWALK_STATE}",
      description = {
        "A folder, an archive or a file with what terminals showed and with Kubernetes objects.",
        "Default: the environment's PACKETWALK_STATE"
      })
  private Path state;

  @Option(
      names = "--as-of",
      paramLabel = "FILE:LINE",
      description = "Reads this file up to this line only: the state as it was then.")
  private Optional<String> moment;

  StateOptions() {}

  /**
   * Reads the state.
   *
   * @throws UnreadableInputException when it can't be loaded, or there is nothing in it to read
   */
  Snapshot read() {
    Snapshot snapshot;
    try (LoadNotice _ =
        LoadNotice.of(
            "reading " + Printable.of(state.toString()),
            command.commandLine().getErr(),
            System.getProperty("packetwalk.columns") != null)) {
      StateFiles files = load(state);
      snapshot = moment.isPresent() ? read(files, moment.get()) : StateReader.read(files);
    }
    if (snapshot.inventory().commands().isEmpty()) {
      throw new UnreadableInputException(
          state + ": no command with its output and no Kubernetes object is in it");
    }
    return snapshot;
  }

  /** The files of a state, wherever it lies. */
  static StateFiles load(Path state) {
    try {
      return StateLoader.load(state);
    } catch (IOException failure) {
      throw new UnreadableInputException(
          Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString));
    }
  }

  private Snapshot read(StateFiles files, String asked) {
    AsOf asOf = AsOf.parse(asked).orElseThrow(() -> wrong("'%s' is no FILE:LINE".formatted(asked)));
    try {
      return StateReader.read(files, asOf);
    } catch (AsOf.UnknownFile unknown) {
      throw wrong(String.valueOf(unknown.getMessage()));
    }
  }

  private ParameterException wrong(String reason) {
    return new ParameterException(command.commandLine(), "--as-of: " + reason);
  }
}
