package io.packetwalk.read.transcript;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a line of output is, before any reader sees it. */
enum OutputLine {
  /** For the reader. */
  CONTENT,
  /** Says nothing: {@code ^C}, {@code Defaulted container "a" out of: …}. */
  DECORATION,
  /** Stands for lines that somebody left out. */
  GAP,
  /** Says that the command couldn't do its work. */
  FAILURE;

  private static final Set<String> GAPS =
      Set.of(
          "...",
          "....",
          ".....",
          "…",
          "[...]",
          "[…]",
          "(...)",
          "<...>",
          "omitted",
          "snip",
          "snipped",
          "output omitted",
          "truncated",
          "output truncated",
          "output snipped",
          "cut",
          "skipped",
          "trimmed",
          "output trimmed",
          "etc",
          "etc.",
          "removed",
          "output removed",
          "snippet",
          "some output omitted",
          "lines omitted",
          "some lines omitted",
          "rest omitted");

  /** By their first character, since most lines begin like none of them. */
  private static final Map<Character, List<String>> FAILURE_STARTS =
      byFirst(
          "error:",
          "Error from server",
          "Error: ",
          "Error response from daemon",
          "OCI runtime exec failed",
          "command terminated with exit code",
          "Cannot open network namespace",
          "Cannot find device",
          "Object \"",
          "RTNETLINK answers:",
          "Dump terminated",
          "Dump was interrupted",
          "nsenter: ",
          "sudo: ",
          "The connection to the server",
          "Unable to connect to the server",
          "Failed to ",
          "Connection refused",
          "setting the network namespace",
          "ovs-ofctl: ",
          "ovs-vsctl: ",
          "ovs-appctl: ",
          "ovs-dpctl: ",
          "ovsdb-client: ",
          "zsh: command not found: ",
          "sh: can't execute ",
          "Command '",
          "Another app is currently holding the xtables lock",
          "Can't open socket to ipset",
          "ssh: connect to host ",
          "Cannot connect to the Docker daemon",
          "Cannot get device ",
          "Unable to connect to server control socket",
          "birdc: ",
          "birdcl: ",
          "antctl: ");

  private static final List<String> FAILURE_ENDS =
      List.of(
          "command not found",
          ": not found",
          "Permission denied",
          "Operation not permitted",
          "(you must be root)",
          "Device not found");

  /** What programs that filter packets say behind their names and versions. */
  private static final List<String> FAILURE_MARKS =
      List.of(
          " (legacy): ",
          " (nf_tables): ",
          " (conntrack-tools): Operation failed",
          "Permission denied (publickey");

  private static final Map<Character, List<String>> DECORATION_STARTS =
      byFirst(
          "Defaulted container ",
          "Defaulting container name to ",
          "Use 'kubectl describe pod",
          "kubectl exec [POD] [COMMAND] is DEPRECATED",
          "Unable to use a TTY",
          "sudo: unable to resolve host",
          "Warning: Permanently added",
          "Connection to ",
          "[sudo] password for",
          "If you don't see a command prompt");

  private static final int LONGEST_GAP = 19;

  private static Map<Character, List<String>> byFirst(String... starts) {
    return Stream.of(starts)
        .collect(
            Collectors.groupingBy(
                start -> start.charAt(0), TreeMap::new, Collectors.toUnmodifiableList()));
  }

  /** Classifies a line by itself. */
  static OutputLine of(String text) {
    String line = text.strip();
    if (line.length() > 300 || line.isEmpty()) {
      return CONTENT;
    }
    if (isRule(line) || isField(line)) {
      return CONTENT;
    }
    if (isGap(line)) {
      return GAP;
    }
    boolean key = line.startsWith("^") && line.length() <= 3;
    if (key || startsWithAny(line, DECORATION_STARTS) || isLog(line)) {
      return DECORATION;
    }
    boolean column = text.startsWith(" ") && line.startsWith("error: \"");
    return !column && isFailure(line) ? FAILURE : CONTENT;
  }

  /** Rules come by the hundred thousand, and nothing else that is known begins like them. */
  private static boolean isRule(String line) {
    return line.startsWith("-A ")
        || line.startsWith("add ")
        || (line.startsWith("[") && line.startsWith("] -A ", line.indexOf(']')));
  }

  /** Whether it is a key of JSON with its value: listings of objects have millions. */
  static boolean isField(String line) {
    return line.charAt(0) == '"' && line.indexOf("\": ") > 0;
  }

  /**
   * What Open vSwitch's tools say beside their output: {@code
   * 2024-05-01T10:00:00Z|00001|vconn|WARN|…}.
   */
  private static boolean isLog(String line) {
    int bar = line.indexOf("Z|");
    return bar >= 19
        && bar <= 23
        && line.charAt(10) == 'T'
        && line.length() > bar + 7
        && line.charAt(bar + 7) == '|';
  }

  private static boolean isGap(String line) {
    if (line.length() > 60) {
      return false;
    }
    String bare = trim(line);
    return GAPS.contains(line)
        || (bare.length() < line.length()
            && bare.length() <= LONGEST_GAP
            && GAPS.contains(bare.toLowerCase(Locale.ROOT)));
  }

  /** Without the brackets, dashes, dots and the like that such marks are put into. */
  private static String trim(String line) {
    int start = 0;
    int end = line.length();
    while (start < end && !Character.isLetterOrDigit(line.charAt(start))) {
      start++;
    }
    while (end > start && !Character.isLetterOrDigit(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(start, end);
  }

  private static boolean startsWithAny(String line, Map<Character, List<String>> starts) {
    for (String start : starts.getOrDefault(line.charAt(0), List.of())) {
      if (line.startsWith(start)) {
        return true;
      }
    }
    return false;
  }

  /** That a setting has no file is what {@code sysctl} tells about it. */
  private static boolean isMissingFile(String line) {
    return line.endsWith(": No such file or directory")
        && !line.startsWith("sysctl: ")
        && !line.contains("/proc/sys/");
  }

  private static boolean endsInFailure(String line) {
    for (String end : FAILURE_ENDS) {
      if (line.endsWith(end)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFailure(String line) {
    return endsInFailure(line)
        || (line.indexOf('(') >= 0 && FAILURE_MARKS.stream().anyMatch(line::contains))
        || isMissingFile(line)
        || (line.startsWith("Device \"") && line.endsWith("does not exist."))
        || startsWithAny(line, FAILURE_STARTS);
  }
}
