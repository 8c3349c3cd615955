package io.packetwalk.model.net;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.wire.IpFamily;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The routing tables of a namespace that somebody looked at.
 *
 * @param tables by family and name; {@code main}, {@code local} and {@code default} go by name
 * @param allSeen the command that showed every table of a family: a table it doesn't list is empty
 */
public record RouteTables(Map<Key, Listing<Route>> tables, Map<IpFamily, Source> allSeen) {
  public static final String MAIN = "main";
  public static final String LOCAL = "local";

  /** No table that rules look into: what was learned of single destinations (fib_nh_exception). */
  public static final String CACHE = "cache";

  public static final String DEFAULT = "default";

  public RouteTables {
    tables = java.util.Collections.unmodifiableMap(new TreeMap<>(tables));
    allSeen = java.util.Collections.unmodifiableMap(new TreeMap<>(allSeen));
  }

  public static RouteTables unknown() {
    return new RouteTables(Map.of(), Map.of());
  }

  /** A table's routes; an unknown listing when nobody looked at it. */
  public Listing<Route> table(IpFamily family, String name) {
    Listing<Route> listed = tables.get(new Key(family, name));
    if (listed != null) {
      return listed;
    }
    return Optional.ofNullable(allSeen.get(family))
        .map(seen -> new Listing<Route>(Coverage.COMPLETE, List.of(), List.of(seen)))
        .orElseGet(Listing::unknown);
  }

  /** A routing table's name within its family. */
  public record Key(IpFamily family, String table) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byFamily = family.compareTo(other.family);
      return byFamily != 0 ? byFamily : table.compareTo(other.table);
    }
  }
}
