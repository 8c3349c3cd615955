package io.packetwalk.read.command;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines that {@code tcpdump} printed: what somebody saw at a device.
 *
 * <p>The continuation lines of {@code -v} belong to the packet above them; a hex dump is left out.
 */
public final class TcpdumpReader implements CommandReader {
  private static final Set<String> VALUED =
      Set.of(
          "-i",
          "--interface",
          "-c",
          "-s",
          "-w",
          "-r",
          "-F",
          "-C",
          "-G",
          "-W",
          "-B",
          "-E",
          "-m",
          "-M",
          "-T",
          "-V",
          "-y",
          "-z",
          "-Z",
          "-Q",
          "-j");
  private static final Pattern LISTENING =
      Pattern.compile(".*listening on ([^\\s,]+), link-type.*");
  private static final Pattern DECORATION =
      Pattern.compile(
          "tcpdump: .*|\\s*\\^C.*|\\d+ packets? (captured|received by filter|dropped by .*)"
              + "|.*listening on .*link-type.*|reading from file .*|dropped privs to .*"
              + "|Warning: .*|\\s+0x[0-9a-f]{4}: .*");
  private static final Pattern TIMED =
      Pattern.compile(
          "\\s*((?:\\d{4}-\\d\\d-\\d\\d"
              + " )?(?:\\d{1,2}:)+\\d\\d\\.\\d{1,9}|\\d{9,10}\\.\\d{1,9})\\s+(.*)");
  private static final Pattern UNTIMED =
      Pattern.compile(
          "(?:(?:IP6?|ARP|STP|LLDP|MPLS|PPPoE|802\\.1Q)[ ,:].*"
              + "|(?:[0-9a-f]{2}:){5}[0-9a-f]{2} > .*)");
  private static final Pattern ON_ANY =
      Pattern.compile("(\\S{1,64})\\s+(?:In|Out|P|B|M|Bcast|Mcast) {1,2}(.*)");
  private static final int LONGEST_TEXT = 4096;

  @Override
  public Optional<String> recognise(CommandRun run) {
    return run.word(0).equals("tcpdump") ? Optional.of("tcpdump") : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    Seen seen = new Seen(Arguments.of(run.words(), VALUED).value("-i", "--interface"));
    run.output().stream().filter(line -> !line.isBlank()).forEach(seen::take);
    seen.finish();
    return new Reading(seen.facts, seen.unread);
  }

  /** The packets in the order in which they were printed. */
  private static final class Seen {
    private final List<Fact> facts = new ArrayList<>();
    private final List<Reading.Unread> unread = new ArrayList<>();
    private Optional<String> device;
    private @Nullable Line first;
    private String time = "";
    private final StringBuilder text = new StringBuilder();

    Seen(Optional<String> device) {
      this.device = device;
    }

    void take(Line line) {
      Matcher listening = LISTENING.matcher(line.text());
      Matcher timed = TIMED.matcher(line.text());
      if (listening.matches()) {
        device = device.or(() -> Optional.of(listening.group(1)));
      } else if (timed.matches()) {
        begin(line, timed.group(1), timed.group(2));
      } else if (UNTIMED.matcher(line.text()).matches()) {
        begin(line, "", line.text());
      } else if (!DECORATION.matcher(line.text()).matches()) {
        continued(line);
      }
    }

    private void continued(Line line) {
      boolean indented = Character.isWhitespace(line.text().charAt(0));
      if (first == null || !indented) {
        unread.add(new Reading.Unread(line, "not a packet"));
      } else if (text.length() < LONGEST_TEXT) {
        text.append(' ').append(line.text().strip());
      }
    }

    private void begin(Line line, String at, String packet) {
      finish();
      first = line;
      time = at;
      text.append(packet);
    }

    void finish() {
      if (first != null) {
        Matcher named = ON_ANY.matcher(text);
        boolean any = device.filter("any"::equals).isPresent() && named.matches();
        Optional<String> where = any ? Optional.of(named.group(1)) : device;
        String packet = any ? named.group(2) : text.toString();
        facts.add(new Fact.Seen(where, time, packet, first.source()));
      }
      first = null;
      text.setLength(0);
    }
  }
}
