package io.packetwalk.walk.plugin;

import io.packetwalk.model.cluster.NetworkPolicy;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rules of policies as flows have them: conjunctions of who is concerned, who the peers are and
 * which ports. Flows don't say of which policy a rule is; where the objects leave only one, it is
 * named.
 */
final class AntreaPolicies {
  private final AntreaNames names;
  private final AntreaComputed computed;
  private final Map<Key, Rule> rules = new TreeMap<>();

  AntreaPolicies(Switch bridge, AntreaTables tables, AntreaNames names) {
    this.names = names;
    this.computed = new AntreaComputed(names);
    for (TableId id : bridge.flows().tables().keySet()) {
      Optional<String> table = tables.name(id).filter(name -> name.endsWith("Rule"));
      if (table.isPresent()) {
        bridge.flows().table(id).entries().forEach(flow -> collect(table.get(), flow));
      }
    }
  }

  private record Key(String table, long conjunction) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byTable = table.compareTo(other.table);
      return byTable != 0 ? byTable : Long.compare(conjunction, other.conjunction);
    }
  }

  /** What a rule's clauses match. */
  static final class Rule {
    final Set<Integer> targets = new LinkedHashSet<>();
    final Set<IpAddress> sources = new LinkedHashSet<>();
    final Set<IpAddress> destinations = new LinkedHashSet<>();
    final Set<String> services = new LinkedHashSet<>();

    /** What the flow does once all clauses are met. */
    Optional<Flow> verdict = Optional.empty();

    /** Whether a clause has more than addresses, ports and pods: then they don't tell the rule. */
    boolean other;
  }

  private void collect(String table, Flow flow) {
    AntreaFlows.exact(flow, "conj_id")
        .ifPresent(id ->
            rules.computeIfAbsent(new Key(table, id), key -> new Rule()).verdict =
                Optional.of(flow));
    for (FlowAction action : flow.actions()) {
      if (action instanceof FlowAction.Conjunction conjunction) {
        Rule rule = rules.computeIfAbsent(new Key(table, conjunction.id()), key -> new Rule());
        target(flow).ifPresent(rule.targets::add);
        address(flow, true).ifPresent(rule.sources::add);
        address(flow, false).ifPresent(rule.destinations::add);
        service(flow).ifPresent(rule.services::add);
        rule.other |=
            target(flow).isEmpty()
                && address(flow, true).isEmpty()
                && address(flow, false).isEmpty()
                && service(flow).isEmpty();
      }
    }
  }

  private static Optional<Integer> target(Flow flow) {
    OptionalLong port = AntreaFlows.exact(flow, "reg1");
    return port.isPresent() ? Optional.of((int) port.getAsLong()) : Optional.empty();
  }

  private static Optional<IpAddress> address(Flow flow, boolean source) {
    return AntreaFlows.value(flow, source ? FlowFields.NW_SRC : FlowFields.NW_DST)
        .map(bits -> IpAddress.ofIpv4((int) bits.low()))
        .or(() ->
            AntreaFlows.value(flow, source ? FlowFields.IPV6_SRC : FlowFields.IPV6_DST)
                .map(bits -> IpAddress.ofIpv6(bits.high(), bits.low())));
  }

  private static Optional<String> service(Flow flow) {
    OptionalLong protocol = AntreaFlows.exact(flow, "nw_proto");
    OptionalLong port = AntreaFlows.exact(flow, "tp_dst", "tcp_dst", "udp_dst", "sctp_dst");
    if (protocol.isEmpty() && port.isEmpty()) {
      return Optional.empty();
    }
    String name =
        switch ((int) protocol.orElse(0)) {
          case 6 -> "TCP";
          case 17 -> "UDP";
          case 132 -> "SCTP";
          case 1, 58 -> "ICMP";
          default -> "protocol " + protocol.orElse(0);
        };
    return Optional.of(port.isPresent() ? name + " " + port.getAsLong() : name);
  }

  /** {@code conjunction 3, ingress rule 1 of NetworkPolicy shop/web: from …, TCP 80}. */
  String describe(String table, long conjunction) {
    Rule rule = rules.get(new Key(table, conjunction));
    String number = "conjunction " + conjunction;
    if (rule == null) {
      return number + ", whose clauses aren't among the flows shown";
    }
    boolean ingress = table.contains("Ingress");
    List<String> parts = new ArrayList<>();
    describePeers(rule, ingress).ifPresent(parts::add);
    if (!rule.services.isEmpty()) {
      parts.add(String.join(" or ", rule.services));
    }
    String content = parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    String of =
        computed
            .of(rule, ingress, table)
            .or(() -> policy(rule, ingress, table).map(policy -> " of " + policy))
            .orElse(", which policy's the objects don't tell");
    return number + ", an " + (ingress ? "ingress" : "egress") + " rule" + content + of;
  }

  private Optional<String> describePeers(Rule rule, boolean ingress) {
    Set<IpAddress> peers = ingress ? rule.sources : rule.destinations;
    if (peers.isEmpty()) {
      return Optional.empty();
    }
    List<String> shown = peers.stream().limit(3).map(names::address).toList();
    String rest = peers.size() > 3 ? " and " + (peers.size() - 3) + " more" : "";
    return Optional.of((ingress ? "from " : "to ") + String.join(", ", shown) + rest);
  }

  /** The only NetworkPolicy that concerns all of the rule's pods in its direction. */
  private Optional<String> policy(Rule rule, boolean ingress, String table) {
    if (table.startsWith("Antrea")) {
      return Optional.empty();
    }
    List<Pod> concerned =
        ingress
            ? rule.targets.stream().map(names::podAt).flatMap(Optional::stream).toList()
            : rule.sources.stream()
                .map(address -> names.snapshot().cluster().podAt(address))
                .flatMap(Optional::stream)
                .toList();
    boolean all =
        concerned.size() == (ingress ? rule.targets.size() : rule.sources.size())
            && !concerned.isEmpty();
    return all ? only(concerned, ingress ? "Ingress" : "Egress") : Optional.empty();
  }

  private Optional<String> only(List<Pod> pods, String type) {
    List<NetworkPolicy> candidates = selecting(pods, type);
    return candidates.size() == 1
        ? Optional.of("NetworkPolicy " + candidates.getFirst().name())
        : Optional.empty();
  }

  private List<NetworkPolicy> selecting(List<Pod> pods, String type) {
    return names.snapshot().cluster().networkPolicies().stream()
        .filter(policy -> policy.types().isEmpty() || policy.types().contains(type))
        .filter(policy -> pods.stream().allMatch(pod -> selects(policy, pod)))
        .toList();
  }

  private static boolean selects(NetworkPolicy policy, Pod pod) {
    return policy.name().namespace().equals(pod.name().namespace())
        && policy
            .podSelector()
            .filter(labels -> pod.labels().entrySet().containsAll(labels.entrySet()))
            .isPresent();
  }

  /** Why a flow of a default table drops: the pod is isolated by the policies that select it. */
  Optional<String> isolation(Flow flow) {
    boolean ingress = target(flow).isPresent();
    Optional<Pod> pod =
        target(flow)
            .flatMap(names::podAt)
            .or(() ->
                address(flow, true).flatMap(address -> names.snapshot().cluster().podAt(address)));
    String who = pod.map(found -> "pod " + found.name()).orElse("the pod");
    List<String> listed =
        pod
            .map(found -> selecting(List.of(found), ingress ? "Ingress" : "Egress"))
            .orElse(List.of())
            .stream()
            .map(each -> "NetworkPolicy " + each.name())
            .toList();
    List<String> by =
        listed.isEmpty() && pod.isPresent()
            ? computed.isolating(pod.get().name(), ingress)
            : listed;
    String policies = by.isEmpty() ? "" : " by " + String.join(" and ", by);
    return Optional.of(
        who
            + " is isolated"
            + policies
            + ", and no "
            + (ingress ? "ingress" : "egress")
            + " rule allows this");
  }
}
