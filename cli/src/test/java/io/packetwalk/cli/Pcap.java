package io.packetwalk.cli;

import io.packetwalk.wire.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A pcap file in little endian as its header and its records, to make others of. */
final class Pcap {
  private static final int HEADER = 24;
  private static final int RECORD = 16;
  private static final int ETHERNET = 14;
  private static final int NANOSECONDS = 0xa1b23c4d;

  private final byte[] header;
  private final List<byte[]> records;

  private Pcap(byte[] header, List<byte[]> records) {
    this.header = header;
    this.records = List.copyOf(records);
  }

  static Pcap read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> records = new ArrayList<>();
    int at = HEADER;
    while (at + RECORD <= bytes.length) {
      int length = RECORD + buffer.getInt(at + 8);
      records.add(Arrays.copyOfRange(bytes, at, at + length));
      at += length;
    }
    return new Pcap(Arrays.copyOf(bytes, HEADER), records);
  }

  List<byte[]> records() {
    return records;
  }

  Pcap only(List<byte[]> some) {
    return new Pcap(header, some);
  }

  Pcap part(int from, int to) {
    return only(records.subList(from, to));
  }

  /** The time of a record, in nanoseconds since 1970. */
  long time(byte[] record) {
    ByteBuffer buffer = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    int magic = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt();
    int unit = magic == NANOSECONDS ? 1 : 1000;
    return buffer.getInt(0) * 1_000_000_000L + (long) buffer.getInt(4) * unit;
  }

  byte[] bytes() {
    int length = HEADER + records.stream().mapToInt(record -> record.length).sum();
    ByteBuffer buffer = ByteBuffer.allocate(length).put(header);
    records.forEach(buffer::put);
    return buffer.array();
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes());
  }

  /** A frame as {@code tcpdump -i any} shows it. */
  record Cooked(long time, Bytes frame) {}

  /** These frames with a cooked header of this version, from the device with this index. */
  List<Cooked> cooked(int version, int index) {
    boolean ethernet = header[20] == 1;
    return records.stream()
        .map(record -> {
          byte[] ip = Arrays.copyOfRange(record, RECORD + (ethernet ? ETHERNET : 0), record.length);
          int type =
              ethernet
                  ? (record[RECORD + 12] & 0xff) << 8 | (record[RECORD + 13] & 0xff)
                  : (ip[0] & 0xf0) == 0x40 ? 0x0800 : 0x86dd;
          ByteBuffer frame = ByteBuffer.allocate((version == 2 ? 20 : 16) + ip.length);
          if (version == 2) {
            frame.putShort((short) type).putShort((short) 0).putInt(index);
            frame.putShort((short) 1).put((byte) 0).put((byte) 6).putLong(0);
          } else {
            frame.putShort((short) 0).putShort((short) 1).putShort((short) 6);
            frame.putLong(0).putShort((short) type);
          }
          return new Cooked(time(record), Bytes.of(frame.put(ip).array()));
        })
        .toList();
  }

  /** A file with these frames in the order of their times. */
  static byte[] ofCooked(int version, List<Cooked> frames) {
    int length = frames.stream().mapToInt(one -> RECORD + one.frame().length()).sum();
    ByteBuffer file = ByteBuffer.allocate(HEADER + length).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(NANOSECONDS).putShort((short) 2).putShort((short) 4).putLong(0);
    file.putInt(262_144).putInt(version == 2 ? 276 : 113);
    frames.stream()
        .sorted(Comparator.comparingLong(Cooked::time))
        .forEach(one -> {
          file.putInt((int) (one.time() / 1_000_000_000L));
          file.putInt((int) (one.time() % 1_000_000_000L));
          file.putInt(one.frame().length()).putInt(one.frame().length());
          file.put(one.frame().toArray());
        });
    return file.array();
  }
}
