package io.packetwalk.cli.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.wire.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterDnsTest {
  private final Questions questions = new Questions(States.shop());

  @ParameterizedTest
  @CsvSource({
    "cart, 10.96.0.7",
    "cart.shop, 10.96.0.7",
    "cart.shop.svc, 10.96.0.7",
    "cart.shop.svc.cluster.local, 10.96.0.7",
    "cart.shop.svc.prod.example., 10.96.0.7",
    "one, 10.0.2.7",
    "one.shop.svc.cluster.local, 10.0.2.7",
    "api.both.shop.svc.cluster.local, 10.0.1.5",
    "api.both.shop, 10.0.1.5",
    "10-0-1-5.shop.pod.cluster.local, 10.0.1.5",
    "fd00--1-5.shop.pod.cluster.local, fd00::1:5",
  })
  void a_name_stands_for_a_service_or_its_only_pod(String name, String address)
      throws QuestionFault {
    assertThat(ask("shop/api", name + ":80").to()).isEqualTo(IpAddress.of(address));
  }

  @Test
  void that_cluster_dns_says_so_is_taken_for_granted() throws QuestionFault {
    assertThat(ask("shop/api", "cart.shop").premises())
        .singleElement()
        .satisfies(premise -> {
          assertThat(premise.text())
              .isEqualTo(
                  "cluster DNS answers cart.shop with 10.96.0.7, the address of service shop/cart");
          assertThat(premise.command()).isEqualTo("kubectl exec -n shop api -- nslookup cart.shop");
        });
    assertThat(ask("w1", "cart.shop").premises())
        .extracting(Assumption::command)
        .singleElement()
        .asString()
        .contains("nslookup cart.shop");
  }

  @Test
  void the_port_is_the_services_unless_another_is_named() throws QuestionFault {
    assertThat(ask("shop/api", "cart").probe()).isEqualTo(new Probe.TcpSyn(40000, 80, 0));
    assertThat(ask("shop/api", "cart.shop:http").probe()).isEqualTo(new Probe.TcpSyn(40000, 80, 0));
    assertThat(ask("shop/api", "one:8080").probe()).isEqualTo(new Probe.TcpSyn(40000, 8080, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shop/api | www.example.com:80 | cluster DNS asks others",
        "shop/api | www.shop:80 | the state has no service shop/www",
        "shop/api | dns:53 | the state has no service shop/dns",
        "shop/cart | api | the state has no service shop/api; it has shop/cart, ",
        "shop/cart | api:80 | is it pod shop/api?",
        "w1 | cart:80 | in which namespace is cart?",
        "shop/api | elsewhere:80 | stands for the name db.example.com",
        "shop/api | both:80 | name one of its pods",
        "shop/api | six.both.shop.svc.cluster.local:80 | which the state doesn't show",
        "shop/api | 10-0-x.shop.pod.cluster.local:80 | no address written with hyphens",
        "cart.shop | shop/api | names no end of a packet's way",
      })
  void what_it_does_not_answer_is_said(String from, String to, String message) {
    assertThatThrownBy(() -> ask(from, to))
        .isInstanceOf(QuestionFault.class)
        .hasMessageContaining(message);
  }

  private Question ask(String from, String to) throws QuestionFault {
    return questions.ask(from, to, ProbeOptions.NONE);
  }
}
