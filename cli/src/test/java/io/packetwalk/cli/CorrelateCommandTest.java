package io.packetwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CorrelateCommandTest {
  private static final String STATE = "../samples/calico-ipip/state";
  private static final String CAPTURES = "../samples/calico-ipip/captures";
  private static final String API = "shop/api-7c9f8d6b54-x2k4p";
  private static final String CART = "shop/cart-6bb7f9c4d8-9tqzl:8080";

  private final StringWriter answer = new StringWriter();

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(answer));
    command.setErr(new PrintWriter(new StringWriter()));
    return command.execute(arguments);
  }

  @Test
  void a_packet_is_found_at_every_predicted_device_and_its_answer_too() {
    assertThat(run("correlate", "-s", STATE, API, CART, CAPTURES)).isZero();
    assertThat(answer.toString())
        .startsWith("ARRIVED  " + API + " → " + CART)
        .contains("it arrived, and was answered")
        .contains("✓  tunl0 out")
        .contains("192.168.50.11 → 192.168.50.12  IP-in-IP")
        .contains("The answer, as predicted and as seen")
        .doesNotContain("✗", "≠", "cni-");
  }

  @Test
  void what_else_went_between_the_ends_is_told_where_nothing_asked_about_did() {
    run("correlate", "-s", STATE, API, "shop/cart-6bb7f9c4d8-9tqzl:10", CAPTURES);
    assertThat(answer.toString())
        .contains("the captures show other packets between them", "TCP to port 9, 1 packet");
  }

  @Test
  void without_a_question_every_flow_is_told() {
    assertThat(run("correlate", "-s", STATE, CAPTURES)).isZero();
    assertThat(answer.toString())
        .contains(
            "4 flows end on the way, as predicted; 0 flows aren't as predicted",
            "blackhole route",
            "Flows");
  }

  @Test
  void json_of_a_question_is_an_object() {
    assertThat(run("correlate", "-s", STATE, API, CART, CAPTURES, "-o", "json")).isZero();
    assertThat(answer.toString()).startsWith("{").contains("\"ending\": \"arrived\"");
  }

  @Test
  void one_capture_of_all_is_written(@TempDir Path folder) throws IOException {
    Path merged = folder.resolve("all.pcapng");
    assertThat(run("correlate", "-s", STATE, CAPTURES, "-o", "pcapng", "-w", merged.toString()))
        .isZero();
    assertThat(Files.readAllBytes(merged)).startsWith(0x0a, 0x0d, 0x0d, 0x0a);
    assertThat(run("decode", "-n", "1", merged.toString())).isZero();
  }

  @Test
  void wireshark_shows_names_and_numbers_of_the_merged_capture(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path tshark = Path.of("/usr/bin/tshark");
    assumeTrue(Files.isExecutable(tshark), "tshark isn't installed");
    Path merged = folder.resolve("all.pcapng");
    run("correlate", "-s", STATE, API, CART, CAPTURES, "-o", "pcapng", "-w", merged.toString());
    Process process =
        new ProcessBuilder(
                List.of(
                    "/usr/bin/tshark",
                    "-N",
                    "n",
                    "-r",
                    merged.toString(),
                    "-T",
                    "fields",
                    "-e",
                    "frame.interface_name",
                    "-e",
                    "frame.packet_id",
                    "-e",
                    "ip.src_host",
                    "-e",
                    "frame.comment"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(shown)
        .contains("worker1/host/tunl0\t", "api-7c9f8d6b54-x2k4p.shop.pod")
        .contains("request, predicted step 1 of 8");
    Set<String> numbers =
        shown
            .lines()
            .filter(line -> line.contains("request, predicted step"))
            .limit(8)
            .map(line -> line.split("\t", -1)[1])
            .collect(Collectors.toSet());
    assertThat(numbers).hasSize(1);
  }
}
