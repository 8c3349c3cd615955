package io.packetwalk.capture.tap;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What nodes' kernels threw away, in files beside the folders of their captures. */
public final class KernelDrops {
  /** The file's name: {@code NODE/kernel-drops.txt} beside {@code NODE/NAMESPACE/DEVICE.pcap}. */
  public static final String FILE = "kernel-drops.txt";

  private static final int MOST = 100_000;

  private KernelDrops() {}

  /** What is said beside these captures, the nodes in the order of their captures. */
  public static List<KernelDrop> beside(List<CaptureFile> files) throws IOException {
    Map<Path, String> found = new LinkedHashMap<>();
    for (CaptureFile file : files) {
      Path namespace = file.path().toAbsolutePath().getParent();
      if (file.name().isPresent() && namespace != null) {
        found.putIfAbsent(namespace.resolveSibling(FILE), file.name().get().place().node());
      }
    }
    List<KernelDrop> drops = new ArrayList<>();
    for (Map.Entry<Path, String> entry : found.entrySet()) {
      if (Files.isRegularFile(entry.getKey())) {
        read(entry.getKey(), entry.getValue(), drops);
      }
    }
    return List.copyOf(drops);
  }

  private static void read(Path file, String node, List<KernelDrop> drops) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine();
          line != null && drops.size() < MOST;
          line = lines.readLine()) {
        KernelDrop.parse(node, line).ifPresent(drops::add);
      }
    } catch (CharacterCodingException _) {
      // What isn't text any more isn't of this kind.
    }
  }
}
