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
import org.junit.jupiter.api.Test;

class KubectlDescribeReaderTest {
  private final KubectlDescribeReader reader = new KubectlDescribeReader();

  @Test
  void a_pod_has_its_node_addresses_and_labels() {
    Fact.Pods pods =
        Shown.by(
                reader,
                "kubectl describe pod front -n web",
                """
                Name:         front
                Namespace:    web
                Node:         node1/192.0.2.11
                Labels:       app=web
                              tier=front
                Status:       Running
                IP:           10.1.0.5
                IPs:
                  IP:  10.1.0.5
                  IP:  fd00::5
                Conditions:
                  Type              Status
                  Ready             True
                Events:          <none>
                """)
            .fact(Fact.Pods.class);
    Pod pod = pods.listing().entries().getFirst();
    assertThat(pod.name()).isEqualTo(new ObjectName("web", "front"));
    assertThat(pod.node()).contains("node1");
    assertThat(pod.addresses()).hasSize(2);
    assertThat(pod.labels()).containsEntry("tier", "front");
    assertThat(pod.ready()).contains(true);
    assertThat(pods.listing().coverage()).isEqualTo(Coverage.PARTIAL);
  }

  @Test
  void an_endpoint_slice_has_the_endpoints_of_its_service() {
    Fact.EndpointLists endpoints =
        Shown.by(
                reader,
                "kubectl describe endpointslice web-x7k2p",
                """
                Name:         web-x7k2p
                Namespace:    default
                Labels:       endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io
                              kubernetes.io/service-name=web
                AddressType:  IPv4
                Ports:
                  Name     Port  Protocol
                  ----     ----  --------
                  http     8080  TCP
                Endpoints:
                  - Addresses:  10.1.0.5
                    Conditions:
                      Ready:    true
                    TargetRef:  Pod/web-0
                    NodeName:   node1
                  - Addresses:  10.1.1.6
                    Conditions:
                      Ready:    false
                    Topology:   kubernetes.io/hostname=node2
                Events:         <none>
                """)
            .fact(Fact.EndpointLists.class);
    Endpoints slice = endpoints.listing().entries().getFirst();
    assertThat(slice.service()).isEqualTo(new ObjectName("default", "web"));
    assertThat(slice.endpoints())
        .extracting(one -> one.address() + " " + one.port().orElse(0) + " " + one.node().orElse(""))
        .containsExactly("10.1.0.5 8080 node1", "10.1.1.6 8080 node2");
    assertThat(slice.endpoints().getLast().ready()).contains(false);
  }

  @Test
  void old_descriptions_have_tabs_behind_their_colons() {
    Fact.Services services =
        Shown.by(
                reader,
                "kubectl describe svc web",
                "Name:\t\t\tweb\n"
                    + "Namespace:\t\tdefault\n"
                    + "Type:\t\t\tNodePort\n"
                    + "IP:\t\t\t10.96.0.9\n"
                    + "Port:\t\t\t<unnamed>\t8000/TCP\n"
                    + "NodePort:\t\t<unnamed>\t31371/TCP\n"
                    + "No events.\n")
            .fact(Fact.Services.class);
    Service service = services.listing().entries().getFirst();
    assertThat(service.clusterAddresses()).containsExactly(IpAddress.of("10.96.0.9"));
    assertThat(service.ports().getFirst().nodePort()).hasValue(31371);
  }

  @Test
  void a_service_has_ports_and_endpoints() {
    Shown shown =
        Shown.by(
            reader,
            "kubectl describe svc web",
            """
            Name:                     web
            Namespace:                default
            Selector:                 app=web
            Type:                     NodePort
            IP:                       10.96.7.7
            IPs:                      10.96.7.7
            Port:                     http  80/TCP
            TargetPort:               8080/TCP
            NodePort:                 http  30080/TCP
            Endpoints:                10.1.0.5:8080,10.1.0.6:8080
            Session Affinity:         None
            External Traffic Policy:  Cluster
            """);
    Service service = shown.fact(Fact.Services.class).listing().entries().getFirst();
    assertThat(service.clusterAddresses()).containsExactly(IpAddress.of("10.96.7.7"));
    Service.Port port = service.ports().getFirst();
    assertThat(port.name()).contains("http");
    assertThat(port.target()).contains("8080");
    assertThat(port.nodePort()).hasValue(30080);
    Endpoints endpoints = shown.fact(Fact.EndpointLists.class).listing().entries().getFirst();
    assertThat(endpoints.endpoints()).hasSize(2);
  }

  @Test
  void nodes_and_policies_are_read() {
    KubernetesNode node =
        Shown.by(
                reader,
                "kubectl describe node node1",
                """
                Name:               node1
                Annotations:        projectcalico.org/IPv4Address: 192.0.2.11/24
                                    projectcalico.org/IPv4IPIPTunnelAddr: 10.1.0.64
                Addresses:
                  InternalIP:  192.0.2.11
                  Hostname:    node1
                PodCIDR:                      10.1.0.0/24
                PodCIDRs:                     10.1.0.0/24
                """)
            .fact(Fact.Nodes.class)
            .listing()
            .entries()
            .getFirst();
    assertThat(node.internalAddresses()).containsExactly(IpAddress.of("192.0.2.11"));
    assertThat(node.podCidrs()).hasSize(1);
    assertThat(node.annotations())
        .containsEntry("projectcalico.org/IPv4IPIPTunnelAddr", "10.1.0.64");
    NetworkPolicy policy =
        Shown.by(
                reader,
                "k describe netpol web",
                """
                Name:         web
                Namespace:    default
                Annotations:  Spec:
                  PodSelector:     role=web
                  Allowing ingress traffic:
                    To Port: 80/TCP
                  Policy Types: Egress, Ingress
                """)
            .fact(Fact.NetworkPolicies.class)
            .listing()
            .entries()
            .getFirst();
    assertThat(policy.podSelector().orElseThrow()).containsEntry("role", "web");
    assertThat(policy.types()).containsExactly("Egress", "Ingress");
  }

  @Test
  void endpoints_pair_every_address_with_every_port() {
    Endpoints endpoints =
        Shown.by(
                reader,
                "kubectl describe endpoints web",
                """
                Name:         web
                Namespace:    default
                Subsets:
                  Addresses:          10.1.0.5,10.1.0.6
                  NotReadyAddresses:  10.1.0.7
                  Ports:
                    Name     Port  Protocol
                    ----     ----  --------
                    http     8080  TCP
                """)
            .fact(Fact.EndpointLists.class)
            .listing()
            .entries()
            .getFirst();
    assertThat(endpoints.endpoints()).hasSize(3);
    assertThat(endpoints.endpoints().getLast().ready()).contains(false);
    assertThat(endpoints.endpoints().getFirst().port()).hasValue(8080);
  }
}
