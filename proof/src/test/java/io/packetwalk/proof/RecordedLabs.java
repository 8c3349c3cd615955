package io.packetwalk.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Clusters that were built on a real kernel, each with its state and what became of its probes. */
final class RecordedLabs {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private RecordedLabs() {}

  /** Those with Open vSwitch as Antrea sets it up; they ship with the project. */
  static List<Path> switched() {
    Path antrea = ROOT.resolve("proof/src/test/resources/antrea");
    return List.of(
        ROOT.resolve("samples/antrea-geneve"),
        antrea.resolve("encap-geneve"),
        antrea.resolve("hybrid-vxlan-kube-proxy"));
  }

  /** Those that ship with the project, and those beside it where they are there. */
  static List<Path> all() throws IOException {
    List<Path> labs = new ArrayList<>(switched());
    Path shared = ROOT.resolveSibling("shared/data/labs");
    if (!Files.isDirectory(shared)) {
      System.out.println("the labs aren't beside the project: only the clusters with switches");
      return labs;
    }
    try (Stream<Path> folders = Files.list(shared)) {
      folders.sorted().forEach(labs::add);
    }
    return labs;
  }
}
