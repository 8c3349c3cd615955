package io.packetwalk.read;

import io.packetwalk.model.Inventory.SkippedFile;
import java.util.Comparator;
import java.util.List;

/**
 * What a state consists of: texts by their paths inside it, in the order of those paths.
 *
 * @param skipped what else was there
 */
public record StateFiles(List<StateFile> files, List<SkippedFile> skipped) {
  public StateFiles {
    files = files.stream().sorted(Comparator.comparing(StateFile::path)).toList();
    skipped = List.copyOf(skipped);
  }

  /** A state of one text. */
  public static StateFiles of(String path, String text) {
    return new StateFiles(List.of(new StateFile(path, text)), List.of());
  }

  /**
   * One text.
   *
   * @param path inside the state, with forward slashes
   */
  public record StateFile(String path, String text) {}
}
