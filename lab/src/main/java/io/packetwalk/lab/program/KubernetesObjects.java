package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedEgress;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.plan.PlannedPolicy;
import io.packetwalk.lab.plan.Planning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The objects that an API server would list for a cluster, as kubectl shows them. */
public final class KubernetesObjects {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Plan plan;

  private KubernetesObjects(Plan plan) {
    this.plan = plan;
  }

  /** A session of somebody at kubectl. */
  public static String transcript(Plan plan) {
    KubernetesObjects objects = new KubernetesObjects(plan);
    ServiceObjects services = new ServiceObjects(plan);
    StringBuilder text = new StringBuilder();
    show(text, "kubectl get nodes -o json", plan.nodes().stream().map(objects::node).toList());
    show(text, "kubectl get pods -A -o json", plan.pods().stream().map(objects::pod).toList());
    show(text, "kubectl get services -A -o json", services.all());
    show(text, "kubectl get endpointslices -A -o json", services.slices());
    show(
        text,
        "kubectl get networkpolicies -A -o json",
        plan.policies().stream().map(KubernetesObjects::policy).toList());
    if (plan.kind().pods() == ClusterKind.Pods.ROUTED) {
      show(text, "calicoctl get ippool -o json", objects.pools());
    }
    if (!plan.egresses().isEmpty()) {
      show(
          text,
          "kubectl get egresses.crd.antrea.io -o json",
          plan.egresses().stream().map(KubernetesObjects::egress).toList());
    }
    return text.toString();
  }

  private static void show(StringBuilder text, String command, List<Map<String, Object>> items) {
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("apiVersion", "v1");
    list.put("kind", "List");
    list.put("items", items);
    text.append("admin@bastion:~$ ").append(command).append('\n');
    text.append(MAPPER.writeValueAsString(list)).append('\n');
  }

  static Map<String, Object> object(
      String version, String kind, Map<String, Object> metadata, Map<String, Object> rest) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", version);
    object.put("kind", kind);
    object.put("metadata", metadata);
    object.putAll(rest);
    return object;
  }

  static Map<String, Object> metadata(String namespace, String name, Map<String, Object> labels) {
    Map<String, Object> metadata = members("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    metadata.put("labels", labels);
    metadata.put("uid", new UUID(name.hashCode(), namespace.hashCode()).toString());
    metadata.put("resourceVersion", "4711");
    return metadata;
  }

  /** A map in the order in which it is written. */
  static Map<String, Object> members(Object... namesAndValues) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int index = 0; index < namesAndValues.length; index += 2) {
      members.put((String) namesAndValues[index], namesAndValues[index + 1]);
    }
    return members;
  }

  private Map<String, Object> node(PlannedNode node) {
    List<Object> addresses = new ArrayList<>();
    for (String address : node.address().all(plan.dualStack())) {
      addresses.add(members("type", "InternalIP", "address", address));
    }
    addresses.add(members("type", "Hostname", "address", node.name()));
    return object(
        "v1",
        "Node",
        metadata("", node.name(), members("kubernetes.io/hostname", node.name())),
        members(
            "spec",
            members("podCIDR", node.block().ipv4(), "podCIDRs", node.block().all(plan.dualStack())),
            "status",
            members("addresses", addresses, "conditions", ready())));
  }

  private static List<Object> ready() {
    return List.of(members("type", "Ready", "status", "True"));
  }

  private Map<String, Object> pod(PlannedPod pod) {
    List<Object> addresses = new ArrayList<>();
    pod.address().all(plan.dualStack()).forEach(address -> addresses.add(members("ip", address)));
    return object(
        "v1",
        "Pod",
        metadata(pod.namespace(), pod.name(), members("app", pod.app())),
        members(
            "spec",
            members(
                "nodeName",
                pod.node().name(),
                "containers",
                List.of(members("name", pod.app(), "image", pod.app()))),
            "status",
            members(
                "phase",
                "Running",
                "hostIP",
                pod.node().address().ipv4(),
                "podIP",
                pod.address().ipv4(),
                "podIPs",
                addresses,
                "conditions",
                ready())));
  }

  private static Map<String, Object> policy(PlannedPolicy policy) {
    List<Object> ports = new ArrayList<>();
    for (String protocol : List.of("TCP", "UDP")) {
      ports.add(members("protocol", protocol, "port", policy.port()));
    }
    Map<String, Object> from =
        members("podSelector", members("matchLabels", members("app", policy.allowedApp())));
    return object(
        "networking.k8s.io/v1",
        "NetworkPolicy",
        metadata(policy.namespace(), policy.name(), members()),
        members(
            "spec",
            members(
                "podSelector",
                members("matchLabels", members("app", policy.app())),
                "policyTypes",
                List.of("Ingress"),
                "ingress",
                List.of(members("from", List.of(from), "ports", ports)))));
  }

  private static Map<String, Object> egress(PlannedEgress egress) {
    return object(
        "crd.antrea.io/v1beta1",
        "Egress",
        metadata("", egress.name(), members()),
        members(
            "spec",
            members(
                "appliedTo",
                members("podSelector", members("matchLabels", members("app", egress.app()))),
                "egressIP",
                egress.address()),
            "status",
            members("egressIP", egress.address(), "egressNode", egress.node().name())));
  }

  private List<Map<String, Object>> pools() {
    List<Map<String, Object>> pools = new ArrayList<>();
    for (boolean six : plan.families()) {
      String mode = plan.kind().twoSubnets() ? "CrossSubnet" : "Always";
      boolean ipip = plan.kind().tunnelDevice().equals("tunl0");
      boolean vxlan = plan.kind().tunnelDevice().equals("vxlan.calico");
      pools.add(
          object(
              "projectcalico.org/v3",
              "IPPool",
              metadata("", six ? "default-ipv6-ippool" : "default-ipv4-ippool", members()),
              members(
                  "spec",
                  members(
                      "cidr",
                      Planning.POOL.of(six),
                      "ipipMode",
                      ipip && !six ? mode : "Never",
                      "vxlanMode",
                      vxlan ? mode : "Never",
                      "natOutgoing",
                      true))));
    }
    return pools;
  }
}
