package io.packetwalk.proof.openflow;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An Open vSwitch of its own, with ports that lead nowhere: the oracle that {@code ofproto/trace}
 * is asked in.
 */
final class DummySwitch implements AutoCloseable {
  private static final String SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema";

  private static final Pattern REFUSED = Pattern.compile("load\\.txt:([0-9]+): ");

  private final Path directory;
  private final List<Process> processes = new ArrayList<>();

  private DummySwitch(Path directory) {
    this.directory = directory;
  }

  /** Why there is none on this machine; empty when there is. */
  static String missing() {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    for (String program : List.of("ovs-vswitchd", "ovsdb-server", "ovs-vsctl", "ovs-ofctl")) {
      if (Stream.of(path.split(":", -1))
          .noneMatch(folder -> Files.isExecutable(Path.of(folder, program)))) {
        return program + " isn't installed (apt-get install openvswitch-switch)";
      }
    }
    return Files.exists(Path.of(SCHEMA)) ? "" : SCHEMA + " isn't there";
  }

  static DummySwitch start() throws IOException, InterruptedException {
    return start("override");
  }

  /** One whose tunnel ports are tunnel ports, with all that they show. */
  static DummySwitch startWithTunnels() throws IOException, InterruptedException {
    return start("system");
  }

  private static DummySwitch start(String kinds) throws IOException, InterruptedException {
    DummySwitch oracle = new DummySwitch(Files.createTempDirectory("packetwalk-ovs"));
    try {
      oracle.boot(kinds);
    } catch (IOException | InterruptedException | RuntimeException failure) {
      oracle.close();
      throw failure;
    }
    return oracle;
  }

  /**
   * Starts it.
   *
   * @param kinds which kinds of ports are dummies
   */
  private void boot(String kinds) throws IOException, InterruptedException {
    run("ovsdb-tool", "create", at("conf.db"), SCHEMA);
    background(
        "ovsdb-server",
        at("conf.db"),
        "--remote=punix:" + at("db.sock"),
        "--unixctl=" + at("ovsdb.ctl"));
    await(directory.resolve("db.sock"));
    run("ovs-vsctl", database(), "--no-wait", "init");
    background(
        "ovs-vswitchd",
        "unix:" + at("db.sock"),
        "--enable-dummy=" + kinds,
        "--disable-system",
        "--unixctl=" + at("vswitchd.ctl"));
    await(directory.resolve("vswitchd.ctl"));
  }

  private String at(String name) {
    return directory.resolve(name).toString();
  }

  private String database() {
    return "--db=unix:" + at("db.sock");
  }

  /** The options by which a program reaches this one. */
  List<String> reached(String program) {
    return switch (program) {
      case "ovs-vsctl" -> List.of(database());
      case "ovs-appctl" -> List.of("-t", at("vswitchd.ctl"));
      default -> List.of();
    };
  }

