package io.packetwalk.read.transcript;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The bundles that known tools write for support. Their files have no prompts: where a file lies
 * tells which command's output it is, and of which node.
 */
public final class Bundles {
  private final List<Bundle> all;

  private Bundles(Map<String, String> texts) {
    Function<String, Optional<String>> text = path -> Optional.ofNullable(texts.get(path));
    this.all =
        List.of(
            new AntreaBundle(text),
            new CalicoNodeBundle(text),
            new CalicoClusterBundle(),
            new SosBundle(text));
  }

  /** Those of a state, whose texts are given by their paths. */
  public static Bundles of(Map<String, String> texts) {
    return new Bundles(texts);
  }

  /** Whether the name of an archive says whose bundle it is, so that it mustn't get lost. */
  public static boolean namesMachine(String archive) {
    return AntreaBundle.namesNode(archive);
  }

  /**
   * A file of a bundle taken apart; empty when it belongs to none.
   *
   * @param written how many of its lines count
   */
  public Optional<Found> find(String file, List<Line> lines, int written) {
    boolean cut = written < lines.size();
    List<Line> kept = cut ? lines.subList(0, written) : lines;
    BundlePath path = BundlePath.of(file);
    return all.stream()
        .map(bundle -> bundle.file(path))
        .flatMap(Optional::stream)
        .findFirst()
        .map(found ->
            switch (found) {
              case BundledFile.Outputs outputs ->
                  new Found(cut(outputs.transcript(file, kept), cut, written), Optional.empty());
              case BundledFile.Other other ->
                  new Found(new Transcript(List.of(), List.of()), Optional.of(other.what()));
            });
  }

  private static Transcript cut(Transcript transcript, boolean cut, int written) {
    return cut && !transcript.entries().isEmpty() ? transcript.withGapAtEnd(written) : transcript;
  }

  /**
   * What a file holds.
   *
   * @param skipped why nothing of it is read; empty when something is
   */
  public record Found(Transcript transcript, Optional<String> skipped) {}
}
