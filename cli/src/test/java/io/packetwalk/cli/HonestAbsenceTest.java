package io.packetwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample's captures taken in other ways, and as if the network had lost a connection's packets
 * between its two nodes: what is said of them, and what isn't.
 */
final class HonestAbsenceTest {
  private static final Path SAMPLE = Path.of("../samples/calico-ipip");
  private static final String API = "shop/api-7c9f8d6b54-x2k4p";
  private static final String CART = "shop/cart-6bb7f9c4d8-9tqzl:8080";
  private static final String FAR = "worker2/host/eth0.pcap";
  private static final byte[] LOST_PORT = {(byte) (41003 >> 8), (byte) 41003};

  @TempDir private Path folder;

  @BeforeEach
  void copy() throws IOException {
    Path captures = SAMPLE.resolve("captures");
    try (Stream<Path> files = Files.walk(captures)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = at(captures.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private Path at(String tap) {
    return folder.resolve("captures").resolve(tap);
  }

  /** Nothing of the connection reaches the second node, and nothing comes back. */
  private void lose() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("captures"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean near = file.toString().contains("worker1");
        Pcap pcap = Pcap.read(file);
        pcap.only(pcap.records().stream().filter(one -> !isLost(one, near)).toList()).write(file);
      }
    }
  }

  /** What the first node sent is still seen there. */
  private static boolean isLost(byte[] record, boolean near) {
    int at = indexOf(record, LOST_PORT);
    return at >= 0 && !(near && record[at + 2] == (byte) (8080 >> 8));
  }

  private static int indexOf(byte[] record, byte[] what) {
    for (int at = 16; at + what.length <= record.length; at++) {
      if (Arrays.equals(record, at, at + what.length, what, 0, what.length)) {
        return at;
      }
    }
    return -1;
  }

  /** Of the second node nothing is left but this. */
  private void leave(String tap) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("captures/worker2"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith(tap)) {
          Files.delete(file);
        }
      }
    }
  }

  private Run ask() {
    return Run.of(
        "correlate",
        "-s",
        SAMPLE.resolve("state").toString(),
        API,
        CART,
        "--sport",
        "41003",
        folder.resolve("captures").toString());
  }

  private Run everything() {
    return Run.of(
        "correlate",
        "-s",
        SAMPLE.resolve("state").toString(),
        folder.resolve("captures").toString());
  }

  /** A log as 'capture' writes it, of a tap that ran from before to after. */
  private void log(String tap, String filter) throws IOException {
    Pcap near = Pcap.read(at("worker1/host/eth0.pcap"));
    long first = near.time(near.records().getFirst()) - 1_000_000_000L;
    long last = near.time(near.records().getLast()) + 1_000_000_000L;
    Files.writeString(
        at(tap + ".log"),
        """
        tcpdump -i eth0 -w eth0.pcap%s
        capturing from %s
        0 packets captured
        0 packets received by filter
        0 packets dropped by kernel
        capturing until %s
        """
            .formatted(filter.isEmpty() ? "" : " '" + filter + "'", time(first), time(last)));
  }

  private static String time(long nanoseconds) {
    return Instant.ofEpochSecond(0, nanoseconds).toString();
  }

  @Test
  void what_the_next_nodes_healthy_tap_doesnt_show_died_between_the_nodes() throws IOException {
    lose();
    Run run = ask();
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.answer())
        .startsWith("DIED")
        .contains("between worker1 and worker2 drops IP protocol 4");
  }

  @Test
  void a_filter_that_keeps_the_packet_out_makes_its_absence_unknown() throws IOException {
    lose();
    leave(FAR);
    log(FAR, "udp port 53");
    Run run = ask();
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.answer()).contains("UNKNOWN", "udp port 53");
  }

  @Test
  void a_filter_that_lets_the_packet_through_leaves_its_absence_an_absence() throws IOException {
    assumeTrue(Files.exists(Path.of("/usr/lib/x86_64-linux-gnu/libpcap.so.0.8")), "no libpcap");
    lose();
    leave(FAR);
    log(FAR, "ip proto 4 or arp");
    Run run = ask();
    assertThat(run.answer()).startsWith("DIED").contains("its filter would have let it through");
  }

  @Test
  void a_filter_of_ports_doesnt_show_what_is_inside_of_a_tunnel() throws IOException {
    lose();
    leave(FAR);
    log(FAR, "tcp port 8080");
    assertThat(ask().status()).isEqualTo(2);
  }

  @Test
  void an_empty_capture_tells_something_only_where_its_log_says_that_it_ran() throws IOException {
    lose();
    leave(FAR);
    Pcap.read(at(FAR)).only(List.of()).write(at(FAR));
    assertThat(ask().answer()).contains("the capture there is empty, and doesn't say when it ran");
    log(FAR, "");
    Run run = ask();
    assertThat(run.answer()).contains("DIED", "ran before and after, as its log says");
  }

  @Test
  void two_captures_of_one_device_at_one_time_dont_double_its_packets() throws IOException {
    Files.copy(at(FAR), at("worker2/host/eth0.pcap1"));
    Files.copy(at("worker1/host/eth0.pcap"), at("worker1/host/eth0.pcap1"));
    Run run = ask();
    assertThat(run.status()).as(run.answer()).isZero();
    assertThat(run.answer()).contains("4 there (4 arrived); 2 back");
  }

  @Test
  void a_file_that_is_cut_off_tells_nothing_of_what_came_later() throws IOException {
    lose();
    leave(FAR);
    byte[] whole = Files.readAllBytes(at(FAR));
    Files.write(at(FAR), Arrays.copyOf(whole, 24 + 400));
    log(FAR, "");
    assertThat(ask().status()).isEqualTo(2);
  }

  @Test
  void the_files_of_a_ring_buffer_are_one_tap() throws IOException {
    split(3);
    Run run = ask();
    assertThat(run.status()).as(run.answer()).isZero();
    assertThat(run.answer())
        .contains("4 there (4 arrived); 2 back")
        .doesNotContain("wasn't predicted", "✗");
    assertThat(everything().answer())
        .contains("0 flows aren't as predicted", "54 frames in 3 files");
  }

  /** Each capture as tcpdump -C leaves it: eth0.pcap, eth0.pcap1, eth0.pcap2. */
  private void split(int parts) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("captures"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Pcap pcap = Pcap.read(file);
        int count = pcap.records().size();
        for (int part = 0; part < parts; part++) {
          pcap.part(count * part / parts, count * (part + 1) / parts)
              .write(part == 0 ? file : file.resolveSibling(file.getFileName() + "" + part));
        }
      }
    }
  }

  @Test
  void compressed_captures_are_read_as_they_are() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("captures"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
          gzip.write(Files.readAllBytes(file));
        }
        Files.write(file.resolveSibling(file.getFileName() + ".gz"), compressed.toByteArray());
        Files.delete(file);
      }
    }
    assertThat(ask().status()).isZero();
  }

  @Test
  void a_clock_in_another_time_zone_is_found() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("captures/worker2"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Pcap pcap = Pcap.read(file);
        pcap.records().forEach(HonestAbsenceTest::twoHoursLater);
        pcap.write(file);
      }
    }
    Run run = ask();
    assertThat(run.status()).as(run.answer()).isZero();
    assertThat(run.answer()).doesNotContain("7200");
  }

  private static void twoHoursLater(byte[] record) {
    ByteBuffer buffer = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(0, buffer.getInt(0) + 7200);
  }

  @Test
  void captures_without_a_packet_or_with_one_that_nobody_asked_for_are_no_failure()
      throws IOException {
    for (int kept : new int[] {0, 1}) {
      try (Stream<Path> files = Files.walk(folder.resolve("captures"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Pcap pcap = Pcap.read(file);
          pcap.part(0, Math.min(kept, pcap.records().size())).write(file);
        }
      }
      assertThat(ask().status()).isEqualTo(2);
    }
  }

  @Test
  void captures_of_all_devices_are_split_by_the_index_in_each_frame() throws IOException {
    cook(2);
    Run run = ask();
    assertThat(run.status()).as(run.answer()).isZero();
    assertThat(run.answer()).contains("✓  tunl0 out", "✓  cali378e309207b out");
    assertThat(run.answer()).doesNotContain("unknown", "Linux cooked");
    assertThat(everything().answer()).contains("0 flows aren't as predicted");
  }

  @Test
  void captures_of_all_devices_without_an_index_contradict_nothing() throws IOException {
    cook(1);
    Run run = ask();
    assertThat(run.status()).as(run.answer()).isZero();
    assertThat(run.answer()).contains("the capture of all devices there", "worker1/host/any");
    assertThat(run.answer()).doesNotContain("absent", "wasn't predicted");
    assertThat(everything().answer()).contains("0 flows aren't as predicted");
  }

  /** Both nodes' own devices as {@code tcpdump -i any} shows them. */
  private void cook(int version) throws IOException {
    Snapshot snapshot = StateReader.read(StateLoader.load(SAMPLE.resolve("state")));
    for (String node : List.of("worker1", "worker2")) {
      Path host = at(node + "/host");
      List<Pcap.Cooked> frames = new ArrayList<>();
      try (Stream<Path> files = Files.list(host)) {
        for (Path file : files.sorted().toList()) {
          String device = String.valueOf(file.getFileName()).replace(".pcap", "");
          int index =
              snapshot
                  .namespace(new NamespaceId(node, "host"))
                  .links()
                  .device(device)
                  .orElseThrow()
                  .index()
                  .orElseThrow();
          frames.addAll(Pcap.read(file).cooked(version, index));
          Files.delete(file);
        }
      }
      Files.write(host.resolve("any.pcap"), Pcap.ofCooked(version, frames));
    }
  }
}
