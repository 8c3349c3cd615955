package io.packetwalk.read.command.openflow;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code ovs-vsctl get Open_vSwitch . other_config}, or its flow-restore-wait alone. */
final class RestoreWaitReader implements CommandReader {
  private static final String KEY = "flow-restore-wait";

  @Override
  public Optional<String> recognise(CommandRun run) {
    int get = run.words().indexOf("get");
    boolean asked =
        run.word(0).equals("ovs-vsctl")
            && get > 0
            && run.word(get + 1).toLowerCase(Locale.ROOT).startsWith("open")
            && (run.word(get + 3).equals("other_config")
                || run.word(get + 3).equals("other_config:" + KEY));
    return asked ? Optional.of("ovs-vsctl get") : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    boolean alone = run.words().getLast().endsWith(KEY);
    List<Fact> facts =
        run.output().stream()
            .filter(line -> !line.text().isBlank())
            .limit(1)
            .<Fact>map(line ->
                new Fact.FlowRestoreWait(
                    alone
                        ? Split.unquoted(line.text().strip()).equals("true")
                        : isWaiting(line.text().strip()),
                    line.source()))
            .toList();
    return new Reading(facts, List.of());
  }

  static boolean isWaiting(String otherConfig) {
    return OvsdbText.map(otherConfig).getOrDefault(KEY, "").equals("true");
  }
}
