package io.packetwalk.read.command.openflow;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.openflow.LearnedMac;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.SwitchFact;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code ovs-appctl fdb/show BRIDGE}: port, VLAN, MAC address, age. */
final class FdbReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    return AppctlCommand.of(run)
        .filter(command -> command.name().equals("fdb/show"))
        .map(command -> "ovs-appctl fdb/show");
  }

  @Override
  public Reading read(CommandRun run) {
    String bridge = AppctlCommand.of(run).map(AppctlCommand::first).orElse("");
    List<LearnedMac> entries = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    for (Line line : run.output()) {
      Optional<LearnedMac> entry = entry(line);
      entry.ifPresent(entries::add);
      if (entry.isEmpty() && !line.isBlank() && !line.text().strip().startsWith("port ")) {
        unread.add(new Reading.Unread(line, "not an entry of a bridge's MAC table"));
      }
    }
    boolean whole = !run.gap() && unread.isEmpty();
    Listing<LearnedMac> listing =
        new Listing<>(
            whole ? Coverage.COMPLETE : Coverage.PARTIAL, entries, List.of(run.prompt().source()));
    return new Reading(List.of(new Fact.OfSwitch(bridge, new SwitchFact.Macs(listing))), unread);
  }

  private static Optional<LearnedMac> entry(Line line) {
    String[] words = line.text().strip().split("\\s+", -1);
    if (words.length < 3) {
      return Optional.empty();
    }
    int vlan = Numbers.decimal(words[1]);
    return vlan < 0
        ? Optional.empty()
        : MacAddress.parse(words[2])
            .map(mac ->
                new LearnedMac(
                    TargetText.port(words[0]),
                    vlan,
                    mac,
                    words.length > 3 && words[3].equals("static"),
                    line.source()));
  }
}
