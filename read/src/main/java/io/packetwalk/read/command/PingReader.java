package io.packetwalk.read.command;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code ping}: its statistics are kept as something that was seen, the rest is known. */
public final class PingReader implements CommandReader {
  private static final Pattern STATISTICS =
      Pattern.compile("\\d+ packets transmitted, .*packet loss.*");
  private static final Pattern KNOWN =
      Pattern.compile(
          "PING.*|\\d+ bytes from .*|--- .* ---|(rtt|round-trip) .*|\\s*\\^C.*|[Ff]rom .*"
              + "|Request timeout.*|ping6?: .*|command terminated with exit code.*"
              + "|no answer yet for .*|\\[\\d+\\.\\d+\\] .*|PATTERN: .*|pipe \\d+"
              + "|WARNING: .*|\\d+ packets transmitted.*");

  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean ping = run.word(0).equals("ping") || run.word(0).equals("ping6");
    return ping ? Optional.of(run.word(0)) : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    List<Fact> facts = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    for (Line line : run.output()) {
      if (STATISTICS.matcher(line.text()).matches()) {
        String text = String.join(" ", run.words()) + ": " + line.text().strip();
        facts.add(new Fact.Seen(Optional.empty(), "", text, line.source()));
      } else if (!line.isBlank() && !KNOWN.matcher(line.text()).matches()) {
        unread.add(new Reading.Unread(line, "not a line of ping's"));
      }
    }
    return new Reading(facts, unread);
  }
}
