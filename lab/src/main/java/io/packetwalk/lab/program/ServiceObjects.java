package io.packetwalk.lab.program;

import static io.packetwalk.lab.program.KubernetesObjects.metadata;
import static io.packetwalk.lab.program.KubernetesObjects.object;

import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedAlias;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.plan.PlannedService;
import io.packetwalk.lab.plan.PlannedService.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A plan's Services as Kubernetes has them, and the pods behind them. */
final class ServiceObjects {
  private final Plan plan;

  ServiceObjects(Plan plan) {
    this.plan = plan;
  }

  List<Map<String, Object>> all() {
    List<Map<String, Object>> all = new ArrayList<>();
    plan.services().forEach(service -> all.add(service(service)));
    plan.aliases().forEach(alias -> all.add(alias(alias)));
    return all;
  }

  private static Map<String, Object> alias(PlannedAlias alias) {
    return object(
        "v1",
        "Service",
        metadata(alias.namespace(), alias.name(), KubernetesObjects.members()),
        KubernetesObjects.members(
            "spec",
            KubernetesObjects.members("type", "ExternalName", "externalName", alias.target())));
  }

  private Map<String, Object> service(PlannedService service) {
    List<Object> ports = new ArrayList<>();
    for (Port port : service.ports()) {
      Map<String, Object> entry = members(port, port.port());
      entry.put("targetPort", port.target());
      if (port.nodePort() != 0) {
        entry.put("nodePort", port.nodePort());
      }
      ports.add(entry);
    }
    Map<String, Object> spec =
        KubernetesObjects.members(
            "type",
            service.type().word(),
            "clusterIP",
            service.clusterIp().ipv4(),
            "clusterIPs",
            service.clusterIp().all(plan.dualStack()),
            "selector",
            KubernetesObjects.members("app", service.app()),
            "ports",
            ports);
    if (service.type() != PlannedService.Type.CLUSTER_IP) {
      spec.put("externalTrafficPolicy", service.localOnly() ? "Local" : "Cluster");
    }
    List<Object> ingress =
        service.loadBalancer().isEmpty()
            ? List.of()
            : List.of(KubernetesObjects.members("ip", service.loadBalancer()));
    return object(
        "v1",
        "Service",
        metadata(service.namespace(), service.name(), KubernetesObjects.members()),
        KubernetesObjects.members(
            "spec",
            spec,
            "status",
            KubernetesObjects.members(
                "loadBalancer", KubernetesObjects.members("ingress", ingress))));
  }

  private static Map<String, Object> members(Port port, int number) {
    return KubernetesObjects.members(
        "name", port.name(), "protocol", port.protocol().toUpperCase(Locale.ROOT), "port", number);
  }

  List<Map<String, Object>> slices() {
    List<Map<String, Object>> slices = new ArrayList<>();
    for (PlannedService service : plan.services()) {
      for (boolean six : plan.families()) {
        slices.add(slice(service, six));
      }
    }
    return slices;
  }

  private static Map<String, Object> slice(PlannedService service, boolean six) {
    List<Object> endpoints = new ArrayList<>();
    for (PlannedPod pod : service.endpoints()) {
      endpoints.add(
          KubernetesObjects.members(
              "addresses",
              List.of(pod.address().of(six)),
              "conditions",
              KubernetesObjects.members("ready", true, "serving", true, "terminating", false),
              "nodeName",
              pod.node().name(),
              "targetRef",
              KubernetesObjects.members(
                  "kind", "Pod", "namespace", pod.namespace(), "name", pod.name())));
    }
    List<Object> ports = new ArrayList<>();
    for (Port port : service.ports()) {
      ports.add(members(port, port.target()));
    }
    return object(
        "discovery.k8s.io/v1",
        "EndpointSlice",
        metadata(
            service.namespace(),
            service.name() + (six ? "-v6x7k" : "-v4q2m"),
            KubernetesObjects.members("kubernetes.io/service-name", service.name())),
        KubernetesObjects.members(
            "addressType", six ? "IPv6" : "IPv4", "endpoints", endpoints, "ports", ports));
  }
}
