package io.packetwalk.capture.tap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tcpdump said when it ended, in a file beside its capture: {@code eth0.pcap.log} beside
 * {@code eth0.pcap}. A pcap file itself doesn't tell what was lost.
 */
public final class TapLog {
  /** What is written behind the capture's name. */
  public static final String ENDING = ".log";

  private static final List<String> ENDINGS = List.of(ENDING, ".err", ".stderr", ".txt");
  private static final int LONGEST = 1 << 16;
  private static final long MOST = 1L << 60;
  private static final Pattern LOST =
      Pattern.compile("^(\\d{1,18}) packets? dropped by (?:kernel|interface)", Pattern.MULTILINE);

  private TapLog() {}

  /** How many packets were lost, as the file beside the capture says; empty when there is none. */
  static OptionalLong lost(Path capture) {
    String name = String.valueOf(capture.getFileName());
    for (String ending : ENDINGS) {
      for (String base : List.of(name, TapName.withoutEnding(name))) {
        OptionalLong lost = read(capture.resolveSibling(base + ending));
        if (lost.isPresent()) {
          return lost;
        }
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong read(Path file) {
    if (!Files.isRegularFile(file)) {
      return OptionalLong.empty();
    }
    try (InputStream stream = Files.newInputStream(file)) {
      return lost(new String(stream.readNBytes(LONGEST), StandardCharsets.UTF_8));
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }

  /** What this text says was lost: by the kernel for want of room, and by the device. */
  public static OptionalLong lost(String text) {
    Matcher matcher = LOST.matcher(text);
    long sum = 0;
    boolean said = false;
    while (matcher.find()) {
      sum = Math.min(sum + Long.parseLong(matcher.group(1)), MOST);
      said = true;
    }
    return said ? OptionalLong.of(sum) : OptionalLong.empty();
  }

  static boolean isLog(String name) {
    return ENDINGS.stream().anyMatch(name::endsWith);
  }
}
