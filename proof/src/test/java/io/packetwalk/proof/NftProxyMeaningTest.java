package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import io.packetwalk.wire.IpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kube-proxy's nftables mode in Kubernetes' terms: as it was first released, with a chain for each
 * endpoint, and as it is since, with the endpoints in a map.
 */
final class NftProxyMeaningTest {
  private static final String NODE =
      OneHost.TABLES
          + """
          10.244.1.0/24 via 192.0.2.2 dev eth0
          default via 192.0.2.254 dev eth0
          """;

  private static final String OBJECTS =
      """
      admin@bastion:~$ kubectl get pods -A -o wide
      NAMESPACE   NAME    READY   STATUS    RESTARTS   AGE   IP            NODE   NOMINATED NODE   READINESS GATES
      shop        api-0   1/1     Running   0          3h    10.244.1.71   w2     <none>           <none>
      shop        api-1   1/1     Running   0          3h    10.244.1.72   w2     <none>           <none>
      """;

  private static final String FIRST_FORM =
      """
      root@w1:~# nft -a list table ip kube-proxy
      table ip kube-proxy { # handle 18
      	comment "rules for kube-proxy"
      	set cluster-ips { # handle 39
      		type ipv4_addr
      		comment "Active ClusterIPs"
      		elements = { 10.96.0.1, 10.96.36.158 }
      	}

      	set nodeport-ips { # handle 41
      		type ipv4_addr
      		comment "IPs that accept NodePort traffic"
      		elements = { 192.0.2.1 }
      	}

      	map no-endpoint-services { # handle 42
      		type ipv4_addr . inet_proto . inet_service : verdict
      		comment "vmap to drop or reject packets to services with no endpoints"
      		elements = { 10.96.0.1 . tcp . 443 comment "default/kubernetes:https" : goto reject-chain }
      	}

      	map service-ips { # handle 50
      		type ipv4_addr . inet_proto . inet_service : verdict
      		comment "ClusterIP, ExternalIP and LoadBalancer IP traffic"
      		elements = { 10.96.36.158 . tcp . 80 : goto service-MJTK4JPM-shop/api/tcp/http,
      			     203.0.113.9 . tcp . 80 : goto external-MJTK4JPM-shop/api/tcp/http }
      	}

      	map service-nodeports { # handle 51
      		type inet_proto . inet_service : verdict
      		comment "NodePort traffic"
      		elements = { tcp . 30080 : goto external-MJTK4JPM-shop/api/tcp/http }
      	}

      	chain filter-output { # handle 30
      		type filter hook output priority -110; policy accept;
      		ct state new jump service-endpoints-check # handle 31
      	}

      	chain nat-output { # handle 32
      		type nat hook output priority -100; policy accept;
      		jump services # handle 33
      	}

      	chain nat-postrouting { # handle 34
      		type nat hook postrouting priority srcnat; policy accept;
      		jump masquerading # handle 35
      	}

      	chain service-endpoints-check { # handle 36
      		ip daddr . meta l4proto . th dport vmap @no-endpoint-services # handle 37
      	}

      	chain services { # handle 38
      		ip daddr . meta l4proto . th dport vmap @service-ips # handle 40
      		ip daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports # handle 43
      	}

      	chain mark-for-masquerade { # handle 44
      		meta mark set meta mark | 0x00004000 # handle 45
      	}

      	chain masquerading { # handle 46
      		meta mark & 0x00004000 == 0x00000000 return # handle 47
      		meta mark set meta mark ^ 0x00004000 # handle 48
      		masquerade fully-random # handle 49
      	}

      	chain reject-chain { # handle 52
      		reject # handle 53
      	}

      	chain endpoint-ZRZOUO6E-shop/api/tcp/http__10.244.1.71/8000 { # handle 61
      		ip saddr 10.244.1.71 jump mark-for-masquerade # handle 139
      		meta l4proto tcp dnat to 10.244.1.71:8000 # handle 140
      	}

      	chain endpoint-6JPGGG4H-shop/api/tcp/http__10.244.1.72/8000 { # handle 63
      		ip saddr 10.244.1.72 jump mark-for-masquerade # handle 141
      		meta l4proto tcp dnat to 10.244.1.72:8000 # handle 142
      	}

      	chain external-MJTK4JPM-shop/api/tcp/http { # handle 64
      		jump mark-for-masquerade # handle 65
      		goto service-MJTK4JPM-shop/api/tcp/http # handle 66
      	}

      	chain service-MJTK4JPM-shop/api/tcp/http { # handle 62
      		ip daddr 10.96.36.158 tcp dport 80 ip saddr != 10.244.0.0/16 jump mark-for-masquerade # handle 136
      		numgen random mod 2 vmap { 0 : goto endpoint-ZRZOUO6E-shop/api/tcp/http__10.244.1.71/8000, 1 : goto endpoint-6JPGGG4H-shop/api/tcp/http__10.244.1.72/8000 } # handle 138
      	}
      }
      """;

