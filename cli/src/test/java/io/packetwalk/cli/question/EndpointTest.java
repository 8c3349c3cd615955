package io.packetwalk.cli.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.wire.IpAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  private static final ObjectName CART = new ObjectName("shop", "cart");

  @Test
  void a_pod_is_a_kubernetes_namespace_and_a_name() {
    Endpoint pod = new Endpoint.Pod(CART, Optional.empty());
    assertThat(EndpointText.parse("shop/cart")).contains(pod);
    assertThat(EndpointText.parse("pod/shop/cart")).contains(pod);
    assertThat(EndpointText.parse("shop/cart:80"))
        .contains(new Endpoint.Pod(CART, Optional.of("80")));
  }

  @Test
  void a_service_says_that_it_is_one() {
    assertThat(EndpointText.parse("svc/shop/cart"))
        .contains(new Endpoint.Service(CART, Optional.empty()));
    assertThat(EndpointText.parse("svc/shop/cart:http"))
        .contains(new Endpoint.Service(CART, Optional.of("http")));
  }

  @Test
  void a_node_says_that_it_is_one() {
    assertThat(EndpointText.parse("node/worker1"))
        .contains(new Endpoint.Node("worker1", Optional.empty()));
    assertThat(EndpointText.parse("node/worker1:10250"))
        .contains(new Endpoint.Node("worker1", Optional.of("10250")));
  }

  @Test
  void a_network_namespace_is_a_node_and_a_name() {
    assertThat(EndpointText.parse("worker1:cni-1234"))
        .contains(new Endpoint.Namespace(new NamespaceId("worker1", "cni-1234")));
    assertThat(EndpointText.parse("worker1:pod:shop/cart"))
        .contains(new Endpoint.Namespace(new NamespaceId("worker1", "pod:shop/cart")));
  }

  @Test
  void an_address_of_either_family_may_have_a_port() {
    IpAddress ipv4 = IpAddress.of("10.1.2.3");
    IpAddress ipv6 = IpAddress.of("2001:db8::1");
    assertThat(EndpointText.parse("10.1.2.3"))
        .contains(new Endpoint.Address(ipv4, Optional.empty()));
    assertThat(EndpointText.parse("10.1.2.3:80"))
        .contains(new Endpoint.Address(ipv4, Optional.of("80")));
    assertThat(EndpointText.parse("2001:db8::1"))
        .contains(new Endpoint.Address(ipv6, Optional.empty()));
    assertThat(EndpointText.parse("[2001:db8::1]"))
        .contains(new Endpoint.Address(ipv6, Optional.empty()));
    assertThat(EndpointText.parse("[2001:db8::1]:80"))
        .contains(new Endpoint.Address(ipv6, Optional.of("80")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cart",
        "/",
        "shop/",
        "/cart",
        "shop/cart:",
        "pod/cart/",
        "pod/shop/cart/x",
        "svc/cart",
        "node/",
        "worker1:",
        ":netns",
        "[2001:db8::1",
        "[2001:db8::1]x",
        "10.1.2.3:",
        "a/b/c"
      })
  void anything_else_is_no_end(String text) {
    assertThat(EndpointText.parse(text)).isEmpty();
  }
}
