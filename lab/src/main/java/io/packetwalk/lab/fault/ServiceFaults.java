package io.packetwalk.lab.fault;

import static io.packetwalk.lab.fault.Places.first;
import static io.packetwalk.lab.fault.Places.in;
import static io.packetwalk.lab.fault.Places.on;
import static io.packetwalk.lab.fault.Places.pod;

import io.packetwalk.lab.fault.Fault.Example;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedService;
import java.util.List;

/** Faults of Services: what kube-proxy has, or hasn't, written. */
final class ServiceFaults {
  private static final Example SERVICE = new Example("web", "svc/shop/cart:80", "udp", 64);

  private ServiceFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "service-without-endpoints",
            "a Service has no ready endpoints",
            "connections to the Service are refused",
            Fault::isByKubeProxy,
            SERVICE,
            plan ->
                List.of(
                    on(first(plan), "iptables -I KUBE-SERVICES " + reject(plan)),
                    on(
                        first(plan),
                        "iptables -t nat -I KUBE-SERVICES -d " + address(plan) + " -j RETURN")),
            plan ->
                List.of(
                    on(first(plan), "iptables -D KUBE-SERVICES " + reject(plan)),
                    on(
                        first(plan),
                        "iptables -t nat -D KUBE-SERVICES -d " + address(plan) + " -j RETURN"))),
        new Fault(
            "service-rules-missing",
            "kube-proxy hasn't written a Service's rules on one node",
            "pods of worker1 can't reach the Service, pods of worker2 can",
            Fault::isByKubeProxy,
            SERVICE,
            plan ->
                List.of(
                    on(
                        first(plan),
                        "iptables -t nat -I KUBE-SERVICES -d " + address(plan) + " -j RETURN")),
            plan ->
                List.of(
                    on(
                        first(plan),
                        "iptables -t nat -D KUBE-SERVICES -d " + address(plan) + " -j RETURN"))),
        new Fault(
            "endpoint-stale",
            "kube-proxy still sends to a pod that is gone",
            "connections to the Service time out",
            Fault::isByKubeProxy,
            SERVICE,
            plan -> List.of(on(first(plan), "iptables -t nat -I KUBE-SERVICES " + stale(plan))),
            plan -> List.of(on(first(plan), "iptables -t nat -D KUBE-SERVICES " + stale(plan)))),
        new Fault(
            "kube-proxy-rules-flushed",
            "somebody has flushed the table nat of a node",
            "no Service works on worker1, by cluster DNS neither",
            Fault::isByKubeProxy,
            SERVICE,
            plan ->
                List.of(
                    on(first(plan), "sh -c 'iptables-save -t nat >/run/lab/nat-of-worker1'"),
                    on(first(plan), "iptables -t nat -F")),
            plan -> List.of(on(first(plan), "iptables-restore -T nat /run/lab/nat-of-worker1"))),
        new Fault(
            "drop-in-pod",
            "a firewall inside of the pod drops",
            "the packet arrives at the pod's device and is never answered",
            plan -> true,
            Example.of("web", "cart"),
            plan -> List.of(in(pod(plan, "cart"), "iptables -I INPUT -p udp -j DROP")),
            plan -> List.of(in(pod(plan, "cart"), "iptables -D INPUT -p udp -j DROP"))));
  }

  private static String address(Plan plan) {
    PlannedService service = plan.service("cart").orElseThrow();
    return service.clusterIp().ipv4() + "/32";
  }

  private static String reject(Plan plan) {
    return "-d "
        + address(plan)
        + " -m comment --comment \"shop/cart:http has no endpoints\" -j REJECT";
  }

  private static String stale(Plan plan) {
    return "-p udp -d " + address(plan) + " -j DNAT --to-destination 10.244.2.199:8080";
  }
}
