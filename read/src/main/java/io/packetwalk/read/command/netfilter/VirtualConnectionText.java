package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.VirtualConnection;
import io.packetwalk.model.netfilter.VirtualConnection.End;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The connections of IPVS as {@code ipvsadm -Lnc} and the kernel's file write them. */
final class VirtualConnectionText {
  /** What templates of virtual servers with marks have for a protocol. */
  private static final String MARKED = "IP";

  private final CommandRun run;
  private final boolean file;
  private final List<VirtualConnection> connections = new ArrayList<>();
  private final List<Reading.Unread> unread = new ArrayList<>();

  VirtualConnectionText(CommandRun run, boolean file) {
    this.run = run;
    this.file = file;
  }

  Reading read() {
    run.output().forEach(this::line);
    if (connections.isEmpty() && !unread.isEmpty()) {
      return new Reading(List.of(), unread);
    }
    Listing<VirtualConnection> listing =
        run.gap() || !unread.isEmpty()
            ? Listing.partial(connections, run.prompt().source())
            : Listing.complete(connections, run.prompt().source());
    return new Reading(List.of(new Fact.VirtualConnections(listing)), unread);
  }

  private void line(Line line) {
    String text = line.text().strip();
    if (text.isEmpty() || text.startsWith("IPVS connection") || isHead(text)) {
      return;
    }
    List<String> words = List.of(text.split("\\s+"));
    Optional<VirtualConnection> read =
        file ? ofFile(words, line.source()) : ofProgram(words, line.source());
    read.ifPresentOrElse(
        connections::add, () -> unread.add(new Reading.Unread(line, "not a connection of IPVS")));
  }

  private static boolean isHead(String text) {
    return text.startsWith("pro expire") || text.startsWith("Pro FromIP");
  }

  /** {@code TCP 14:58 ESTABLISHED 10.1.0.2:41000 10.96.0.10:80 10.244.1.2:8080}. */
  private static Optional<VirtualConnection> ofProgram(List<String> words, Source source) {
    if (words.size() < 6) {
      return Optional.empty();
    }
    return made(
        words.getFirst(),
        VirtualEnds.joined(words.get(3), false),
        VirtualEnds.joined(words.get(4), false),
        VirtualEnds.joined(words.get(5), false),
        words.get(2),
        source);
  }

  /** {@code TCP 0A010002 A028 0A60000A 0050 0AF40102 1F90 ESTABLISHED 898}. */
  private static Optional<VirtualConnection> ofFile(List<String> words, Source source) {
    if (words.size() < 9) {
      return Optional.empty();
    }
    return made(
        words.getFirst(),
        VirtualEnds.end(words.get(1), words.get(2), true),
        VirtualEnds.end(words.get(3), words.get(4), true),
        VirtualEnds.end(words.get(5), words.get(6), true),
        words.get(7),
        source);
  }

  private static Optional<VirtualConnection> made(
      String protocol,
      Optional<End> client,
      Optional<End> virtual,
      Optional<End> server,
      String state,
      Source source) {
    Optional<Integer> number =
        protocol.equals(MARKED) ? Optional.of(0) : VirtualServerText.protocol(protocol);
    if (number.isEmpty() || client.isEmpty() || virtual.isEmpty() || server.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new VirtualConnection(
            number.get(), client.get(), virtual.get(), server.get(), state, source));
  }
}
