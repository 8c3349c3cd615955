package io.packetwalk.cli;

import io.packetwalk.capture.tap.CaptureArchive;
import io.packetwalk.capture.tap.CaptureFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The temporary folders that archives of captures are unpacked into; they go when it closes. */
final class UnpackedCaptures implements CaptureFile.Unpacking, AutoCloseable {
  private final List<Path> folders = new ArrayList<>();
  private final Thread ending = new Thread(this::delete);

  UnpackedCaptures() {}

  @Override
  public Path unpack(Path archive) throws IOException {
    if (folders.isEmpty()) {
      Runtime.getRuntime().addShutdownHook(ending);
    }
    Path folder = Files.createTempDirectory("packetwalk-captures").toRealPath();
    folders.add(folder);
    // Half of what is free: others need room too.
    CaptureArchive.unpack(archive, folder, Files.getFileStore(folder).getUsableSpace() / 2);
    return folder;
  }

  @Override
  public void close() {
    if (!folders.isEmpty()) {
      delete();
      Runtime.getRuntime().removeShutdownHook(ending);
    }
  }

  private void delete() {
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException | UncheckedIOException _) {
        // What can't be deleted stays in the folder for temporary files.
      }
    }
  }
}
