package io.packetwalk.bench;

import io.packetwalk.capture.CaptureInput;
import io.packetwalk.capture.PcapChunks;
import io.packetwalk.wire.capture.CaptureReader;
import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.Dissector;
import io.packetwalk.wire.decode.InvariantHash;
import io.packetwalk.wire.decode.TunnelPorts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Decodes every layer of a capture and computes the invariant hash of each packet: {@code
 * Throughput FILE THREADS}. Prints packets, seconds and a sum of the hashes.
 */
final class Throughput {
  private static final int CHUNK = 1 << 19;

  private Throughput() {}

  /** What one thread counted. */
  record Count(long packets, long sum) {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    Path file = Path.of(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
    for (int round = 0; round < rounds; round++) {
      measure(file, threads);
    }
  }

  private static void measure(Path file, int threads)
      throws IOException, InterruptedException, ExecutionException {
    long start = System.nanoTime();
    Count all = threads == 0 ? sequential(file) : parallel(file, threads);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%d packets, %.3f s, %.2f million packets/s, sum %016x%n",
        all.packets(), seconds, all.packets() / seconds / 1e6, all.sum());
  }

  private static Count sequential(Path file) throws IOException {
    Dissector dissector = new Dissector(TunnelPorts.STANDARD);
    Dissection dissection = new Dissection();
    InvariantHash hash = new InvariantHash(InvariantHash.USUAL_PAYLOAD);
    long packets = 0;
    long sum = 0;
    try (CaptureInput input = CaptureInput.open(file)) {
      CaptureReader reader = input.reader();
      while (reader.next()) {
        dissector.dissect(
            reader.linkType(),
            reader.buffer(),
            reader.frameOffset(),
            reader.captured(),
            reader.original(),
            dissection);
        sum += hash.of(dissection);
        packets++;
      }
    }
    return new Count(packets, sum);
  }

  private static Count parallel(Path file, int threads)
      throws IOException, InterruptedException, ExecutionException {
    try (PcapChunks chunks = PcapChunks.open(file, CHUNK).orElseThrow();
        ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<Count>> counts = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        counts.add(workers.submit(() -> work(chunks)));
      }
      long packets = 0;
      long sum = 0;
      for (Future<Count> count : counts) {
        packets += count.get().packets();
        sum += count.get().sum();
      }
      return new Count(packets, sum);
    }
  }

  private static Count work(PcapChunks chunks) throws IOException {
    Dissector dissector = new Dissector(TunnelPorts.STANDARD);
    Dissection dissection = new Dissection();
    InvariantHash hash = new InvariantHash(InvariantHash.USUAL_PAYLOAD);
    ByteBuffer buffer = chunks.buffer();
    byte[] bytes = buffer.array();
    int base = buffer.arrayOffset() + 16;
    long packets = 0;
    long sum = 0;
    while (chunks.next(buffer)) {
      int at = buffer.position();
      while (at < buffer.limit()) {
        int captured = buffer.getInt(at + 8);
        dissector.dissect(
            chunks.linkType(), bytes, base + at, captured, buffer.getInt(at + 12), dissection);
        sum += hash.of(dissection);
        packets++;
        at += 16 + captured;
      }
    }
    return new Count(packets, sum);
  }
}
