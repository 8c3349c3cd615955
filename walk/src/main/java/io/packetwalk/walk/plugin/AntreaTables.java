package io.packetwalk.walk.plugin;

import io.packetwalk.model.openflow.Switch;
import io.packetwalk.model.openflow.TableId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The tables of Antrea's pipeline: their names, and what each does (Antrea's
 * docs/design/ovs-pipeline.md).
 *
 * <p>Releases differ in the tables' numbers, so a number says nothing where dumps name the tables.
 * Releases up to 1.3 had no names, and gave their tables fixed numbers with room between them.
 */
final class AntreaTables {
  private static final Map<Integer, String> FIXED =
      Map.ofEntries(
          Map.entry(0, "Classifier"),
          Map.entry(5, "UplinkTable"),
          Map.entry(10, "SpoofGuard"),
          Map.entry(20, "ARPResponder"),
          Map.entry(21, "IPv6"),
          Map.entry(29, "ServiceHairpin"),
          Map.entry(30, "ConntrackZone"),
          Map.entry(31, "ConntrackState"),
          Map.entry(40, "DNAT"),
          Map.entry(41, "ServiceLB"),
          Map.entry(42, "EndpointDNAT"),
          Map.entry(45, "AntreaPolicyEgressRule"),
          Map.entry(49, "DefaultTierEgressRule"),
          Map.entry(50, "EgressRule"),
          Map.entry(60, "EgressDefaultRule"),
          Map.entry(61, "EgressMetric"),
          Map.entry(70, "L3Forwarding"),
          Map.entry(71, "SNAT"),
          Map.entry(72, "L3DecTTL"),
          Map.entry(80, "L2ForwardingCalc"),
          Map.entry(85, "AntreaPolicyIngressRule"),
          Map.entry(89, "DefaultTierIngressRule"),
          Map.entry(90, "IngressRule"),
          Map.entry(100, "IngressDefaultRule"),
          Map.entry(101, "IngressMetric"),
          Map.entry(105, "ConntrackCommit"),
          Map.entry(106, "HairpinSNAT"),
          Map.entry(110, "Output"));
  private static final Set<Integer> CORE = Set.of(10, 30, 31, 70, 80, 105, 110);
  private static final Set<String> NAMED = Set.of("SpoofGuard", "ConntrackState", "L3Forwarding");

