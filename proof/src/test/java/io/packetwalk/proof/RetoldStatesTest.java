package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clusters that were built on a real kernel, their state told in the ways that people paste
 * terminals: the answers don't depend on how a state is told.
 */
final class RetoldStatesTest {
  /**
   * A way to tell a state.
   *
   * @param whole whether nothing is lost: whose an output is, or that there was none
   */
  record Telling(String name, boolean whole, Function<List<Recorded>, List<StateFile>> way) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Telling> tellings() {
    Function<List<Recorded>, List<StateFile>> fences = inFences();
    return Stream.of(
        new Telling("in fences", true, fences),
        new Telling(
            "commands above fences",
            true,
            oneTicket((run, named) ->
                named + "`" + run.command() + "`:\n```\n" + run.text() + "```\n\n")),
        new Telling(
            "by ssh",
            true,
            runs ->
                one(
                    "session.txt",
                    runs,
                    run ->
                        "$ "
                            + (run.isCluster()
                                ? run.command()
                                : "ssh root@" + run.machine() + " '" + run.command() + "'")
                            + "\n"
                            + run.text())),
        new Telling("quoted", true, runs -> mapped(fences.apply(runs), line -> "> " + line)),
        new Telling(
            "with carriage returns", true, runs -> mapped(fences.apply(runs), line -> line + "\r")),
        new Telling(
            "in a tracker",
            true,
            oneTicket((run, named) ->
                named + "{noformat}\n# " + run.command() + "\n" + run.text() + "{noformat}\n\n")),
        new Telling(
            "as HTML",
            true,
            oneTicket((run, named) ->
                named + "<pre>\n# " + run.command() + "\n" + escaped(run.text()) + "</pre>\n\n")),
        new Telling(
            "indented",
            true,
            runs -> mapped(named(runs), line -> line.isEmpty() ? line : "    " + line)),
        new Telling(
            "a file for each machine",
            true,
            runs -> perMachine(runs, run -> "# " + run.command() + "\n" + run.text())),
        new Telling(
            "without prompts",
            false,
            runs -> perMachine(runs, run -> run.command() + "\n" + run.text() + "\n")),
        new Telling(
            "with brackets",
            true,
            runs ->
                perMachine(
                    runs,
                    run ->
                        "[admin@"
                            + run.machine()
                            + " ~]$ sudo "
                            + run.command()
                            + "\n"
                            + run.text()
                            + "\n")),
        new Telling(
            "one session of nobody",
            false,
            runs -> one("session.txt", runs, run -> "# " + run.command() + "\n" + run.text())),
        new Telling("in pods", true, runs -> named(inPods(runs))),
        new Telling(
            "switches in their agents",
            true,
            runs -> named(runs.stream().map(RetoldStatesTest::inAgent).toList())),
        new Telling(
            "without columns",
            false,
            runs -> mapped(fences.apply(runs), line -> line.strip().replaceAll("\\s+", " "))));
  }

  private static Function<List<Recorded>, List<StateFile>> inFences() {
    return oneTicket(
        (run, named) -> named + "```\n$ " + run.command() + "\n" + run.text() + "```\n\n");
  }

  @ParameterizedTest
  @MethodSource("tellings")
  void a_state_has_the_same_answers_however_it_is_told(Telling telling) throws IOException {
    int same = 0;
    int less = 0;
    List<String> different = new ArrayList<>();
    for (Path lab : RecordedLabs.all()) {
      List<Recorded> runs = Recorded.in(lab.resolve("state"));
      Snapshot plain = StateReader.read(new StateFiles(named(runs), List.of()));
      Snapshot told = StateReader.read(new StateFiles(telling.way().apply(runs), List.of()));
      for (Truth.Probe probe : Truth.read(lab.resolve("truth.json")).probes()) {
        Walk expected = new Walker(plain).walk(TruthReport.question(plain, probe));
        Walk walk = new Walker(told).walk(TruthReport.question(told, probe));
        if (walk.verdict() == expected.verdict()) {
          same++;
        } else if (!telling.whole() && walk.verdict() == Verdict.UNDETERMINED) {
          less++;
        } else {
          different.add(
              lab.getFileName()
                  + " "
                  + probe.id()
                  + ": "
                  + expected.verdict()
                  + ", told: "
                  + walk.verdict()
                  + " "
                  + walk.forward().branches().getFirst().reason());
        }
      }
    }
    System.out.printf(
        "%s: %d the same, %d undetermined, %d different%n", telling, same, less, different.size());
    assertThat(different).isEmpty();
  }

