package io.packetwalk.read;

import io.packetwalk.model.Snapshot;
import io.packetwalk.read.AsOf.UnknownFile;
import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.read.assemble.Assembler;
import io.packetwalk.read.transcript.Bundles;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.read.transcript.MachineCommands;
import io.packetwalk.read.transcript.TextCleaner;
import io.packetwalk.read.transcript.Transcript;
import io.packetwalk.read.transcript.TranscriptSplitter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a state's files to a snapshot: the texts to commands, the commands to facts, the facts. */
public final class StateReader {
  private final List<CommandReader> readers;

  private StateReader(List<CommandReader> readers) {
    this.readers = readers;
  }

  /** The state as it is at its end. */
  public static Snapshot read(StateFiles files) {
    return new StateReader(Readers.all()).assemble(files, "", Integer.MAX_VALUE);
  }

  /**
   * The state as it was at a moment.
   *
   * @throws UnknownFile when the moment is in no file of this state
   */
  public static Snapshot read(StateFiles files, AsOf moment) throws UnknownFile {
    List<String> paths = files.files().stream().map(StateFile::path).toList();
    String file = moment.resolve(paths);
    return new StateReader(Readers.all()).assemble(files, file, moment.line());
  }

  private Snapshot assemble(StateFiles files, String cutFile, int cutLine) {
    Assembler assembler = new Assembler();
    InventoryBuilder inventory = new InventoryBuilder();
    Bundles bundles = bundles(files);
    for (StateFile file : files.files()) {
      List<Line> lines = TextCleaner.lines(file.path(), file.text());
      int written = file.path().equals(cutFile) ? cutLine : lines.size();
      Optional<Bundles.Found> bundled = bundles.find(file.path(), lines, written);
      Optional<String> skipped = bundled.flatMap(Bundles.Found::skipped);
      skipped.ifPresentOrElse(
          reason -> inventory.skip(file.path(), reason), () -> inventory.file(file.path()));
      Transcript transcript =
          bundled
              .map(Bundles.Found::transcript)
              .orElseGet(() -> TranscriptSplitter.split(file.path(), lines, written));
      transcript.entries().forEach(entry -> read(entry, assembler, inventory));
      inventory.loose(transcript.loose());
    }
    return assembler.snapshot(inventory.build(files.skipped()));
  }

  private static Bundles bundles(StateFiles files) {
    Map<String, String> texts = new LinkedHashMap<>();
    files.files().forEach(file -> texts.putIfAbsent(file.path(), file.text()));
    return Bundles.of(texts);
  }

  /** Somebody looked into a machine there, even if what they saw tells nothing. */
  private static void visit(Transcript.Entry entry, Assembler assembler) {
    if (MachineCommands.contains(entry.run().words())) {
      assembler.visited(entry.run().place());
    }
  }

  private static void failed(Transcript.Entry entry, String name, Assembler assembler) {
    if (!entry.failures().isEmpty()) {
      assembler.failed(entry.run().place(), name, entry.failures().getFirst().source());
    }
  }

  private void read(Transcript.Entry entry, Assembler assembler, InventoryBuilder inventory) {
    for (CommandReader reader : readers) {
      Optional<String> name = reader.recognise(entry.run());
      if (name.isPresent()) {
        Reading reading = reader.read(entry.run());
        assembler.add(entry.run().place(), reading.facts());
        if (reading.facts().isEmpty()) {
          visit(entry, assembler);
        }
        inventory.read(entry, name.get(), reading);
        failed(entry, name.get(), assembler);
        return;
      }
    }
    visit(entry, assembler);
    inventory.unknown(entry);
    failed(entry, InventoryBuilder.name(entry.run().words()), assembler);
  }
}
