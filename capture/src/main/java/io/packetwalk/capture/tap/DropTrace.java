package io.packetwalk.capture.tap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a kernel's trace, as packets that were thrown away. The tracepoint that tells of one
 * names its buffer only; which device a buffer passed last, other tracepoints tell.
 */
public final class DropTrace {
  /** Buffers whose last device is remembered. */
  private static final int MOST = 1 << 16;

  private static final long BILLION = 1_000_000_000L;
  private static final Pattern EVENT =
      Pattern.compile("^.{16,80}? (\\d{1,9})\\.(\\d{6}): (\\w{1,40}): (.*)$");
  private static final Pattern MARK = Pattern.compile("packetwalk (\\d{1,10})\\.(\\d{9})");
  private static final Pattern BUFFER = Pattern.compile("skbaddr=(\\S{1,32})");
  private static final Pattern PASSED =
      Pattern.compile("dev=(\\S{1,64}).* len=(\\d{1,9}).*|dev=(\\S{1,64}).*");
  private static final Pattern REASON =
      Pattern.compile("location=(\\S{1,200})(?: reason: (\\w{1,64}))?");

  private final String node;
  private final Map<String, Passed> buffers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Passed> eldest) {
          return size() > MOST;
        }
      };
  private long ahead = Long.MIN_VALUE;

  private record Passed(String device, int length) {}

  /**
   * A trace of which no line was taken yet.
   *
   * @param node whose kernel wrote it
   */
  public DropTrace(String node) {
    this.node = node;
  }

  /**
   * Takes the next line; a packet that was thrown away, when it tells of one that passed a device.
   */
  public Optional<KernelDrop> take(String line) {
    Matcher event = EVENT.matcher(line);
    if (!event.matches()) {
      return Optional.empty();
    }
    long time = Long.parseLong(event.group(1)) * BILLION + Long.parseLong(event.group(2)) * 1000;
    String words = event.group(4);
    return switch (event.group(3)) {
      case "tracing_mark_write" -> marked(time, words);
      case "netif_receive_skb", "net_dev_start_xmit", "netif_rx" -> passed(words);
      case "consume_skb" -> forgotten(words);
      case "kfree_skb" -> dropped(time, words);
      default -> Optional.empty();
    };
  }

  /**
   * A mark holds the time of day at which somebody began to write it. The trace's own clock can
   * only be later, so the mark that came fastest tells best how far the two are apart.
   */
  private Optional<KernelDrop> marked(long time, String words) {
    Matcher mark = MARK.matcher(words);
    if (mark.find()) {
      long day = Long.parseLong(mark.group(1)) * BILLION + Long.parseLong(mark.group(2));
      ahead = Math.max(ahead, day - time);
    }
    return Optional.empty();
  }

  private static Optional<String> buffer(String words) {
    Matcher matcher = BUFFER.matcher(words);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private Optional<KernelDrop> passed(String words) {
    Matcher matcher = PASSED.matcher(words);
    if (matcher.find() && matcher.group(1) != null) {
      Passed passed = new Passed(matcher.group(1), Integer.parseInt(matcher.group(2)));
      buffer(words).ifPresent(buffer -> buffers.put(buffer, passed));
    }
    return Optional.empty();
  }

  private Optional<KernelDrop> forgotten(String words) {
    buffer(words).ifPresent(buffers::remove);
    return Optional.empty();
  }

  private Optional<KernelDrop> dropped(long time, String words) {
    Optional<Passed> passed =
        buffer(words).flatMap(one -> Optional.ofNullable(buffers.remove(one)));
    Matcher matcher = REASON.matcher(words);
    if (passed.isEmpty() || ahead == Long.MIN_VALUE || !matcher.find()) {
      return Optional.empty();
    }
    return Optional.of(
        new KernelDrop(
            node,
            time + ahead,
            passed.get().device,
            passed.get().length,
            Optional.ofNullable(matcher.group(2)).orElse(""),
            matcher.group(1)));
  }
}
