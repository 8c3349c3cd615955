package io.packetwalk.read.command.netfilter;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Listing;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.netfilter.VirtualConnection;
import io.packetwalk.model.netfilter.VirtualServer;
import io.packetwalk.model.netfilter.VirtualServer.OfAddress;
import io.packetwalk.model.netfilter.VirtualServer.OfMark;
import io.packetwalk.model.netfilter.VirtualServer.RealServer;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualServerReaderTest {
  private static final String SAVED =
      """
      root@node:~# ipvsadm -Sn
      -A -t 10.96.0.10:80 -s rr -p 10800 -M 255.255.255.0
      -a -t 10.96.0.10:80 -r 10.244.1.2:8080 -m -w 1
      -a -t 10.96.0.10:80 -r 10.244.1.3:8080 -g -w 0
      """;
  private static final String LISTED =
      """
      root@node:~# ipvsadm -Ln
      IP Virtual Server version 1.2.1 (size=4096)
      Prot LocalAddress:Port Scheduler Flags
        -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
      TCP  10.96.0.10:80 rr persistent 10800 mask 255.255.255.0
        -> 10.244.1.2:8080              Masq    1      3          4
        -> 10.244.1.3:8080              Route   0      0          0
      """;
  private static final String FILE =
      """
      root@node:~# cat /proc/net/ip_vs
      IP Virtual Server version 1.2.1 (size=4096)
      Prot LocalAddress:Port Scheduler Flags
        -> RemoteAddress:Port Forward Weight ActiveConn InActConn
      TCP  0A60000A:0050 rr persistent 1080000 FFFFFF00
        -> 0AF40102:1F90      Masq    1      3          4
        -> 0AF40103:1F90      Route   0      0          0
      """;
  private static final String COUNTED =
      """
      root@node:~# ipvsadm -Ln --stats
      IP Virtual Server version 1.2.1 (size=4096)
      Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes
        -> RemoteAddress:Port
      TCP  10.96.0.10:80                      12       60       48     4000     3800
        -> 10.244.1.2:8080                    12       60       48     4000     3800
      """;

  private static NetworkNamespace namespace(String text) {
    return StateReader.read(StateFiles.of("node.txt", text)).namespace(NamespaceId.host("node"));
  }

  private static Listing<VirtualServer> servers(String text) {
    return namespace(text).netfilter().virtualServers();
  }

  private static List<String> told(VirtualServer server) {
    return server.servers().stream()
        .map(real ->
            real.address() + " " + real.port() + " " + real.forwarding() + " " + real.weight())
        .toList();
  }

  @Test
  void virtual_servers_are_the_same_however_they_are_shown() {
    for (String text : List.of(SAVED, LISTED, FILE)) {
      VirtualServer server = servers(text).entries().getFirst();

      assertThat(server.selector()).isEqualTo(new OfAddress(6, IpAddress.of("10.96.0.10"), 80));
      assertThat(server.persistence()).hasValue(24);
      assertThat(told(server))
          .containsExactly("10.244.1.2 8080 MASQUERADE 1", "10.244.1.3 8080 DIRECT 0");
    }
  }

  @Test
  void real_servers_of_one_that_is_not_understood_are_nobodys() {
    for (String text :
        List.of(
            """
            root@node:~# ipvsadm
            IP Virtual Server version 1.2.1 (size=4096)
            Prot LocalAddress:Port Scheduler Flags
              -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
            TCP  10.96.0.10:80 rr
              -> 10.244.1.2:8080              Masq    1      0          0
            TCP  a-long-name.example.com:ht rr
              -> 10.244.9.9:9999              Masq    1      0          0
            """,
            """
            root@node:~# ipvsadm -S
            -A -t 10.96.0.10:80 -s rr
            -a -t 10.96.0.10:80 -r 10.244.1.2:8080 -m -w 1
            -A -t a-name.example.com:http -s rr
            -a -t a-name.example.com:http -r 10.244.9.9:9999 -m -w 1
            """)) {
      assertThat(servers(text).isComplete()).isFalse();
      assertThat(told(servers(text).entries().getFirst()))
          .containsExactly("10.244.1.2 8080 MASQUERADE 1");
      assertThat(servers(text).entries()).hasSize(1);
    }
  }

  @Test
  void addresses_of_version_6_are_in_brackets() {
    String saved =
        """
        root@node:~# ipvsadm -Sn
        -A -u [fd00:9::2]:8080 -s wrr -p 300 -M 64
        -a -u [fd00:9::2]:8080 -r [fd00:3::2]:8080 -i -w 3 --tun-type ipip
        -a -u [fd00:9::2]:8080 -r 10.5.0.2:8080 -i -w 1 --tun-type gre
        """;
    String listed =
        """
        root@node:~# cat /proc/net/ip_vs
        UDP  [fd00:0009:0000:0000:0000:0000:0000:0002]:1F90 wrr
          -> [fd00:0003:0000:0000:0000:0000:0000:0002]:1F90      Tunnel  3      0          0
          -> 0A050002:1F90      Tunnel  1      0          0
        """;
    VirtualServer server = servers(saved).entries().getFirst();

    assertThat(server.selector())
        .isEqualTo(new OfAddress(17, IpAddress.of("fd00:9::2"), 8080))
        .isEqualTo(servers(listed).entries().getFirst().selector());
    assertThat(server.persistence()).hasValue(64);
    assertThat(told(server))
        .containsExactly("fd00:3::2 8080 TUNNEL 3", "10.5.0.2 8080 OTHER_TUNNEL 1");
    assertThat(told(servers(listed).entries().getFirst()))
        .containsExactly("fd00:3::2 8080 TUNNEL 3", "10.5.0.2 8080 TUNNEL 1");
  }

  @Test
  void a_mark_counts_for_one_version_of_ip() {
    OfMark six = new OfMark(7, IpFamily.IPV6);
    OfMark four = new OfMark(7, IpFamily.IPV4);
    String saved = "root@node:~# ipvsadm -Sn\n-A -f 7 -s dh\n-A -f 7 -s sed -6\n";
    String listed =
        "root@node:~# ipvsadm -Ln\nFWM  7 dh\nFWM  7 IPv6 sed (sh-port) persistent 300\n";

    for (String text : List.of(saved, listed)) {
      assertThat(servers(text).entries())
          .extracting(VirtualServer::selector)
          .containsExactly(four, six);
    }
    VirtualServer last = servers(listed).entries().getLast();
    assertThat(last.scheduler()).isEqualTo("sed");
    assertThat(last.options()).containsExactly("sh-port");
    assertThat(last.persistence()).hasValue(128);
  }

  @Test
  void a_mark_in_the_kernels_file_has_the_version_of_its_servers() {
    String text =
        """
        root@node:~# cat /proc/net/ip_vs
        FWM  00000007 dh
        FWM  00000007 sed
          -> [fd00:0003:0000:0000:0000:0000:0000:0002]:0000      Masq    1      0          0
        """;

    assertThat(servers(text).isComplete()).isFalse();
    assertThat(servers(text).entries())
        .extracting(VirtualServer::selector)
        .containsExactly(new OfMark(7, IpFamily.IPV6));
  }

  @Test
  void counters_show_the_servers_and_not_how_they_work() {
    VirtualServer counted = servers(COUNTED).entries().getFirst();
    String pasted = COUNTED.replace(" --stats", "");

    assertThat(counted.scheduler()).isEmpty();
    assertThat(told(counted)).containsExactly("10.244.1.2 8080 NOT_SHOWN 1");
    assertThat(told(servers(pasted).entries().getFirst()))
        .containsExactly("10.244.1.2 8080 NOT_SHOWN 1");
    assertThat(told(servers(SAVED + COUNTED).entries().getFirst()))
        .as("what counters leave out stays known")
        .containsExactly("10.244.1.2 8080 MASQUERADE 1", "10.244.1.3 8080 DIRECT 0");
  }

  @Test
  void each_way_of_listing_adds_what_the_other_leaves_out() {
    String limited = SAVED.replace("10.244.1.2:8080 -m -w 1", "10.244.1.2:8080 -m -w 1 -x 9 -y 2");
    RealServer real = servers(limited + LISTED).entries().getFirst().servers().getFirst();

    assertThat(real.threshold()).hasValue(9);
    assertThat(real.active()).hasValue(3);
  }

  @Test
  void a_listing_of_one_virtual_server_says_nothing_of_others() {
    assertThat(servers(LISTED.replace("-Ln", "-Ln -t 10.96.0.10:80")).isComplete()).isFalse();
    assertThat(servers(LISTED).isComplete()).isTrue();
  }

  @Test
  void connections_and_what_keeps_clients_are_read() {
    String listed =
        """
        root@node:~# ipvsadm -Lnc
        IPVS connection entries
        pro expire state       source             virtual            destination
        TCP 14:58  ESTABLISHED 10.1.0.2:41000     10.96.0.10:80      10.244.1.2:8080
        IP  04:58  NONE        10.1.0.2:0         0.0.0.7:0          10.244.1.3:0
        UDP 04:58  UDP         [fd00:1::2]:41001  [fd00:9::2]:8080   [fd00:3::2]:8080
        """;
    String file =
        """
        root@node:~# cat /proc/net/ip_vs_conn
        Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData
        TCP 0A010002 A028 0A60000A 0050 0AF40102 1F90 ESTABLISHED     898
        """;
    List<VirtualConnection> read = namespace(listed).netfilter().virtualConnections().entries();

    assertThat(read).extracting(VirtualConnection::protocol).containsExactly(6, 0, 17);
    assertThat(read).extracting(VirtualConnection::isTemplate).containsExactly(false, true, false);
    VirtualConnection first = read.getFirst();
    VirtualConnection same = namespace(file).netfilter().virtualConnections().entries().getFirst();
    assertThat(same.client()).isEqualTo(first.client());
    assertThat(same.virtual()).isEqualTo(first.virtual());
    assertThat(same.server()).isEqualTo(first.server());
  }
}
