package io.packetwalk.read.command;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import java.util.Optional;
import java.util.Set;

/**
 * Knows the commands whose output says nothing about tables: probes ({@code curl}, {@code dig}),
 * names and dates, and what a shell needs for itself.
 */
public final class QuietReader implements CommandReader {
  private static final Set<String> NAMES =
      Set.of(
          "curl",
          "wget",
          "traceroute",
          "traceroute6",
          "tracepath",
          "mtr",
          "nc",
          "ncat",
          "netcat",
          "telnet",
          "dig",
          "nslookup",
          "host",
          "iperf",
          "iperf3",
          "hostname",
          "hostnamectl",
          "uname",
          "date",
          "uptime",
          "whoami",
          "id",
          "pwd",
          "exit",
          "logout",
          "clear",
          "history",
          "reset",
          "sleep",
          "true",
          "cd",
          "ls",
          "which",
          "ssh",
          "scp",
          "su",
          "sudo",
          "man",
          "vi",
          "vim",
          "nano",
          "apk",
          "apt",
          "apt-get",
          "yum",
          "dnf",
          "modprobe",
          "lsmod",
          "lsb_release",
          "w",
          "who",
          "env",
          "export",
          "arping",
          "nmap",
          "kill",
          "mkdir",
          "touch",
          "rm",
          "cp",
          "mv",
          "tshark",
          "watch",
          "sh",
          "bash",
          "ash",
          "chmod",
          "ps",
          "top");

  private static final Set<String> COUNTING =
      Set.of("-S", "--stats", "-C", "--count", "-E", "--event");

  @Override
  public Optional<String> recognise(CommandRun run) {
    return NAMES.contains(run.word(0)) || isCounting(run)
        ? Optional.of(run.word(0))
        : Optional.empty();
  }

  /** Counters, events and names: the tables themselves are listed otherwise. */
  private static boolean isCounting(CommandRun run) {
    return switch (run.word(0)) {
      case "ethtool" -> run.words().size() == 2;
      case "conntrack" -> run.words().stream().anyMatch(COUNTING::contains);
      case "netstat" ->
          run.words().stream()
              .anyMatch(word -> word.matches("-[a-z]*[si][a-z]*|--statistics|--interfaces"));
      default -> false;
    };
  }

  @Override
  public Reading read(CommandRun run) {
    return Reading.of();
  }
}
