package io.packetwalk.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.ObjectName;
import org.junit.jupiter.api.Test;

/** In which namespace a command ran that {@code kubectl exec} ran in a pod. */
class PodPlacesTest {
  private static final ObjectName AGENT = new ObjectName("kube-system", "agent-x2k4p");
  private static final String PODS =
      """
      $ kubectl get pods -A -o wide
      NAMESPACE     NAME          READY   STATUS    RESTARTS   AGE   IP         NODE
      kube-system   agent-x2k4p   1/1     Running   0          7d    10.0.0.2   w1
      """;

  private static Snapshot read(String text) {
    return StateReader.read(StateFiles.of("ticket.txt", text));
  }

  @Test
  void open_vswitch_that_was_asked_in_a_pod_is_the_nodes() {
    Snapshot snapshot =
        read(
            PODS
                + """
                $ kubectl exec -n kube-system agent-x2k4p -- ovs-ofctl dump-flows br-int
                 cookie=0x0, table=0, priority=0 actions=drop
                """);

    assertThat(snapshot.podNamespaces()).containsEntry(AGENT, NamespaceId.host("w1"));
    assertThat(snapshot.namespace(NamespaceId.host("w1")).openVswitch().switches()).hasSize(1);
  }

  @Test
  void a_pod_with_an_address_that_its_node_listed_uses_the_nodes_namespace() {
    Snapshot snapshot =
        read(
            PODS
                + """
                root@w1:~# ip -o addr
                2: eth0    inet 10.0.0.2/24 scope global eth0
                """);

    assertThat(snapshot.podNamespaces()).containsEntry(AGENT, NamespaceId.host("w1"));
  }

  @Test
  void a_container_that_kind_made_as_a_node_is_one() {
    Snapshot snapshot =
        read(
            """
            $ docker exec lab-control-plane ip route
            default via 172.18.0.1 dev eth0
            $ docker exec lab-worker2 ip route
            default via 172.18.0.1 dev eth0
            $ docker exec mail-worker ip route
            default via 172.17.0.1 dev eth0
            """);

    assertThat(snapshot.namespaces())
        .containsKeys(NamespaceId.host("lab-control-plane"), NamespaceId.host("lab-worker2"))
        .doesNotContainKey(NamespaceId.host("mail-worker"));
  }

  @Test
  void any_other_pod_has_a_namespace_of_its_own() {
    Snapshot snapshot =
        read(PODS + "$ kubectl exec -n kube-system agent-x2k4p -- ip route\ndefault dev eth0\n");

    assertThat(snapshot.podNamespaces())
        .containsEntry(AGENT, new NamespaceId("w1", "pod:kube-system/agent-x2k4p"));
  }
}
