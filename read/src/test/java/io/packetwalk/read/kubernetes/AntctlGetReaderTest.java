package io.packetwalk.read.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.ComputedGroup;
import io.packetwalk.model.cluster.ComputedPolicies;
import io.packetwalk.model.cluster.ComputedPolicy;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import org.junit.jupiter.api.Test;

class AntctlGetReaderTest {
  private static Snapshot state(String text) {
    return StateReader.read(StateFiles.of("state.txt", text));
  }

  private static ComputedPolicies policies(String text) {
    Snapshot snapshot = state(text);
    assertThat(snapshot.inventory().unread()).isEmpty();
    return snapshot.cluster().computedPolicies();
  }

  @Test
  void a_support_bundles_keys_and_addresses_are_those_of_go() {
    ComputedPolicies read =
        policies(
            """
            root@n1:~# antctl get networkpolicies -o yaml
            - typemeta: {kind: "", apiversion: ""}
              objectmeta:
                name: 5e8df597
              rules:
              - direction: Out
                to:
                  addressgroups:
                  - a1
                  ipblocks:
                  - cidr:
                      ip: [10, 9, 0, 0]
                      prefixlength: 16
                services:
                - protocol: TCP
                  port: {type: 0, intval: 443, strval: ""}
                  endport: 445
                action: Reject
                name: no-db
              appliedtogroups: [g1]
              priority: 5.5
              tierpriority: 250
              sourceref: {type: AntreaNetworkPolicy, namespace: shop, name: annp}
            root@n1:~# antctl get addressgroups -o yaml
            - objectmeta: {name: a1}
              groupmembers:
              - pod: {name: web, namespace: shop}
                ips:
                - [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 10, 0, 0, 7]
                - [253, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]
            """);

    ComputedPolicy policy = read.policies().getFirst();
    assertThat(policy.kind()).isEqualTo("AntreaNetworkPolicy");
    assertThat(policy.origin()).isEqualTo(new ObjectName("shop", "annp"));
    assertThat(policy.priority()).contains("5.5");
    assertThat(policy.appliedTo()).containsExactly("g1");
    ComputedPolicy.Rule rule = policy.rules().getFirst();
    assertThat(rule.ingress()).isFalse();
    assertThat(rule.services()).containsExactly("TCP 443-445");
    assertThat(rule.blocks()).containsExactly(IpPrefix.of("10.9.0.0/16"));
    assertThat(rule.peers()).containsExactly("a1");
    assertThat(read.peers("a1").orElseThrow().addresses())
        .containsExactlyInAnyOrder(IpAddress.of("10.0.0.7"), IpAddress.of("fd00::9"));
  }

  @Test
  void the_same_group_on_two_nodes_has_the_members_of_both() {
    ComputedGroup group =
        policies(
                """
                root@n1:~# antctl get appliedtogroup -o json
                [{"name": "g", "pods": [{"pod": {"name": "a", "namespace": "shop"}}]}]
                root@n2:~# antctl get appliedtogroup g -o json
                {"name": "g", "pods": [{"pod": {"name": "b", "namespace": "shop"}}]}
                """)
            .concerned("g")
            .orElseThrow();

    assertThat(group.pods())
        .containsExactly(new ObjectName("shop", "a"), new ObjectName("shop", "b"));
  }

  @Test
  void addresses_in_json_are_base64() {
    assertThat(
            policies(
                    """
                    root@n1:~# antctl get addressgroup -o json
                    [{"metadata": {"name": "a"}, "groupMembers": [{"ips": ["CgAABw=="]}]}]
                    """)
                .peers("a")
                .orElseThrow()
                .addresses())
        .containsExactly(IpAddress.of("10.0.0.7"));
  }

  @Test
  void a_table_leaves_out_what_matters_and_nothing_is_taken_from_it() {
    ComputedPolicies read =
        policies(
            """
            root@n1:~# antctl get networkpolicy
            NAME   APPLIED-TO  RULES  SOURCE                       TIER-PRIORITY  PRIORITY
            5e8d   6f0d        1      AntreaClusterNetworkPolicy:a  250            5
            """);
    assertThat(read.policies()).isEmpty();
  }

  @Test
  void flows_and_interfaces_of_an_agent_are_the_switchs() {
    Snapshot snapshot =
        state(
            """
            root@n1:~# ovs-vsctl show
                Bridge br-int
                    Port web-1a
                        Interface web-1a
            root@n1:~# antctl get ovsflows -p web -n shop
            FLOW
            cookie=0x1d030000000000, table=0, priority=190,in_port=5 actions=load:0x2->NXM_NX_REG0[0..15],resubmit(,10)
            root@n1:~# antctl get podinterface
            NAMESPACE NAME INTERFACE-NAME IP       MAC               PORT-UUID OF-PORT CONTAINER-ID
            shop      web  web-1a         10.0.0.2 0a:00:00:00:00:02 1b2c      5       aa
            root@n1:~# antctl trace-packet -S shop/web -D shop/db
            result: ...
            """);

    assertThat(snapshot.inventory().unread()).isEmpty();
    var bridge =
        snapshot.namespace(NamespaceId.host("n1")).openVswitch().named("br-int").orElseThrow();
    assertThat(bridge.flows().table(TableId.of(0)).entries()).hasSize(1);
    assertThat(bridge.flows().table(TableId.of(0)).isComplete()).isFalse();
    SwitchPort port = bridge.port("web-1a").orElseThrow();
    assertThat(port.number()).hasValue(5);
    assertThat(port.externalIds()).containsEntry("pod-name", "web");
  }
}
