package io.packetwalk.proof.observed;

import io.packetwalk.correlate.match.Part;
import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Packets as they are recognised in captures, against the kernel's own identity of them: the {@code
 * sk_buff} that its tracepoints name. Where the kernel makes another one (segments that are cut or
 * joined, fragments), it tells nothing.
 *
 * @param kinds what was found of each kind of traffic
 * @param examples some of what is wrong
 */
record IdentityReport(Map<String, Score> kinds, List<String> examples) {

  /** How many later sightings were assigned to the packet of the first. */
  static final class Score {
    long right;
    long wrong;
    long wrongForSure;
    long missed;
    long untold;

    double share() {
      return (double) right / Math.max(1, right + wrong + missed);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d right (%.3f %%), %d wrong, %d of them for sure, %d left apart; of %d the kernel says"
              + " nothing",
          right,
          100 * share(),
          wrong,
          wrongForSure,
          missed,
          untold);
    }
  }

  /** What the kernel says of frames: the identity of each, and where each identity was seen. */
  private record Truth(Map<String, Long> identities, Map<Long, Map<String, Set<Long>>> places) {
    static Truth read(Path file) throws IOException {
      Map<String, Long> identities = new LinkedHashMap<>();
      Map<Long, Map<String, Set<Long>>> places = new LinkedHashMap<>();
      for (String line : Files.readAllLines(file)) {
        String[] words = line.split("\t", -1);
        if (words.length == 3) {
          long identity = Long.parseLong(words[2]);
          identities.put(words[0] + "#" + words[1], identity);
          places
              .computeIfAbsent(identity, _ -> new LinkedHashMap<>())
              .computeIfAbsent(words[0], _ -> new LinkedHashSet<>())
              .add(Long.valueOf(words[1]));
        }
      }
      return new Truth(identities, places);
    }

    long of(Captured.Sighting seen) {
      return identities.getOrDefault(seen.tap().name() + "#" + seen.frame(), -1L);
    }

    boolean isAt(long identity, String tap) {
      return places.getOrDefault(identity, Map.of()).containsKey(tap);
    }
  }

  static IdentityReport of(Path folder) throws IOException {
    Snapshot nothing = StateReader.read(StateFiles.of("nothing.txt", ""));
    Captured captured = Captured.read(folder.resolve("captures"), nothing);
    Truth truth = Truth.read(folder.resolve("truth.tsv"));
    Map<String, Score> kinds = new TreeMap<>();
    List<String> examples = new java.util.ArrayList<>();
    Map<Long, Map<Long, Long>> owners = new LinkedHashMap<>();
    Map<Long, Captured.Packet> known = new LinkedHashMap<>();
    for (Captured.Packet packet : captured.packets()) {
      Score score = kinds.computeIfAbsent(kind(packet), _ -> new Score());
      judge(packet, truth, score, examples);
      packet.seen().stream()
          .filter(seen -> seen.part() == Part.PIECE && truth.of(seen) >= 0)
          .forEach(seen ->
              owners
                  .computeIfAbsent(truth.of(seen), _ -> new TreeMap<>())
                  .merge(packet.id(), 1L, Long::sum));
      known.put(packet.id(), packet);
    }
    owners.values().forEach(owner -> pieces(owner, known, kinds));
    return new IdentityReport(kinds, examples);
  }

  /** A piece is the same buffer from place to place, and all of that is one packet's. */
  private static void pieces(
      Map<Long, Long> owner, Map<Long, Captured.Packet> known, Map<String, Score> kinds) {
    for (Map.Entry<Long, Long> entry : owner.entrySet()) {
      Captured.Packet packet = java.util.Objects.requireNonNull(known.get(entry.getKey()));
      Score score = kinds.computeIfAbsent(kind(packet), _ -> new Score());
      if (owner.size() == 1) {
        score.right += entry.getValue();
      } else {
        score.wrong += entry.getValue();
        score.wrongForSure += packet.quality().isSure() ? entry.getValue() : 0;
      }
    }
  }

  private static void judge(
      Captured.Packet packet, Truth truth, Score score, List<String> examples) {
    Captured.Sighting first = packet.seen().getFirst();
    long identity = truth.of(first);
    if (identity < 0) {
      score.untold += packet.seen().size() - 1L;
      return;
    }
    Set<String> found = new LinkedHashSet<>();
    for (Captured.Sighting seen : packet.seen()) {
      String tap = seen.tap().name();
      found.add(tap);
      long other = truth.of(seen);
      if (seen.equals(first) || seen.part() == Part.PIECE) {
        continue;
      }
      if (other == identity) {
        score.right++;
      } else if (other >= 0
          && !isJoined(seen)
          && (!kind(packet).contains("fragments") || isOneCable(first, seen))
          && (truth.isAt(identity, tap) || truth.isAt(other, first.tap().name()))) {
        score.wrong++;
        score.wrongForSure += packet.quality().isSure() ? 1 : 0;
        if (examples.size() < 5) {
          examples.add(packet.toString());
        }
      } else {
        score.untold++;
      }
    }
    truth.places.getOrDefault(identity, Map.of()).keySet().stream()
        .filter(tap -> !found.contains(tap))
        .forEach(_ -> score.missed++);
  }

  /** Of segments that were joined the kernel keeps the first one's buffer alone. */
  private static boolean isJoined(Captured.Sighting seen) {
    return seen.part() == Part.JOINED || seen.part() == Part.OVERLAPPING;
  }

  /**
   * Connection tracking puts fragments together at each router and makes new ones in buffers that
   * were just freed: the kernel's identity tells of the first cable only.
   */
  private static boolean isOneCable(Captured.Sighting first, Captured.Sighting second) {
    return first.tap().device().equals("pa") && second.tap().device().equals("na");
  }

  private static String kind(Captured.Packet packet) {
    String protocol =
        switch (packet.flow().protocol()) {
          case 6 -> "TCP";
          case 17 -> "UDP";
          default -> "other";
        };
    int port = packet.flow().destinationPort();
    String what =
        switch (port) {
          case 9001 -> ", payloads of their own";
          case 9002 -> ", one payload in all";
          case 9003 -> ", many streams, cut and sent again";
          case 9004 -> ", fragments";
          case 80 -> ", translated with change of ports";
          default -> packet.flow().protocol() == 17 && port == 0 ? ", fragments" : ", answers";
        };
    return protocol + what;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    kinds.forEach((kind, score) ->
        text.append("  ").append(kind).append(": ").append(score).append(System.lineSeparator()));
    return text.toString();
  }
}
