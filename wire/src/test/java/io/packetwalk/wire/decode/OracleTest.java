package io.packetwalk.wire.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.wire.capture.CaptureReader;
import io.packetwalk.wire.capture.Corpus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Agreement with tshark 4.0.17 on the first hundred frames of every capture of the corpus. */
class OracleTest {
  private final Agreement agreement = new Agreement();

  @Test
  void every_field_that_both_have_is_the_same() throws IOException {
    Map<String, List<Map<String, String>>> oracle = Corpus.oracle();
    for (Map.Entry<String, List<Map<String, String>>> entry : oracle.entrySet()) {
      compareFile(entry.getKey(), entry.getValue());
    }
    agreement.print("oracle");
    assertThat(agreement.unexplained()).isEmpty();
    assertThat(agreement.share()).isGreaterThanOrEqualTo(99.9);
    assertThat(agreement.values()).isGreaterThan(45_000);
  }

  private void compareFile(String name, List<Map<String, String>> rows) throws IOException {
    Decoder decoder = new Decoder();
    CaptureReader reader = Corpus.open(name);
    for (Map<String, String> row : rows) {
      if (isCustomBlock(name, row)) {
        agreement.count("custom blocks, which tshark shows as frames");
      } else if (reader.next()) {
        agreement.compareFrame(name, row, reader.frame(), decoder);
      } else {
        agreement.count("frames of a snoop file, which isn't read");
        assertThat(name).endsWith(".snoop");
      }
    }
  }

  private static boolean isCustomBlock(String name, Map<String, String> row) {
    return name.endsWith(".pcapng") && "data".equals(row.get("frame.protocols"));
  }
}
