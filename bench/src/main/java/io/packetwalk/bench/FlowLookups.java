package io.packetwalk.bench;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.openflow.OpenVswitch;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.openflow.Arrival;
import io.packetwalk.walk.openflow.SwitchEngine;
import io.packetwalk.walk.openflow.TrackedConnections;
import io.packetwalk.walk.openflow.TunnelMetadata;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.decode.Encoder;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Tcp;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How much processor time many flows take to be read and walked: {@code FlowLookups NUMBER FOLDER}.
 * Writes the flows and the packets into the folder as well, for Open vSwitch to do the same.
 *
 * <p>A quarter of the flows guards against forged sources, a quarter is Services, a quarter routes
 * by prefixes of four lengths, a quarter MAC addresses: a packet is looked up in five tables.
 */
public final class FlowLookups {
  private static final int PACKETS = 2_000;
  private static final int ROUNDS = 5;

  private FlowLookups() {}

  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[0]);
    Path folder = Path.of(arguments[1]);
    List<String> flows = flows(count / 4);
    Files.write(folder.resolve("flows"), flows, StandardCharsets.UTF_8);
    List<Packet> packets = packets(count / 4);
    Files.write(
        folder.resolve("packets"),
        packets.stream().map(packet -> Encoder.encode(packet).toHex()).toList(),
        StandardCharsets.UTF_8);
    StringBuilder session =
        new StringBuilder("root@n1:~# ovs-ofctl -O OpenFlow15 dump-flows br0 --no-stats\n");
    flows.forEach(flow -> session.append(' ').append(flow).append('\n'));
    StateFiles files = StateFiles.of("session.txt", session.toString());

    long start = used();
    OpenVswitch openVswitch =
        StateReader.read(files).namespace(NamespaceId.host("n1")).openVswitch();
    double load = (used() - start) / 1e9;
    SwitchEngine engine =
        new SwitchEngine(openVswitch, new TrackedConnections(openVswitch.connections()));
    start = used();
    engine.walk(arrival(packets.getFirst()));
    double first = (used() - start) / 1e9;
    double each = 0;
    long outputs = 0;
    for (int round = 0; round < ROUNDS; round++) {
      start = used();
      for (Packet packet : packets) {
        outputs += engine.walk(arrival(packet)).getFirst().outputs().size();
      }
      each = (used() - start) / 1e3 / packets.size();
    }
    System.out.printf(
        "%d flows: read in %.2f s, first packet %.3f s, then %.1f us each, %d of %d come out%n",
        count, load, first, each, outputs, (long) ROUNDS * packets.size());
  }

  /** Processor time, since others may be at work on the machine. */
  private static long used() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static Arrival arrival(Packet packet) {
    return new Arrival("br0", PortId.of(1), packet, TunnelMetadata.NONE, 0, List.of());
  }

  private static String address(int number) {
    return IpAddress.ofIpv4(0x0a00_0000 | number).toString();
  }

  private static String mac(int number) {
    return new MacAddress(0x0200_0000_0000L | number).toString();
  }

  private static List<String> flows(int quarter) {
    List<String> flows = new ArrayList<>();
    flows.add("table=0, priority=10,ip actions=goto_table:1");
    flows.add("table=2, priority=0 actions=goto_table:3");
    for (int index = 0; index < quarter; index++) {
      flows.add(
          "table=1, priority=200,ip,in_port=1,dl_src=%s,nw_src=%s actions=goto_table:2"
              .formatted(mac(index), address(index)));
      flows.add(
          "table=2, priority=200,tcp,nw_dst=%s,tp_dst=%d actions=set_field:%d->reg1,goto_table:3"
              .formatted(address(0x80_0000 | index), 80 + index % 3, index));
      int length = 32 - 2 * (index % 4);
      flows.add(
          "table=3, priority=%d,ip,nw_dst=%s/%d actions=dec_ttl,goto_table:4"
              .formatted(length, address(index << 6 & 0x7f_ffff), length));
      flows.add("table=4, priority=200,dl_dst=%s actions=output:2".formatted(mac(index)));
    }
    flows.add("table=3, priority=0,ip actions=goto_table:4");
    return flows;
  }

  private static List<Packet> packets(int quarter) {
    List<Packet> packets = new ArrayList<>();
    for (int index = 0; index < PACKETS; index++) {
      int from = index * 7919 % quarter;
      int to = index * 104_729 % quarter;
      int destination = index % 2 == 0 ? 0x80_0000 | to : to << 6 & 0x7f_ffff;
      packets.add(
          Packet.of(
              new Ethernet(
                  new MacAddress(0x0200_0000_0000L | to),
                  new MacAddress(0x0200_0000_0000L | from),
                  EtherType.IPV4),
              Ipv4.of(
                  IpAddress.ofIpv4(0x0a00_0000 | from),
                  IpAddress.ofIpv4(0x0a00_0000 | destination),
                  6,
                  64),
              Tcp.of(40_000, 80 + to % 3, Tcp.SYN)));
    }
    return packets;
  }
}
