package io.packetwalk.cli.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.packetwalk.cli.question.ProbeOptions.Protocol;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.wire.IpAddress;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionsTest {
  private final Questions questions = new Questions(States.shop());

  @Test
  void a_pod_sends_from_its_namespace_on_its_node() throws QuestionFault {
    assertThat(ask("shop/api", "shop/cart").from())
        .isEqualTo(new Origin.Inside(new NamespaceId("w1", "pod:shop/api")));
    assertThat(ask("shop/cart", "shop/api").from())
        .as("the namespace that somebody looked into")
        .isEqualTo(new Origin.Inside(new NamespaceId("w2", "cni-77")));
  }

  @Test
  void a_pod_with_its_nodes_address_uses_the_nodes_namespace() throws QuestionFault {
    assertThat(ask("kube-system/proxy", "shop/cart").from())
        .isEqualTo(new Origin.Inside(NamespaceId.host("w1")));
  }

  @Test
  void an_address_of_a_pod_or_a_node_sends_from_there_and_any_other_from_outside()
      throws QuestionFault {
    Question fromPod = ask("10.0.1.5", "shop/cart");
    assertThat(fromPod.from()).isEqualTo(new Origin.Inside(new NamespaceId("w1", "pod:shop/api")));
    assertThat(fromPod.source()).contains(IpAddress.of("10.0.1.5"));
    assertThat(ask("192.0.2.2", "shop/cart").from())
        .isEqualTo(new Origin.Inside(NamespaceId.host("w2")));
    assertThat(ask("198.51.100.9", "shop/cart").from())
        .isEqualTo(new Origin.Outside(IpAddress.of("198.51.100.9")));
  }

  @Test
  void the_destination_is_the_first_address_of_a_family_that_the_sender_has() throws QuestionFault {
    assertThat(ask("shop/api", "shop/cart").to()).isEqualTo(IpAddress.of("10.0.2.7"));
    assertThat(ask("shop/six", "shop/cart").to()).isEqualTo(IpAddress.of("fd00::2:7"));
    assertThat(ask("fd00::1:5", "shop/cart").to()).isEqualTo(IpAddress.of("fd00::2:7"));
  }

  @Test
  void a_family_can_be_wanted() throws QuestionFault {
    ProbeOptions ipv6 =
        new ProbeOptions(
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            64,
            Optional.of(true),
            Optional.empty(),
            Optional.empty());
    assertThat(questions.ask("shop/api", "shop/cart", ipv6).to())
        .isEqualTo(IpAddress.of("fd00::2:7"));
    assertThatThrownBy(() -> questions.ask("shop/api", "node/w2", ipv6))
        .hasMessage("node/w2 has no IPv6 address");
  }

  @Test
  void without_a_port_it_is_a_ping_and_with_one_the_start_of_a_connection() throws QuestionFault {
    assertThat(ask("shop/api", "shop/cart").probe())
        .isEqualTo(new Probe.IcmpMessage(8, 0, 1, 1, 56));
    assertThat(ask("shop/six", "shop/cart").probe())
        .isEqualTo(new Probe.IcmpMessage(128, 0, 1, 1, 56));
    assertThat(ask("shop/api", "shop/cart:8080").probe())
        .isEqualTo(new Probe.TcpSyn(40000, 8080, 0));
    assertThat(ask("shop/api", "10.0.2.7:8080").probe())
        .isEqualTo(new Probe.TcpSyn(40000, 8080, 0));
  }

  @Test
  void a_services_only_port_needs_no_naming() throws QuestionFault {
    Question question = ask("shop/api", "svc/shop/cart");
    assertThat(question.to()).isEqualTo(IpAddress.of("10.96.0.7"));
    assertThat(question.probe()).isEqualTo(new Probe.TcpSyn(40000, 80, 0));
  }

  @Test
  void a_services_port_is_chosen_by_name_number_and_protocol() throws QuestionFault {
    assertThat(ask("shop/api", "svc/kube-system/dns:dns").probe())
        .isEqualTo(new Probe.UdpDatagram(40000, 53, 0));
    assertThat(ask("shop/api", "svc/kube-system/dns:9153").probe())
        .isEqualTo(new Probe.TcpSyn(40000, 9153, 0));
    assertThat(questions.ask("shop/api", "svc/kube-system/dns:53", protocol(Protocol.TCP)).probe())
        .isEqualTo(new Probe.TcpSyn(40000, 53, 0));
    assertThatThrownBy(() -> ask("shop/api", "svc/kube-system/dns"))
        .hasMessageContaining("53/UDP (dns), 53/TCP (dns-tcp), 9153/TCP (metrics)");
  }

  @Test
  void a_number_that_two_protocols_share_means_tcp_where_none_is_said() throws QuestionFault {
    assertThat(ask("shop/api", "svc/kube-system/dns:53").probe())
        .isEqualTo(new Probe.TcpSyn(40000, 53, 0));
    assertThat(questions.ask("shop/api", "svc/kube-system/dns:53", protocol(Protocol.UDP)).probe())
        .isEqualTo(new Probe.UdpDatagram(40000, 53, 0));
  }

  @Test
  void a_port_that_the_service_does_not_have_can_be_asked_for_too() throws QuestionFault {
    assertThat(ask("shop/api", "svc/shop/cart:81").probe())
        .isEqualTo(new Probe.TcpSyn(40000, 81, 0));
    assertThatThrownBy(() -> ask("shop/api", "svc/shop/cart:https"))
        .hasMessageContaining("80/TCP (http)");
  }

  @Test
  void a_pod_that_is_no_longer_listed_is_taken_to_be_there_still() throws QuestionFault {
    Question question = ask("shop/old", "shop/cart");
    assertThat(question.premises())
        .singleElement()
        .satisfies(premise -> {
          assertThat(premise.text()).contains("shop/old").contains("still there");
          assertThat(premise.command()).isEqualTo("kubectl get pod -n shop old -o wide");
          assertThat(premise.grounds()).containsExactly(States.LATER);
        });
    assertThat(ask("shop/api", "shop/cart").premises()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "shop/cart-9 | shop/cart | the state has no pod shop/cart-9; it has shop/cart",
        "shop/xyz | shop/cart | the state has no pod shop/xyz; it has shop/api, shop/cart",
        "shop/api | node/w9 | the state has no node w9; it has w1, w2",
        "shop/api | svc/shop/nil | the state has no service shop/nil; it has shop/cart, ",
        "w1:nil | shop/cart | the state has no network namespace w1:nil; it has w1:host",
        "w9:nil | shop/cart | the state has no network namespace w9:nil; it has w1:host",
        "shop/api | w9:nil | the state has no network namespace w9:nil; it has w1:host",
        "cart | shop/api | is it shop/cart?",
        "svc/shop/cart | shop/api | a Service sends nothing",
        "shop/api | svc/shop/headless | has no address of its own",
        "shop/api | svc/shop/both | name one of its pods, of which a client takes one: shop/api,"
            + " shop/cart",
        "shop/api | svc/shop/elsewhere | stands for the name db.example.com (ExternalName)",
        "shop/pending | shop/cart | doesn't say which node shop/pending is on",
        "shop/api | shop/pending | doesn't say which address shop/pending has",
        "shop/api | shop/cart:99999 | '99999' is no port",
        "198.51.100.9 | fd00::2:7 | fd00::2:7 has no IPv4 address",
      })
  void what_cannot_be_asked_is_said(String from, String to, String message) {
    assertThatThrownBy(() -> ask(from, to))
        .isInstanceOf(QuestionFault.class)
        .hasMessageContaining(message);
  }

  @Test
  void a_protocol_with_ports_needs_one_and_icmp_takes_none() {
    assertThatThrownBy(() -> questions.ask("shop/api", "shop/cart", protocol(Protocol.UDP)))
        .hasMessageContaining("udp to which port?");
    assertThatThrownBy(() -> questions.ask("shop/api", "shop/cart:80", protocol(Protocol.ICMP)))
        .hasMessageContaining("icmp has no ports");
  }

  @Test
  void a_number_behind_a_nodes_name_is_a_port() throws QuestionFault {
    Question question = ask("shop/api", "w2:10250");
    assertThat(question.to()).isEqualTo(IpAddress.of("192.0.2.2"));
    assertThat(question.probe()).isEqualTo(new Probe.TcpSyn(40000, 10250, 0));
  }

  private Question ask(String from, String to) throws QuestionFault {
    return questions.ask(from, to, ProbeOptions.NONE);
  }

  private static ProbeOptions protocol(Protocol protocol) {
    return new ProbeOptions(
        Optional.of(protocol),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        64,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
