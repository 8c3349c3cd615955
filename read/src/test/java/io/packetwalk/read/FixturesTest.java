package io.packetwalk.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.read.transcript.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real outputs of single commands, each read as the command that its file's name says. */
class FixturesTest {
  /** The beginnings of file names, with the command whose output such a file is. */
  private static final List<Map.Entry<String, String>> COMMANDS =
      List.of(
          Map.entry("route-6", "route -6n"),
          Map.entry("route", "route -n"),
          Map.entry("sample-route-output-v4", "route -n"),
          Map.entry("sample-route-output-v6", "route -6n"),
          Map.entry("netstat-r", "netstat -rn"),
          Map.entry("net_arp", "cat /proc/net/arp"),
          Map.entry("linux_arp", "arp -an"),
          Map.entry("arp", "arp -n"),
          Map.entry("ifconfig", "ifconfig -a"),
          Map.entry("new-ifconfig", "ifconfig -a"),
          Map.entry("old-ifconfig", "ifconfig -a"),
          Map.entry("sysctl", "sysctl -a"),
          Map.entry("ETHTOOL_K", "ethtool -k eth0"),
          Map.entry("ETHTOOL_S", "ethtool -S eth0"),
          Map.entry("TEST_ETHTOOL_I", "ethtool -i eth0"),
          Map.entry("ping", "ping 192.0.2.1"));

  private static final Tally NOTHING = new Tally(0, 0, 0);

  private record Tally(int files, int lines, int unread) {
    Tally plus(Tally other) {
      return new Tally(files + other.files, lines + other.lines, unread + other.unread);
    }
  }

  @Test
  void outputs_of_linux_commands_are_read_without_an_exception_and_mostly_understood()
      throws IOException {
    Map<String, Tally> tallies = new TreeMap<>();
    for (Path file : fixtures()) {
      Optional<String> command = command(String.valueOf(file.getFileName()));
      if (command.isPresent()) {
        tallies.merge(command.get(), tally(file, command.get()), Tally::plus);
      }
    }
    System.out.printf("%-20s %6s %7s %7s%n", "fixtures of", "files", "lines", "unread");
    tallies.forEach((command, tally) ->
        System.out.printf(
            "%-20s %6d %7d %7d%n", command, tally.files(), tally.lines(), tally.unread()));
    assertThat(tallies).containsKeys("route -n", "arp -n", "ifconfig -a", "cat /proc/net/arp");
    assertThat(tallies.getOrDefault("cat /proc/net/arp", NOTHING).unread()).isZero();
    assertThat(tallies.getOrDefault("ifconfig -a", NOTHING).unread()).isLessThan(10);
  }

  private static List<Path> fixtures() throws IOException {
    try (Stream<Path> files = Files.walk(SharedData.path("state"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file ->
              !file.toString()
                  .matches(
                      ".*(json|yml|\\.md)|.*/route-formatted.*|.*birdwatcher.*|.*(osx|freebsd|windows|aix).*"))
          .sorted()
          .toList();
    }
  }

  private static Optional<String> command(String name) {
    return COMMANDS.stream()
        .filter(entry -> name.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static Tally tally(Path file, String command) throws IOException {
    String name = String.valueOf(file.getFileName());
    List<Line> lines = new ArrayList<>();
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    text.lines().forEach(line -> lines.add(new Line(name, lines.size() + 1, line.stripTrailing())));
    CommandRun run =
        new CommandRun(
            new Place.Host("node1"),
            List.of(command.split(" ")),
            new Line(name, 1, "# " + command),
            lines,
            false);
    CommandReader reader =
        Readers.all().stream()
            .filter(candidate -> candidate.recognise(run).isPresent())
            .findFirst()
            .orElseThrow();
    Reading reading = reader.read(run);
    int shown = (int) lines.stream().filter(line -> !line.isBlank()).count();
    reading.unread().stream()
        .filter(line -> Boolean.getBoolean("fixtures.verbose"))
        .forEach(line -> System.out.println("  " + command + ": " + line));
    return new Tally(1, shown, reading.unread().size());
  }
}
