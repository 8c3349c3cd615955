package io.packetwalk.bench;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.decode.Decoded;
import io.packetwalk.wire.decode.Decoder;
import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.Dissector;
import io.packetwalk.wire.decode.InvariantHash;
import io.packetwalk.wire.decode.TunnelPorts;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long one packet takes: dissected, dissected and hashed, and as values. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecoderBenchmark {
  private static final int FRAMES = 4096;

  private final List<byte[]> frames = new Traffic().frames(FRAMES);
  private final Dissector dissector = new Dissector(TunnelPorts.STANDARD);
  private final Dissection dissection = new Dissection();
  private final InvariantHash hash = new InvariantHash(InvariantHash.USUAL_PAYLOAD);
  private final Decoder decoder = new Decoder();
  private int next;

  private byte[] frame() {
    next = next + 1 & FRAMES - 1;
    return frames.get(next);
  }

  @Benchmark
  public int dissect() {
    byte[] frame = frame();
    dissector.dissect(LinkType.ETHERNET, frame, 0, frame.length, frame.length, dissection);
    return dissection.count();
  }

  @Benchmark
  public long dissectAndHash() {
    byte[] frame = frame();
    dissector.dissect(LinkType.ETHERNET, frame, 0, frame.length, frame.length, dissection);
    return hash.of(dissection);
  }

  @Benchmark
  public Decoded decodeToValues() {
    return decoder.decode(LinkType.ETHERNET, Bytes.of(frame()));
  }
}
