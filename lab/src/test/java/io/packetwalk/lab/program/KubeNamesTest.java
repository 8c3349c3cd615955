package io.packetwalk.lab.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.lab.plan.Addresses;
import io.packetwalk.lab.plan.PlannedService;
import java.util.List;
import org.junit.jupiter.api.Test;

class KubeNamesTest {
  @Test
  void the_chain_of_the_service_kubernetes_is_the_one_that_every_cluster_has() {
    PlannedService.Port port = new PlannedService.Port("https", "tcp", 443, 6443, 0);
    PlannedService kubernetes =
        new PlannedService(
            "default",
            "kubernetes",
            "apiserver",
            PlannedService.Type.CLUSTER_IP,
            false,
            new Addresses("10.96.0.1", "fd00:10:96::1"),
            "",
            List.of(port),
            List.of());
    assertThat(KubeNames.chain("KUBE-SVC-", kubernetes, port))
        .isEqualTo("KUBE-SVC-NPX46M4PTMTKRN6Y");
  }
}
