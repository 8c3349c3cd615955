package io.packetwalk.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a pcap file of so many frames: {@code GenerateCapture FILE COUNT}. */
final class GenerateCapture {
  private static final int DIFFERENT = 20_000;

  private GenerateCapture() {}

  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[1]);
    List<byte[]> frames = new Traffic().frames(DIFFERENT);
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[0])), 1 << 20)) {
      ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
      header
          .putInt(0xa1b2c3d4)
          .putShort((short) 2)
          .putShort((short) 4)
          .putLong(0)
          .putInt(262_144)
          .putInt(1);
      out.write(header.array());
      ByteBuffer record = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
      for (int index = 0; index < count; index++) {
        byte[] frame = frames.get(index % DIFFERENT);
        record.clear();
        record.putInt(1_700_000_000 + index / 1_000_000).putInt(index % 1_000_000);
        record.putInt(frame.length).putInt(frame.length);
        out.write(record.array());
        out.write(frame);
      }
    }
  }
}
