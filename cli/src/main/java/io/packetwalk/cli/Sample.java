package io.packetwalk.cli;

import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateFiles.StateFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The state that ships inside of the program; it is the folder {@link #FOLDER} of the sources. */
final class Sample {
  /** Where the sources have it. */
  static final String FOLDER = "samples/calico-ipip/state";

  private static final List<String> NAMES = List.of("kubectl.txt", "worker1.txt", "worker2.txt");

  private Sample() {}

  static StateFiles load() throws IOException {
    List<StateFile> files = new ArrayList<>();
    for (String name : NAMES) {
      try (InputStream stream = Sample.class.getResourceAsStream("sample/" + name)) {
        if (stream == null) {
          throw new IOException("the sample's " + name + " is not in this build");
        }
        files.add(new StateFile(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
      }
    }
    return new StateFiles(files, List.of());
  }
}
