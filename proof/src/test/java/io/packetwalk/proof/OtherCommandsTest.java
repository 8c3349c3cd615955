package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Gathered;
import io.packetwalk.gather.Gathering;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Progress;
import io.packetwalk.gather.Reach;
import io.packetwalk.gather.Room;
import io.packetwalk.lab.Lab;
import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import io.packetwalk.walk.topology.PodNamespaces;
import io.packetwalk.wire.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A practice cluster's devices, addresses, routes and neighbours as other commands than {@code
 * packetwalk gather}'s show them: the answers are the same, or undetermined where a command shows
 * less, never others.
 */
final class OtherCommandsTest {
  private static final Pattern PROMPT =
      Pattern.compile("(root@(?<machine>\\S+):~# )(?:ip netns exec (?<room>\\S+) )?(?<command>.*)");
  private static final String ADDRESSES = "ip -d addr";
  private static final String LINKS = "ip -d -s link";
  private static final String ROUTES = "ip route show table all";
  private static final String NEIGHBOURS = "ip neigh";
  private static final String PORTS = "bridge -d link";
  private static final String SOCKETS = "ss -lntu";

  /**
   * The dialects: for each command what is run in its place.
   *
   * @param whole whether they show as much
   */
  private record Dialect(String name, boolean whole, Map<String, List<String>> commands) {
    boolean isSpoken() {
      return commands.values().stream().flatMap(List::stream).allMatch(Dialect::isInstalled);
    }

    private static boolean isInstalled(String command) {
      String program = command.split(" ", 2)[0];
      return Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")
          .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
  }

  private static final List<Dialect> DIALECTS =
      List.of(
          new Dialect(
              "net-tools",
              false,
              Map.of(
                  ADDRESSES,
                  List.of("ifconfig -a"),
                  LINKS,
                  List.of(),
                  ROUTES,
                  List.of("route -n"),
                  NEIGHBOURS,
                  List.of("arp -n"),
                  PORTS,
                  List.of("bridge link"),
                  "ip rule",
                  List.of(),
                  SOCKETS,
                  List.of("netstat -tuln"))),
          new Dialect(
              "netstat",
              false,
              Map.of(
                  ADDRESSES, List.of("ifconfig"),
                  LINKS, List.of(),
                  ROUTES, List.of("netstat -rn"),
                  NEIGHBOURS, List.of("arp -e -n"))),
          new Dialect(
              "brief",
              false,
              Map.of(
                  ADDRESSES, List.of("ip -br addr"),
                  LINKS, List.of("ip -br link"),
                  ROUTES, List.of("ip r"),
                  NEIGHBOURS, List.of("ip n"),
                  PORTS, List.of("bridge link"))),
          new Dialect(
              "plain",
              false,
              Map.of(
                  ADDRESSES,
                  List.of("ip addr"),
                  LINKS,
                  List.of(),
                  ROUTES,
                  List.of("ip route"),
                  NEIGHBOURS,
                  List.of("arp -a -n"),
                  "bridge fdb show",
                  List.of(),
                  PORTS,
                  List.of())),
          new Dialect(
              "one line each",
              true,
              Map.of(
                  ADDRESSES, List.of("ip -o addr"),
                  LINKS, List.of("ip -o -d link"),
                  ROUTES, List.of("ip -o route show table all"),
                  NEIGHBOURS, List.of("ip -o neigh"))),
          new Dialect(
              "JSON",
              true,
              Map.of(
                  ADDRESSES,
                  List.of("ip -j -d addr"),
                  LINKS,
                  List.of("ip -j -d link"),
                  ROUTES,
                  List.of("ip -j route show table all"),
                  NEIGHBOURS,
                  List.of("ip -j neigh"),
                  PORTS,
                  List.of("bridge -j -d link"),
                  "bridge fdb show",
                  List.of("bridge -j fdb show"),
                  "ip rule",
                  List.of("ip -j rule"))),
          new Dialect(
              "with counters",
              true,
              Map.of(
                  ADDRESSES, List.of("ip -d -s addr"),
                  LINKS, List.of("ip -s -s link"),
                  ROUTES, List.of("ip -s route show table all"),
                  NEIGHBOURS, List.of("ip -s neigh"))),
          new Dialect(
              "in parts",
              true,
              Map.of(
                  ADDRESSES, List.of("ip -4 addr", "ip -6 addr", "ip -d link"),
                  ROUTES, List.of("ip route show", "ip route show table local"),
                  NEIGHBOURS, List.of("ip -4 neigh", "ip -6 neigh"))),
          new Dialect(
              "/proc",
              false,
              Map.of(
                  ADDRESSES, List.of("ip -d link", "cat /proc/net/if_inet6"),
                  ROUTES, List.of("cat /proc/net/route", "cat /proc/net/fib_trie"),
                  NEIGHBOURS, List.of("cat /proc/net/arp"),
                  SOCKETS, List.of("cat /proc/net/tcp", "cat /proc/net/udp"))));

  @TempDir private Path folder;

  @BeforeEach
  void keepLabsApart() {
    System.setProperty("packetwalk.labs", folder.resolve("labs").toString());
  }

  @AfterEach
  void forgetLabs() {
    System.clearProperty("packetwalk.labs");
  }

