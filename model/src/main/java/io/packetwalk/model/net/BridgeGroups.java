package io.packetwalk.model.net;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The multicast database of a bridge, whole: which of its ports have asked for which groups.
 *
 * @param routers the ports that lead to multicast routers; empty when they weren't shown
 */
public record BridgeGroups(
    String bridge, List<Entry> entries, Optional<List<String>> routers, Source source) {
  /** In place of a name: every bridge that a listing of all doesn't name, which has no entries. */
  public static final String OTHERS = "";

  /** The database of bridges that a listing of all doesn't name. */
  public static BridgeGroups ofOthers(boolean routersShown, Source source) {
    return new BridgeGroups(
        OTHERS, List.of(), Optional.of(List.<String>of()).filter(none -> routersShown), source);
  }

  public BridgeGroups {
    entries = List.copyOf(entries);
    routers = routers.map(List::copyOf);
  }

  /**
   * That a port has asked for a group.
   *
   * @param port the bridge's own name where its own stack has
   * @param sender the only source that it asked for
   * @param words all further words: {@code temp}, {@code filter_mode}, {@code include}, …
   */
  public record Entry(
      String port,
      IpAddress group,
      Optional<IpAddress> sender,
      OptionalInt vlan,
      Set<String> words,
      Source source) {
    public Entry {
      words = Collections.unmodifiableSet(new TreeSet<>(words));
    }

    /** Whether sources decide about it (IGMPv3, MLDv2). */
    public boolean isBySource() {
      return sender.isPresent() || words.contains("filter_mode") || words.contains("blocked");
    }
  }
}
