package io.packetwalk.proof.observed;

import io.packetwalk.wire.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A cluster's captures as they would be had they been taken in another way. */
public final class Variant {
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;

  private final Path folder;
  private final Map<String, List<Integer>> kept = new LinkedHashMap<>();

  private Variant(Path folder) {
    this.folder = folder;
  }

  /** A frame of a classic pcap file, its time in nanoseconds. */
  public record Frame(int number, long time, Bytes bytes, int original) {
    Frame at(long other) {
      return new Frame(number, other, bytes, original);
    }

    Frame cut(int length) {
      return new Frame(number, time, bytes.slice(0, Math.min(length, bytes.length())), original);
    }
  }

  /** What becomes of a frame that was captured there; of how many it is one. */
  @FunctionalInterface
  public interface Change {
    Optional<Frame> of(String tap, Frame frame, int count);
  }

  /**
   * Writes what a change makes of all captures below a folder; a tap without frames is left out.
   */
  public static Variant of(Path captures, Path into, Change change) throws IOException {
    Variant variant = new Variant(into);
    try (Stream<Path> files = Files.walk(captures)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String tap = captures.relativize(file).toString();
        variant.write(tap, Files.readAllBytes(file), change);
      }
    }
    return variant;
  }

  private void write(String tap, byte[] file, Change change) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int unit = in.getInt(0) == 0xa1b23c4d ? 1 : 1000;
    List<Frame> frames = new ArrayList<>();
    in.position(FILE_HEADER);
    while (in.remaining() >= RECORD_HEADER) {
      long time = in.getInt() * 1_000_000_000L + (long) in.getInt() * unit;
      byte[] bytes = new byte[in.getInt()];
      int original = in.getInt();
      in.get(bytes);
      frames.add(new Frame(frames.size() + 1, time, Bytes.of(bytes), original));
    }
    ByteBuffer out = ByteBuffer.allocate(file.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(file, 0, FILE_HEADER).putInt(0, 0xa1b23c4d);
    List<Integer> numbers = new ArrayList<>();
    for (Frame frame : frames) {
      change
          .of(tap, frame, frames.size())
          .ifPresent(changed -> {
            numbers.add(changed.number);
            out.putInt((int) (changed.time / 1_000_000_000L));
            out.putInt((int) (changed.time % 1_000_000_000L));
            out.putInt(changed.bytes.length()).putInt(changed.original);
            out.put(changed.bytes.toArray());
          });
    }
    if (!numbers.isEmpty()) {
      Path target = folder.resolve(tap);
      Files.createDirectories(target.getParent());
      Files.write(target, Arrays.copyOf(out.array(), out.position()));
      kept.put(tap.replace(".pcap", ""), numbers);
    }
  }

  public Path folder() {
    return folder;
  }

  /** Which frame of the original capture this one is. */
  int original(String tap, long frame) {
    return Optional.ofNullable(kept.get(tap)).orElseThrow().get((int) frame - 1);
  }
}
