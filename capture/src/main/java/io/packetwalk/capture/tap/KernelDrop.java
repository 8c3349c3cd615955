package io.packetwalk.capture.tap;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A packet that a node's kernel threw away, as its tracepoint {@code skb:kfree_skb} tells it.
 *
 * @param node whose kernel
 * @param nanoseconds when, since 1970 by the node's clock
 * @param device the last device that the packet was sent by or came in by
 * @param length of the packet there, in bytes; with its link-layer header where it was sent
 * @param reason in the kernel's word, such as {@code NETFILTER_DROP}; empty where it gives none
 * @param location the function that threw it away
 */
public record KernelDrop(
    String node, long nanoseconds, String device, int length, String reason, String location) {
  private static final long BILLION = 1_000_000_000L;
  private static final Pattern LINE =
      Pattern.compile(
          "([-0-9T:.]{19,30}Z)  dev=(\\S{1,64}) len=(\\d{1,9}) reason=(\\w{0,64})"
              + " location=(\\S{1,200})");

  /** As a line of the file that is kept beside a node's captures, without its end. */
  public String line() {
    return "%s  dev=%s len=%d reason=%s location=%s"
        .formatted(Instant.ofEpochSecond(0, nanoseconds), device, length, reason, location);
  }

  /** Reads such a line; empty when it is none. */
  public static Optional<KernelDrop> parse(String node, String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Instant time = Instant.parse(matcher.group(1));
      return Optional.of(
          new KernelDrop(
              node,
              Math.addExact(Math.multiplyExact(time.getEpochSecond(), BILLION), time.getNano()),
              matcher.group(2),
              Integer.parseInt(matcher.group(3)),
              matcher.group(4),
              matcher.group(5)));
    } catch (DateTimeException | ArithmeticException _) {
      return Optional.empty();
    }
  }
}
