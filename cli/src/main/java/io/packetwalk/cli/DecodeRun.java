package io.packetwalk.cli;

import io.packetwalk.capture.CaptureInput;
import io.packetwalk.capture.ConversationCount;
import io.packetwalk.capture.Conversations;
import io.packetwalk.capture.filter.FrameFilter;
import io.packetwalk.report.capture.PacketJson;
import io.packetwalk.report.capture.PacketView;
import io.packetwalk.report.text.Printable;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.capture.CaptureFault;
import io.packetwalk.wire.capture.CaptureReader;
import io.packetwalk.wire.decode.Decoded;
import io.packetwalk.wire.decode.Decoder;
import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.Dissector;
import io.packetwalk.wire.decode.TunnelPorts;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;

/** One run of {@code decode} over several captures. */
final class DecodeRun {
  private static final int MOST_CONVERSATIONS = 1_000_000;

  /** Each has a table of its own. */
  private static final int MOST_THREADS = 8;

  private static final int CHECK_EVERY = 4096;
  private static final int GATHERED = 1 << 16;

  private final TunnelPorts ports;
  private final Dissector dissector;
  private final Dissection dissection = new Dissection();
  private final FrameFilter filter;
  private final Function<IpAddress, Optional<String>> names;
  private final Conversations conversations = new Conversations(MOST_CONVERSATIONS);
  private final PrintWriter answer;
  private final PrintWriter diagnostics;
  private final long most;
  private long matched;

  DecodeRun(
      TunnelPorts ports,
      FrameFilter filter,
      long most,
      Function<IpAddress, Optional<String>> names,
      CommandLine command) {
    this.ports = ports;
    this.dissector = new Dissector(ports);
    this.filter = filter;
    this.most = most;
    this.names = names;
    this.answer = gathered(command.getOut());
    this.diagnostics = command.getErr();
  }

  /** On a terminal every line shows at once; elsewhere lines are written many at a time. */
  private static PrintWriter gathered(PrintWriter out) {
    boolean watched = System.getProperty("packetwalk.columns") != null;
    return watched ? out : new PrintWriter(new BufferedWriter(out, GATHERED));
  }

  /** Writes what was gathered. */
  void flush() {
    answer.flush();
  }

  /** Shows every packet; says what is wrong with the capture, if anything. */
  Optional<String> show(String file, CaptureInput input, DecodeCommand.Form form, boolean verbose) {
    CaptureReader reader = input.reader();
    PacketView view = new PacketView(names, verbose);
    DecodeProgress progress = DecodeProgress.silent();
    while (!isOver() && advance(reader, progress)) {
      Decoded decoded = Decoder.decoded(dissection);
      switch (form) {
        case BLOCK -> block(reader, view, decoded);
        case LINE -> answer.println(heading(reader) + "  " + Printable.of(view.line(decoded)));
        case JSON ->
            answer.println(
                PacketJson.line(
                    file, reader.number(), device(reader), reader.frame(), decoded, names));
      }
    }
    return damage(reader);
  }

  private void block(CaptureReader reader, PacketView view, Decoded decoded) {
    answer.println(heading(reader) + length(reader) + place(reader));
    for (String line : view.block(decoded)) {
      answer.println(Printable.of(line));
    }
    for (String comment : reader.comments()) {
      answer.println("  # " + Printable.of(comment));
    }
    answer.println();
  }

  private static String heading(CaptureReader reader) {
    return "#" + reader.number() + "  " + CaptureTime.of(reader.nanoseconds());
  }

  private static String length(CaptureReader reader) {
    String all = "  " + reader.original() + " bytes";
    return reader.captured() < reader.original()
        ? all + ", " + reader.captured() + " captured"
        : all;
  }

  private static String place(CaptureReader reader) {
    String device = device(reader);
    return device.isEmpty() ? "" : "  " + Printable.of(device);
  }

  private static String device(CaptureReader reader) {
    return reader.interfaceAt(reader.interfaceIndex()).name();
  }

  /**
   * Counts a whole file's conversations with all processors; false when it must be counted in
   * order, from the start.
   */
  boolean summarise(Path file) throws IOException {
    if (most != Long.MAX_VALUE
        || !Files.isRegularFile(file)
        || !(filter instanceof FrameFilter.All)) {
      return false;
    }
    int processors = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
    DecodeProgress progress = DecodeProgress.of(Files.size(file), diagnostics);
    Optional<Conversations> counted =
        ConversationCount.of(file, ports, MOST_CONVERSATIONS, processors, progress::share)
            .filter(found -> found.size() + conversations.size() <= MOST_CONVERSATIONS);
    progress.clear();
    counted.ifPresent(conversations::add);
    return counted.isPresent();
  }

  /** Counts the conversations of a capture; says what is wrong with it, if anything. */
  Optional<String> summarise(CaptureInput input) {
    CaptureReader reader = input.reader();
    DecodeProgress progress = DecodeProgress.of(input, diagnostics);
    while (!isOver() && advance(reader, progress)) {
      conversations.add(dissection);
    }
    progress.clear();
    return damage(reader);
  }

  void printSummary(boolean json) {
    new ConversationTable(conversations, names).print(answer, json);
  }

  /** Moves to the next frame that passes the filter. */
  private boolean advance(CaptureReader reader, DecodeProgress progress) {
    while (reader.next()) {
      dissector.dissect(
          reader.linkType(),
          reader.buffer(),
          reader.frameOffset(),
          reader.captured(),
          reader.original(),
          dissection);
      if (reader.number() % CHECK_EVERY == 0) {
        progress.show(reader.number());
      }
      if (filter.matches(reader.linkType(), dissection)) {
        matched++;
        return true;
      }
    }
    return false;
  }

  /** Whether as many packets as wanted were seen, or nobody reads the answer any more. */
  boolean isOver() {
    return matched >= most || (matched % CHECK_EVERY == 0 && isUnread());
  }

  /** Whether the pipe behind standard output is closed; writers swallow that. */
  private boolean isUnread() {
    return answer.checkError() || System.out.checkError();
  }

  private static Optional<String> damage(CaptureReader reader) {
    return reader.fault().map(CaptureFault::toString);
  }
}
