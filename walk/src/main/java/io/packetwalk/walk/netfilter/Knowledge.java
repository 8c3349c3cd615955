package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.netfilter.FilterDump;
import io.packetwalk.model.netfilter.FilterDump.Tool;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;

/** What the state shows of a namespace's packet filter, and what the walk takes for granted. */
final class Knowledge {
  private final NamespaceId place;
  private final List<FilterDump> dumps;

  Knowledge(NetworkNamespace namespace) {
    this.place = namespace.id();
    this.dumps = namespace.netfilter().dumps();
  }

  List<Assumption> assumptions(IpFamily family) {
    String save = family == IpFamily.IPV4 ? "iptables" : "ip6tables";
    List<FilterDump> seen =
        dumps.stream()
            .filter(dump -> dump.family().isEmpty() || dump.family().get() == family)
            .toList();
    if (seen.isEmpty()) {
      return List.of(
          assumption(
              "no packet filter rule of " + place + " drops or changes the packet",
              save + "-save; nft list ruleset",
              List.of()));
    }
    List<Assumption> assumptions = new ArrayList<>();
    seen.stream()
        .filter(dump -> dump.coverage() == Coverage.PARTIAL)
        .findFirst()
        .ifPresent(dump ->
            assumptions.add(
                assumption(
                    "the rules that the listing of " + place + " leaves out don't matter",
                    dump.seenAt().text(),
                    List.of(dump.seenAt()))));
    if (!showsEverything(seen)) {
      assumptions.add(others(seen, save));
    }
    return assumptions;
  }

  private static boolean showsEverything(List<FilterDump> seen) {
    boolean legacy = shows(seen, Tool.IPTABLES_LEGACY);
    boolean native_ = shows(seen, Tool.NFT);
    return legacy && native_;
  }

  private static boolean shows(List<FilterDump> seen, Tool tool) {
    return seen.stream().anyMatch(dump -> dump.tool() == tool && dump.only().isEmpty());
  }

  private Assumption others(List<FilterDump> seen, String save) {
    boolean legacy = shows(seen, Tool.IPTABLES_LEGACY);
    boolean nft = shows(seen, Tool.NFT);
    boolean one = shows(seen, Tool.IPTABLES) || shows(seen, Tool.IPTABLES_NFT) || legacy || nft;
    List<Source> grounds = List.of(seen.getLast().seenAt());
    if (!one) {
      return assumption(
          "the tables of " + place + " that weren't listed let the packet pass unchanged",
          save + "-save",
          grounds);
    }
    String missing = nft ? save + "-legacy-save" : "nft list ruleset";
    return assumption(
        "beside the listed rules, no packet filter is loaded on " + place.node(), missing, grounds);
  }

  private Assumption assumption(String text, String command, List<Source> grounds) {
    return new Assumption(text, Commands.in(place, command), grounds);
  }
}
