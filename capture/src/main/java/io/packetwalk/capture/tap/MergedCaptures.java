package io.packetwalk.capture.tap;

import io.packetwalk.capture.CaptureInput;
import io.packetwalk.wire.capture.CaptureReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Captures that are read together, frame by frame in the order of their corrected times. Of each
 * capture only the current part is in memory.
 *
 * <p>A capture whose own frames are out of order is read in its own order.
 */
public final class MergedCaptures implements Closeable {
  private final List<Source> sources = new ArrayList<>();
  private final Source[] heap;
  private final Correction correction;
  private int size;
  private boolean started;

  /** What a capture's clock is ahead of the common one, in nanoseconds. */
  @FunctionalInterface
  public interface Correction {
    /** Every clock is right. */
    Correction NONE = (capture, nanoseconds) -> 0;

    long ahead(int capture, long nanoseconds);
  }

  /** One capture, and the time of its current frame. */
  private static final class Source {
    private final int index;
    private final CaptureInput input;
    private final CaptureReader reader;
    private long time;

    Source(int index, CaptureInput input) {
      this.index = index;
      this.input = input;
      this.reader = input.reader();
    }

    boolean isBefore(Source other) {
      return time < other.time || (time == other.time && index < other.index);
    }
  }

  private MergedCaptures(int count, Correction correction) {
    this.heap = new Source[count];
    this.correction = correction;
  }

  /** Opens these captures, which have their places in the list as numbers. */
  public static MergedCaptures open(List<CaptureFile> files, Correction correction)
      throws IOException {
    MergedCaptures merged = new MergedCaptures(files.size(), correction);
    try {
      for (CaptureFile file : files) {
        merged.sources.add(new Source(merged.sources.size(), CaptureInput.open(file.path())));
      }
    } catch (IOException | RuntimeException failure) {
      merged.close();
      throw failure;
    }
    return merged;
  }

  /** Moves to the next frame; false when all captures are at their ends. */
  public boolean next() {
    if (!started) {
      started = true;
      for (Source source : sources) {
        if (advance(source)) {
          heap[size] = source;
          up(size++);
        }
      }
    } else if (size > 0) {
      if (!advance(heap[0])) {
        heap[0] = heap[--size];
      }
      down();
    }
    return size > 0;
  }

  /**
   * Moves to the next frame of this capture alone; false at its end. Not to be mixed with the
   * other.
   */
  public boolean next(int capture) {
    heap[0] = sources.get(capture);
    return advance(heap[0]);
  }

  /** How many captures there are. */
  public int count() {
    return sources.size();
  }

  private boolean advance(Source source) {
    if (!source.reader.next()) {
      return false;
    }
    long stamp = source.reader.nanoseconds();
    source.time = stamp - correction.ahead(source.index, stamp);
    return true;
  }

  private void up(int from) {
    int at = from;
    while (at > 0 && heap[at].isBefore(heap[(at - 1) / 2])) {
      swap(at, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  }

  /** Lets the first source sink to its place, the others moving up. */
  private void down() {
    if (size == 0) {
      return;
    }
    Source sinking = heap[0];
    int at = 0;
    int child = 1;
    while (child < size) {
      if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
        child++;
      }
      if (sinking.isBefore(heap[child])) {
        break;
      }
      heap[at] = heap[child];
      at = child;
      child = 2 * at + 1;
    }
    heap[at] = sinking;
  }

  private void swap(int first, int second) {
    Source moved = heap[first];
    heap[first] = heap[second];
    heap[second] = moved;
  }

  /** The current frame's capture, as its place in the list. */
  public int capture() {
    return heap[0].index;
  }

  /** The reader whose current frame it is. */
  public CaptureReader reader() {
    return heap[0].reader;
  }

  /** When the current frame was captured, by the common clock, in nanoseconds since 1970. */
  public long nanoseconds() {
    return heap[0].time;
  }

  /** The reader of a capture, for what it says about itself. */
  public CaptureReader reader(int capture) {
    return sources.get(capture).reader;
  }

  /** How many bytes of all files were read. */
  public long position() {
    return sources.stream().mapToLong(source -> source.input.position()).sum();
  }

  @Override
  public void close() throws IOException {
    for (Source source : sources) {
      source.input.close();
    }
  }
}
