package io.packetwalk.proof;

import io.packetwalk.lab.Breaking;
import io.packetwalk.lab.Lab;
import io.packetwalk.lab.LabProbe.Outcome;
import io.packetwalk.lab.Matrix;
import io.packetwalk.lab.Probing;
import io.packetwalk.lab.Recording;
import io.packetwalk.lab.fault.Fault;
import io.packetwalk.lab.fault.Faults;
import io.packetwalk.lab.plan.ClusterKind;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Practice clusters that are built, sent through, broken and mended, each run held against its
 * prediction.
 */
final class LabRuns {
  private LabRuns() {}

  /**
   * Every kind of traffic in a healthy cluster.
   *
   * @throws IOException when the folder has something in it: captures of another run would count
   */
  static TruthReport matrix(ClusterKind kind, boolean dualStack, Path folder)
      throws IOException, InterruptedException {
    refuseUsed(folder);
    Lab lab = Lab.up(kind, dualStack, step -> {});
    try {
      new Recording(lab, LabRuns::tellLosses).record(Matrix.of(lab), folder, Optional.empty());
    } finally {
      Lab.down(lab.name());
    }
    return TruthReport.of(folder);
  }

  /** A run in which captures have lost frames proves nothing. */
  private static void tellLosses(String step) {
    if (step.contains(" has lost ")) {
      System.err.println(step);
    }
  }

  private static void refuseUsed(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.findAny().isPresent()) {
        throw new DirectoryNotEmptyException(folder + " isn't empty: give a new folder");
      }
    }
  }

  /**
   * Each of these faults in a cluster, one after the other. A cluster that is up is used, and stays
   * up.
   */
  static List<FaultRun> faults(
      ClusterKind kind, List<String> names, Path folder, Consumer<FaultRun> told)
      throws IOException, InterruptedException {
    List<FaultRun> runs = new ArrayList<>();
    Optional<Lab> running = Lab.find(Lab.name(kind, false));
    Lab lab = running.isPresent() ? running.get() : Lab.up(kind, false, step -> {});
    try {
      for (Fault fault : Faults.of(lab.plan())) {
        if (names.isEmpty() || names.contains(fault.name())) {
          FaultRun run = fault(lab, fault, folder.resolve(lab.name() + "-" + fault.name()));
          told.accept(run);
          runs.add(run);
        }
      }
    } finally {
      if (running.isEmpty()) {
        Lab.down(lab.name());
      }
    }
    return runs;
  }

  /** One fault: put in, recorded, and mended. */
  static FaultRun fault(Lab lab, Fault fault, Path folder)
      throws IOException, InterruptedException {
    refuseUsed(folder);
    Breaking breaking = new Breaking(lab);
    List<Probing.Wanted> example = List.of(example(lab, fault));
    List<String> ends = List.of(fault.example().from(), fault.example().to());
    breaking.inject(fault);
    List<Outcome> broken;
    try {
      broken =
          new Recording(lab, ConcernedSites.of(lab, ends), LabRuns::tellLosses)
              .record(example, folder, Optional.of(fault.name()));
    } finally {
      breaking.mend();
    }
    Probing probing = new Probing(lab);
    boolean mended = false;
    for (int tries = 0; tries < 3 && !mended; tries++) {
      mended = probing.send(probing.number(example)).stream().allMatch(Outcome::wasAnswered);
    }
    boolean noticed = !broken.stream().allMatch(Outcome::wasAnswered);
    FaultRun run = new FaultRun(lab.name(), fault, noticed, mended, TruthReport.of(folder));
    run.write(folder);
    return run;
  }

  private static Probing.Wanted example(Lab lab, Fault fault) {
    Probing probing = new Probing(lab);
    return new Probing.Wanted(
        probing.sender(fault.example().from()).orElseThrow(),
        probing.target(fault.example().to(), false).orElseThrow(),
        fault.example().protocol(),
        fault.example().size());
  }

  /**
   * {@code matrix FOLDER KIND[+dual]…}, {@code report FOLDER…}, {@code table PAGE FOLDER…}, {@code
   * faults FOLDER KIND [FAULT…]}, or {@code fault-table PAGE FOLDER…} with folders of {@code
   * faults}.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[1]);
    List<String> rest = List.of(arguments).subList(2, arguments.length);
    if (arguments[0].equals("report")) {
      for (String name : List.of(arguments).subList(1, arguments.length)) {
        System.out.print(TruthReport.of(Path.of(name)).text());
      }
      return;
    }
    if (arguments[0].equals("table")) {
      MatrixTable.update(folder, rest.stream().map(Path::of).toList());
      return;
    }
    if (arguments[0].equals("fault-table")) {
      FaultTable.update(folder, rest.stream().map(Path::of).toList());
      return;
    }
    if (arguments[0].equals("matrix")) {
      for (String name : rest) {
        boolean dual = name.endsWith("+dual");
        ClusterKind kind = ClusterKind.of(name.replace("+dual", "")).orElseThrow();
        System.out.print(matrix(kind, dual, folder.resolve(name)).text());
      }
      return;
    }
    ClusterKind kind = ClusterKind.of(rest.getFirst()).orElseThrow();
    faults(kind, rest.subList(1, rest.size()), folder, run -> System.out.println(run.line()));
  }
}
