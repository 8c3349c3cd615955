package io.packetwalk.cli.capture;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Machine;
import io.packetwalk.gather.Output;
import io.packetwalk.gather.Room;
import io.packetwalk.lab.Lab.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The counters of rules and flows, to see which of them a packet moved. */
public final class Counters {
  private final Map<String, Long> packets;

  private Counters(Map<String, Long> packets) {
    this.packets = packets;
  }

  /** The counters in these machines' own namespaces, as they are now. */
  public static Counters read(List<Site> sites) throws InterruptedException {
    Map<String, Long> packets = new LinkedHashMap<>();
    for (Site site : sites) {
      for (CounterText text : CounterText.values()) {
        collect(site.machine(), text, packets);
      }
    }
    return new Counters(packets);
  }

  private static void collect(Machine machine, CounterText text, Map<String, Long> packets)
      throws InterruptedException {
    for (List<String> command : commands(machine, text)) {
      Output output = CommandRun.of(machine.into(Room.own()), command, Limits.GENEROUS);
      String where = machine.name() + " " + String.join(" ", text.shown(command)) + " ";
      text.counts(output.printed())
          .forEach((line, count) -> packets.merge(where + line, count, Long::sum));
    }
  }

  /** Flows are listed bridge by bridge; without its daemons Open vSwitch has none. */
  private static List<List<String>> commands(Machine machine, CounterText text)
      throws InterruptedException {
    if (!text.isOfBridges()) {
      return text.commands("");
    }
    Output bridges =
        CommandRun.of(
            machine.into(Room.own()), List.of("ovs-vsctl", "--timeout=5", "list-br"), Limits.SHORT);
    List<List<String>> commands = new ArrayList<>();
    if (bridges.succeeded()) {
      bridges.printed().lines().forEach(bridge -> commands.addAll(text.commands(bridge)));
    }
    return commands;
  }

  /** The rules whose counters are higher than they were, each with by how many packets. */
  public List<String> since(Counters earlier) {
    List<String> moved = new ArrayList<>();
    packets.forEach((rule, count) -> {
      long before = earlier.packets.getOrDefault(rule, 0L);
      if (count > before) {
        moved.add("+" + (count - before) + " " + rule);
      }
    });
    return moved;
  }
}
