package io.packetwalk.proof.openflow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A recorded node's bridge, loaded into an Open vSwitch of its own that answers any command about
 * it. What only the data path of the recording knew is put back into its answers: ports' addresses
 * and what kind of data path it is.
 */
public final class RestatedSwitch implements AutoCloseable {
  private static final String BRIDGE = "br-int";
  private static final String LOCAL = "65534";
  private static final Pattern COLUMN = Pattern.compile("(\\w+) *: (.*)");
  private static final Pattern NOTE = Pattern.compile("([\\w-]+)=(\"[^\"]*\"|[^,}]*)");
  private static final Pattern ADDRESS =
      Pattern.compile("^ *\\w+\\((?<port>[^)]+)\\): addr:(?<address>[0-9a-f:]{17})");
  private static final Pattern TABLE = Pattern.compile("^ cookie=.*?, table=(\\w+),.*");

  private final DummySwitch vswitch;
  private final Map<String, String> addresses = new LinkedHashMap<>();

  private RestatedSwitch(DummySwitch vswitch) {
    this.vswitch = vswitch;
  }

  /** Why there can be none on this machine; empty when there can. */
  public static String missing() {
    return DummySwitch.missing();
  }

  /**
   * The switch that these outputs were taken from.
   *
   * @param interfaces {@code ovs-vsctl list interface}
   * @param ports {@code ovs-ofctl show}
   * @param flows {@code ovs-ofctl dump-flows --names}
   * @param groups {@code ovs-ofctl dump-groups}
   */
  public static RestatedSwitch of(
      List<String> interfaces, List<String> ports, List<String> flows, List<String> groups)
      throws IOException, InterruptedException {
    RestatedSwitch restated = new RestatedSwitch(DummySwitch.startWithTunnels());
    try {
      restated.load(interfaces, flows, groups);
      restated.compareAddresses(ports);
    } catch (IOException | InterruptedException | RuntimeException failure) {
      restated.close();
      throw failure;
    }
    return restated;
  }

  private void load(List<String> interfaces, List<String> flows, List<String> groups)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("add-br", BRIDGE, "--", "set", "bridge", BRIDGE));
    words.addAll(List.of("datapath_type=dummy", "fail-mode=secure"));
    int number = 0;
    for (String table : tables(flows)) {
      words.addAll(List.of("--", "--id=@t" + number, "create", "Flow_Table", "name=" + table));
      words.addAll(
          List.of("--", "set", "bridge", BRIDGE, "flow_tables:" + number + "=@t" + number));
      number++;
    }
    rows(interfaces).forEach(row -> words.addAll(port(row)));
    vswitch.vsctl(words.toArray(String[]::new));
    List<String> loadable = groups.stream().filter(line -> line.contains("group_id=")).toList();
    if (!loadable.isEmpty()) {
      vswitch.ofctl("add-groups", BRIDGE, lines(loadable.stream().map(String::strip).toList()));
    }
    vswitch.ofctl(
        "add-flows",
        BRIDGE,
        lines(
            flows.stream()
                .map(line -> line.replaceAll(" (?:duration|n_\\w+|(?:idle|hard)_age)=[^,]*,", ""))
                .map(String::strip)
                .toList()));
  }

  /** Tables in the order of a dump, which is that of their numbers. */
  private static Set<String> tables(List<String> flows) {
    return flows.stream()
        .map(TABLE::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static List<Map<String, String>> rows(List<String> interfaces) {
    List<Map<String, String>> rows = new ArrayList<>();
    Map<String, String> row = new LinkedHashMap<>();
    for (String line : interfaces) {
      Matcher column = COLUMN.matcher(line);
      if (column.matches()) {
        row.put(column.group(1), column.group(2));
      } else if (!row.isEmpty()) {
        rows.add(row);
        row = new LinkedHashMap<>();
      }
    }
    rows.add(row);
    return rows;
  }

  private static List<String> port(Map<String, String> row) {
    if (LOCAL.equals(row.get("ofport"))) {
      return List.of();
    }
    String name = row.getOrDefault("name", "").replace("\"", "");
    List<String> words = new ArrayList<>(List.of("--", "add-port", BRIDGE, name));
    words.addAll(List.of("--", "set", "interface", name, "ofport_request=" + row.get("ofport")));
    words.add("type=" + row.get("type"));
    for (String column : List.of("options", "external_ids")) {
      Matcher note = NOTE.matcher(row.getOrDefault(column, ""));
      while (note.find()) {
        words.add(column + ":" + note.group(1) + "=" + note.group(2));
      }
    }
    return words;
  }

  private static String lines(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  private void compareAddresses(List<String> ports) throws IOException, InterruptedException {
    Map<String, String> recorded = addresses(ports);
    addresses(vswitch.run("ovs-ofctl", "show", BRIDGE).lines().toList())
        .forEach((port, address) -> addresses.put(address, recorded.getOrDefault(port, address)));
  }

  private static Map<String, String> addresses(List<String> ports) {
    Map<String, String> addresses = new LinkedHashMap<>();
    for (String line : ports) {
      Matcher matcher = ADDRESS.matcher(line);
      if (matcher.find()) {
        addresses.put(matcher.group("port"), matcher.group("address"));
      }
    }
    return addresses;
  }

  /** What a command prints, also behind {@code | grep WORD}. */
  public String answer(String command) throws IOException, InterruptedException {
    String[] stages = command.split(" \\| grep ", 2);
    List<String> words = new ArrayList<>(List.of(stages[0].split(" ", -1)));
    words.addAll(1, vswitch.reached(words.getFirst()));
    String text = vswitch.run(words.toArray(String[]::new));
    for (Map.Entry<String, String> address : addresses.entrySet()) {
      text = text.replace(address.getKey(), address.getValue());
    }
    return text.replace("(dummy-internal)", "(internal)")
        .replace("dummy@ovs-dummy", "system@ovs-system")
        .replaceAll("(?m)^ *datapath_type: dummy\n", "")
        .lines()
        .filter(line -> stages.length == 1 || line.contains(stages[1]))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  @Override
  public void close() throws IOException {
    vswitch.close();
  }
}
