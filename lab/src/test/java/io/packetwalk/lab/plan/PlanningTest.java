package io.packetwalk.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlanningTest {
  @Test
  void a_pods_device_is_called_as_calico_calls_it() {
    Plan plan = Planning.of(ClusterKind.CALICO_BGP, false);
    assertThat(plan.pod("shop/api-7c9f8d6b54-x2k4p").orElseThrow().device())
        .isEqualTo("cali6b74f1cc481");
  }

  @ParameterizedTest
  @EnumSource
  void no_address_is_given_twice(ClusterKind kind) {
    Plan plan = Planning.of(kind, true);
    assertThat(
            Stream.concat(
                    plan.pods().stream().map(PlannedPod::address),
                    Stream.concat(
                        plan.nodes().stream().map(PlannedNode::address),
                        plan.nodes().stream().map(PlannedNode::gateway)))
                .flatMap(addresses -> addresses.all(true).stream()))
        .doesNotHaveDuplicates();
  }

  @Test
  void only_nodes_of_different_subnets_use_the_tunnel_of_a_cross_subnet_pool() {
    Plan plan = Planning.of(ClusterKind.CALICO_CROSSSUBNET_VXLAN, false);
    PlannedNode first = plan.nodes().get(0);
    assertThat(plan.tunnels(first, plan.nodes().get(1))).isFalse();
    assertThat(plan.tunnels(first, plan.nodes().get(2))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "api.shop, svc/shop/api",
    "api.shop.svc, svc/shop/api",
    "api.shop.svc.cluster.local, svc/shop/api",
    "outside.shop.svc.cluster.local., client",
    "svc/shop/outside, client",
    "client.example, client",
    "api.example.com, api.example.com",
    "web, web",
  })
  void a_name_of_cluster_dns_means_a_service_or_what_it_is_another_name_for(
      String name, String meant) {
    assertThat(Planning.of(ClusterKind.BRIDGE, false).meant(name)).isEqualTo(meant);
  }
}
