package io.packetwalk.capture;

import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.Dissector;
import io.packetwalk.wire.decode.TunnelPorts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/**
 * The counting of a whole pcap file's conversations by several threads, each with a count of its
 * own.
 *
 * <p>What depends on the order of packets isn't counted like this: a damaged file's end, and which
 * conversations come after the limit.
 */
public final class ConversationCount {
  private static final int PIECE = 1 << 19;
  private static final long WORTH_IT = 1 << 24;
  private static final int PAUSE = 200;
  private static final int CAPTURED = 8;
  private static final int ORIGINAL = 12;
  private static final int RECORD_HEADER = 16;

  private final PcapChunks chunks;
  private final TunnelPorts ports;
  private final int limit;

  private ConversationCount(PcapChunks chunks, TunnelPorts ports, int limit) {
    this.chunks = chunks;
    this.ports = ports;
    this.limit = limit;
  }

  /**
   * Counts a file's conversations; empty when the file isn't worth several threads, or must be
   * counted in order.
   *
   * @param progress is told from time to time how many bytes of the file are read
   */
  public static Optional<Conversations> of(
      Path file, TunnelPorts ports, int limit, int threads, LongConsumer progress)
      throws IOException {
    if (threads < 2 || !Files.isRegularFile(file) || Files.size(file) < WORTH_IT) {
      return Optional.empty();
    }
    return of(file, ports, limit, threads, PIECE, progress);
  }

  static Optional<Conversations> of(
      Path file, TunnelPorts ports, int limit, int threads, int piece, LongConsumer progress)
      throws IOException {
    Optional<PcapChunks> opened = PcapChunks.open(file, piece);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (PcapChunks chunks = opened.get()) {
      Conversations all = new ConversationCount(chunks, ports, limit).byThreads(threads, progress);
      return chunks.isWhole() && all.otherPackets() == 0 ? Optional.of(all) : Optional.empty();
    }
  }

  private Conversations byThreads(int threads, LongConsumer progress) throws IOException {
    Conversations all = new Conversations(limit);
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<Conversations>> parts = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        parts.add(workers.submit(this::part));
      }
      for (Future<Conversations> part : parts) {
        all.add(result(part, progress));
      }
    }
    return all;
  }

  private Conversations result(Future<Conversations> part, LongConsumer progress)
      throws IOException {
    while (true) {
      try {
        return part.get(PAUSE, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        progress.accept(chunks.position());
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (CancellationException) new CancellationException().initCause(e);
      }
    }
  }

  private Conversations part() throws IOException {
    Conversations part = new Conversations(limit);
    Dissector dissector = new Dissector(ports);
    Dissection dissection = new Dissection();
    ByteBuffer buffer = chunks.buffer();
    byte[] bytes = buffer.array();
    int base = buffer.arrayOffset() + RECORD_HEADER;
    while (chunks.next(buffer)) {
      int at = buffer.position();
      while (at < buffer.limit()) {
        int captured = buffer.getInt(at + CAPTURED);
        int original = Math.max(buffer.getInt(at + ORIGINAL), captured);
        dissector.dissect(chunks.linkType(), bytes, base + at, captured, original, dissection);
        part.add(dissection);
        at += RECORD_HEADER + captured;
      }
    }
    return part;
  }
}
