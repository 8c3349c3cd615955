package io.packetwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
  private final StringWriter answer = new StringWriter();
  private final StringWriter diagnostics = new StringWriter();

  @Test
  void no_command_is_a_usage_error() {
    assertThat(run()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(diagnostics.toString()).contains("which command?", "packetwalk --help");
    assertThat(answer.toString()).isEmpty();
  }

  @Test
  void a_command_that_does_not_exist_is_a_usage_error() {
    assertThat(run("trase")).isEqualTo(ExitStatus.USAGE.code());
    assertThat(diagnostics.toString()).contains("trase");
  }

  @Test
  void help_is_an_answer_and_names_the_exit_statuses() {
    assertThat(run("--help")).isZero();
    assertThat(answer.toString()).contains("0  delivered", "64  ", "65  ", "74  ");
    assertThat(diagnostics.toString()).isEmpty();
  }

  @Test
  void the_version_names_the_program() {
    assertThat(run("--version")).isZero();
    assertThat(answer.toString()).startsWith("packetwalk ");
  }

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(answer, true));
    command.setErr(new PrintWriter(diagnostics, true));
    return command.execute(arguments);
  }
}
