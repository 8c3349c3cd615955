package io.packetwalk.read.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.cluster.Endpoints;
import io.packetwalk.model.cluster.IpPool;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.cluster.NetworkPolicy;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.cluster.Service;
import io.packetwalk.read.Fact;
import io.packetwalk.read.command.Shown;
import io.packetwalk.wire.IpAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ObjectDocumentsTest {
  private final KubectlGetReader reader = new KubectlGetReader();

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: front
        namespace: web
        labels:
          app: web
        managedFields:
        - manager: kubelet
      spec:
        nodeName: node1
        containers:
        - name: a
          ports:
          - containerPort: 8080
            name: http
      status:
        phase: Running
        conditions:
        - type: Ready
          status: "True"
        podIP: 10.1.0.5
        podIPs:
        - ip: 10.1.0.5
        - ip: fd00::5
      """;

  @Test
  void a_pod_is_read_with_the_line_of_its_name() {
    Fact.Pods pods = Shown.by(reader, "kubectl get pod front -o yaml", POD).fact(Fact.Pods.class);
    Pod pod = pods.listing().entries().getFirst();
    assertThat(pod.name()).isEqualTo(new ObjectName("web", "front"));
    assertThat(pod.addresses()).containsExactly(IpAddress.of("10.1.0.5"), IpAddress.of("fd00::5"));
    assertThat(pod.hostNetwork()).contains(false);
    assertThat(pod.ready()).contains(true);
    assertThat(pod.ports().getFirst().number()).isEqualTo(8080);
    assertThat(pod.source().position()).isEqualTo("node1.txt:5");
    assertThat(pods.listing().coverage()).isEqualTo(Coverage.PARTIAL);
  }

  @Test
  void a_list_of_everything_is_complete() {
    Shown shown =
        Shown.by(
            reader,
            "kubectl get svc,endpoints -A -o json",
            """
            {
              "apiVersion": "v1",
              "items": [
                {
                  "apiVersion": "v1", "kind": "Service",
                  "metadata": {"name": "web", "namespace": "shop"},
                  "spec": {
                    "clusterIP": "10.96.0.7", "clusterIPs": ["10.96.0.7", "fd00:1::7"],
                    "externalIPs": ["192.0.2.1"], "sessionAffinity": "ClientIP",
                    "externalTrafficPolicy": "Local", "type": "LoadBalancer",
                    "ports": [{"name": "http", "port": 80, "targetPort": "web", "nodePort": 30080}],
                    "selector": {"app": "web"}
                  },
                  "status": {"loadBalancer": {"ingress": [{"ip": "192.0.2.2"}]}}
                },
                {
                  "apiVersion": "v1", "kind": "Endpoints",
                  "metadata": {"name": "web", "namespace": "shop"},
                  "subsets": [{
                    "addresses": [{"ip": "10.1.0.5", "nodeName": "node1"}],
                    "notReadyAddresses": [{"ip": "10.1.0.6"}],
                    "ports": [{"port": 8080, "name": "http"}]
                  }]
                }
              ],
              "kind": "List"
            }
            """);
    assertThat(shown.unread()).isEmpty();
    Fact.Services services = shown.fact(Fact.Services.class);
    assertThat(services.listing().isComplete()).isTrue();
    assertThat(services.namespace()).isEmpty();
    Service web = services.listing().entries().getFirst();
    assertThat(web.clusterAddresses()).hasSize(2);
    assertThat(web.externalAddresses())
        .containsExactly(IpAddress.of("192.0.2.1"), IpAddress.of("192.0.2.2"));
    assertThat(web.ports().getFirst().target()).contains("web");
    assertThat(web.sessionAffinity()).contains("ClientIP");
    Endpoints endpoints = shown.fact(Fact.EndpointLists.class).listing().entries().getFirst();
    assertThat(endpoints.endpoints())
        .extracting(endpoint -> endpoint.ready().orElseThrow())
        .containsExactly(true, false);
  }

  @Test
  void slices_and_nodes_are_read_from_lists_without_a_command() {
    Shown shown =
        Shown.by(
            reader,
            "kubectl get -o yaml",
            """
            apiVersion: v1
            items:
            - apiVersion: discovery.k8s.io/v1
              kind: EndpointSlice
              metadata:
                name: web-abc
                namespace: shop
                labels:
                  kubernetes.io/service-name: web
              addressType: IPv4
              endpoints:
              - addresses: [10.1.0.5]
                nodeName: node1
                conditions: {ready: false}
              - addresses: [10.1.0.6]
              ports:
              - name: ""
                port: 8080
            - apiVersion: v1
              kind: Node
              metadata:
                name: node1
                annotations:
                  projectcalico.org/IPv4Address: 192.0.2.11/24
              spec:
                podCIDRs: [10.1.0.0/24]
              status:
                addresses:
                - {address: 192.0.2.11, type: InternalIP}
                - {address: node1, type: Hostname}
            kind: List
            """);
    assertThat(shown.unread()).isEmpty();
    Fact.EndpointLists slices = shown.fact(Fact.EndpointLists.class);
    assertThat(slices.namespace()).contains("shop");
    assertThat(slices.listing().entries().getFirst().service())
        .isEqualTo(new ObjectName("shop", "web"));
    assertThat(slices.listing().entries().getFirst().endpoints())
        .extracting(endpoint -> endpoint.ready().orElseThrow())
        .containsExactly(false, true);
    Fact.Nodes nodes = shown.fact(Fact.Nodes.class);
    assertThat(nodes.listing().isComplete()).isTrue();
    KubernetesNode node = nodes.listing().entries().getFirst();
    assertThat(node.internalAddresses()).containsExactly(IpAddress.of("192.0.2.11"));
    assertThat(node.podCidrs()).hasSize(1);
  }

  @Test
  void what_somebody_wrote_is_declared_and_several_documents_are_read() {
    Shown shown =
        Shown.by(
            new DeclaredObjectsReader(),
            "kubectl declared",
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: front
            spec:
              nodeName: node1
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: frontpolicy
            spec:
              podSelector:
                matchLabels:
                  role: front
              policyTypes:
              - Egress
              egress:
              - ports:
                - protocol: TCP
                  port : 80
            ---
            apiVersion: projectcalico.org/v3
            kind: IPPool
            metadata:
              name: pool
            spec:
              cidr: 10.1.0.0/16
              ipipMode: Never
              natOutgoing: false
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: other
            """);
    Pod pod = shown.fact(Fact.Pods.class).listing().entries().getFirst();
    assertThat(pod.declared()).isTrue();
    assertThat(pod.name().namespace()).isEqualTo("default");
    NetworkPolicy policy = shown.fact(Fact.NetworkPolicies.class).listing().entries().getFirst();
    assertThat(policy.types()).containsExactly("Egress");
    assertThat(policy.podSelector().orElseThrow()).containsEntry("role", "front");
    assertThat(policy.specification().orElseThrow()).contains("\"port\":\"80\"");
    IpPool pool = shown.fact(Fact.IpPools.class).listing().entries().getFirst();
    assertThat(pool.ipipMode()).contains("Never");
    assertThat(pool.natOutgoing()).contains(false);
    assertThat(shown.unread()).containsExactly("name: other");
  }

  @Test
  void a_line_that_breaks_the_syntax_costs_itself() {
    Shown shown =
        Shown.by(
            reader,
            "kubectl get pod front -o yaml",
            POD.replace("spec:\n", "this line was pasted here\nspec:\n"));
    assertThat(shown.fact(Fact.Pods.class).listing().entries().getFirst().node()).contains("node1");
    assertThat(shown.unread()).containsExactly("this line was pasted here");
  }

  @Test
  void objects_after_one_another_and_behind_a_remark_are_told_apart() {
    Shown shown =
        Shown.by(
            new DeclaredObjectsReader(),
            "kubectl declared",
            """
            cat <<EOF | kubectl create -f -
            apiVersion: v1
            kind: Pod
            metadata:
              name: first
              name: one
            apiVersion: v1
            kind: Pod
            metadata:
              name: two
            """);
    assertThat(shown.fact(Fact.Pods.class).listing().entries())
        .extracting(pod -> pod.name().name())
        .containsExactly("one", "two");
    assertThat(shown.unread()).containsExactly("cat <<EOF | kubectl create -f -");
  }

  @Test
  void a_list_that_breaks_off_is_partial() {
    Shown shown =
        Shown.by(
            reader,
            "kubectl get pods -A -o json",
            """
            {"items": [
              {"kind": "Pod", "metadata": {"name": "a"}},
              {"kind": "Pod", "metadata": {"name":
            """);
    assertThat(shown.fact(Fact.Pods.class).listing().coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(shown.fact(Fact.Pods.class).listing().entries()).hasSize(1);
  }

  @Test
  void aliases_upon_aliases_stay_small() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int level = 1; level < 40; level++) {
      String alias = "*a" + (level - 1);
      bomb.append("a" + level + ": &a" + level + " [" + (alias + ", ").repeat(8) + alias + "]\n");
    }
    org.junit.jupiter.api.Assertions.assertTimeout(
        Duration.ofSeconds(5), () -> Shown.by(reader, "kubectl get -o yaml", bomb.toString()));
  }

  @Test
  void nesting_without_end_is_a_fault() {
    Shown shown = Shown.by(reader, "kubectl get -o json", "[".repeat(100_000));
    assertThat(shown.reading().unread()).isNotEmpty();
  }
}
