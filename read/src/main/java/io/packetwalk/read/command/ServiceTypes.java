package io.packetwalk.read.command;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The names that {@code ip} has for types of service ({@code rt_dsfield}); numbers stand for
 * themselves.
 */
final class ServiceTypes {
  private static final Map<String, Integer> NAMES =
      Map.ofEntries(
          Map.entry("default", 0x00),
          Map.entry("lowdelay", 0x10),
          Map.entry("throughput", 0x08),
          Map.entry("reliability", 0x04),
          Map.entry("mincost", 0x02),
          Map.entry("priority", 0x20),
          Map.entry("immediate", 0x40),
          Map.entry("flash", 0x60),
          Map.entry("flash-override", 0x80),
          Map.entry("critical", 0xa0),
          Map.entry("internet", 0xc0),
          Map.entry("network", 0xe0),
          Map.entry("ef", 0xb8));

  private ServiceTypes() {}

  static OptionalInt parse(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    if (name.matches("cs[1-7]")) {
      return OptionalInt.of((name.charAt(2) - '0') << 5);
    }
    if (name.matches("af[1-4][1-3]")) {
      return OptionalInt.of(((name.charAt(2) - '0') << 5) | ((name.charAt(3) - '0') << 3));
    }
    Integer known = NAMES.get(name);
    return known != null ? OptionalInt.of(known) : Words.parseUnsigned(text);
  }
}