  private static final Map<String, String> PURPOSES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("PipelineRootClassifier", "which kind of packet it is"),
              Map.entry("ARPSpoofGuard", "whether the port may send this ARP message"),
              Map.entry("ARPResponder", "answers ARP for addresses behind tunnels"),
              Map.entry("Classifier", "where it comes from"),
              Map.entry("SpoofGuard", "whether the port may send from this source"),
              Map.entry("UnSNAT", "answers to translated sources"),
              Map.entry("ConntrackZone", "looks its connection up"),
              Map.entry("ConntrackState", "what is known of its connection"),
              Map.entry("PreRoutingClassifier", "whether it is for a Service"),
              Map.entry("NodePortMark", "whether it is for a NodePort"),
              Map.entry("SessionAffinity", "whether its client had an endpoint before"),
              Map.entry("ServiceLB", "which Service it is for"),
              Map.entry("EndpointDNAT", "goes to the endpoint that was chosen"),
              Map.entry("DNAT", "whether it is for a Service, which kube-proxy translates"),
              Map.entry("AntreaPolicyEgressRule", "egress rules of Antrea's policies"),
              Map.entry("DefaultTierEgressRule", "egress rules of the default tier"),
              Map.entry("EgressRule", "egress rules of NetworkPolicies"),
              Map.entry("EgressDefaultRule", "what isolated pods may not send"),
              Map.entry("EgressMetric", "counts what egress rules decided"),
              Map.entry("L3Forwarding", "which way to the destination"),
              Map.entry("EgressMark", "which Egress it leaves the cluster by"),
              Map.entry("L3DecTTL", "takes a hop off"),
              Map.entry("SNATMark", "whether its source must be translated"),
              Map.entry("SNAT", "translates its source"),
              Map.entry("L2ForwardingCalc", "which port has the destination"),
              Map.entry("TrafficControl", "mirrors and redirections"),
              Map.entry("IngressSecurityClassifier", "which ingress rules concern it"),
              Map.entry("AntreaPolicyIngressRule", "ingress rules of Antrea's policies"),
              Map.entry("DefaultTierIngressRule", "ingress rules of the default tier"),
              Map.entry("IngressRule", "ingress rules of NetworkPolicies"),
              Map.entry("IngressDefaultRule", "what isolated pods may not receive"),
              Map.entry("IngressMetric", "counts what ingress rules decided"),
              Map.entry("ConntrackCommit", "remembers new connections"),
              Map.entry("HairpinSNAT", "answers that go back where they came from"),
              Map.entry("Output", "sends it out of the chosen port")));

  /** The components of Traceflow that tables belong to (Antrea's traceflow-guide.md). */
  private static final Map<String, String> COMPONENTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("NodePortMark", "LB"),
              Map.entry("SessionAffinity", "LB"),
              Map.entry("ServiceLB", "LB"),
              Map.entry("EndpointDNAT", "LB"),
              Map.entry("AntreaPolicyEgressRule", "NetworkPolicy"),
              Map.entry("DefaultTierEgressRule", "NetworkPolicy"),
              Map.entry("EgressRule", "NetworkPolicy"),
              Map.entry("EgressDefaultRule", "NetworkPolicy"),
              Map.entry("EgressMetric", "NetworkPolicy"),
              Map.entry("AntreaPolicyIngressRule", "NetworkPolicy"),
              Map.entry("DefaultTierIngressRule", "NetworkPolicy"),
              Map.entry("IngressRule", "NetworkPolicy"),
              Map.entry("IngressDefaultRule", "NetworkPolicy"),
              Map.entry("IngressMetric", "NetworkPolicy"),
              Map.entry("L3Forwarding", "Routing"),
              Map.entry("EgressMark", "Egress"),
              Map.entry("L2ForwardingCalc", "Forwarding"),
              Map.entry("Output", "Forwarding")));

  private final boolean fixed;

  AntreaTables(Switch bridge) {
    this.fixed = areFixed(bridge);
  }

  /**
   * Whether the switch is Antrea's: it has the agent's gateway port, and tables of its pipeline.
   */
  static boolean isAntreas(Switch bridge) {
    boolean gateway = bridge.port("antrea-gw0").isPresent() || bridge.port("gw0").isPresent();
    Set<String> names =
        bridge.flows().tables().keySet().stream()
            .map(TableId::name)
            .collect(Collectors.toCollection(TreeSet::new));
    return names.containsAll(NAMED) || (gateway && areFixed(bridge));
  }

  private static boolean areFixed(Switch bridge) {
    Set<TableId> shown = bridge.flows().tables().keySet();
    Set<Integer> numbers =
        shown.stream()
            .filter(table -> table.number().isPresent())
            .map(table -> table.number().getAsInt())
            .collect(Collectors.toCollection(TreeSet::new));
    return shown.stream().allMatch(table -> table.name().isEmpty())
        && numbers.containsAll(CORE)
        && FIXED.keySet().containsAll(numbers);
  }

  /** Whether it is a release with fixed numbers, whose registers differ too. */
  boolean areOld() {
    return fixed;
  }

  /** The table's name; empty where only a number is known that says nothing. */
  Optional<String> name(TableId table) {
    if (!table.name().isEmpty()) {
      return Optional.of(table.name());
    }
    return fixed && table.number().isPresent()
        ? Optional.ofNullable(FIXED.get(table.number().getAsInt()))
        : Optional.empty();
  }

  /** What the table is for, with Traceflow's word for it; empty for one that isn't known. */
  static String purpose(String name) {
    String purpose = PURPOSES.getOrDefault(name, "");
    String component = COMPONENTS.getOrDefault(name, "");
    return component.isEmpty() ? purpose : component + ": " + purpose;
  }
}
