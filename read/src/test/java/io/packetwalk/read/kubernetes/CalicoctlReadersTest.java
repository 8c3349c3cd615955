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
  void bird_tells_sessions_by_their_names_or_their_neighbours() {
    Shown shown =
        Shown.by(
            new BirdReader(),
            "birdcl -s /var/run/bird.ctl show protocols all",
            """
            BIRD v0.3.3+birdv1.6.8 ready.
            name     proto    table    state  since       info
            kernel1  Kernel   master   up     2026-01-05
              Preference:     10
            Mesh_192_0_2_12 BGP      master   up     2026-01-05 10:11:12  Established
              Preference:     100
            upstream BGP      master   start  05:04:44    Active        Socket: Connection refused
                Neighbor address: 192.0.2.99
            """);
    assertThat(shown.unread()).isEmpty();
    List<BgpSession> sessions = shown.fact(Fact.BgpSessions.class).listing().entries();
    assertThat(sessions)
        .extracting(session -> session.peer() + " " + session.since() + " " + session.peerType())
        .containsExactly(
            "192.0.2.12 2026-01-05 10:11:12 node-to-node mesh",
            "192.0.2.99 05:04:44 node specific");
    assertThat(sessions).extracting(BgpSession::isEstablished).containsExactly(true, false);
  }

  @Test
  void a_session_of_bird_without_a_peer_makes_the_listing_a_part() {
    Shown shown =
        Shown.by(
            new BirdReader(),
            "birdc show protocols",
            """
            BIRD 2.0.12 ready.
            Name       Proto      Table      State  Since         Info
            bgp1       BGP        ---        up     2026-01-05    Established
            """);
    assertThat(shown.unread()).hasSize(1);
    assertThat(shown.fact(Fact.BgpSessions.class).listing().isComplete()).isFalse();
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
                | 192.0.2.1    | global            | start | 05:02:40 | Active      |
                |              |                   |       |          | Socket: no  |
                |              |                   |       |          | way there   |
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
