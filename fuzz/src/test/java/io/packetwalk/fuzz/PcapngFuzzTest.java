package io.packetwalk.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HexFormat;

/** A pcapng file of any bytes after its header. */
class PcapngFuzzTest {
  private static final byte[] HEADER =
      HexFormat.of().parseHex("0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000");

  @FuzzTest(maxDuration = FuzzTime.EACH)
  void a_pcapng_file_of_any_bytes_is_read_to_an_end(byte[] input) {
    CaptureOfAnyBytes.read(HEADER, input);
  }
}
