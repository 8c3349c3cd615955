package io.packetwalk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands on the sample that ships with the program. */
class SampleTest {
  private static final String STATE = "../samples/calico-ipip/state";
  private static final String API = "shop/api-7c9f8d6b54-x2k4p";
  private static final String CART = "shop/cart-6bb7f9c4d8-9tqzl";

  @TempDir Path folder;

  @Test
  void the_demo_delivers_a_packet_through_the_tunnel_and_suggests_what_to_do_next() {
    Run run = Run.of("demo", "--width", "80");
    assertThat(run.status()).isEqualTo(0);
    assertThat(run.diagnostics()).isEmpty();
    assertThat(run.answer())
        .contains("DELIVERED  pod " + API + " → pod " + CART)
        .contains("192.168.50.11 → 192.168.50.12  IP-in-IP")
        .contains("Next:");
    assertThat(run.answer().lines().takeWhile(line -> !line.equals("Next:")))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }

  @Test
  void the_demo_as_json_is_one_document() {
    assertThat(Run.of("demo", "-o", "json").answer()).startsWith("{").endsWith("}\n");
  }

  static List<Sample> samples() {
    return Sample.ALL;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void a_sample_inside_of_the_program_is_the_one_in_the_sources(Sample sample) throws IOException {
    Path sources = Path.of("..").resolve(sample.folder());
    for (var file : sample.load().files()) {
      assertThat(file.text()).isEqualTo(Files.readString(sources.resolve(file.path())));
    }
    try (var files = Files.list(sources)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              sample.load().files().stream().map(file -> file.path()).toList());
    }
  }

  /** {@code -Dpacketwalk.update=true} writes it. */
  @Test
  void the_walk_through_switches_and_their_tunnel_reads_as_it_did() throws IOException {
    Run run = Run.of("demo", "antrea-geneve", "--width", "120", "-v");
    assertThat(run.status()).isEqualTo(0);
    String walk =
        run.answer().lines().takeWhile(line -> !line.equals("Next:")).collect(joining("\n"));
    Path golden = Path.of("src/test/resources/io/packetwalk/cli/antrea-geneve.txt");
    if (Boolean.getBoolean("packetwalk.update")) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, walk);
    }
    assertThat(walk).isEqualTo(Files.readString(golden));
  }

  @Test
  void an_unknown_sample_is_answered_with_those_that_there_are() {
    Run run = Run.of("demo", "cilium");
    assertThat(run.status()).isEqualTo(64);
    assertThat(run.diagnostics()).contains("'cilium'", "calico-ipip and antrea-geneve");
  }

  @Test
  void a_packet_that_is_too_large_for_the_tunnel_is_not_delivered() {
    Run run = Run.of("trace", "-s", STATE, API, CART, "--proto", "icmp", "--size", "1500");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.answer()).startsWith("REJECTED");
  }

  @Test
  void the_reply_is_left_out_when_it_is_not_wanted() {
    assertThat(Run.of("trace", "-s", STATE, API, CART).answer()).contains("\nReply  ");
    assertThat(Run.of("trace", "-s", STATE, API, CART, "--no-reply").answer())
        .doesNotContain("\nReply  ");
    assertThat(Run.of("trace", "-s", STATE, API, CART, "--no-reply", "-o", "json").answer())
        .contains("\"reply\": null");
  }

  @Test
  void colours_and_ascii_can_be_had_anywhere() {
    assertThat(Run.of("trace", "-s", STATE, API, CART, "--color", "always").answer())
        .contains("\u001b[");
    assertThat(Run.of("trace", "-s", STATE, API, CART, "--ascii").answer()).matches("\\p{ASCII}*");
  }

  @Test
  void the_state_tells_what_it_holds() {
    Run run = Run.of("state", "-s", STATE, "--width", "120");
    assertThat(run.status()).isEqualTo(0);
    assertThat(run.answer())
        .contains("Calico: IP-in-IP for 10.244.0.0/16")
        .contains(API)
        .contains("ip route")
        .contains("packet filter rules");
    assertThat(Run.of("state", "-s", STATE, "-o", "json").answer())
        .contains("\"plugin\": \"Calico\"", "\"network_namespace\": \"cni-");
  }

  @Test
  void many_questions_are_answered_in_their_order_a_line_each() throws IOException {
    Path flows =
        write(
            "{\"from\": \"" + API + "\", \"to\": \"" + CART + "\", \"proto\": \"icmp\"}",
            "",
            "{\"from\": \""
                + CART
                + "\", \"to\": \"10.244.235.131\", \"proto\": \"tcp\","
                + " \"sport\": 41001, \"dport\": 8080, \"size\": 0, \"id\": 7}");
    Run run = Run.of("trace", "-s", STATE, "--flows", flows.toString());
    assertThat(run.diagnostics()).isEmpty();
    assertThat(run.status()).isEqualTo(0);
    List<String> lines = run.answer().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .contains("\"from\":\"" + API + "\"", "\"proto\":\"icmp\"", "\"verdict\":\"delivered\"");
    assertThat(lines.get(1)).contains("\"id\":7,", "\"sport\":41001,\"dport\":8080");
  }

  @Test
  void an_answer_that_is_not_the_expected_one_is_told() throws IOException {
    String question = "{\"from\": \"" + API + "\", \"to\": \"" + CART + "\", \"expect\": ";
    Path flows = write(question + "\"delivered\"}", question + "\"dropped\"}");
    Run run = Run.of("trace", "-s", STATE, "--flows", flows.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.diagnostics())
        .contains("1 of 2 as expected")
        .contains("line 2: " + API + " → " + CART + ": expected dropped, is delivered");
  }

  @Test
  void a_line_that_asks_nothing_is_answered_by_what_is_wrong_with_it() throws IOException {
    Path flows =
        write(
            "{\"from\": \"" + API + "\"}",
            "nonsense",
            "{\"from\": \"shop/nobody\", \"to\": \"" + CART + "\"}",
            "{\"from\": \"" + API + "\", \"to\": \"" + CART + "\"}");
    Run run = Run.of("trace", "-s", STATE, "--flows", flows.toString());
    assertThat(run.status()).isEqualTo(65);
    List<String> lines = run.answer().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).contains("\"error\":\"\\\"to\\\" is missing\",\"line\":1");
    assertThat(lines.get(1)).contains("not JSON");
    assertThat(lines.get(2)).contains("the state has no pod shop/nobody");
    assertThat(lines.get(3)).contains("\"verdict\":\"delivered\"");
  }

  @Test
  void questions_are_named_one_way_or_the_other() {
    assertThat(Run.of("trace", "-s", STATE).status()).isEqualTo(64);
    assertThat(Run.of("trace", "-s", STATE, API).diagnostics()).contains("which TO?");
    assertThat(Run.of("trace", "-s", STATE, API, CART, "--flows", "-").status()).isEqualTo(64);
  }

  @Test
  void the_completion_script_knows_the_commands() {
    assertThat(Run.of("completion").answer()).contains("trace", "--as-of", "complete ");
  }

  private Path write(String... lines) throws IOException {
    return Files.write(folder.resolve("flows.jsonl"), List.of(lines));
  }
}
