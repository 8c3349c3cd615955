package io.packetwalk.read.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.cluster.BgpPeer;
import io.packetwalk.model.cluster.BgpSession;
import io.packetwalk.model.cluster.IpPool;
import io.packetwalk.model.cluster.WorkloadEndpoint;
import io.packetwalk.read.Fact;
import io.packetwalk.read.command.Shown;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalicoctlReadersTest {
  private final CalicoctlGetReader reader = new CalicoctlGetReader();

  @Test
  void pools_come_with_their_modes() {
    Fact.IpPools pools =
        Shown.by(
                reader,
                "calicoctl get ippool -o wide",
                """
                NAME       CIDR             NAT    IPIPMODE      VXLANMODE   DISABLED   SELECTOR
                default    10.1.0.0/16      true   CrossSubnet   Never       false      all()
                """)
            .fact(Fact.IpPools.class);
    IpPool pool = pools.listing().entries().getFirst();
    assertThat(pool.ipipMode()).contains("CrossSubnet");
    assertThat(pool.natOutgoing()).contains(true);
    assertThat(pools.listing().isComplete()).isTrue();
  }

  @Test
  void workload_endpoints_name_the_node_s_device() {
    Fact.WorkloadEndpoints workloads =
        Shown.by(
                reader,
                "calicoctl get wep -n test -o wide",
                """
                NAMESPACE   WORKLOAD   NODE    NETWORKS        INTERFACE
                test        front      node1   10.1.0.5/32     cali0123456789a
                """)
            .fact(Fact.WorkloadEndpoints.class);
    WorkloadEndpoint workload = workloads.listing().entries().getFirst();
    assertThat(workload.workload()).isEqualTo("front");
    assertThat(workload.device()).contains("cali0123456789a");
    assertThat(workloads.namespace()).contains("test");
  }

  @Test
  void peers_and_nodes_are_read() {
    BgpPeer peer =
        Shown.by(
                reader,
                "calicoctl get bgppeer",
                "NAME   PEERIP      NODE       ASN\ntor    192.0.2.1   (global)   64512\n")
            .fact(Fact.BgpPeers.class)
            .listing()
            .entries()
            .getFirst();
    assertThat(peer.scope()).isEqualTo("global");
    assertThat(
            Shown.by(
                    reader,
                    "calicoctl get nodes -o wide",
                    "NAME    ASN       IPV4            IPV6\nnode1   (64512)   192.0.2.11/24\n")
                .fact(Fact.Nodes.class)
                .listing()
                .entries()
                .getFirst()
                .internalAddresses())
        .containsExactly(IpAddress.of("192.0.2.11"));
  }

  @Test
  void sessions_belong_to_the_node_whose_prompt_it_was() {
    Fact.BgpSessions sessions =
        Shown.by(
                new CalicoctlNodeStatusReader(),
                "calicoctl node status",
                """
                Calico process is running.

                IPv4 BGP status
                +--------------+-------------------+-------+----------+-------------+
                | PEER ADDRESS |     PEER TYPE     | STATE |  SINCE   |    INFO     |
                +--------------+-------------------+-------+----------+-------------+
                | 192.0.2.12   | node-to-node mesh | up    | 05:00:33 | Established |
                | 192.0.2.1    | global            | start | 05:02:40 | Connect     |
                +--------------+-------------------+-------+----------+-------------+

                IPv6 BGP status
                No IPv6 peers found.
                """)
            .fact(Fact.BgpSessions.class);
    assertThat(sessions.node()).isEqualTo("node1");
    List<BgpSession> entries = sessions.listing().entries();
    assertThat(entries).extracting(BgpSession::isEstablished).containsExactly(true, false);
    assertThat(sessions.listing().isComplete()).isTrue();
  }
}
