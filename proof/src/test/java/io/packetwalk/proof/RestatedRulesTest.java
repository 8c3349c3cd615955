package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules of clusters that were built on a real kernel, loaded into it again and shown by other
 * commands: the answers don't depend on which command shows the rules. Where a command leaves
 * things out (devices; what iptables' matches compare with, in JSON), they may become undetermined.
 *
 * <p>Needs root, {@code iptables}, {@code ipset} and {@code nft}.
 */
final class RestatedRulesTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"listed", "rules", "nft", "nft-json", "listed-without-devices"})
  void rules_say_the_same_whichever_command_shows_them(String form) throws Exception {
    assumeTrue(isRoot(), "rules are loaded into the kernel: it needs root");
    boolean whole = !form.equals("listed-without-devices") && !form.equals("nft-json");
    int same = 0;
    int less = 0;
    List<String> different = new ArrayList<>();
    for (Path lab : labs()) {
      Snapshot plain = StateReader.read(files(lab, ""));
      Snapshot told = StateReader.read(files(lab, form));
      for (Truth.Probe probe : Truth.read(lab.resolve("truth.json")).probes()) {
        Walk expected = new Walker(plain).walk(TruthReport.question(plain, probe));
        Walk walk = new Walker(told).walk(TruthReport.question(told, probe));
        if (walk.verdict() == expected.verdict()) {
          same++;
        } else if (walk.verdict() == Verdict.UNDETERMINED && !whole) {
          less++;
        } else {
          different.add(
              "%s %d: %s, %s: %s %s"
                  .formatted(
                      lab.getFileName(),
                      probe.id(),
                      expected.verdict(),
                      form,
                      walk.verdict(),
                      walk.forward().branches().getFirst().reason()));
        }
      }
    }
    System.out.printf(
        "%s: %d the same, %d undetermined, %d different%n", form, same, less, different.size());
    assertThat(different).isEmpty();
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private StateFiles files(Path lab, String form) throws IOException, InterruptedException {
    List<StateFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.list(lab.resolve("state"))) {
      for (Path path : paths.sorted().toList()) {
        String text = Files.readString(path);
        files.add(
            new StateFile(
                path.getFileName().toString(), form.isEmpty() ? text : restated(text, form)));
      }
    }
    return new StateFiles(files, List.of());
  }

  /** A node's file with the rules of its own namespace shown by another command. */
  private String restated(String text, String form) throws IOException, InterruptedException {
    StringBuilder kept = new StringBuilder();
    StringBuilder rules = new StringBuilder();
    StringBuilder sets = new StringBuilder();
    StringBuilder target = kept;
    String prompt = "";
    for (String line : text.lines().toList()) {
      if (line.matches("root@\\S+:~# .*")) {
        String command = line.substring(line.indexOf(' ') + 1);
        boolean shown = command.startsWith("iptables-legacy-save");
        prompt = shown ? line.substring(0, line.indexOf(' ') + 1) : prompt;
        target = shown ? rules : kept;
        if (shown) {
          continue;
        }
      }
      target.append(line).append('\n');
      if (line.startsWith("create ") || line.startsWith("add ")) {
        sets.append(line).append('\n');
      }
    }
    return prompt.isEmpty() ? text : kept + shown(form, rules, sets, prompt);
  }

  private String shown(String form, CharSequence rules, CharSequence sets, String prompt)
      throws IOException, InterruptedException {
    Path output = folder.resolve("shown.txt");
    Process process =
        new ProcessBuilder(
                ROOT.resolve("tools/restate-rules").toString(),
                form,
                Files.writeString(folder.resolve("rules"), rules).toString(),
                Files.writeString(folder.resolve("sets"), sets).toString(),
                prompt)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (process.waitFor() != 0) {
      fail("tools/restate-rules " + form + ": " + Files.readString(output));
    }
    return Files.readString(output);
  }

  private static List<Path> labs() throws IOException {
    Path labs = ROOT.resolveSibling("shared/data/labs");
    assumeTrue(Files.isDirectory(labs), "the labs aren't beside the project");
    try (Stream<Path> folders = Files.list(labs)) {
      return folders.sorted().toList();
    }
  }
}
