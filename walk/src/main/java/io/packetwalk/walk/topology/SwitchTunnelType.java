package io.packetwalk.walk.topology;

import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Stt;
import io.packetwalk.wire.layer.Vxlan;
import java.util.Optional;
import java.util.stream.Stream;

/** The tunnels that ports of Open vSwitch make (ovs-vswitchd.conf.db, Interface, type). */
public enum SwitchTunnelType {
  GENEVE("geneve", Geneve.PORT, "genev_sys_"),
  VXLAN("vxlan", Vxlan.PORT, "vxlan_sys_"),
  STT("stt", Stt.PORT, "stt_sys_"),
  GRE("gre", 0, "gre_sys"),
  IP6GRE("ip6gre", 0, "ip6gre_sys");

  private final String kind;
  private final int port;
  private final String device;

  SwitchTunnelType(String kind, int port, String device) {
    this.kind = kind;
    this.port = port;
    this.device = device;
  }

  static Optional<SwitchTunnelType> named(String type) {
    return Stream.of(values()).filter(each -> each.kind.equals(type)).findFirst();
  }

  /** {@code geneve}. */
  public String kind() {
    return kind;
  }

  /** The transport port that the tunnel's packets go to; 0 for tunnels without one. */
  public int transportPort(SwitchPort at) {
    String chosen = at.options().getOrDefault("dst_port", "");
    boolean number =
        !chosen.isEmpty() && chosen.length() < 6 && chosen.chars().allMatch(Character::isDigit);
    return port != 0 && number ? Integer.parseInt(chosen) : port;
  }

  /** What the data path calls its device for such tunnels. */
  public String deviceName(SwitchPort at) {
    return port == 0 ? device : device + transportPort(at);
  }

  /** The data path's device, when the namespace's listing shows it. */
  public Optional<Device> device(NetworkNamespace namespace, SwitchPort at) {
    return namespace.links().device(deviceName(at));
  }
}
