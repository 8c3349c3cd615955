package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Clusters that were built on a real kernel, with one output left out of their state at a time:
 * what a walk then says of a probe is still right, or it is undetermined, or it names the output
 * that is missing. {@code -Dwithheld.outputs=N -Dwithheld.seed=N} for more of them.
 */
final class WithheldOutputsTest {
  private static final int OUTPUTS = Integer.getInteger("withheld.outputs", 40);
  private static final long SEED = Long.getLong("withheld.seed", 20261128);

  /** What assumptions call the outputs, by what they begin with. */
  private static final Map<String, List<String>> CALLED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("ip -d addr", List.of("addr", "ip -d link")),
              Map.entry("ip rule", List.of("ip rule")),
              Map.entry("ip route", List.of("ip route")),
              Map.entry("ip neigh", List.of("ip neigh", "arping")),
              Map.entry("bridge fdb", List.of("bridge fdb")),
              Map.entry("bridge -d", List.of("bridge")),
              Map.entry("ip", List.of("iptables", "nft", "ipset")),
              Map.entry("conntrack", List.of("conntrack")),
              Map.entry("sysctl", List.of("sysctl")),
              Map.entry("ss", List.of("ss")),
              Map.entry("ovs", List.of("ovs-", "antctl")),
              Map.entry("kubectl", List.of("kubectl"))));

  /** By the pods' names, receivers are told: they stay. */
  private static final String RECEIVERS = "kubectl get pods";

  /** One command with its output in one file of a state. */
  private record Output(String file, int first, int end, String command) {}

  /** What became of the walks. */
  private static final class Tally {
    private int walks;
    private int agree;
    private int undetermined;
    private int named;
    private final List<String> wrong = new ArrayList<>();

    @Override
    public String toString() {
      return "seed %d: %d walks, %d agree, %d undetermined, %d say what is missing, %d wrong"
          .formatted(SEED, walks, agree, undetermined, named, wrong.size());
    }
  }

  @Test
  void a_missing_output_makes_no_walk_wrong_without_being_named() throws IOException {
    Tally tally = new Tally();
    Random random = new Random(SEED);
    for (Path lab : RecordedLabs.all()) {
      Map<String, List<String>> state = state(lab.resolve("state"));
      List<Output> outputs = outputs(state);
      Collections.shuffle(outputs, random);
      for (Output output : outputs.subList(0, Math.min(OUTPUTS / 6 + 1, outputs.size()))) {
        judge(lab, state, List.of(output), tally);
      }
    }
    System.out.println("withheld outputs, " + tally);
    assertThat(tally.wrong).isEmpty();
  }

  @Test
  void a_command_that_was_run_nowhere_makes_no_walk_wrong_without_being_named() throws IOException {
    Tally tally = new Tally();
    for (Path lab : RecordedLabs.all()) {
      Map<String, List<String>> state = state(lab.resolve("state"));
      Map<String, List<Output>> byCommand =
          outputs(state).stream()
              .collect(Collectors.groupingBy(Output::command, TreeMap::new, Collectors.toList()));
      for (List<Output> outputs : byCommand.values()) {
        judge(lab, state, outputs, tally);
      }
    }
    System.out.println("withheld commands, " + tally);
    assertThat(tally.wrong).isEmpty();
  }

  @Test
  void an_output_that_grep_thinned_makes_no_walk_wrong_without_being_named() throws IOException {
    Tally tally = new Tally();
    Random random = new Random(SEED);
    for (Path lab : RecordedLabs.all()) {
      Map<String, List<String>> state = state(lab.resolve("state"));
      List<Output> outputs = new ArrayList<>(outputs(state));
      Collections.shuffle(outputs, random);
      for (Output output : outputs.subList(0, Math.min(OUTPUTS / 6 + 1, outputs.size()))) {
        judge(lab, thinned(state, output, random), output, tally);
      }
    }
    System.out.println("outputs behind grep, " + tally);
    assertThat(tally.wrong).isEmpty();
  }

  /** The state with one output as {@code grep} leaves it for a word of it. */
  private static Map<String, List<String>> thinned(
      Map<String, List<String>> state, Output output, Random random) {
    Map<String, List<String>> thinned = new TreeMap<>(state);
    List<String> lines = new ArrayList<>(state.get(output.file()));
    List<String> words =
        lines.subList(output.first() + 1, output.end()).stream()
            .flatMap(line -> Stream.of(line.split("[^\\w.:/-]+")))
            .filter(word -> word.length() > 2 && !word.startsWith("-"))
            .toList();
    String word = words.isEmpty() ? "nothing" : words.get(random.nextInt(words.size()));
    lines.subList(output.first() + 1, output.end()).removeIf(line -> !line.contains(word));
    lines.set(output.first(), lines.get(output.first()) + " | grep " + word);
    thinned.put(output.file(), lines);
    return thinned;
  }

  private static void judge(
      Path lab, Map<String, List<String>> state, List<Output> withheld, Tally tally)
      throws IOException {
    judge(lab, files(state, withheld), withheld.getFirst(), tally);
  }

  private static void judge(Path lab, Map<String, List<String>> state, Output thinned, Tally tally)
      throws IOException {
    judge(lab, files(state, List.of()), thinned, tally);
  }

  private static void judge(Path lab, StateFiles state, Output touched, Tally tally)
      throws IOException {
    Truth truth = Truth.read(lab.resolve("truth.json"));
    Snapshot snapshot = StateReader.read(state);
    Walker walker = new Walker(snapshot);
    for (Truth.Probe probe : truth.probes()) {
      Optional<Question> question = question(snapshot, probe);
      if (question.isEmpty()) {
        continue;
      }
      Walk walk = walker.walk(question.get());
      Comparison.Result result = new Comparison(snapshot, walk, probe).compare();
      if (result.agreement() == Comparison.Agreement.WRONG) {
        result = new History(snapshot, truth, probe).excuse(walk, result);
      }
      tally.walks++;
      switch (result.agreement()) {
        case AGREES -> tally.agree++;
        case UNDETERMINED -> tally.undetermined++;
        case WRONG -> {
          if (isNamed(touched, walk)) {
            tally.named++;
          } else {
            tally.wrong.add(
                "%s without %s: %d %s → %s: %s"
                    .formatted(
                        lab.getFileName(),
                        touched,
                        probe.id(),
                        probe.from(),
                        probe.address(),
                        result.detail()));
          }
        }
      }
    }
  }

  /** Empty where nothing in the state has the sender any more. */
  private static Optional<Question> question(Snapshot snapshot, Truth.Probe probe) {
    try {
      return Optional.of(TruthReport.question(snapshot, probe));
    } catch (IllegalStateException nowhere) {
      return Optional.empty();
    }
  }

  private static boolean isNamed(Output output, Walk walk) {
    List<String> names =
        CALLED.entrySet().stream()
            .filter(entry -> output.command().startsWith(entry.getKey()))
            .reduce((shorter, longer) -> longer)
            .map(Map.Entry::getValue)
            .orElse(List.of());
    return walk.assumptions().stream()
        .map(Assumption::command)
        .anyMatch(wanted -> names.stream().anyMatch(wanted::contains));
  }

  private static Map<String, List<String>> state(Path folder) throws IOException {
    Map<String, List<String>> state = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        state.put(file.getFileName().toString(), Files.readAllLines(file));
      }
    }
    return state;
  }

  private static List<Output> outputs(Map<String, List<String>> state) {
    List<Output> outputs = new ArrayList<>();
    state.forEach((file, lines) -> {
      for (int first = 0; first < lines.size(); first++) {
        if (isPrompt(lines.get(first))) {
          int end = first + 1;
          while (end < lines.size() && !isPrompt(lines.get(end))) {
            end++;
          }
          String typed = lines.get(first).replaceFirst("^\\S+ ", "");
          String command = typed.replaceFirst("^ip netns exec \\S+ ", "");
          if (!command.startsWith(RECEIVERS)) {
            outputs.add(new Output(file, first, end, command));
          }
        }
      }
    });
    return outputs;
  }

  private static boolean isPrompt(String line) {
    return line.matches("\\w+@\\S+:~[#$] .*");
  }

  private static StateFiles files(Map<String, List<String>> state, List<Output> withheld) {
    List<StateFiles.StateFile> files = new ArrayList<>();
    state.forEach((file, all) -> {
      List<String> lines = new ArrayList<>(all);
      for (Output output : withheld.reversed()) {
        if (file.equals(output.file())) {
          lines.subList(output.first(), output.end()).clear();
        }
      }
      files.add(new StateFiles.StateFile(file, String.join("\n", lines) + "\n"));
    });
    return new StateFiles(files, List.of());
  }
}