  @ParameterizedTest
  @EnumSource(names = {"CALICO_VXLAN", "FLANNEL_VXLAN"})
  void answers_do_not_depend_on_the_commands(ClusterKind kind)
      throws IOException, InterruptedException {
    List<String> obstacles = Lab.obstacles(kind);
    assumeTrue(obstacles.isEmpty(), () -> "not run: " + String.join("; ", obstacles));
    Lab lab = Lab.up(kind, false, step -> {});
    try {
      compare(lab);
    } finally {
      Lab.down(lab.name());
    }
  }

  private static void compare(Lab lab) throws IOException, InterruptedException {
    List<Gathered> gathered = lab.gather(new Gathering(Limits.GENEROUS, Progress.none()));
    Snapshot snapshot = StateReader.read(files(gathered));
    List<Question> questions = questions(lab, snapshot);
    List<Verdict> expected = verdicts(snapshot, questions);
    List<String> different = new ArrayList<>();
    for (Dialect dialect : DIALECTS) {
      if (!dialect.isSpoken()) {
        System.out.println(dialect.name() + " isn't installed here: not run");
        continue;
      }
      Snapshot told = StateReader.read(files(retold(lab, gathered, dialect)));
      int same = 0;
      int less = 0;
      Walker walker = new Walker(told);
      for (int index = 0; index < questions.size(); index++) {
        Walk walk = walker.walk(questions.get(index));
        if (walk.verdict() == expected.get(index)) {
          same++;
        } else if (!dialect.whole() && walk.verdict() == Verdict.UNDETERMINED) {
          less++;
        } else if (expected.get(index) != Verdict.UNDETERMINED) {
          different.add(
              "%s: %s: %s, %s"
                  .formatted(
                      dialect.name(), questions.get(index), expected.get(index), walk.verdict()));
        }
      }
      System.out.printf(
          "%s, %s: %d questions, %d the same, %d undetermined%n",
          lab.name(), dialect.name(), questions.size(), same, less);
    }
    assertThat(different).isEmpty();
  }

  private static List<Verdict> verdicts(Snapshot snapshot, List<Question> questions) {
    Walker walker = new Walker(snapshot);
    return questions.stream().map(question -> walker.walk(question).verdict()).toList();
  }

  /** From every pod, node and the client to every pod and Service, and to somewhere outside. */
  private static List<Question> questions(Lab lab, Snapshot snapshot) {
    List<Origin> origins = new ArrayList<>();
    lab.plan().pods().stream()
        .map(pod -> new Origin.Inside(place(snapshot, pod)))
        .forEach(origins::add);
    lab.plan()
        .nodes()
        .forEach(node -> origins.add(new Origin.Inside(NamespaceId.host(node.name()))));
    List<Question> questions = new ArrayList<>();
    for (Origin origin : origins) {
      lab.plan().pods().forEach(pod -> questions.add(question(origin, pod.address().ipv4(), 8080)));
      lab.plan()
          .services()
          .forEach(service ->
              questions.add(
                  question(origin, service.clusterIp().ipv4(), service.ports().getFirst().port())));
      questions.add(question(origin, "198.51.100.7", 53));
    }
    return questions;
  }

  private static NamespaceId place(Snapshot snapshot, PlannedPod pod) {
    return PodNamespaces.of(
            snapshot, new ObjectName(pod.namespace(), pod.name()), Optional.of(pod.node().name()))
        .orElseThrow();
  }

  private static Question question(Origin from, String to, int port) {
    Probe probe = new Probe.TcpSyn(40_000, port, 0);
    return new Question(from, IpAddress.of(to), Optional.empty(), probe, 64);
  }

  private static StateFiles files(List<Gathered> gathered) {
    return new StateFiles(
        gathered.stream().map(file -> new StateFile(file.name(), file.text())).toList(), List.of());
  }

  private static List<Gathered> retold(Lab lab, List<Gathered> gathered, Dialect dialect)
      throws IOException, InterruptedException {
    Map<String, Lab.Site> sites = new LinkedHashMap<>();
    lab.sites().forEach(site -> sites.put(site.machine().name(), site));
    List<Gathered> files = new ArrayList<>();
    for (Gathered file : gathered) {
      files.add(new Gathered(file.name(), retold(sites, file.text(), dialect)));
    }
    return files;
  }

  private static String retold(Map<String, Lab.Site> sites, String text, Dialect dialect)
      throws InterruptedException {
    StringBuilder told = new StringBuilder();
    boolean kept = true;
    for (String line : text.lines().toList()) {
      Matcher prompt = PROMPT.matcher(line);
      if (prompt.matches()) {
        List<String> others = dialect.commands().get(prompt.group("command"));
        kept = others == null;
        for (String command : others == null ? List.<String>of() : others) {
          String typed = line.substring(0, line.length() - prompt.group("command").length());
          told.append(typed).append(command).append('\n');
          told.append(output(sites, prompt, command));
        }
      }
      if (kept) {
        told.append(line).append('\n');
      }
    }
    return told.toString();
  }

  private static String output(Map<String, Lab.Site> sites, Matcher prompt, String command)
      throws InterruptedException {
    Lab.Site site = sites.get(prompt.group("machine"));
    Room room =
        Stream.ofNullable(prompt.group("room")).findFirst().map(Room::named).orElseGet(Room::own);
    Reach reach = site.machine().into(room);
    String text = CommandRun.of(reach, List.of(command.split(" ", -1)), Limits.SHORT).text();
    return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
  }
}
