package io.packetwalk.gather;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandRunTest {
  @Test
  void both_outputs_are_shown_and_the_status_is_kept() throws InterruptedException {
    Output output = run("echo shown; echo told >&2; exit 3");
    assertThat(output.text()).isEqualTo("shown\ntold\n");
    assertThat(output.printed()).isEqualTo("shown\n");
    assertThat(output.end()).isEqualTo(new Output.End.Exited(3));
  }

  @Test
  void a_program_that_is_not_there_is_missing_wherever_it_was_looked_for()
      throws InterruptedException {
    List<String> command = List.of("no-such-program-anywhere");
    assertThat(CommandRun.of(Reach.local(), command, Limits.SHORT).isMissing()).isTrue();
    Reach behindWrapper = Reach.local().through(List.of("env"));
    assertThat(CommandRun.of(behindWrapper, command, Limits.SHORT).isMissing()).isTrue();
  }

  @Test
  void a_command_that_does_not_end_is_ended_with_all_that_it_started() throws InterruptedException {
    Output output =
        CommandRun.of(
            Reach.local(),
            List.of("sh", "-c", "echo before; sleep 86399 & sleep 86399"),
            new Limits(Duration.ofMillis(300), 1000));
    assertThat(output.end()).isInstanceOf(Output.End.OutOfTime.class);
    assertThat(output.text()).isEqualTo("before\n");
    assertThat(ProcessHandle.current().descendants().map(handle -> handle.info().commandLine()))
        .noneMatch(line -> line.orElse("").contains("sleep 86399"));
  }

  @Test
  void no_more_is_kept_than_the_limit_says() throws InterruptedException {
    Output output =
        CommandRun.of(
            Reach.local(),
            List.of("head", "-c", "100000", "/dev/zero"),
            new Limits(Duration.ofSeconds(10), 10));
    assertThat(output.end()).isEqualTo(new Output.End.TooLong(10));
    assertThat(output.text()).hasSize(10);
  }

  private static Output run(String script) throws InterruptedException {
    return CommandRun.of(Reach.local(), List.of("sh", "-c", script), Limits.SHORT);
  }
}
