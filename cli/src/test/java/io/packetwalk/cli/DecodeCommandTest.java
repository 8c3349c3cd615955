package io.packetwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DecodeCommandTest {
  private static final String CAPTURE = "../samples/calico-ipip/captures/worker1/host/eth0.pcap";

  private final StringWriter answer = new StringWriter();
  private final StringWriter diagnostics = new StringWriter();

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(answer));
    command.setErr(new PrintWriter(diagnostics));
    return command.execute(arguments);
  }

  @Test
  void a_packet_is_a_block_from_the_outer_header_to_the_inner_one() {
    assertThat(run("decode", "-n", "1", "--inner", "icmp", CAPTURE)).isZero();
    assertThat(
            answer.toString().lines().skip(1).map(line -> line.replaceFirst("id [0-9]+,", "id …,")))
        .containsExactly(
            "  Ethernet      52:54:00:8b:1e:11 → 52:54:00:8b:1e:12",
            "  IPv4          192.168.50.11 → 192.168.50.12, ttl 63, id …, don't fragment,"
                + " IP-in-IP",
            "    IPv4          10.244.235.131 → 10.244.189.69, ttl 63, don't fragment",
            "    ICMP          echo request, id …, sequence 1",
            "    payload       56 bytes",
            "");
  }

  @Test
  void a_line_names_the_addresses_of_a_state() {
    assertThat(
            run(
                "decode",
                "-1",
                "-n",
                "1",
                "-s",
                "../samples/calico-ipip/state",
                "-i",
                "tcp",
                CAPTURE))
        .isZero();
    assertThat(answer.toString())
        .contains("IP-in-IP  10.244.235.131 (pod shop/api-7c9f8d6b54-x2k4p) → 10.244.189.69 (pod")
        .containsPattern("TCP [0-9]+ → 8080 SYN");
  }

  @Test
  void json_is_one_object_a_line() {
    assertThat(run("decode", "-o", "json", "-n", "2", CAPTURE)).isZero();
    assertThat(answer.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"file\":") && line.endsWith("\"faults\":[]}"));
  }

  @Test
  void a_summary_counts_conversations_by_encapsulation() {
    assertThat(run("decode", "--summary", CAPTURE)).isZero();
    assertThat(answer.toString())
        .contains("Ethernet / IPv4 / IPv4 / TCP")
        .containsPattern("[0-9]+ +[0-9]+ +10.244.189.69:8080 ↔ 10.244.235.131:[0-9]+");
  }

  @Test
  void what_is_no_capture_is_said() {
    assertThat(run("decode", "pom.xml")).isEqualTo(ExitStatus.UNREADABLE_INPUT.code());
    assertThat(diagnostics.toString()).contains("pom.xml: at byte 0: not a pcap or pcapng capture");
  }

  @Test
  void a_wrong_filter_is_a_wrong_command_line() {
    assertThat(run("decode", "-i", "port many", CAPTURE)).isEqualTo(ExitStatus.USAGE.code());
    assertThat(diagnostics.toString()).contains("--inner: 'many' isn't a number from 0 to 65535");
  }
}
