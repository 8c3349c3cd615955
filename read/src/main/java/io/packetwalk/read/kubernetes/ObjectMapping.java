package io.packetwalk.read.kubernetes;

import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.cluster.NetworkPolicy;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.read.command.Tokens;
import io.packetwalk.read.tree.Tree;
import io.packetwalk.read.tree.TreeText;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Trees of objects to the model's values, by kind; field names are the API's. */
final class ObjectMapping {
  private ObjectMapping() {}

  static void add(ResourceKind kind, ObjectTree object, ClusterRows rows) {
    switch (kind) {
      case POD -> rows.add(pod(object));
      case SERVICE -> rows.add(ServiceObject.service(object));
      case ENDPOINTS -> rows.addEndpoints(EndpointsObject.endpoints(object));
      case ENDPOINT_SLICE -> rows.addSlice(EndpointsObject.slice(object));
      case NODE -> rows.add(object.isCalico() ? CalicoObjects.node(object) : node(object));
      case NETWORK_POLICY -> rows.add(policy(object));
      case IP_POOL -> CalicoObjects.pool(object, rows);
      case WORKLOAD_ENDPOINT -> rows.add(CalicoObjects.workload(object));
      case BGP_PEER -> rows.add(CalicoObjects.peer(object));
    }
  }

  private static Pod pod(ObjectTree object) {
    Tree tree = object.tree();
    List<String> addresses =
        tree.elements("status", "podIPs").stream().flatMap(ip -> ip.text("ip").stream()).toList();
    boolean leaving = tree.text("metadata", "deletionTimestamp").isPresent();
    Optional<String> phase = tree.text("status", "phase");
    return new Pod(
        object.objectName(),
        addresses(addresses.isEmpty() ? tree.text("status", "podIP").stream().toList() : addresses),
        tree.text("spec", "nodeName"),
        leaving ? Optional.of("Terminating") : phase,
        condition(tree, "Ready"),
        Optional.of(tree.truth("spec", "hostNetwork").orElse(false)),
        tree.labels("metadata", "labels"),
        containerPorts(tree),
        object.declared(),
        object.source());
  }

  private static List<Pod.ContainerPort> containerPorts(Tree tree) {
    List<Pod.ContainerPort> ports = new ArrayList<>();
    for (Tree container : tree.elements("spec", "containers")) {
      for (Tree port : container.elements("ports")) {
        OptionalInt number = number(port, "containerPort");
        if (number.isPresent()) {
          ports.add(
              new Pod.ContainerPort(
                  port.text("name"), number.getAsInt(), port.text("protocol").orElse("TCP")));
        }
      }
    }
    return ports;
  }

  private static KubernetesNode node(ObjectTree object) {
    Tree tree = object.tree();
    List<String> blocks = tree.texts("spec", "podCIDRs");
    List<String> shown = blocks.isEmpty() ? tree.text("spec", "podCIDR").stream().toList() : blocks;
    Optional<String> ready =
        condition(tree, "Ready").map(condition -> condition ? "Ready" : "NotReady");
    boolean closed = tree.truth("spec", "unschedulable").orElse(false);
    return new KubernetesNode(
        object.name(),
        nodeAddresses(tree, "InternalIP"),
        nodeAddresses(tree, "ExternalIP"),
        shown.stream().flatMap(text -> IpPrefix.parse(text).stream()).toList(),
        closed ? ready.map(status -> status + ",SchedulingDisabled") : ready,
        tree.labels("metadata", "annotations"),
        object.source());
  }

  private static List<IpAddress> nodeAddresses(Tree tree, String type) {
    return tree.elements("status", "addresses").stream()
        .filter(address -> address.text("type").filter(type::equals).isPresent())
        .flatMap(address -> address.text("address").flatMap(IpAddress::parse).stream())
        .toList();
  }

  private static NetworkPolicy policy(ObjectTree object) {
    Tree spec = object.tree().at("spec");
    Tree selector = spec.at("podSelector");
    boolean plain = selector.elements("matchExpressions").isEmpty();
    Optional<Map<String, String>> labels =
        plain ? Optional.of(selector.labels("matchLabels")) : Optional.empty();
    Set<String> types = new TreeSet<>(spec.texts("policyTypes"));
    if (types.isEmpty()) {
      types.add("Ingress");
      if (!spec.elements("egress").isEmpty()) {
        types.add("Egress");
      }
    }
    return new NetworkPolicy(
        object.objectName(),
        labels,
        types,
        spec.isAbsent() ? Optional.empty() : Optional.of(TreeText.of(spec)),
        object.declared(),
        object.source());
  }

  private static Optional<Boolean> condition(Tree tree, String type) {
    return tree.elements("status", "conditions").stream()
        .filter(condition -> condition.text("type").filter(type::equals).isPresent())
        .findFirst()
        .flatMap(condition -> condition.text("status"))
        .map("True"::equals);
  }

  /** Those of the texts that are addresses. */
  static List<IpAddress> addresses(List<String> texts) {
    return texts.stream().flatMap(text -> IpAddress.parse(text).stream()).toList();
  }

  /** A port or another number from 0 to 65535. */
  static OptionalInt number(Tree tree, String key) {
    OptionalInt number = tree.text(key).map(Tokens::number).orElseGet(OptionalInt::empty);
    return number.isPresent() && number.getAsInt() > 65535 ? OptionalInt.empty() : number;
  }
}