  private static void await(Path file) throws InterruptedException {
    for (int tries = 0; tries < 600 && !Files.exists(file); tries++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private ProcessBuilder builder(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("PATH", environment.getOrDefault("PATH", "") + ":/usr/sbin:/sbin");
    for (String variable : List.of("OVS_RUNDIR", "OVS_DBDIR", "OVS_LOGDIR", "OVS_SYSCONFDIR")) {
      environment.put(variable, directory.toString());
    }
    return builder;
  }

  private void background(String... command) throws IOException {
    processes.add(
        builder(command).redirectOutput(directory.resolve(command[0] + ".log").toFile()).start());
  }

  /** The output of a command; an error when it fails. */
  String run(String... command) throws IOException, InterruptedException {
    Process process = builder(command).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return output;
  }

  void vsctl(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ovs-vsctl", database()));
    command.addAll(List.of(words));
    run(command.toArray(new String[0]));
  }

  /** A bridge with ports, each with its number; 0 for any. */
  void bridge(String name, Map<String, Integer> ports) throws IOException, InterruptedException {
    vsctl("add-br", name, "--", "set", "bridge", name, "datapath_type=dummy", "fail-mode=secure");
    List<String> words = new ArrayList<>();
    ports.forEach((port, number) -> {
      words.addAll(
          List.of("--", "add-port", name, port, "--", "set", "interface", port, "type=dummy"));
      if (number > 0) {
        words.add("ofport_request=" + number);
      }
    });
    if (!words.isEmpty()) {
      vsctl(words.subList(1, words.size()).toArray(new String[0]));
    }
  }

  /** Loads what {@code ovs-ofctl} reads from a file. */
  String ofctl(String command, String bridge, String file)
      throws IOException, InterruptedException {
    Path path = directory.resolve("load.txt");
    Files.writeString(path, file);
    return run("ovs-ofctl", "-O", "OpenFlow15", "--names", command, bridge, path.toString());
  }

  /**
   * Loads flows, without those that Open vSwitch doesn't take.
   *
   * @return how many were left out
   */
  int flows(String bridge, String file) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(file.lines().toList());
    int before = lines.size();
    while (true) {
      try {
        ofctl("add-flows", bridge, String.join("\n", lines) + "\n");
        return before - lines.size();
      } catch (IOException refusal) {
        Matcher matcher = REFUSED.matcher(String.valueOf(refusal.getMessage()));
        if (!matcher.find()) {
          return refused(bridge, lines) + before - lines.size();
        }
        lines.remove(Integer.parseInt(matcher.group(1)) - 1);
      }
    }
  }

  /** Loads flows one by one; how many Open vSwitch doesn't take. */
  private int refused(String bridge, List<String> lines) throws IOException, InterruptedException {
    if (lines.size() > 1) {
      int half = lines.size() / 2;
      return flows(bridge, String.join("\n", lines.subList(0, half)))
          + flows(bridge, String.join("\n", lines.subList(half, lines.size())));
    }
    return lines.size();
  }

  /** A command of {@code ovs-appctl}, over its socket: a process for each would be slow. */
  String appctl(String method, String... arguments) throws IOException {
    StringBuilder request =
        new StringBuilder("{\"id\":0,\"method\":\"" + method + "\",\"params\":[");
    for (int index = 0; index < arguments.length; index++) {
      request
          .append(index == 0 ? "\"" : ",\"")
          .append(arguments[index].replace("\"", "\\\""))
          .append('"');
    }
    request.append("]}");
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(directory.resolve("vswitchd.ctl")));
      channel.write(ByteBuffer.wrap(request.toString().getBytes(StandardCharsets.UTF_8)));
      return result(channel);
    }
  }

  private static String result(SocketChannel channel) throws IOException {
    StringBuilder answer = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    while (!isWhole(answer)) {
      buffer.clear();
      if (channel.read(buffer) < 0) {
        break;
      }
      answer.append(StandardCharsets.UTF_8.decode(buffer.flip()));
    }
    return text(answer.toString());
  }

  private static boolean isWhole(StringBuilder answer) {
    int depth = 0;
    boolean quoted = false;
    for (int index = 0; index < answer.length(); index++) {
      char character = answer.charAt(index);
      if (quoted && character == '\\') {
        index++;
      } else if (character == '"') {
        quoted = !quoted;
      } else if (!quoted) {
        depth += character == '{' ? 1 : character == '}' ? -1 : 0;
      }
    }
    return depth == 0 && !answer.isEmpty();
  }

  /** The first long string of the answer, which is its result or its error. */
  private static String text(String answer) throws IOException {
    String key = answer.contains("\"error\":null") ? "\"result\":\"" : "\"error\":\"";
    int start = answer.indexOf(key);
    if (start < 0) {
      throw new IOException("no answer: " + answer);
    }
    StringBuilder text = new StringBuilder();
    for (int index = start + key.length(); index < answer.length(); index++) {
      char character = answer.charAt(index);
      if (character == '"') {
        break;
      }
      if (character == '\\') {
        index++;
        character = answer.charAt(index) == 'n' ? '\n' : answer.charAt(index);
      }
      text.append(character);
    }
    if (key.contains("error")) {
      throw new IOException(text.toString());
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    processes.reversed().forEach(Process::destroy);
    for (Process process : processes) {
      try {
        process.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException interruption) {
        Thread.currentThread().interrupt();
      }
      process.destroyForcibly();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
