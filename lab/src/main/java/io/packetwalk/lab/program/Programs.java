package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedAlias;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.plan.PlannedService;
import io.packetwalk.lab.plan.Planning;
import java.util.ArrayList;
import java.util.List;

/**
 * What runs in the pods: an answering server in all of them, the cluster's DNS, a reverse proxy.
 */
final class Programs {
  private final Plan plan;
  private final String folder;

  Programs(Plan plan, String folder) {
    this.plan = plan;
    this.folder = folder;
  }

  /** Starts the answering server, which takes a while, and needs no more than the namespaces. */
  void serve(Script script) {
    script.note("servers: UDP and TCP echo and HTTP on port " + Planning.POD_PORT);
    StringBuilder serve =
        new StringBuilder("python3 '" + folder + "/agent.py' serve '" + folder + "'");
    plan.pods()
        .forEach(pod -> serve.append(' ').append(pod.netns()).append('=').append(pod.name()));
    plan.nodes()
        .forEach(node -> serve.append(' ').append(node.name()).append('=').append(node.name()));
    serve.append(" client=client >'").append(folder).append("/agent.log' 2>&1 </dev/null &");
    script.line(serve.toString());
  }

  /** Starts the others, and waits until there are answers. */
  void build(Script script) {
    script.note("the cluster's DNS and its ingress");
    plan.podsOfApp("coredns").forEach(pod -> dns(script, pod));
    plan.podsOfApp("proxy").forEach(pod -> proxy(script, pod));
    resolver(script);
    script.line("await_file '" + folder + "/serving'");
  }

  /** dnsmasq as the cluster's DNS: a record for each Service, and the client's. */
  private void dns(Script script, PlannedPod pod) {
    List<String> lines = new ArrayList<>();
    lines.addAll(List.of("no-resolv", "no-hosts", "no-daemon", "local=/cluster.local/"));
    lines.add("pid-file=");
    lines.add("user=root");
    for (PlannedService service : plan.services()) {
      String name = "%s.%s.svc.%s".formatted(service.name(), service.namespace(), Planning.DOMAIN);
      lines.add(
          "host-record="
              + name
              + ","
              + String.join(",", service.clusterIp().all(plan.dualStack())));
    }
    lines.add(
        "host-record="
            + Planning.CLIENT_NAME
            + ","
            + String.join(",", plan.clientAddress().all(plan.dualStack())));
    for (PlannedAlias alias : plan.aliases()) {
      String name = "%s.%s.svc.%s".formatted(alias.name(), alias.namespace(), Planning.DOMAIN);
      lines.add("cname=" + name + "," + alias.target());
    }
    script.line("if command -v dnsmasq >/dev/null; then");
    script.input("cat >/run/lab/dnsmasq.conf", lines);
    script.line(
        "ip netns exec "
            + pod.netns()
            + " dnsmasq --conf-file=/run/lab/dnsmasq.conf >/dev/null 2>&1 </dev/null &");
    script.line("else echo 'without cluster DNS: dnsmasq is not installed' >&2; fi");
  }

  /** HAProxy as the ingress: what comes to port 80 goes to the Service web. */
  private void proxy(Script script, PlannedPod pod) {
    PlannedService web = plan.service("web").orElseThrow();
    List<String> lines =
        List.of(
            "defaults",
            "  mode http",
            "  timeout connect 2s",
            "  timeout client 5s",
            "  timeout server 5s",
            "frontend http",
            "  bind :80",
            "  default_backend web",
            "backend web",
            "  server web " + web.clusterIp().ipv4() + ":" + web.ports().getFirst().port());
    script.line("if command -v haproxy >/dev/null; then");
    script.input("cat >/run/lab/haproxy.cfg", lines);
    script.line(
        "ip netns exec "
            + pod.netns()
            + " haproxy -f /run/lab/haproxy.cfg >/dev/null 2>&1 </dev/null &");
    script.line("else echo 'without ingress: haproxy is not installed' >&2; fi");
  }

  /** As kubelet writes resolv.conf into pods; a shell in a pod puts it in its place. */
  private void resolver(Script script) {
    String server = plan.service("kube-dns").orElseThrow().clusterIp().ipv4();
    StringBuilder folders = new StringBuilder("mkdir -p");
    plan.pods().forEach(pod -> folders.append(" /run/lab/").append(pod.netns()));
    script.line(folders.toString());
    for (PlannedPod pod : plan.pods()) {
      script.file(
          "/run/lab/" + pod.netns() + "/resolv.conf",
          List.of(
              "search "
                  + pod.namespace()
                  + ".svc."
                  + Planning.DOMAIN
                  + " svc."
                  + Planning.DOMAIN
                  + " "
                  + Planning.DOMAIN,
              "nameserver " + server,
              "options ndots:5"));
    }
  }
}
