package io.packetwalk.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Output;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands carried through files by the program that runs inside of a kernel of its own. */
final class BoxReachTest {
  @TempDir private Path folder;
  private Process carrier;
  private BoxReach reach;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(Grounds.isInstalled("python3"), "python3 isn't installed");
    AgentRun.unpack(folder);
    Path commands = Files.createDirectory(folder.resolve("commands"));
    carrier =
        new ProcessBuilder(
                "python3", folder.resolve("agent.py").toString(), "carry", commands.toString())
            .inheritIO()
            .start();
    reach = new BoxReach(commands, "", carrier::isAlive);
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (carrier != null) {
      carrier.destroy();
      carrier.waitFor();
    }
  }

  @Test
  void output_errors_and_status_come_back() throws InterruptedException {
    Output output =
        CommandRun.of(
            reach, List.of("sh", "-c", "echo 'it''s ä'; echo no >&2; exit 3"), Limits.SHORT);

    assertThat(output.printed()).isEqualTo("its ä\n");
    assertThat(output.text()).isEqualTo("its ä\nno\n");
    assertThat(output.end()).isEqualTo(new Output.End.Exited(3));
  }

  @Test
  void much_output_comes_whole() throws InterruptedException {
    Output output = CommandRun.of(reach, List.of("seq", "100000"), Limits.SHORT);

    assertThat(output.printed()).hasSize(588_895).endsWith("\n100000\n");
  }

  @Test
  void what_sends_probes_is_asked_for_like_any_program() throws IOException, InterruptedException {
    LabProbe.Sender here = new LabProbe.Sender("here", "here", "");
    LabProbe probe = LabProbe.of(0, 0, here, "nobody", "127.0.0.1", 9, "udp", 64);

    List<AgentRun.Result> results = AgentRun.send(reach, folder, List.of(probe), 0);

    assertThat(results)
        .singleElement()
        .satisfies(one -> assertThat(one.result()).isEqualTo("error:ECONNREFUSED"));
  }

  @Test
  void what_fails_in_it_is_told() throws InterruptedException {
    List<String> command =
        List.of("python3", folder.resolve("agent.py").toString(), "probe", "/nothing", "/nothing");

    Output output = CommandRun.of(reach, command, Limits.SHORT);

    assertThat(output.end()).isEqualTo(new Output.End.Exited(1));
    assertThat(output.text()).contains("No such file or directory: '/nothing'");
  }

  @Test
  void what_goes_on_behind_a_command_does_not_keep_it() throws InterruptedException {
    Output output =
        CommandRun.of(reach, List.of("sh", "-c", "sleep 30 & echo begun"), Limits.SHORT);

    assertThat(output.printed()).isEqualTo("begun\n");
  }

  @Test
  void a_program_that_is_not_there_is_told_from_one_that_fails() throws InterruptedException {
    Output output = CommandRun.of(reach, List.of("no-such-program"), Limits.SHORT);

    assertThat(output.isMissing()).isTrue();
  }

  @Test
  void output_is_read_while_the_command_runs_and_it_can_be_ended()
      throws IOException, InterruptedException {
    Process process = reach.start(List.of("sh", "-c", "echo ready >&2; exec sleep 60"));

    byte[] word = process.getErrorStream().readNBytes(6);
    process.destroy();

    assertThat(new String(word, UTF_8)).isEqualTo("ready\n");
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + 15);
  }

  @Test
  void what_is_typed_comes_to_the_command_in_order_until_it_ends()
      throws IOException, InterruptedException {
    Process process = reach.use(List.of("cat"), Optional.empty(), "dumb").process();

    for (int line = 1; line <= 100; line++) {
      process.getOutputStream().write((line + "\n").getBytes(UTF_8));
    }
    process.getOutputStream().close();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8).lines())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 100).mapToObj("%d"::formatted).toList());
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void a_command_at_a_terminal_knows_its_size_and_its_keys()
      throws IOException, InterruptedException {
    Session session =
        reach.use(
            List.of("sh", "-c", "trap 'stty size; exit 7' INT; stty size; echo $TERM; cat"),
            Optional.of(new TerminalSize(33, 111)),
            "vt100");
    Process process = session.process();
    InputStream shown = process.getInputStream();

    assertThat(new String(shown.readNBytes(15), UTF_8)).isEqualTo("33 111\r\nvt100\r\n");
    session.relay().orElseThrow().resized(new TerminalSize(44, 122));
    process.getOutputStream().write("a\r".getBytes(UTF_8));
    // What was typed is shown, and cat says it again.
    assertThat(new String(shown.readNBytes(6), UTF_8)).isEqualTo("a\r\na\r\n");
    process.getOutputStream().write(3);

    assertThat(new String(shown.readAllBytes(), UTF_8)).isEqualTo("^C44 122\r\n");
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(7);
  }

  @Test
  void a_kernel_that_has_ended_ends_its_commands() throws IOException, InterruptedException {
    Process process = reach.start(List.of("sleep", "60"));
    carrier.destroy();
    carrier.waitFor();

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }
}
