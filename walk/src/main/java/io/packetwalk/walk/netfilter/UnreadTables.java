package io.packetwalk.walk.netfilter;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.netfilter.Backend;
import io.packetwalk.model.netfilter.FilterDump;
import io.packetwalk.model.netfilter.FilterDump.Tool;
import io.packetwalk.model.netfilter.RuleTable;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Verdict;
import io.packetwalk.wire.IpFamily;
import java.util.List;
import java.util.Optional;

/**
 * Tables that a listing shows to stand at hooks, but whose rules aren't read: nftables' own. Where
 * there is one, a packet's fate at a hook isn't known.
 */
final class UnreadTables {
  private UnreadTables() {}

  /** The end of a packet at a hook of this namespace; empty when every table was read. */
  static Optional<Passage> end(NetworkNamespace namespace, IpFamily family, InFlight packet) {
    List<RuleTable> unread =
        namespace.netfilter().tables(family).stream()
            .filter(table -> isUnread(namespace, table))
            .toList();
    return unread.isEmpty() ? Optional.empty() : Optional.of(end(namespace.id(), unread, packet));
  }

  private static Passage end(NamespaceId place, List<RuleTable> unread, InFlight packet) {
    List<String> names = unread.stream().map(table -> table.family() + " " + table.name()).toList();
    String reason =
        "the nftables rules of "
            + place
            + " decide ("
            + String.join(", ", names)
            + "), and they aren't read";
    List<Source> grounds = unread.stream().map(RuleTable::source).toList();
    Assumption missing = new Assumption(reason, Commands.in(place, "nft monitor trace"), grounds);
    return new Passage(
        1,
        packet,
        Optional.of(new Passage.Ending(Verdict.UNDETERMINED, reason)),
        List.of(),
        List.of(missing));
  }

  /** iptables' own tables show up in nft's listing as well; its own listing has their rules. */
  private static boolean isUnread(NetworkNamespace namespace, RuleTable table) {
    return table.backend() == Backend.NFTABLES
        && table.chains().isEmpty()
        && namespace.netfilter().dumps().stream()
            .filter(dump -> dump.tool() == Tool.IPTABLES || dump.tool() == Tool.IPTABLES_NFT)
            .map(FilterDump::tables)
            .flatMap(List::stream)
            .noneMatch(known ->
                known.family() == table.family()
                    && known.name().equals(table.name())
                    && !known.chains().isEmpty());
  }
}
