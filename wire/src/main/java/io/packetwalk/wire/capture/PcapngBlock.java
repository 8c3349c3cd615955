package io.packetwalk.wire.capture;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.LinkType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The block types of pcapng, and the reading of those that aren't packets. */
final class PcapngBlock {
  static final int SECTION_HEADER = 0x0a0d0d0a;
  static final int INTERFACE_DESCRIPTION = 1;
  static final int OLD_PACKET = 2;
  static final int SIMPLE_PACKET = 3;
  static final int NAME_RESOLUTION = 4;
  static final int INTERFACE_STATISTICS = 5;
  static final int ENHANCED_PACKET = 6;

  static final int IF_NAME = 2;
  static final int IF_DESCRIPTION = 3;
  static final int IF_RESOLUTION = 9;
  static final int IF_FILTER = 11;
  static final int IF_OFFSET = 14;
  static final int STATISTICS_START = 2;
  static final int STATISTICS_END = 3;
  static final int STATISTICS_RECEIVED = 4;
  static final int STATISTICS_DROPPED = 5;
  static final int STATISTICS_DROPPED_BY_SYSTEM = 7;
  static final int NAME_IPV4 = 1;
  static final int NAME_IPV6 = 2;

  private static final int MICROSECONDS = 6;

  private PcapngBlock() {}

  static CaptureInterface describedInterface(Window window, int body, int length) {
    List<PcapngOptions.Option> options =
        PcapngOptions.read(
            window.buffer(), window.position() + body + 8, length - 8, window.isLittleEndian());
    int resolution =
        find(options, IF_RESOLUTION).map(option -> option.octet(0)).orElse(MICROSECONDS);
    long offset = find(options, IF_OFFSET).map(PcapngOptions.Option::number).orElse(0L);
    return new CaptureInterface(
        new LinkType(window.half(body)),
        window.word(body + 4),
        text(options, IF_NAME),
        text(options, IF_DESCRIPTION),
        find(options, IF_FILTER).map(PcapngOptions.Option::filter).orElse(""),
        TimestampClock.ofResolution(resolution, offset));
  }

  static List<CaptureNote> notes(
      Window window, int type, int body, int length, int firstInterface) {
    return type == NAME_RESOLUTION
        ? names(window, body, length)
        : statistics(window, body, length, firstInterface);
  }

  private static List<CaptureNote> statistics(
      Window window, int body, int length, int firstInterface) {
    if (length < 12) {
      return List.of();
    }
    List<PcapngOptions.Option> options =
        PcapngOptions.read(
            window.buffer(), window.position() + body + 12, length - 12, window.isLittleEndian());
    return List.of(
        new CaptureNote.Statistics(
            firstInterface + window.word(body),
            counter(options, STATISTICS_RECEIVED),
            counter(options, STATISTICS_DROPPED),
            counter(options, STATISTICS_DROPPED_BY_SYSTEM),
            time(options, STATISTICS_START),
            time(options, STATISTICS_END)));
  }

  private static OptionalLong time(List<PcapngOptions.Option> options, int code) {
    return find(options, code)
        .filter(option -> option.value().length() == 8)
        .map(option -> OptionalLong.of(option.time()))
        .orElse(OptionalLong.empty());
  }

  /** Records of type, length and value, ended by type zero. */
  private static List<CaptureNote> names(Window window, int body, int length) {
    List<CaptureNote> names = new ArrayList<>();
    int at = body;
    while (at + 4 <= body + length) {
      int type = window.half(at);
      int size = window.half(at + 2);
      if (type == 0 || at + 4 + size > body + length) {
        break;
      }
      int addressLength = type == NAME_IPV4 ? 4 : type == NAME_IPV6 ? 16 : 0;
      if (addressLength > 0 && size > addressLength) {
        IpAddress address = address(window, at + 4, type);
        String text =
            new String(
                window.bytes(at + 4 + addressLength, size - addressLength).toArray(),
                StandardCharsets.UTF_8);
        names.add(new CaptureNote.Names(address, split(text)));
      }
      at += 4 + (size + 3 & ~3);
    }
    return names;
  }

  private static List<String> split(String zeroTerminated) {
    return zeroTerminated
        .chars()
        .collect(
            () -> new ArrayList<>(List.of(new StringBuilder())),
            (ArrayList<StringBuilder> names, int character) -> {
              if (character == 0) {
                names.add(new StringBuilder());
              } else {
                names.getLast().append((char) character);
              }
            },
            ArrayList::addAll)
        .stream()
        .map(StringBuilder::toString)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static IpAddress address(Window window, int at, int type) {
    long high = 0;
    long low = 0;
    int length = type == NAME_IPV4 ? 4 : 16;
    for (int index = 0; index < length; index++) {
      high = high << 8 | low >>> 56;
      low = low << 8 | window.octet(at + index);
    }
    return type == NAME_IPV4 ? IpAddress.ofIpv4((int) low) : IpAddress.ofIpv6(high, low);
  }

  private static long counter(List<PcapngOptions.Option> options, int code) {
    return find(options, code).map(PcapngOptions.Option::number).orElse(-1L);
  }

  private static String text(List<PcapngOptions.Option> options, int code) {
    return find(options, code).map(PcapngOptions.Option::text).orElse("");
  }

  private static Optional<PcapngOptions.Option> find(List<PcapngOptions.Option> options, int code) {
    return options.stream()
        .filter(option -> option.code() == code && option.value().length() > 0)
        .findFirst();
  }
}
