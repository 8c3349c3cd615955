package io.packetwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TraceCommandTest {
  private static final String TICKET =
      """
      root@w1:~# ip addr
      1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
          link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
          inet 127.0.0.1/8 scope host lo
             valid_lft forever preferred_lft forever
      2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq state UP group default qlen 1000
          link/ether 52:54:00:00:00:01 brd ff:ff:ff:ff:ff:ff
          inet 192.0.2.1/24 brd 192.0.2.255 scope global eth0
             valid_lft forever preferred_lft forever
      root@w1:~# ip route show table all
      blackhole 198.51.100.0/24
      192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.1
      broadcast 127.255.255.255 dev lo table local proto kernel scope link src 127.0.0.1
      local 127.0.0.1 dev lo table local proto kernel scope host src 127.0.0.1
      local 192.0.2.1 dev eth0 table local proto kernel scope host src 192.0.2.1
      root@w1:~# ip rule
      0:	from all lookup local
      32766:	from all lookup main
      32767:	from all lookup default
      root@w1:~# iptables-save
      root@w1:~# nft list ruleset
      """;

  @TempDir Path folder;

  private final StringWriter answer = new StringWriter();
  private final StringWriter diagnostics = new StringWriter();
  private Path ticket;

  @BeforeEach
  void paste() throws IOException {
    ticket = Files.writeString(folder.resolve("ticket.txt"), TICKET);
  }

  @Test
  void the_status_is_the_verdict() {
    assertThat(trace("node/w1", "192.0.2.1:22")).isEqualTo(ExitStatus.DELIVERED.code());
    assertThat(trace("node/w1", "198.51.100.7")).isEqualTo(ExitStatus.NOT_DELIVERED.code());
    assertThat(trace("203.0.113.1", "203.0.113.2")).isEqualTo(ExitStatus.UNDETERMINED.code());
    assertThat(diagnostics.toString()).isEmpty();
  }

  @Test
  void the_answer_names_the_line_that_decided() {
    trace("node/w1", "198.51.100.7");
    assertThat(answer.toString()).contains("ticket.txt:11").contains("blackhole 198.51.100.0/24");
  }

  @Test
  void a_page_and_a_picture_are_documents_and_nothing_else() {
    assertThat(trace("node/w1", "198.51.100.7", "-o", "html"))
        .isEqualTo(ExitStatus.NOT_DELIVERED.code());
    assertThat(answer.toString()).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    answer.getBuffer().setLength(0);
    trace("node/w1", "198.51.100.7", "-o", "svg");
    assertThat(answer.toString()).startsWith("<svg ").endsWith("</svg>\n");
  }

  @Test
  void what_is_no_walk_has_no_page() {
    Run state = Run.of("state", "-s", ticket.toString(), "-o", "html");
    assertThat(state.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(state.diagnostics()).contains("only for walks");
  }

  @Test
  void json_is_one_object_and_nothing_else() {
    trace("node/w1", "198.51.100.7", "-o", "json");
    assertThat(answer.toString()).startsWith("{").endsWith("}\n").contains("\"verdict\"");
  }

  @Test
  void a_moment_before_a_line_does_not_know_that_line() {
    assertThat(trace("node/w1", "198.51.100.7", "--as-of", "ticket.txt:9"))
        .isEqualTo(ExitStatus.UNDETERMINED.code());
    assertThat(trace("node/w1", "198.51.100.7", "--as-of", "other.txt:9"))
        .isEqualTo(ExitStatus.USAGE.code());
    assertThat(trace("node/w1", "198.51.100.7", "--as-of", "nine"))
        .isEqualTo(ExitStatus.USAGE.code());
    assertThat(diagnostics.toString()).contains("other.txt", "'nine' is no FILE:LINE");
  }

  @Test
  void an_end_that_is_not_there_is_a_usage_error() {
    assertThat(trace("shop/cart", "192.0.2.1")).isEqualTo(ExitStatus.USAGE.code());
    assertThat(diagnostics.toString()).contains("the state has no pod shop/cart");
    assertThat(answer.toString()).isEmpty();
  }

  @Test
  void a_number_out_of_its_range_is_a_usage_error() {
    assertThat(trace("node/w1", "192.0.2.1", "--ttl", "256")).isEqualTo(ExitStatus.USAGE.code());
    assertThat(trace("node/w1", "192.0.2.1", "--sport", "0")).isEqualTo(ExitStatus.USAGE.code());
    assertThat(diagnostics.toString()).contains("--ttl is 1 to 255, not 256");
  }

  @Test
  void a_state_that_is_not_there_or_says_nothing_is_unreadable_input() throws IOException {
    ticket = folder.resolve("nothing.txt");
    assertThat(trace("node/w1", "192.0.2.1")).isEqualTo(ExitStatus.UNREADABLE_INPUT.code());
    ticket = Files.writeString(folder.resolve("prose.txt"), "It does not work.\nPlease help.\n");
    assertThat(trace("node/w1", "192.0.2.1")).isEqualTo(ExitStatus.UNREADABLE_INPUT.code());
    assertThat(diagnostics.toString()).contains("nothing.txt", "prose.txt");
  }

  private int trace(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(answer, true));
    command.setErr(new PrintWriter(diagnostics, true));
    List<String> line = new ArrayList<>(List.of("trace", "-s", ticket.toString()));
    line.addAll(List.of(arguments));
    return command.execute(line.toArray(String[]::new));
  }
}
