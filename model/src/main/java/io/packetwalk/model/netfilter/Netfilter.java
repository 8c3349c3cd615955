package io.packetwalk.model.netfilter;

import io.packetwalk.model.Listing;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;

/**
 * The packet filter of a namespace, as far as the state shows it.
 *
 * @param dumps what was shown of it, oldest first, without what was replaced later
 * @param sets those of {@code ipset}
 * @param connections those that were tracked when somebody looked
 * @param virtualServers those of IPVS
 */
public record Netfilter(
    List<FilterDump> dumps,
    Listing<ElementSet> sets,
    Listing<Connection> connections,
    Listing<VirtualServer> virtualServers) {
  public Netfilter {
    dumps = List.copyOf(dumps);
  }

  public static Netfilter unknown() {
    return new Netfilter(List.of(), Listing.unknown(), Listing.unknown(), Listing.unknown());
  }

  /** This with what a later command showed. */
  public Netfilter with(FilterDump dump) {
    List<FilterDump> kept = new ArrayList<>(dumps);
    kept.removeIf(dump::supersedes);
    kept.add(dump);
    return new Netfilter(kept, sets, connections, virtualServers);
  }

  public Netfilter withSets(Listing<ElementSet> shown) {
    return new Netfilter(dumps, shown, connections, virtualServers);
  }

  public Netfilter withConnections(Listing<Connection> shown) {
    return new Netfilter(dumps, sets, shown, virtualServers);
  }

  public Netfilter withVirtualServers(Listing<VirtualServer> shown) {
    return new Netfilter(dumps, sets, connections, shown);
  }

  /**
   * The tables that see packets of this version of IP, in the order in which they were listed. Of
   * two dumps of one table the later counts, but iptables' own listing counts before nft's, which
   * leaves out what it has no words for.
   */
  public List<RuleTable> tables(IpFamily family) {
    List<RuleTable> effective = new ArrayList<>();
    for (FilterDump dump : byAuthority()) {
      List<RuleTable> fresh =
          dump.tables().stream()
              .filter(table -> table.family().sees(family))
              .filter(table -> effective.stream().noneMatch(table::isSameAs))
              .toList();
      effective.addAll(fresh);
    }
    return effective;
  }

  private List<FilterDump> byAuthority() {
    List<FilterDump> ordered = new ArrayList<>();
    dumps.reversed().stream()
        .filter(dump -> dump.tool() != FilterDump.Tool.NFT)
        .forEach(ordered::add);
    dumps.reversed().stream()
        .filter(dump -> dump.tool() == FilterDump.Tool.NFT)
        .forEach(ordered::add);
    return ordered;
  }
}
