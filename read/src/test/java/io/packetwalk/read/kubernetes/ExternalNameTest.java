package io.packetwalk.read.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.cluster.Service;
import io.packetwalk.read.Fact;
import io.packetwalk.read.command.Shown;
import org.junit.jupiter.api.Test;

/** A Service that stands for a name, in each way of showing it. */
class ExternalNameTest {
  @Test
  void a_table_has_it_among_the_outside_addresses() {
    Shown shown =
        Shown.by(
            new KubectlGetReader(),
            "kubectl get svc",
            """
            NAME   TYPE           CLUSTER-IP   EXTERNAL-IP      PORT(S)   AGE
            db     ExternalName   <none>       db.example.com   <none>    5s
            """);
    assertThat(shown.unread()).isEmpty();
    assertStandsForItsName(shown);
  }

  @Test
  void a_document_has_a_member_for_it() {
    assertStandsForItsName(
        Shown.by(
            new KubectlGetReader(),
            "kubectl get svc db -o yaml",
            """
            apiVersion: v1
            kind: Service
            metadata:
              name: db
              namespace: default
            spec:
              externalName: db.example.com
              sessionAffinity: None
              type: ExternalName
            status:
              loadBalancer: {}
            """));
  }

  @Test
  void a_description_has_a_line_for_it() {
    assertStandsForItsName(
        Shown.by(
            new KubectlDescribeReader(),
            "kubectl describe svc db",
            """
            Name:              db
            Namespace:         default
            Labels:            <none>
            Annotations:       <none>
            Selector:          <none>
            Type:              ExternalName
            IP Families:       <none>
            IP:
            IPs:               <none>
            External Name:     db.example.com
            Session Affinity:  None
            Events:            <none>
            """));
  }

  private static void assertStandsForItsName(Shown shown) {
    Service service = shown.fact(Fact.Services.class).listing().entries().getFirst();
    assertThat(service.externalName()).contains("db.example.com");
    assertThat(service.clusterAddresses()).isEmpty();
    assertThat(service.externalAddresses()).isEmpty();
  }
}
