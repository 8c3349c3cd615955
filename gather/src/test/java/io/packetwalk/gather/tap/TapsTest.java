package io.packetwalk.gather.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.gather.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taps on this kernel, and what is left of them when something goes wrong. */
final class TapsTest {
  private final String space = "pwtap" + ProcessHandle.current().pid();

  @TempDir private Path folder;

  @BeforeEach
  void build() throws IOException, InterruptedException {
    assumeTrue("root".equals(System.getProperty("user.name")), "taps need root");
    for (String tool : List.of("tcpdump", "setpriv", "ip", "ping")) {
      assumeTrue(run("sh", "-c", "command -v " + tool) == 0, tool + " isn't installed");
    }
    assumeTrue(run("ip", "netns", "add", space) == 0, "there are no network namespaces here");
    inside("ip link add left type veth peer right && ip link set left up && ip link set right up");
    inside(
        "ip addr add 192.0.2.1/24 dev left && ip neigh add 192.0.2.2 lladdr 02:00:00:00:00:02 dev"
            + " left");
  }

  @AfterEach
  void clean() throws IOException, InterruptedException {
    run("ip", "netns", "del", space);
    run("umount", folder.resolve("small").toString());
  }

  private static int run(String... words) throws IOException, InterruptedException {
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private int inside(String script) throws IOException, InterruptedException {
    return run("ip", "netns", "exec", space, "sh", "-c", script);
  }

  private Taps start(Path into) throws InterruptedException {
    Reach reach =
        words -> {
          List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", space));
          command.addAll(words);
          return new ProcessBuilder(command).start();
        };
    Taps taps = Taps.start(List.of(new TapPoint("here", "host", "right", reach)), into, "", 0);
    assertThat(taps.alive()).isEqualTo(1);
    return taps;
  }

  /** Nobody answers; what is sent is captured all the same. */
  private void send(int count, int size) throws IOException, InterruptedException {
    inside("ping -q -c " + count + " -i 0.002 -W 1 -s " + size + " 192.0.2.2");
  }

  private static boolean ends(Taps taps) throws InterruptedException {
    for (int tries = 0; tries < 100 && taps.alive() > 0; tries++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return taps.alive() == 0;
  }

  private static long size(Path into) throws IOException {
    return Files.size(into.resolve("here/host/right.pcap"));
  }

  @Test
  void a_tap_that_is_stopped_tells_what_it_captured_and_keeps_its_log()
      throws IOException, InterruptedException {
    Taps taps = start(folder);
    send(20, 100);
    TapReport report = taps.stop().getFirst();
    assertThat(report.failure()).isEmpty();
    assertThat(report.captured().orElse(0)).isGreaterThanOrEqualTo(20);
    assertThat(report.dropped()).hasValue(0);
    assertThat(folder.resolve("here/host/right.pcap.log")).content().contains("dropped by kernel");
  }

  @Test
  void what_was_captured_before_the_device_went_is_kept_and_the_report_says_so()
      throws IOException, InterruptedException {
    Taps taps = start(folder);
    send(20, 100);
    inside("ip link del left");
    assertThat(ends(taps)).isTrue();
    TapReport report = taps.stop().getFirst();
    assertThat(report.failure()).isPresent();
    assertThat(size(folder)).isGreaterThan(20 * 140);
  }

  @Test
  void a_full_disk_is_reported_and_leaves_what_fitted() throws IOException, InterruptedException {
    Path small = Files.createDirectory(folder.resolve("small"));
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString()) == 0;
    assumeTrue(mounted, "a small file system can't be mounted here");
    Taps taps = start(small);
    send(100, 1400);
    TapReport report = taps.stop().getFirst();
    assertThat(report.failure().orElse("")).contains("the disk is full");
    assertThat(size(small)).isGreaterThan(30_000);
  }

  @Test
  void no_tap_outlives_the_thread_that_started_it() throws InterruptedException {
    AtomicReference<Taps> started = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                started.set(start(folder));
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            });
    thread.join();
    assertThat(ends(started.get())).isTrue();
  }
}
