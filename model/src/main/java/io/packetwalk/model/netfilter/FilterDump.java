package io.packetwalk.model.netfilter;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Source;
import io.packetwalk.wire.IpFamily;
import java.util.List;
import java.util.Optional;

/**
 * What one command showed of the packet filter.
 *
 * @param tool what was asked
 * @param family the version of IP that was asked for; empty for both
 * @param only the table that was asked for; empty for every table that the tool shows
 * @param coverage partial when some of the output was left out
 * @param otherBackend whether the output says that the other backend has tables as well
 */
public record FilterDump(
    Tool tool,
    Optional<IpFamily> family,
    Optional<String> only,
    Coverage coverage,
    List<RuleTable> tables,
    boolean otherBackend,
    Source seenAt) {
  public FilterDump {
    tables = List.copyOf(tables);
  }

  /** Which part of the packet filter a command shows. */
  public enum Tool {
    IPTABLES_LEGACY,
    IPTABLES_NFT,
    /** {@code iptables} without a word about the backend. */
    IPTABLES,
    NFT
  }

  /** Whether this, seen later, leaves nothing of what the other one showed. */
  public boolean supersedes(FilterDump other) {
    boolean sameQuestion = tool == other.tool && family.equals(other.family);
    return sameQuestion
        && coverage == Coverage.COMPLETE
        && (only.isEmpty() || only.equals(other.only));
  }
}
