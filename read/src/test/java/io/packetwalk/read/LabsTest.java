package io.packetwalk.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Inventory.CommandSeen;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.wire.IpFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The states of {@code ../shared/data/labs}, with what their truth files know of them. */
class LabsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "calico-bgp-57",
        "calico-ipip-1",
        "calico-ipip-crosssubnet-20",
        "calico-vxlan-31",
        "flannel-vxlan-15",
        "kubenet-161",
      })
  void a_lab_is_known_completely(String name) throws IOException {
    Path lab = SharedData.path("labs/" + name);
    Snapshot snapshot = StateReader.read(StateLoader.load(lab.resolve("state")));
    JsonNode truth = JsonMapper.shared().readTree(lab.resolve("truth.json").toFile());
    for (JsonNode node : truth.path("nodes")) {
      assertThat(snapshot.nodes()).contains(node.path("name").asString(""));
    }
    for (JsonNode pod : truth.path("pods")) {
      NamespaceId id =
          new NamespaceId(pod.path("node").asString(""), pod.path("netns").asString(""));
      assertThat(snapshot.namespaces()).containsKey(id);
      assertThat(snapshot.namespace(id).links().addresses().entries())
          .extracting(address -> address.address().toString())
          .contains(pod.path("ip").asString(""));
      assertThat(snapshot.namespace(NamespaceId.host(id.node())).links().devices().entries())
          .extracting(Device::name)
          .contains(pod.path("dev").asString(""));
    }
    assertThat(snapshot.nodes()).doesNotContain("bastion");
    snapshot
        .namespaces()
        .forEach((id, namespace) -> {
          assertThat(namespace.links().devices().isComplete()).as("%s", id).isTrue();
          assertThat(namespace.routing().rulesIpv4().isComplete()).as("%s", id).isTrue();
          assertThat(namespace.routing().tables().table(IpFamily.IPV4, RouteTables.LOCAL).entries())
              .as("%s", id)
              .isNotEmpty();
        });
    assertThat(unreadOfIp(snapshot)).isEmpty();
  }

  private static List<CommandSeen> unreadOfIp(Snapshot snapshot) {
    return snapshot.inventory().commands().stream()
        .filter(command -> command.name().startsWith("ip "))
        .filter(command -> command.unreadLines() > 0)
        .toList();
  }
}
