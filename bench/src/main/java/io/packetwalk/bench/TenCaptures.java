package io.packetwalk.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The same traffic at ten places: at both pods and their cables, at the bridges, tunnels and
 * uplinks of two nodes. At the uplinks it is inside VXLAN; behind each router the hop limit is
 * lower.
 */
final class TenCaptures {
  private static final int DIFFERENT = 20_000;
  private static final int ETHERNET = 14;
  private static final int OUTER = 50;
  private static final List<Place> PLACES =
      List.of(
          new Place("n1/pod/eth0", 64, false),
          new Place("n1/host/veth1", 64, false),
          new Place("n1/host/cni0", 64, false),
          new Place("n1/host/vxlan", 63, false),
          new Place("n1/host/eth0", 63, true),
          new Place("n2/host/eth0", 63, true),
          new Place("n2/host/vxlan", 63, false),
          new Place("n2/host/cni0", 62, false),
          new Place("n2/host/veth2", 62, false),
          new Place("n2/pod/eth0", 62, false));

  private final Path folder;

  TenCaptures(Path folder) {
    this.folder = folder;
  }

  private record Place(String name, int hopLimit, boolean tunnelled) {}

  /** Writes so many packets to each place, two microseconds apart. */
  void write(int count) throws IOException {
    // Every second frame is in VXLAN; the one inside begins behind the outer headers.
    List<byte[]> frames = new ArrayList<>(new Traffic().frames(DIFFERENT));
    for (int place = 0; place < PLACES.size(); place++) {
      Path file = folder.resolve(PLACES.get(place).name() + ".pcap");
      Files.createDirectories(file.getParent());
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
        out.write(header());
        for (int index = 0; index < count; index++) {
          byte[] frame = frames.get(index * 2 % DIFFERENT);
          long time = 1_700_000_000_000_000_000L + index * 2000L + place * 5000L;
          write(out, frame.clone(), PLACES.get(place), index, time);
        }
      }
    }
  }

  private static byte[] header() {
    return ByteBuffer.allocate(24)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0xa1b23c4d)
        .putShort((short) 2)
        .putShort((short) 4)
        .putLong(0)
        .putInt(262_144)
        .putInt(1)
        .array();
  }

  private static void write(OutputStream out, byte[] frame, Place place, int index, long time)
      throws IOException {
    int ip = OUTER + ETHERNET;
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    bytes.putShort(ip + 4, (short) index).put(ip + 8, (byte) place.hopLimit());
    if (frame[ip + 9] == 6) {
      bytes.putInt(ip + 24, index * 1500);
    }
    int from = place.tunnelled() ? 0 : OUTER;
    ByteBuffer record = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    record.putInt((int) (time / 1_000_000_000L)).putInt((int) (time % 1_000_000_000L));
    record.putInt(frame.length - from).putInt(frame.length - from);
    out.write(record.array());
    out.write(frame, from, frame.length - from);
  }
}
