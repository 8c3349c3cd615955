package io.packetwalk.proof;

import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The redirects that walks of one network predict, held against those that its captures show while
 * each probe was on its way.
 *
 * @param seen those that were predicted and seen
 * @param silent those that were predicted and not seen: the kernel limits how many a sender gets
 * @param wrong those that were seen and not predicted
 */
record RedirectReport(int seen, List<String> silent, List<String> wrong) {
  /** In seconds: TCP sends a first segment again, and each time is told again. */
  private static final double LONGEST_REPETITION = 16;

  /** A probe with the redirects that its walk predicts. */
  private record Asked(int id, double time, Set<String> predicted) {}

  /** Who tells whom, of which way to what, in the walk's words. */
  private record Told(String node, String to, String what) {
    boolean isIn(Set<String> predicted) {
      return predicted.stream()
          .anyMatch(one ->
              one.startsWith(node + ": ")
                  && one.contains(" " + to + " by ")
                  && (one + ",").contains(" redirect that " + what + ","));
    }
  }

  static RedirectReport of(Path folder) throws IOException {
    Snapshot snapshot = StateReader.read(StateLoader.load(folder.resolve("state")));
    Walker walker = new Walker(snapshot);
    Truth truth = Truth.read(folder.resolve("truth.json"));
    List<Asked> asked = new ArrayList<>();
    for (Truth.Probe probe :
        Stream.of(truth.warmUp(), truth.probes()).flatMap(List::stream).toList()) {
      Set<String> predicted = predicted(walker.walk(TruthReport.question(snapshot, probe)));
      start(probe).ifPresent(time -> asked.add(new Asked(probe.id(), time, predicted)));
    }
    JsonNode all =
        new ObjectMapper()
            .readTree(Files.readString(folder.resolve("truth.json")))
            .path("redirects");
    String name = folder.getFileName().toString();
    Set<String> wrong = new TreeSet<>();
    Set<String> heard = new TreeSet<>();
    for (JsonNode one : all) {
      double time = one.path("t").asDouble(0);
      Optional<Told> told = told(snapshot, one);
      List<Asked> before =
          asked.stream()
              .filter(probe -> probe.time() <= time && time - probe.time() < LONGEST_REPETITION)
              .toList();
      if (told.isEmpty() || before.isEmpty()) {
        continue;
      }
      List<String> fitting =
          before.stream()
              .flatMap(probe -> probe.predicted().stream())
              .filter(sentence -> told.get().isIn(Set.of(sentence)))
              .toList();
      heard.addAll(fitting);
      if (fitting.isEmpty()) {
        wrong.add(name + " " + before.getLast().id() + ": " + told.get());
      }
    }
    List<String> silent =
        asked.stream()
            .flatMap(probe ->
                probe.predicted().stream()
                    .filter(sentence -> !heard.contains(sentence))
                    .map(sentence -> name + " " + probe.id() + ": " + sentence))
            .toList();
    return new RedirectReport(heard.size(), silent, List.copyOf(wrong));
  }

  private static Optional<Double> start(Truth.Probe probe) {
    return probe.seen().stream().map(Truth.Seen::time).min(Double::compare);
  }

  private static Set<String> predicted(Walk walk) {
    return Stream.of(Optional.of(walk.forward()), walk.reply(), walk.error())
        .flatMap(Optional::stream)
        .map(Direction::branches)
        .flatMap(List::stream)
        .map(Branch::steps)
        .flatMap(List::stream)
        .filter(step -> step.decision().contains(" redirect that "))
        .map(RedirectReport::sentence)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String sentence(Step step) {
    return step.place().node() + ": " + step.decision();
  }

  /** By whom, where that is a machine of the state: the one whose device has the address. */
  private static Optional<Told> told(Snapshot snapshot, JsonNode one) {
    String from = one.path("from").asString("");
    String target = one.path("by").asString("");
    String destination = one.path("for").asString("");
    String what =
        target.equals(destination)
            ? destination + " is on the same wire"
            : target + " is the nearer router to " + destination;
    return snapshot.namespaces().entrySet().stream()
        .filter(entry ->
            entry.getValue().links().addresses().stream()
                .anyMatch(address -> address.address().toString().equals(from)))
        .findFirst()
        .map(entry -> new Told(entry.getKey().node(), one.path("to").asString(""), what));
  }

  /** Prints the reports of these networks. */
  public static void main(String[] folders) throws IOException {
    for (String folder : folders) {
      RedirectReport report = of(Path.of(folder));
      System.out.println(
          folder
              + ": "
              + report.seen()
              + " predicted and seen, "
              + report.silent().size()
              + " predicted and not seen, "
              + report.wrong().size()
              + " not predicted");
      report.silent().forEach(line -> System.out.println("  silent " + line));
      report.wrong().forEach(line -> System.out.println("  WRONG " + line));
    }
  }
}
