package io.packetwalk.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HexFormat;

/** A pcap file of any bytes after its header. */
class PcapFuzzTest {
  private static final byte[] HEADER =
      HexFormat.of().parseHex("d4c3b2a10200040000000000000000000000040001000000");

  @FuzzTest(maxDuration = FuzzTime.EACH)
  void a_pcap_file_of_any_bytes_is_read_to_an_end(byte[] input) {
    CaptureOfAnyBytes.read(HEADER, input);
  }
}