  private static Function<List<Recorded>, List<StateFile>> oneTicket(
      BiFunction<Recorded, String, String> block) {
    return runs ->
        one(
            "ticket.md",
            runs,
            run ->
                block.apply(run, run.isCluster() ? "" : "On the node " + run.machine() + ":\n\n"));
  }

  private static List<StateFile> one(
      String name, List<Recorded> runs, Function<Recorded, String> block) {
    return List.of(new StateFile(name, runs.stream().map(block).collect(Collectors.joining())));
  }

  private static List<StateFile> named(List<Recorded> runs) {
    return perMachine(runs, Recorded::prompted);
  }

  private static List<StateFile> perMachine(List<Recorded> runs, Function<Recorded, String> block) {
    Map<String, StringBuilder> texts = new TreeMap<>();
    runs.forEach(run ->
        texts
            .computeIfAbsent(run.machine() + ".txt", name -> new StringBuilder())
            .append(block.apply(run)));
    return texts.entrySet().stream()
        .map(entry -> new StateFile(entry.getKey(), entry.getValue().toString()))
        .toList();
  }

  /** Pods' namespaces entered by {@code kubectl exec}. */
  private static List<Recorded> inPods(List<Recorded> runs) {
    Map<String, String> pods = pods(runs);
    Map<String, String> byNamespace = new TreeMap<>();
    for (Recorded run : runs) {
      for (String line : run.output()) {
        String address = line.replaceFirst("^ +inet (\\S+?)/.*", "$1");
        if (run.command().endsWith("ip -d addr") && pods.containsKey(address)) {
          byNamespace.put(run.command().split(" ", -1)[3], pods.get(address));
        }
      }
    }
    return runs.stream().map(run -> inPod(run, byNamespace)).toList();
  }

  /** How a pod is called by {@code kubectl}, by its address. */
  private static Map<String, String> pods(List<Recorded> runs) {
    List<StateFile> cluster =
        one("cluster.txt", runs.stream().filter(Recorded::isCluster).toList(), Recorded::prompted);
    Map<String, String> pods = new TreeMap<>();
    StateReader.read(new StateFiles(cluster, List.of())).cluster().pods().stream()
        .forEach(
            pod -> pod.addresses().forEach(address -> pods.put(address.toString(), called(pod))));
    return pods;
  }

  /** Switches are asked in pods that nothing lists. */
  private static Recorded inAgent(Recorded run) {
    String agent = "kubectl exec -n kube-system antrea-agent-" + run.machine();
    return run.command().startsWith("ovs-")
        ? new Recorded("laptop", agent + " -c antrea-ovs -- " + run.command(), run.output())
        : run;
  }

  private static String called(Pod pod) {
    return "-n " + pod.name().namespace() + " " + pod.name().name();
  }

  private static Recorded inPod(Recorded run, Map<String, String> byNamespace) {
    String[] words = run.command().split(" ", 5);
    String pod = words.length == 5 ? byNamespace.get(words[3]) : null;
    return pod == null
        ? run
        : new Recorded(run.machine(), "kubectl exec " + pod + " -- " + words[4], run.output());
  }

  private static List<StateFile> mapped(List<StateFile> files, UnaryOperator<String> line) {
    return files.stream()
        .map(file ->
            new StateFile(
                file.path(),
                file.text().lines().map(line).collect(Collectors.joining("\n")) + "\n"))
        .toList();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
