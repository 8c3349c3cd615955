package io.packetwalk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.wire.capture.ByteSource;
import io.packetwalk.wire.capture.CaptureReader;
import io.packetwalk.wire.decode.Decoder;
import java.util.Arrays;

/** A capture file of any bytes: reading ends, within what the file really holds. */
final class CaptureOfAnyBytes {
  private CaptureOfAnyBytes() {}

  static void read(byte[] header, byte[] rest) {
    byte[] file = Arrays.copyOf(header, header.length + rest.length);
    System.arraycopy(rest, 0, file, header.length, rest.length);
    CaptureReader reader = CaptureReader.open(ByteSource.of(file));
    Decoder decoder = new Decoder();
    long bytes = 0;
    while (reader.next()) {
      bytes += reader.captured();
      assertThat(reader.frame().content().length()).isEqualTo(reader.captured());
      assertThat(decoder.decode(reader.frame()).packet().layers()).isNotEmpty();
      assertThat(reader.comments()).isNotNull();
    }
    assertThat(bytes).isLessThanOrEqualTo(file.length);
    assertThat(reader.offset()).isLessThanOrEqualTo(file.length);
    assertThat(reader.notes()).isNotNull();
  }
}
