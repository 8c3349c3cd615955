package io.packetwalk.walk.openflow;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.openflow.OpenVswitch;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Tcp;
import java.util.List;

/** A bridge {@code br0} with ports {@code p1} to {@code p6}, as its dumps show it. */
final class Bridge {
  private static final int PORTS = 6;
  static final MacAddress SENDER = MacAddress.of("02:00:00:00:00:01");
  static final MacAddress RECEIVER = MacAddress.of("02:00:00:00:00:02");

  private final StringBuilder session = new StringBuilder();

  private Bridge() {}

  /** A bridge with these flows, each as {@code ovs-ofctl} prints it. */
  static Bridge with(String... flows) {
    Bridge bridge = new Bridge();
    bridge.ports("");
    return bridge.shows("ovs-ofctl -O OpenFlow15 dump-flows br0", List.of(flows));
  }

  /** A bridge of which nothing was shown yet. */
  static Bridge empty() {
    return new Bridge();
  }

  private void ports(String down) {
    StringBuilder text = new StringBuilder("OFPST_PORT_DESC reply (OF1.5) (xid=0x3):\n");
    for (int port = 1; port <= PORTS; port++) {
      String name = "p" + port;
      text.append(" %d(%s): addr:02:00:00:00:01:0%d\n".formatted(port, name, port))
          .append("     config:     0\n")
          .append("     state:      %s\n".formatted(name.equals(down) ? "LINK_DOWN" : "LIVE"))
          .append("     speed: 0 Mbps now, 0 Mbps max\n");
    }
    text.append(" LOCAL(br0): addr:02:00:00:00:01:0f\n     config:     0\n     state:      0\n");
    shows("ovs-ofctl -O OpenFlow15 dump-ports-desc br0", text.toString().lines().toList());
  }

  Bridge withPortDown(String name) {
    ports(name);
    return this;
  }

  Bridge groups(String... lines) {
    return shows("ovs-ofctl -O OpenFlow15 dump-groups br0", List.of(lines));
  }

  Bridge shows(String command, List<String> output) {
    session.append("root@n1:~# ").append(command).append('\n');
    output.forEach(line -> session.append(line).append('\n'));
    return this;
  }

  OpenVswitch openVswitch() {
    return StateReader.read(StateFiles.of("session.txt", session + "root@n1:~# true\n"))
        .namespace(NamespaceId.host("n1"))
        .openVswitch();
  }

  /** The ways of a packet from {@code p1}. */
  List<SwitchBranch> walk(Packet packet) {
    return walk(Arrival.of("br0", "p1", packet));
  }

  List<SwitchBranch> walk(Arrival arrival) {
    OpenVswitch openVswitch = openVswitch();
    return new SwitchEngine(openVswitch, new TrackedConnections(openVswitch.connections()))
        .walk(arrival);
  }

  /** The only way of a packet from {@code p1}. */
  SwitchBranch only(Packet packet) {
    List<SwitchBranch> ways = walk(packet);
    if (ways.size() != 1) {
      throw new AssertionError(ways.size() + " ways: " + ways);
    }
    return ways.getFirst();
  }

  static List<String> outputs(SwitchBranch branch) {
    return branch.outputs().stream().map(SwitchOutput::id).map(PortId::toString).toList();
  }

  static Packet tcp(String source, String destination, int port) {
    return new Packet(
        List.of(
            new Ethernet(RECEIVER, SENDER, EtherType.IPV4),
            Ipv4.of(IpAddress.of(source), IpAddress.of(destination), 6, 64),
            Tcp.of(40000, port, Tcp.SYN)));
  }
}
