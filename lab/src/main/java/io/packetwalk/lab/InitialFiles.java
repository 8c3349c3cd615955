package io.packetwalk.lab;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Output;
import io.packetwalk.gather.Reach;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * The first file system of an emulated machine: what it takes to reach the host's, and what starts
 * often there. A cpio archive in the form "newc" (initramfs/buffer-format in the kernel's
 * documentation).
 */
final class InitialFiles implements AutoCloseable {
  /** The only program that it takes to reach the host's files. */
  static final Path BUSYBOX = Path.of("/bin/busybox");

  private static final int FILE = 0100755;
  private static final int FOLDER = 0040755;
  private static final int LINK = 0120777;
  private static final int ALIGNMENT = 4;

  private final OutputStream out;
  private int number = 1;
  private long written;

  private InitialFiles(OutputStream out) {
    this.out = out;
  }

  /** Writes the archive for this kernel. */
  static void write(KernelFiles kernel, Path file) throws IOException, InterruptedException {
    try (InitialFiles files =
        new InitialFiles(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (String folder : List.of("bin", "mod", "proc", "dev", "host", "root")) {
        files.add(folder, FOLDER, new byte[0]);
      }
      files.add("bin/busybox", FILE, Files.readAllBytes(BUSYBOX));
      List<String> order = new ArrayList<>();
      for (Path module : modules(kernel)) {
        String name = module.getFileName().toString().replaceFirst("\\.xz$", "");
        files.add("mod/" + name, FILE, bytes(module));
        order.add(name);
      }
      files.add(
          "mod/order", FILE, (String.join("\n", order) + "\n").getBytes(StandardCharsets.US_ASCII));
      files.add("init", FILE, resource("emulated.sh"));
      files.add(NearFiles.find());
    }
  }

  private void add(NearFiles near) throws IOException {
    for (String folder : List.of("near", "near/bin", "near/lib")) {
      add(folder, FOLDER, new byte[0]);
    }
    for (Map.Entry<String, Path> file : near.files().entrySet()) {
      add("near/" + file.getKey(), FILE, Files.readAllBytes(file.getValue()));
    }
    for (Map.Entry<String, String> link : near.links().entrySet()) {
      add("near/" + link.getKey(), LINK, link.getValue().getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = InitialFiles.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException(name + " is not in this build");
      }
      return stream.readAllBytes();
    }
  }

  /** What leads to the host's file system, each module behind those that it needs. */
  private static SequencedSet<Path> modules(KernelFiles kernel)
      throws IOException, InterruptedException {
    SequencedSet<Path> modules = new LinkedHashSet<>();
    for (String name : List.of("virtio_pci", "9pnet_virtio", "9p")) {
      List<String> command =
          List.of(
              "modprobe",
              "-d",
              kernel.root().toString(),
              "-S",
              kernel.version(),
              "--show-depends",
              name);
      Output output = CommandRun.of(Reach.local(), command, Limits.SHORT);
      if (!output.succeeded()) {
        throw new LabException("the kernel's modules can't be found: " + output.text().strip());
      }
      output
          .printed()
          .lines()
          .filter(line -> line.startsWith("insmod "))
          .forEach(line -> modules.add(Path.of(line.split(" ", 3)[1])));
    }
    return modules;
  }

  /** The module as the kernel takes it, whether or not the distribution compresses it. */
  private static byte[] bytes(Path module) throws IOException, InterruptedException {
    if (!module.toString().endsWith(".xz")) {
      return Files.readAllBytes(module);
    }
    Process unpacking =
        new ProcessBuilder("xz", "-dc", module.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    byte[] bytes = unpacking.getInputStream().readAllBytes();
    if (unpacking.waitFor() != 0) {
      throw new LabException("xz can't unpack " + module);
    }
    return bytes;
  }

  private void add(String name, int mode, byte[] content) throws IOException {
    String header =
        "070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x"
            .formatted(
                number++, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length() + 1, 0);
    put((header + name + "\0").getBytes(StandardCharsets.US_ASCII));
    put(content);
  }

  private void put(byte[] bytes) throws IOException {
    out.write(bytes);
    written += bytes.length;
    while (written % ALIGNMENT != 0) {
      out.write(0);
      written++;
    }
  }

  @Override
  public void close() throws IOException {
    add("TRAILER!!!", 0, new byte[0]);
    out.close();
  }
}
