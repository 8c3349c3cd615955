package io.packetwalk.read.transcript;

import io.packetwalk.wire.IpAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What outputs tell of the machine that printed them: its network cards' MAC addresses, each
 * device's own addresses, and the networks on each device's link.
 *
 * <p>Two machines share none of these for a device of one name, whatever else they have in common.
 */
final class MachineMarks {
  private static final int MOST_LINES = 5_000;
  private static final int LONGEST_LINE = 300;
  private static final Pattern DEVICE =
      Pattern.compile("(?:\\d+: )?(?<device>[a-zA-Z][\\w.-]{0,15})(?:@\\S+)?[: ].*");
  private static final Pattern CARD = Pattern.compile("(?:eth|en[opsx]|em|p\\d+p|bond|ib)\\d.*");

  /** The same name and address on every machine, or one of many of a kind. */
  private static final Pattern COMMON =
      Pattern.compile("(?:lo|docker|veth|cali|lxc|virbr|nodelocaldns|kube-ipvs|dummy|br-).*");

  private static final Set<String> SHOWING = Set.of("ip", "show", "sh", "s", "list", "ls", "l");

  private static final Pattern ETHER =
      Pattern.compile(".*(?:\\bether|HWaddr) (?<mac>(?:\\p{XDigit}{2}:){5}\\p{XDigit}{2}).*");
  private static final Pattern INET =
      Pattern.compile("\\s+inet6? (?:addr: ?)?(?<address>(?!fe80)[\\p{XDigit}.:]+).*");
  private static final Pattern ROUTE =
      Pattern.compile(
          "(?<network>[\\d.]+)/\\d+ dev (?<device>\\S+) .*scope link.*? src (?<address>\\S+).*");
  private static final Pattern ROW =
      Pattern.compile("(?<network>[\\d.]+) +0\\.0\\.0\\.0 +[\\d.]+ +U +.* (?<device>\\S+)");

  private final Map<Kind, Set<String>> values = new LinkedHashMap<>();

  /** Whether every device was listed with its addresses. */
  private boolean whole;

  private record Kind(String what, String device) {}

  /** What an output tells; nothing where it isn't about the machine itself. */
  static MachineMarks of(CommandRun run) {
    MachineMarks marks = new MachineMarks();
    List<Line> lines =
        run.output().stream()
            .limit(MOST_LINES)
            .filter(line -> line.text().length() < LONGEST_LINE)
            .toList();
    switch (run.word(0)) {
      case "ip" -> marks.ip(run, lines);
      case "ifconfig" -> marks.devices(lines);
      case "route", "netstat" -> lines.forEach(line -> marks.row(line.text().strip()));
      default -> {}
    }
    return marks;
  }

  private void ip(CommandRun run, List<Line> lines) {
    boolean routes = run.words().stream().anyMatch(word -> word.startsWith("r"));
    if (routes) {
      lines.forEach(line -> route(line.text().strip()));
    } else {
      devices(lines);
      whole = !run.gap() && run.words().stream().allMatch(MachineMarks::listsAll);
    }
  }

  private static boolean listsAll(String word) {
    boolean option = word.startsWith("-") && !word.matches("-[46f].*");
    return option || word.startsWith("a") || SHOWING.contains(word);
  }

  private void devices(List<Line> lines) {
    String device = "";
    for (Line line : lines) {
      Matcher header = DEVICE.matcher(line.text());
      device = header.matches() ? header.group("device") : device;
      Matcher ether = ETHER.matcher(line.text());
      if (CARD.matcher(device).matches() && ether.matches()) {
        mark("card", device, ether.group("mac").toLowerCase(Locale.ROOT));
      }
      Matcher inet = INET.matcher(line.text());
      if (inet.matches()) {
        address("address", device, inet.group("address"));
      }
    }
  }

  private void route(String text) {
    Matcher matcher = ROUTE.matcher(text);
    if (matcher.matches()) {
      address("address", matcher.group("device"), matcher.group("address"));
      address("network", matcher.group("device"), matcher.group("network"));
    }
  }

  private void row(String text) {
    Matcher matcher = ROW.matcher(text);
    if (matcher.matches()) {
      address("network", matcher.group("device"), matcher.group("network"));
    }
  }

  private void address(String what, String device, String text) {
    IpAddress.parse(text)
        .ifPresent(address -> mark(what + " " + address.family(), device, address.toString()));
  }

  private void mark(String what, String device, String value) {
    if (!device.isEmpty() && !COMMON.matcher(device).matches()) {
      values.computeIfAbsent(new Kind(what, device), kind -> new LinkedHashSet<>()).add(value);
    }
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /**
   * Whether no machine has both: they tell different things of one device, or list all devices
   * without one in common.
   */
  boolean contradicts(MachineMarks other) {
    return (whole && other.whole && !shares(other))
        || values.keySet().stream()
            .anyMatch(kind -> other.values.containsKey(kind) && !meets(other, kind));
  }

  boolean shares(MachineMarks other) {
    return values.keySet().stream().anyMatch(kind -> meets(other, kind));
  }

  private boolean meets(MachineMarks other, Kind kind) {
    Set<String> others = other.values.getOrDefault(kind, Set.of());
    return values.getOrDefault(kind, Set.of()).stream().anyMatch(others::contains);
  }

  void add(MachineMarks other) {
    whole |= other.whole;
    other.values.forEach(
        (kind, more) -> values.computeIfAbsent(kind, each -> new LinkedHashSet<>()).addAll(more));
  }
}
