package io.packetwalk.capture.tap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is said about a capture in a file beside it, {@code eth0.pcap.log} beside {@code eth0.pcap}:
 * what tcpdump was told and what it said, and between which times it ran for certain. A pcap file
 * itself tells nothing of that.
 *
 * @param lost how many packets were lost, by the kernel for want of room and by the device
 * @param started when it was already capturing, in nanoseconds since 1970 by the node's clock
 * @param ended when it was still capturing
 * @param filter the capture filter; empty text where there was none
 */
public record TapLog(
    OptionalLong lost, OptionalLong started, OptionalLong ended, Optional<String> filter) {
  /** What is written behind the capture's name. */
  public static final String ENDING = ".log";

  /** Nothing is said. */
  public static final TapLog SILENT =
      new TapLog(
          OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty());

  /** Before the time at which a tap was seen to capture. */
  public static final String CAPTURING_FROM = "capturing from ";

  /** Before the time at which it still did. */
  public static final String CAPTURING_UNTIL = "capturing until ";

  private static final List<String> ENDINGS = List.of(ENDING, ".err", ".stderr", ".txt");
  private static final int LONGEST = 1 << 16;
  private static final long MOST = 1L << 60;
  private static final long BILLION = 1_000_000_000L;
  private static final Pattern LOST =
      Pattern.compile("^(\\d{1,18}) packets? dropped by (?:kernel|interface)", Pattern.MULTILINE);
  private static final Pattern TIME =
      Pattern.compile(
          "^(" + CAPTURING_FROM + "|" + CAPTURING_UNTIL + ")([-0-9T:.]{19,30}Z)$",
          Pattern.MULTILINE);

  /** The log beside this capture; silent when there is none. */
  static TapLog beside(Path capture) {
    String name = String.valueOf(capture.getFileName());
    for (String ending : ENDINGS) {
      for (String base : List.of(name, TapName.withoutEnding(name))) {
        TapLog log = read(capture.resolveSibling(base + ending));
        if (!log.equals(SILENT)) {
          return log;
        }
      }
    }
    return SILENT;
  }

  private static TapLog read(Path file) {
    if (!Files.isRegularFile(file)) {
      return SILENT;
    }
    try (InputStream stream = Files.newInputStream(file)) {
      return of(new String(stream.readNBytes(LONGEST), StandardCharsets.UTF_8));
    } catch (IOException _) {
      return SILENT;
    }
  }

  /** What this text says. */
  public static TapLog of(String text) {
    return new TapLog(
        lost(text), time(text, CAPTURING_FROM), time(text, CAPTURING_UNTIL), filter(text));
  }

  private static OptionalLong lost(String text) {
    Matcher matcher = LOST.matcher(text);
    long sum = 0;
    boolean said = false;
    while (matcher.find()) {
      sum = Math.min(sum + Long.parseLong(matcher.group(1)), MOST);
      said = true;
    }
    return said ? OptionalLong.of(sum) : OptionalLong.empty();
  }

  private static OptionalLong time(String text, String which) {
    Matcher matcher = TIME.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1).equals(which)) {
        return nanoseconds(matcher.group(2));
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong nanoseconds(String time) {
    try {
      Instant instant = Instant.parse(time);
      return OptionalLong.of(
          Math.addExact(Math.multiplyExact(instant.getEpochSecond(), BILLION), instant.getNano()));
    } catch (DateTimeException | ArithmeticException _) {
      return OptionalLong.empty();
    }
  }

  /** Of several command lines nobody knows which was meant. */
  private static Optional<String> filter(String text) {
    List<String> filters =
        text.lines().map(TcpdumpCommand::filter).flatMap(Optional::stream).distinct().toList();
    return filters.size() == 1 ? Optional.of(filters.getFirst()) : Optional.empty();
  }

  static boolean isLog(String name) {
    return ENDINGS.stream().anyMatch(name::endsWith);
  }
}
