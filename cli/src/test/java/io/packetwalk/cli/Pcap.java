package io.packetwalk.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A pcap file in little endian as its header and its records, to make others of. */
final class Pcap {
  private static final int HEADER = 24;
  private static final int RECORD = 16;
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
}
