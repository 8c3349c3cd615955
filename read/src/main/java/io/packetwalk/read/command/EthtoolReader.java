package io.packetwalk.read.command;

import io.packetwalk.model.net.DeviceFeature;
import io.packetwalk.model.net.DeviceFeature.Topic;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code ethtool}: offloads ({@code -k}, and what {@code -K} says it changed), statistics
 * ({@code -S}, with a veth's {@code peer_ifindex}) and the driver ({@code -i}).
 */
public final class EthtoolReader implements CommandReader {
  private static final Pattern HEADER =
      Pattern.compile(
          "(?:(?:Features|Offload parameters) for (?<device>\\S+)|NIC statistics|Actual"
              + " changes).*:");
  private static final Pattern NAMED = Pattern.compile("\\s*([^:]{1,120}):(?: (.*))?");

  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean ethtool = run.word(0).equals("ethtool") && run.words().size() > 2;
    return ethtool ? topic(run).map(topic -> "ethtool " + run.word(1)) : Optional.empty();
  }

  private static Optional<Topic> topic(CommandRun run) {
    return switch (run.word(1)) {
      case "-k", "-K", "--show-features", "--show-offload", "--features", "--offload" ->
          Optional.of(Topic.OFFLOAD);
      case "-S", "--statistics" -> Optional.of(Topic.STATISTIC);
      case "-i", "--driver" -> Optional.of(Topic.DRIVER);
      default -> Optional.empty();
    };
  }

  @Override
  public Reading read(CommandRun run) {
    Topic topic = topic(run).orElse(Topic.OFFLOAD);
    Rows<DeviceFeature> rows = Rows.headed();
    String device = run.word(2);
    for (Line line : run.output()) {
      var named = NAMED.matcher(line.text());
      var header = HEADER.matcher(line.text().strip());
      if (header.matches()) {
        rows.header();
        // Asked for all devices (*), it tells of each with a header of its own.
        device = Optional.ofNullable(header.group("device")).orElse(device);
      } else if (named.matches() && isName(topic, named.group(1))) {
        String value = named.group(2) == null ? "" : named.group(2).strip();
        rows.add(new DeviceFeature(device, topic, named.group(1), value, line.source()));
      } else if (!line.isBlank()) {
        rows.skip(line, "not a line of ethtool's table");
      }
    }
    return rows.reading(run, false, Fact.Features::new);
  }

  /** Names of offloads and of driver fields have no spaces; those of counters may. */
  private static boolean isName(Topic topic, String name) {
    return topic == Topic.STATISTIC || name.indexOf(' ') < 0;
  }
}
