package io.packetwalk.read;

import io.packetwalk.model.Inventory;
import io.packetwalk.model.Inventory.CommandSeen;
import io.packetwalk.model.Inventory.SkippedFile;
import io.packetwalk.model.UnreadLine;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.read.transcript.PlaceText;
import io.packetwalk.read.transcript.Transcript;
import java.util.ArrayList;
import java.util.List;

/** Counts what reading a state meets, so that no line is skipped silently. */
final class InventoryBuilder {
  /** Options of {@code kubectl} that people write before what they ask for. */
  private static final List<String> NAMESPACE_OPTIONS = List.of("-n", "--namespace", "--context");

  private final List<CommandSeen> commands = new ArrayList<>();
  private final List<UnreadLine> unread = new ArrayList<>();
  private final List<String> files = new ArrayList<>();
  private final List<SkippedFile> skipped = new ArrayList<>();

  void file(String path) {
    files.add(path);
  }

  /** A file that nothing is read of. */
  void skip(String path, String reason) {
    skipped.add(new SkippedFile(path, reason));
  }

  void loose(List<Line> lines) {
    for (Line line : lines) {
      if (!line.isBlank()) {
        unread.add(new UnreadLine(line.source(), "", "belongs to no command", true));
      }
    }
  }

  void read(Transcript.Entry entry, String name, Reading reading) {
    CommandRun run = entry.run();
    Paragraphs paragraphs = Paragraphs.of(run.output());
    int missed = 0;
    for (Reading.Unread line : reading.unread()) {
      boolean note = line.tail() || paragraphs.isNote(line.line());
      missed += note ? 0 : 1;
      unread.add(new UnreadLine(line.line().source(), name, line.reason(), note));
    }
    long shown = run.output().stream().filter(line -> !line.isBlank()).count();
    long notRead = reading.unread().stream().filter(line -> !line.tail()).count();
    commands.add(
        new CommandSeen(
            name,
            PlaceText.of(run.place()),
            true,
            (int) Math.max(0, shown - notRead),
            missed,
            run.prompt().source()));
  }

  void unknown(Transcript.Entry entry) {
    CommandRun run = entry.run();
    String name = name(run.words());
    Paragraphs paragraphs = Paragraphs.of(run.output());
    int missed = 0;
    for (Line line : run.output()) {
      if (!line.isBlank()) {
        boolean note = paragraphs.isNoteOfUnknown(line);
        missed += note ? 0 : 1;
        String reason = note ? "belongs to no command" : "the program doesn't read this command";
        unread.add(new UnreadLine(line.source(), name, reason, note));
      }
    }
    commands.add(
        new CommandSeen(name, PlaceText.of(run.place()), false, 0, missed, run.prompt().source()));
  }

  /** A command's name with its sub-command, for one that nobody reads. */
  static String name(List<String> words) {
    if (words.isEmpty()) {
      return "(shell)";
    }
    StringBuilder name = new StringBuilder(words.getFirst());
    boolean takesSubcommand =
        switch (words.getFirst()) {
          case "kubectl",
              "k",
              "oc",
              "calicoctl",
              "antctl",
              "ip",
              "bridge",
              "docker",
              "crictl",
              "ovs-ofctl",
              "ovs-vsctl",
              "ovs-appctl",
              "nft",
              "ipset",
              "systemctl",
              "cilium",
              "birdc",
              "brctl",
              "tc",
              "helm",
              "conntrack",
              "etcdctl",
              "podman",
              "nerdctl" ->
              true;
          default -> false;
        };
    String before = "";
    for (String word : words.subList(1, words.size())) {
      if (takesSubcommand && !word.startsWith("-") && !NAMESPACE_OPTIONS.contains(before)) {
        return name.append(' ').append(word).toString();
      }
      before = word;
    }
    return name.toString();
  }

  /**
   * Everything that was met.
   *
   * @param unloaded what the loader left out
   */
  Inventory build(List<SkippedFile> unloaded) {
    List<SkippedFile> all = new ArrayList<>(unloaded);
    all.addAll(skipped);
    return new Inventory(commands, unread, files, all, List.of());
  }
}
