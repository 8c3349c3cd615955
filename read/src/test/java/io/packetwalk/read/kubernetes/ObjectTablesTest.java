package io.packetwalk.read.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.cluster.Endpoints;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.cluster.NetworkPolicy;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.cluster.Service;
import io.packetwalk.read.Fact;
import io.packetwalk.read.command.Shown;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectTablesTest {
  private final KubectlGetReader reader = new KubectlGetReader();

  private Fact.Pods pods(String command, String output) {
    return Shown.by(reader, command, output).fact(Fact.Pods.class);
  }

  @Test
  void an_aligned_table_is_read_by_its_columns() {
    Fact.Pods pods =
        pods(
            "kubectl get pods -A -o wide",
            """
            NAMESPACE     NAME      READY   STATUS             RESTARTS     AGE   IP          NODE    NOMINATED NODE   READINESS GATES
            web           front     1/1     Running            5 (3h ago)   7d    10.1.0.5    node1   <none>           <none>
            kube-system   dns-0     0/1     CrashLoopBackOff   9            7d    <none>      node2   <none>           <none>
            """);
    assertThat(pods.namespace()).isEmpty();
    assertThat(pods.listing().isComplete()).isTrue();
    Pod front = pods.listing().entries().getFirst();
    assertThat(front.name()).isEqualTo(new ObjectName("web", "front"));
    assertThat(front.addresses()).containsExactly(IpAddress.of("10.1.0.5"));
    assertThat(front.node()).contains("node1");
    assertThat(front.ready()).contains(true);
    assertThat(front.hostNetwork()).isEmpty();
    Pod dns = pods.listing().entries().getLast();
    assertThat(dns.addresses()).isEmpty();
    assertThat(dns.ready()).contains(false);
  }

  @Test
  void columns_that_lost_their_alignment_or_their_gaps_are_read_all_the_same() {
    String ragged =
        """
        NAMESPACE   NAME   READY   STATUS    RESTARTS   AGE   IP   NODE   NOMINATED NODE   READINESS GATES
        web   front-abcde   1/1   Running   0   3h   10.1.0.5   node1   <none>   <none>
        """;
    String tabs =
        """
        NAME\tREADY\tSTATUS\tRESTARTS\tAGE\tIP\tNODE
        front\t1/1\tRunning\t0\t3h\t10.1.0.5\tnode1
        """;
    String collapsed =
        """
        NAME READY STATUS RESTARTS AGE IP NODE NOMINATED NODE READINESS GATES
        front 1/1 Running 5 (3h ago) 3h 10.1.0.5 node1 <none> <none>
        """;
    String cut =
        """
        NAME             READY   STATUS    RESTARTS   AGE   IP               NODE
        front            1/1     Running   0          13s   10.1.0.5         node1
        """;
    for (Fact.Pods pods :
        List.of(
            pods("kubectl get pods -A -o wide", ragged),
            pods("k get po -owide", tabs),
            pods("kubectl get pods -o wide", collapsed),
            pods("kubectl get pods -n test -o wide", cut))) {
      Pod pod = pods.listing().entries().getFirst();
      assertThat(pod.addresses()).containsExactly(IpAddress.of("10.1.0.5"));
      assertThat(pod.node()).contains("node1");
    }
  }

  @Test
  void a_table_without_its_heading_has_the_command_s_columns() {
    Shown shown =
        Shown.withGap(
            reader,
            "kubectl get pods -A -o wide",
            "web   front   1/1   Running   0   3h   10.1.0.5   node1   <none>   <none>\n");
    Fact.Pods pods = shown.fact(Fact.Pods.class);
    assertThat(pods.listing().entries().getFirst().node()).contains("node1");
    assertThat(pods.listing().coverage()).isEqualTo(Coverage.PARTIAL);
  }

  @Test
  void the_namespace_is_that_of_the_command_or_default() {
    String table = "NAME    READY   STATUS    RESTARTS   AGE\nfront   1/1     Running   0   3h\n";
    assertThat(pods("kubectl get pods", table).namespace()).contains("default");
    assertThat(pods("kubectl -n web get pods", table).namespace()).contains("web");
    assertThat(
            pods("kubectl get pods --namespace=web", table).listing().entries().getFirst().name())
        .isEqualTo(new ObjectName("web", "front"));
  }

  @Test
  void names_and_selectors_make_it_partial() {
    String table = "NAME    READY   STATUS    RESTARTS   AGE\nfront   1/1     Running   0   3h\n";
    for (String command :
        List.of("kubectl get pod front", "kubectl get pods -l app=web", "kubectl get pod/front")) {
      assertThat(pods(command, table).listing().coverage()).isEqualTo(Coverage.PARTIAL);
    }
  }

  @Test
  void no_resources_is_a_complete_answer_and_an_error_is_none() {
    Fact.Pods none = pods("kubectl get pods -n web", "No resources found in web namespace.\n");
    assertThat(none.listing().isComplete()).isTrue();
    assertThat(none.listing().entries()).isEmpty();
    assertThat(
            Shown.by(reader, "kubectl get pods", "error: You must be logged in\n")
                .reading()
                .facts())
        .isEmpty();
  }

  @Test
  void several_kinds_stand_in_several_tables_with_prefixes() {
    Shown shown =
        Shown.by(
            reader,
            "kubectl get pods,svc,ep -o wide",
            """
            NAME        READY   STATUS    RESTARTS   AGE   IP          NODE    NOMINATED NODE   READINESS GATES
            pod/front   1/1     Running   0          3h    10.1.0.5    node1   <none>           <none>

            NAME                 TYPE        CLUSTER-IP    EXTERNAL-IP   PORT(S)   AGE   SELECTOR
            service/kubernetes   ClusterIP   10.96.0.1     <none>        443/TCP   9d    <none>
            service/web          NodePort    10.96.7.7     192.0.2.9     80:30080/TCP,53:30053/UDP   9d    app=web,tier=front

            NAME             ENDPOINTS                            AGE
            endpoints/web    10.1.0.5:80,10.1.0.6:80 + 3 more...   9d
            """);
    assertThat(shown.unread()).isEmpty();
    assertThat(shown.fact(Fact.Pods.class).listing().isComplete()).isTrue();
    Service web = shown.fact(Fact.Services.class).listing().entries().getLast();
    assertThat(web.ports())
        .extracting(port -> port.number() + ":" + port.nodePort().orElse(0) + port.protocol())
        .containsExactly("80:30080TCP", "53:30053UDP");
    assertThat(web.selector()).containsEntry("tier", "front");
    assertThat(web.externalAddresses()).containsExactly(IpAddress.of("192.0.2.9"));
    Endpoints endpoints = shown.fact(Fact.EndpointLists.class).listing().entries().getFirst();
    assertThat(endpoints.truncated()).isTrue();
    assertThat(endpoints.endpoints()).hasSize(2);
  }

  @Test
  void slices_belong_to_the_service_that_their_name_begins_with() {
    Endpoints slice =
        Shown.by(
                reader,
                "kubectl get endpointslices",
                """
                NAME        ADDRESSTYPE   PORTS      ENDPOINTS             AGE
                web-x7k2p   IPv4          8080,443   10.1.0.5,10.1.0.6     3h
                """)
            .fact(Fact.EndpointLists.class)
            .listing()
            .entries()
            .getFirst();
    assertThat(slice.service()).isEqualTo(new ObjectName("default", "web"));
    assertThat(slice.endpoints()).hasSize(4);
  }

  @Test
  void nodes_and_policies_are_read() {
    KubernetesNode node =
        Shown.by(
                reader,
                "kubectl get nodes -o wide",
                """
                NAME    STATUS   ROLES    AGE   VERSION   INTERNAL-IP   EXTERNAL-IP   OS-IMAGE             KERNEL-VERSION   CONTAINER-RUNTIME
                node1   Ready    <none>   20d   v1.30.2   192.0.2.11    <none>        Debian GNU/Linux 12  6.1.0            containerd://1.7.2
                """)
            .fact(Fact.Nodes.class)
            .listing()
            .entries()
            .getFirst();
    assertThat(node.internalAddresses()).containsExactly(IpAddress.of("192.0.2.11"));
    List<NetworkPolicy> policies =
        Shown.by(
                reader,
                "kubectl get netpol",
                """
                NAME     POD-SELECTOR       AGE
                deny     <none>             7d
                web      role=web           7d
                others   role in (a,b)      7d
                """)
            .fact(Fact.NetworkPolicies.class)
            .listing()
            .entries();
    assertThat(policies)
        .extracting(policy -> policy.podSelector().isPresent())
        .containsExactly(true, true, false);
  }

  @Test
  void a_note_among_the_rows_is_no_pod() {
    Shown shown =
        Shown.by(
            reader,
            "kubectl get pods",
            """
            NAME    READY   STATUS    RESTARTS   AGE
            front   1/1     Running   0          3h

            and here we see that the pod runs
            """);
    assertThat(shown.fact(Fact.Pods.class).listing().entries()).hasSize(1);
    assertThat(shown.fact(Fact.Pods.class).listing().isComplete()).isTrue();
    assertThat(shown.unread()).hasSize(1);
  }
}
