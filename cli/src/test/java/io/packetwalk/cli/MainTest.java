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

  @Test
  void the_demo_walks_a_packet_through_the_sample_and_says_how_to_ask_for_it() {
    assertThat(run("demo")).isEqualTo(ExitStatus.DELIVERED.code());
    assertThat(answer.toString())
        .contains("DELIVERED", "IP-in-IP", "tunl0", "169.254.1.1 is at ee:ee:ee:ee:ee:ee")
        .containsPattern("worker1\\.txt:[0-9]+: 10\\.244\\.189\\.64/26 via 192\\.168\\.50\\.12");
    assertThat(answer.toString()).contains("trace -s ").contains("shop/cart");
  }

  @Test
  void a_state_is_summed_up_as_text_and_as_json() {
    String sample = System.getProperty("packetwalk.home") + "/samples/calico-ipip/state";
    assertThat(run("state", "-s", sample)).isZero();
    assertThat(answer.toString())
        .contains("Calico", "worker2", "ip route", "0 lines not understood");
    answer.getBuffer().setLength(0);
    assertThat(run("state", "-s", sample, "-o", "json")).isZero();
    assertThat(answer.toString()).startsWith("{").endsWith("}\n");
  }

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(answer, true));
    command.setErr(new PrintWriter(diagnostics, true));
    return command.execute(arguments);
  }
}
