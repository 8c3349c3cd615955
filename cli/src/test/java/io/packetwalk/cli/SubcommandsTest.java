package io.packetwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SubcommandsTest {
  @Test
  void a_run_that_names_its_command_builds_no_other() {
    assertThat(Main.commandLine("trace", "--help").getSubcommands()).containsOnlyKeys("trace");
  }

  @Test
  void help_lists_every_command_by_its_own_name() {
    assertThat(Main.commandLine("--help").getSubcommands())
        .hasSize(9)
        .allSatisfy((name, command) -> assertThat(command.getCommandSpec().name()).isEqualTo(name));
  }

  @Test
  void a_mistyped_command_is_told_what_is_near() {
    assertThat(Run.of("tracee").diagnostics()).contains("trace");
  }

  @Test
  void a_shell_completes_every_command() {
    assertThat(Run.of("completion").answer()).contains("trace", "correlate", "lab");
  }
}
