package io.packetwalk.cli;

import io.packetwalk.lab.Lab;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which practice cluster a command is about. */
final class LabChoice {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-l", "--lab"},
      paramLabel = "NAME",
      description = "Which lab, when several are up.")
  private Optional<String> name;

  LabChoice() {}

  /** The lab that was named, or the only one that is up. */
  Lab lab() throws IOException {
    List<Lab> labs = Lab.all();
    if (name.isPresent()) {
      return labs.stream()
          .filter(lab -> lab.name().equals(name.get()))
          .findFirst()
          .orElseThrow(() -> wrong("no lab '%s' is up".formatted(name.get())));
    }
    if (labs.isEmpty()) {
      throw wrong("no lab is up; 'packetwalk lab up NAME' builds one");
    }
    if (labs.size() > 1) {
      throw wrong(
          "several labs are up (%s): which? Say --lab NAME"
              .formatted(String.join(", ", labs.stream().map(Lab::name).toList())));
    }
    return labs.getFirst();
  }

  private ParameterException wrong(String reason) {
    return new ParameterException(command.commandLine(), reason);
  }
}
