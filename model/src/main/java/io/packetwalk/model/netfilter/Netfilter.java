package io.packetwalk.model.netfilter;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.netfilter.FilterDump.Tool;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The packet filter of a namespace, as far as the state shows it.
 *
 * @param dumps what was shown of it, oldest first, without what was replaced later
 * @param sets those of {@code ipset}
 * @param connections those that were tracked when somebody looked
 * @param virtualServers those of IPVS
 * @param virtualConnections those that IPVS had when somebody looked
 */
public record Netfilter(
    List<FilterDump> dumps,
    Listing<ElementSet> sets,
    Listing<Connection> connections,
    Listing<VirtualServer> virtualServers,
    Listing<VirtualConnection> virtualConnections) {
  public Netfilter {
    dumps = List.copyOf(dumps);
  }

  public static Netfilter unknown() {
    return new Netfilter(
        List.of(), Listing.unknown(), Listing.unknown(), Listing.unknown(), Listing.unknown());
  }

  /** This with what a later command showed. */
  public Netfilter with(FilterDump dump) {
    List<FilterDump> kept = new ArrayList<>(dumps);
    kept.removeIf(dump::supersedes);
    kept.add(dump);
    return new Netfilter(kept, sets, connections, virtualServers, virtualConnections);
  }

  public Netfilter withSets(Listing<ElementSet> shown) {
    return new Netfilter(dumps, shown, connections, virtualServers, virtualConnections);
  }

  public Netfilter withConnections(Listing<Connection> shown) {
    return new Netfilter(dumps, sets, shown, virtualServers, virtualConnections);
  }

  public Netfilter withVirtualServers(Listing<VirtualServer> shown) {
    return new Netfilter(dumps, sets, connections, shown, virtualConnections);
  }

  public Netfilter withVirtualConnections(Listing<VirtualConnection> shown) {
    return new Netfilter(dumps, sets, connections, virtualServers, shown);
  }

  /** The tables that see packets of this version of IP, in the order in which they were listed. */
  public List<RuleTable> tables(IpFamily family) {
    return effective(table -> table.family().sees(family));
  }

  /** The tables that have chains at devices, before and behind the stack. */
  public List<RuleTable> tablesAtDevices() {
    return effective(table ->
        table.baseChains().stream()
            .flatMap(chain -> chain.base().stream())
            .anyMatch(BaseHook::isAtDevice));
  }

  /** The tables that bridges ask. */
  public List<RuleTable> tablesOfBridges() {
    return effective(table -> table.family() == TableFamily.BRIDGE);
  }

  /**
   * Of two dumps of one table the later counts, but iptables' own listing counts before nft's,
   * which leaves out what it has no words for. What only shows a part adds what the others miss.
   */
  private List<RuleTable> effective(Predicate<RuleTable> wanted) {
    List<Shown> effective = new ArrayList<>();
    for (FilterDump dump : byAuthority()) {
      for (RuleTable table : dump.tables()) {
        if (wanted.test(table)) {
          enter(new Shown(dump, table), effective);
        }
      }
    }
    return effective.stream().map(Shown::table).toList();
  }

  /** A table as a dump shows it. */
  private record Shown(FilterDump dump, RuleTable table) {
    /** iptables without a word about its backend may have shown a table that nft shows as well. */
    boolean isSameAs(Shown other) {
      boolean named =
          table.family() == other.table.family() && table.name().equals(other.table.name());
      boolean vague = dump.tool() == Tool.IPTABLES || other.dump.tool() == Tool.IPTABLES;
      return vague ? named : table.isSameAs(other.table);
    }
  }

  private static void enter(Shown shown, List<Shown> effective) {
    for (int index = 0; index < effective.size(); index++) {
      Shown known = effective.get(index);
      if (known.isSameAs(shown)) {
        boolean pieces = isPartial(known.dump()) && isPartial(shown.dump());
        boolean piece = isPartial(shown.dump()) && known.dump().tool() == shown.dump().tool();
        if (pieces || piece) {
          effective.set(index, new Shown(known.dump(), known.table().with(shown.table())));
        }
        return;
      }
    }
    effective.add(shown);
  }

  private static boolean isPartial(FilterDump dump) {
    return dump.coverage() == Coverage.PARTIAL;
  }

  private List<FilterDump> byAuthority() {
    List<FilterDump> ordered = new ArrayList<>();
    for (boolean partial : List.of(false, true)) {
      for (boolean nft : List.of(false, true)) {
        dumps.reversed().stream()
            .filter(dump -> isPartial(dump) == partial && (dump.tool() == Tool.NFT) == nft)
            .forEach(ordered::add);
      }
    }
    return ordered;
  }
}