  private static final String LATER_FORM =
      """
      root@w1:~# nft list table ip kube-proxy
      table ip kube-proxy {
      	comment "rules for kube-proxy"
      	set cluster-ips {
      		type ipv4_addr
      		comment "Active ClusterIPs"
      		elements = { 10.96.36.158 }
      	}

      	set hairpin-connections {
      		type ipv4_addr . ipv4_addr . inet_proto . inet_service
      		comment "endpoints that may be their own clients"
      		elements = { 10.244.1.71 . 10.244.1.71 . tcp . 8000,
      			     10.244.1.72 . 10.244.1.72 . tcp . 8000 }
      	}

      	map service-ips {
      		type ipv4_addr . inet_proto . inet_service : verdict
      		comment "ClusterIP, ExternalIP and LoadBalancer IP traffic"
      		elements = { 10.96.36.158 . tcp . 80 : goto service-MJTK4JPM-shop/api/tcp/http }
      	}

      	chain nat-output {
      		type nat hook output priority -100; policy accept;
      		jump services
      	}

      	chain nat-postrouting {
      		type nat hook postrouting priority srcnat; policy accept;
      		jump masquerading
      	}

      	chain services {
      		ip daddr @cluster-ips ip saddr != 10.244.0.0/16 meta mark set meta mark | 0x00004000 comment "masquerade clusterIP traffic from outside cluster"
      		ip daddr . meta l4proto . th dport vmap @service-ips
      	}

      	chain masquerading {
      		meta mark & 0x00004000 != 0x00000000 meta mark set meta mark ^ 0x00004000 masquerade fully-random
      		ct status dnat ip saddr . ip daddr . meta l4proto . th dport @hairpin-connections masquerade fully-random
      	}

      	chain service-MJTK4JPM-shop/api/tcp/http {
      		meta l4proto tcp dnat ip to numgen random mod 2 map { 0 : 10.244.1.71 . 8000, 1 : 10.244.1.72 . 8000 }
      	}
      }
      """;

  @TempDir private Path folder;

  @Test
  void each_endpoint_is_named_with_its_share() throws Exception {
    Walk walk = walk(FIRST_FORM, "10.96.36.158", 80);

    assertThat(walk.forward().branches()).extracting(Branch::weight).containsExactly(0.5, 0.5);
    assertThat(told(walk))
        .contains("endpoint pod shop/api-0 of Service shop/api:http, 1 of 2")
        .contains("endpoint pod shop/api-1 of Service shop/api:http, 1 of 2")
        .contains("the client isn't one of the pods");
  }

  @Test
  void an_address_from_outside_and_a_node_port_lead_to_the_same_service() throws Exception {
    assertThat(told(walk(FIRST_FORM, "203.0.113.9", 80)))
        .contains("of Service shop/api:http, 1 of 2, by an address from outside")
        .contains("the Service is reached from outside");
    assertThat(told(walk(FIRST_FORM, "192.0.2.1", 30080)))
        .contains("of Service shop/api:http, 1 of 2");
  }

  @Test
  void a_service_without_endpoints_says_so() throws Exception {
    Walk walk = walk(FIRST_FORM, "10.96.0.1", 443);

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(told(walk)).contains("the Service has no endpoints");
  }

  @Test
  void endpoints_in_a_map_are_named_with_their_share() throws Exception {
    Walk walk = walk(LATER_FORM, "10.96.36.158", 80);

    assertThat(walk.forward().branches()).extracting(Branch::weight).containsExactly(0.5, 0.5);
    assertThat(told(walk))
        .contains("destination 10.96.36.158:80 → 10.244.1.71:8000")
        .contains("endpoint pod shop/api-0 of Service shop/api:http, 1 of 2")
        .contains("endpoint pod shop/api-1 of Service shop/api:http, 1 of 2");
    assertThat(walk.forward().branches().getFirst().steps())
        .extracting(Step::decision)
        .anyMatch(decision -> decision.contains("masquerade") || decision.contains("source "));
  }

  private Walk walk(String rules, String address, int port) throws Exception {
    Files.writeString(folder.resolve("objects.txt"), OBJECTS);
    Files.writeString(folder.resolve("w1.txt"), NODE + rules);
    Snapshot snapshot = StateReader.read(StateLoader.load(folder));
    return new Walker(snapshot)
        .walk(
            new Question(
                new Origin.Inside(NamespaceId.host("w1")),
                IpAddress.of(address),
                Optional.empty(),
                new Probe.TcpSyn(40000, port, 0),
                64,
                true,
                List.of()));
  }

  private static String told(Walk walk) {
    return walk.forward().branches().stream()
        .flatMap(branch -> branch.steps().stream())
        .map(Step::decision)
        .collect(Collectors.joining("\n"));
  }
}
