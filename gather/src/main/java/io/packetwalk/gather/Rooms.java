package io.packetwalk.gather;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The search for a machine's network namespaces: named ones, and those of running processes. */
public final class Rooms {
  private static final String NAMED = "/run/netns/";

  private Rooms() {}

  /** The machine's own namespace first, then those with names, then those of processes. */
  public static List<Room> of(Machine machine) throws InterruptedException {
    List<Room> rooms = new ArrayList<>();
    rooms.add(Room.own());
    String listed =
        CommandRun.of(machine.reach(), List.of("ip", "netns", "list"), Limits.SHORT).printed();
    listed.lines().map(Rooms::name).flatMap(Optional::stream).map(Room::named).forEach(rooms::add);
    Output own =
        CommandRun.of(machine.reach(), List.of("readlink", "/proc/self/ns/net"), Limits.SHORT);
    String processes =
        CommandRun.of(
                machine.reach(),
                List.of("lsns", "-t", "net", "-r", "-n", "-o", "NS,PID,NSFS"),
                Limits.SHORT)
            .printed();
    unnamed(processes, own.printed().strip()).forEach(rooms::add);
    return List.copyOf(rooms);
  }

  /** A line of {@code ip netns list} is {@code NAME} or {@code NAME (id: N)}. */
  private static Optional<String> name(String line) {
    String name = line.strip().split("\\s", 2)[0];
    return name.isEmpty() || name.startsWith("-") ? Optional.empty() : Optional.of(name);
  }

  /** The namespaces of processes that have no name; {@code own} is {@code net:[NUMBER]}. */
  static List<Room> unnamed(String lsns, String own) {
    Map<String, Room> found = new LinkedHashMap<>();
    for (String line : lsns.lines().toList()) {
      String[] fields = line.strip().split("\\s+", 3);
      boolean named = fields.length > 2 && fields[2].contains(NAMED);
      if (fields.length < 2 || named || !fields[1].matches("[1-9][0-9]{0,9}")) {
        continue;
      }
      if (!own.equals("net:[" + fields[0] + "]")) {
        found.putIfAbsent(fields[0], Room.ofProcess(Long.parseLong(fields[1])));
      }
    }
    return List.copyOf(found.values());
  }
}
