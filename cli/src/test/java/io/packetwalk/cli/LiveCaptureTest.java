package io.packetwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live captures in a small network of its own, and what is left when they end in a bad way. */
final class LiveCaptureTest {
  private static final int LACKS_SOMETHING = 77;

  @TempDir private Path folder;
  private Path into;
  private Path said;

  @BeforeEach
  void needs() throws IOException, InterruptedException {
    assumeTrue("root".equals(System.getProperty("user.name")), "namespaces need root");
    for (String tool : List.of("tcpdump", "setpriv", "unshare", "ip", "iptables", "python3")) {
      assumeTrue(
          new ProcessBuilder("sh", "-c", "command -v " + tool).start().waitFor() == 0,
          tool + " isn't installed");
    }
    into = folder.resolve("captured");
    said = folder.resolve("said.txt");
  }

  private Process start(String preparation, String... options)
      throws IOException, InterruptedException {
    Path script = folder.resolve("own-network.sh");
    try (InputStream resource =
        Objects.requireNonNull(LiveCaptureTest.class.getResourceAsStream("own-network.sh"))) {
      Files.copy(resource, script);
    }
    List<String> command = new ArrayList<>();
    command.addAll(List.of("unshare", "--net", "--mount", "--pid", "--fork", "--mount-proc"));
    command.addAll(List.of("--propagation", "private", "sh", script.toString(), preparation));
    command.addAll(program());
    command.addAll(List.of("capture", HostName.read() + ":a"));
    command.addAll(List.of(options));
    command.addAll(List.of("-o", into.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
  }

  /** This program in a process of its own, however the tests were started. */
  private static List<String> program() {
    String java = ProcessHandle.current().info().command().orElse("java");
    List<String> fast = List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    List<String> command = new ArrayList<>(fast);
    command.add("--enable-native-access=ALL-UNNAMED");
    Optional<String> modules = Optional.ofNullable(System.getProperty("jdk.module.path"));
    if (modules.isPresent()) {
      command.addAll(List.of("-p", modules.get(), "-m", "packetwalk.cli/io.packetwalk.cli.Main"));
    } else {
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    }
    return command;
  }

  private String output() throws IOException {
    return Files.readString(said);
  }

  private int end(Process process) throws IOException, InterruptedException {
    boolean ended = process.waitFor(90, TimeUnit.SECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    assertThat(ended).as(output()).isTrue();
    assumeTrue(process.exitValue() != LACKS_SOMETHING, "there are no namespaces here");
    return process.exitValue();
  }

  /** The program, once its taps have captured for a while. */
  private ProcessHandle capturing(Process process) throws IOException, InterruptedException {
    for (int tries = 0; tries < 600 && process.isAlive(); tries++) {
      if (isCapturing()) {
        TimeUnit.MILLISECONDS.sleep(1500);
        return process
            .descendants()
            .filter(one -> one.info().command().orElse("").endsWith("java"))
            .findFirst()
            .orElseThrow();
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError(output());
  }

  private boolean isCapturing() throws IOException {
    if (!Files.isDirectory(into.resolve("captures"))) {
      return false;
    }
    try (Stream<Path> files = Files.walk(into.resolve("captures"))) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        if (Files.readString(log).contains("capturing from")) {
          return true;
        }
      }
    }
    return false;
  }

  private long captured(String tap) throws IOException, InterruptedException {
    return Pcap.read(into.resolve("captures").resolve(HostName.read()).resolve(tap))
        .records()
        .size();
  }

  @Test
  void what_the_kernel_says_stands_beside_what_was_predicted_and_seen() throws Exception {
    Process process =
        start("iptables -A FORWARD -p udp --dport 9999 -j DROP", "10.9.2.2:9999", "--probe", "udp");
    assertThat(end(process)).as(output()).isEqualTo(1);
    assertThat(output())
        .contains("DROPPED AS PREDICTED", "-A FORWARD -p udp -m udp --dport 9999 -j DROP")
        .contains("1 probes sent, 0 answered", "left: 0");
    boolean told = !output().contains("doesn't tell why it drops packets");
    if (told) {
      assertThat(output()).contains("kernel threw away a packet of that size", "NETFILTER_DROP");
    }
  }

  @Test
  void an_interrupt_ends_the_capture_and_what_was_captured_is_compared() throws Exception {
    Process process =
        start(
            "(sleep 3; ip netns exec a ping -q -i 0.2 10.9.2.2 >/dev/null 2>&1) &",
            "10.9.2.2",
            "--proto",
            "icmp",
            "--duration",
            "80");
    ProcessHandle program = capturing(process);
    new ProcessBuilder("kill", "-INT", Long.toString(program.pid())).start().waitFor();
    end(process);
    assertThat(output()).contains("written to", "left: 0");
    assertThat(output()).containsAnyOf("ARRIVED", "UNKNOWN");
    assertThat(into.resolve("notes.txt")).exists();
  }

  @Test
  void nothing_runs_on_when_the_program_is_killed_and_its_captures_are_kept() throws Exception {
    Process process =
        start(
            "(while :; do ip netns exec a ping -qc1 -W1 10.9.2.2 >/dev/null 2>&1; done) & ping=$!;"
                + " (sleep 30; kill $ping) &",
            "10.9.2.2",
            "--proto",
            "icmp",
            "--duration",
            "80");
    ProcessHandle program = capturing(process);
    program.destroyForcibly();
    end(process);
    assertThat(output()).contains("left: 0");
    assertThat(captured("a/eth0.pcap")).isPositive();
    Run run =
        Run.of(
            "correlate",
            "-s",
            into.resolve("state").toString(),
            HostName.read() + ":a",
            "10.9.2.2",
            "--proto",
            "icmp",
            into.resolve("captures").toString());
    assertThat(run.answer()).startsWith("ARRIVED");
  }

  @Test
  void a_disk_that_is_full_ends_the_capture_with_a_note() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    into = small.resolve("captured");
    Process process =
        start(
            "mount -t tmpfs -o size=17m tmpfs %s || exit 77;".formatted(small)
                + " (sleep 4; ip netns exec a ping -f -s 1400 10.9.2.2 >/dev/null 2>&1) &"
                + " trap 'cp -r %s/captured/notes.txt %s' EXIT".formatted(small, folder),
            "10.9.2.2",
            "--proto",
            "icmp",
            "--duration",
            "60");
    end(process);
    assertThat(output()).contains("ended early: the disk is nearly full", "left: 0");
  }

  private static boolean isEchoRequest(byte[] record) {
    int ip = 16 + 14;
    return record.length > ip + 20
        && record[ip] == 0x45
        && record[ip + 9] == 1
        && record[ip + 20] == 8;
  }

  private static int seconds(byte[] record) {
    return ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
  }

  @Test
  void probes_go_out_at_their_interval() throws Exception {
    Process process =
        start("true", "10.9.2.2", "--probe", "icmp", "--count", "4", "--interval", "0.5");
    assertThat(end(process)).as(output()).isZero();
    assertThat(output()).contains("4 probes sent, 4 answered");
    List<byte[]> records =
        Pcap.read(into.resolve("captures").resolve(HostName.read()).resolve("a/eth0.pcap"))
            .records()
            .stream()
            .filter(LiveCaptureTest::isEchoRequest)
            .toList();
    int first = seconds(records.getFirst());
    assertThat(seconds(records.getLast()) - first).isPositive();
  }

  @Test
  void a_namespace_that_vanishes_ends_its_tap_with_a_note() throws Exception {
    Process process =
        start(
            "(sleep 6; ip -n b link del eth0; ip netns del b) &",
            "10.9.2.2",
            "--proto",
            "icmp",
            "--duration",
            "14");
    end(process);
    assertThat(output()).contains("written to", "left: 0");
    assertThat(Files.readString(into.resolve("notes.txt"))).contains("b eth0");
    assertThat(captured("a/eth0.pcap")).isNotNegative();
  }
}
