package io.packetwalk.read.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people ask Antrea's tools, and Kubernetes for Antrea's objects. */
class AntreaCommandsTest {
  private static Snapshot read(String session) {
    return StateReader.read(StateFiles.of("session.txt", session));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"name\": \"web-0\", \"podNamespace\": \"shop\", \"interfaceName\": \"web-0-1a2b3c\","
            + " \"ips\": [\"10.10.0.5\"], \"mac\": \"2a:3b:4c:5d:6e:7f\", \"ofPort\": 5}]\n",
        "- containerID: 0123\n  interfaceName: web-0-1a2b3c\n  ips:\n  - 10.10.0.5\n"
            + "  mac: 2a:3b:4c:5d:6e:7f\n  name: web-0\n  ofPort: 5\n  podNamespace: shop\n",
        "NAMESPACE NAME INTERFACE-NAME IP MAC PORT-UUID OF-PORT CONTAINER-ID\n"
            + "shop web-0 web-0-1a2b3c 10.10.0.5 2a:3b:4c:5d:6e:7f 0d7bd2ab 5 0123\n"
      })
  void interfaces_of_pods_are_read_in_each_form(String output) {
    Snapshot snapshot =
        read("root@n1:~# antctl get podinterface\n" + output + "root@n1:~# ovs-vsctl list-br\n");

    assertThat(snapshot.inventory().unread()).isEmpty();
    assertThat(snapshot.namespace(NamespaceId.host("n1")).openVswitch().switches())
        .flatExtracting(each -> each.ports().entries())
        .singleElement()
        .satisfies(port -> {
          assertThat(port.device()).isEqualTo("web-0-1a2b3c");
          assertThat(port.number()).isEqualTo(OptionalInt.of(5));
          assertThat(port.externalIds())
              .containsEntry("pod-name", "web-0")
              .containsEntry("pod-namespace", "shop")
              .containsEntry("ip-address", "10.10.0.5");
        })
        .isInstanceOf(SwitchPort.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "networkpolicies.crd.antrea.io -A",
        "anp -n shop",
        "acnp",
        "clusternetworkpolicies.crd.antrea.io",
        "tiers",
        "clustergroup,egress,externalippool -o wide",
        "traceflow tf1 -o yaml",
        "antreaagentinfos.crd.antrea.io n1",
        "acnp/drop-db",
      })
  void objects_of_antreas_are_known_to_be_none_of_kubernetes(String what) {
    Snapshot snapshot =
        read(
            """
            $ kubectl get netpol -A
            NAMESPACE   NAME   POD-SELECTOR   AGE
            shop        web    app=web        3d
            $ kubectl get %s
            NAMESPACE   NAME   TIER          PRIORITY   AGE
            shop        deny   application   5          3d
            """
                .formatted(what));

    assertThat(snapshot.inventory().unread()).isEmpty();
    assertThat(snapshot.cluster().networkPolicies().stream())
        .extracting(policy -> policy.name().toString())
        .containsExactly("shop/web");
  }

  @Test
  void a_namespace_before_what_is_asked_for_is_no_name_of_a_command() {
    assertThat(read("$ kubectl -n shop frobnicate\nx\n").inventory().counts())
        .containsKey("kubectl frobnicate");
  }
}
