package io.packetwalk.proof;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * A small network as its tables show it: host {@code a} (10.0.1.2), router {@code r} and host
 * {@code b} (10.0.2.2), on two cables; what a test changes is one line.
 */
record Story(String text) {
  /** The router's route to the other host. */
  static final String TO_B = "10.0.2.0/24 dev eth2 proto kernel scope link src 10.0.2.1";

  private static final String ROUTED =
      """
      root@a:~# ip -d addr
      1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 state UNKNOWN
          link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
          inet 127.0.0.1/8 scope host lo
      2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP
          link/ether 02:00:00:00:0a:02 brd ff:ff:ff:ff:ff:ff link-netns r
          veth
          inet 10.0.1.2/24 scope global eth0
          inet6 fd00:1::2/64 scope global
      root@a:~# ip rule
      0: from all lookup local
      32766: from all lookup main
      32767: from all lookup default
      root@a:~# ip -6 rule
      0: from all lookup local
      32766: from all lookup main
      root@a:~# ip route show table all
      default via 10.0.1.1 dev eth0
      10.0.1.0/24 dev eth0 proto kernel scope link src 10.0.1.2
      local 10.0.1.2 dev eth0 table local proto kernel scope host src 10.0.1.2
      root@a:~# ip -6 route show table all
      default via fd00:1::1 dev eth0 metric 1024
      fd00:1::/64 dev eth0 proto kernel metric 256
      local fd00:1::2 dev eth0 table local proto kernel metric 0
      root@a:~# ip neigh
      root@a:~# sysctl net.ipv4.ip_forward net.ipv4.conf.all.rp_filter net.ipv4.conf.eth0.rp_filter
      net.ipv4.ip_forward = 0
      net.ipv4.conf.all.rp_filter = 0
      net.ipv4.conf.eth0.rp_filter = 0
      root@r:~# ip -d addr
      1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 state UNKNOWN
          link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
          inet 127.0.0.1/8 scope host lo
      3: eth1@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP
          link/ether 02:00:00:00:01:01 brd ff:ff:ff:ff:ff:ff link-netns a
          veth
          inet 10.0.1.1/24 scope global eth1
          inet6 fd00:1::1/64 scope global
      4: eth2@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP
          link/ether 02:00:00:00:02:01 brd ff:ff:ff:ff:ff:ff link-netns b
          veth
          inet 10.0.2.1/24 scope global eth2
          inet6 fd00:2::1/64 scope global
      root@r:~# ip rule
      0: from all lookup local
      32766: from all lookup main
      32767: from all lookup default
      root@r:~# ip -6 rule
      0: from all lookup local
      32766: from all lookup main
      root@r:~# ip route show table all
      10.0.1.0/24 dev eth1 proto kernel scope link src 10.0.1.1
      10.0.2.0/24 dev eth2 proto kernel scope link src 10.0.2.1
      local 10.0.1.1 dev eth1 table local proto kernel scope host src 10.0.1.1
      local 10.0.2.1 dev eth2 table local proto kernel scope host src 10.0.2.1
      root@r:~# ip -6 route show table all
      fd00:1::/64 dev eth1 proto kernel metric 256
      fd00:2::/64 dev eth2 proto kernel metric 256
      local fd00:1::1 dev eth1 table local proto kernel metric 0
      local fd00:2::1 dev eth2 table local proto kernel metric 0
      root@r:~# ip neigh
      root@r:~# sysctl net.ipv4.ip_forward net.ipv6.conf.all.forwarding net.ipv4.conf.all.rp_filter net.ipv4.conf.eth1.rp_filter net.ipv4.conf.eth2.rp_filter
      net.ipv4.ip_forward = 1
      net.ipv6.conf.all.forwarding = 1
      net.ipv4.conf.all.rp_filter = 0
      net.ipv4.conf.eth1.rp_filter = 0
      net.ipv4.conf.eth2.rp_filter = 0
      root@b:~# ip -d addr
      1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 state UNKNOWN
          link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
          inet 127.0.0.1/8 scope host lo
      5: eth0@if4: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP
          link/ether 02:00:00:00:0b:02 brd ff:ff:ff:ff:ff:ff link-netns r
          veth
          inet 10.0.2.2/24 scope global eth0
          inet6 fd00:2::2/64 scope global
      root@b:~# ip rule
      0: from all lookup local
      32766: from all lookup main
      32767: from all lookup default
      root@b:~# ip -6 rule
      0: from all lookup local
      32766: from all lookup main
      root@b:~# ip route show table all
      default via 10.0.2.1 dev eth0
      10.0.2.0/24 dev eth0 proto kernel scope link src 10.0.2.2
      local 10.0.2.2 dev eth0 table local proto kernel scope host src 10.0.2.2
      root@b:~# ip -6 route show table all
      default via fd00:2::1 dev eth0 metric 1024
      fd00:2::/64 dev eth0 proto kernel metric 256
      local fd00:2::2 dev eth0 table local proto kernel metric 0
      root@b:~# ip neigh
      root@b:~# sysctl net.ipv4.ip_forward net.ipv4.conf.all.rp_filter net.ipv4.conf.eth0.rp_filter
      net.ipv4.ip_forward = 0
      net.ipv4.conf.all.rp_filter = 0
      net.ipv4.conf.eth0.rp_filter = 0
      """;

  static Story routed() {
    return new Story(ROUTED);
  }

  private static final String BRIDGE =
      """
      root@s:~# ip -d addr
      1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 state UNKNOWN
          link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
      7: br0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP
          link/ether 02:00:00:00:ff:00 brd ff:ff:ff:ff:ff:ff
          bridge KIND
      8: p1@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state UP
          link/ether 02:00:00:00:ff:01 brd ff:ff:ff:ff:ff:ff link-netns a
          veth
      9: p2@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state UP
          link/ether 02:00:00:00:ff:02 brd ff:ff:ff:ff:ff:ff link-netns r
          veth
      """;

  /**
   * The same with a bridge br0 of machine {@code s} between host a (port p1) and the router (p2).
   *
   * @param kind what {@code ip -d addr} says of the bridge
   * @param more what else the machine shows
   */
  static Story bridged(String kind, String more) {
    String first = "root@a:~# ip -d addr\n";
    return routed()
        .but(first, BRIDGE.replace("KIND", kind) + more + first)
        .but("2: eth0@if3:", "2: eth0@if8:")
        .but("0a:02 brd ff:ff:ff:ff:ff:ff link-netns r", "0a:02 brd ff:ff:ff:ff:ff:ff link-netns s")
        .but("3: eth1@if2:", "3: eth1@if9:")
        .but(
            "01:01 brd ff:ff:ff:ff:ff:ff link-netns a", "01:01 brd ff:ff:ff:ff:ff:ff link-netns s");
  }

  /** The story with one line, or part of a line, told otherwise. */
  Story but(String line, String otherwise) {
    if (!text.contains(line)) {
      throw new IllegalArgumentException("the story has no " + line);
    }
    return new Story(text.replace(line, otherwise));
  }

  /** The story with a line more behind this one. */
  Story adding(String line, String more) {
    return but(line + "\n", line + "\n" + more + "\n");
  }

  /** The story with a ruleset of nftables on one of its machines. */
  Story ruled(String node, String ruleset) {
    return new Story(text + "root@" + node + ":~# nft list ruleset\n" + ruleset);
  }

  Walk tcp(String to) {
    return ask(to, new Probe.TcpSyn(40000, 53, 0), 64, true);
  }

  Walk udp(String to) {
    return udp(to, 10, 64);
  }

  Walk udp(String to, int size, int hopLimit) {
    return ask(to, new Probe.UdpDatagram(40000, 53, size), hopLimit, true);
  }

  Walk fragmentable(String to, int size) {
    return ask(to, new Probe.UdpDatagram(40000, 53, size), 64, false);
  }

  private Walk ask(String to, Probe probe, int hopLimit, boolean dontFragment) {
    Snapshot snapshot = StateReader.read(StateFiles.of("story.txt", text));
    return Walker.walk(
        snapshot,
        new Question(
            new Origin.Inside(NamespaceId.host("a")),
            IpAddress.of(to),
            Optional.empty(),
            probe,
            hopLimit,
            dontFragment,
            List.of()));
  }

  /** The decisions of a walk's only branch, one to a line. */
  static String told(Walk walk) {
    return told(walk.forward());
  }

  static String told(Direction direction) {
    StringBuilder told = new StringBuilder();
    for (Branch branch : direction.branches()) {
      branch
          .steps()
          .forEach(step ->
              told.append(step.place().node()).append(": ").append(step.decision()).append('\n'));
      told.append(branch.verdict()).append(": ").append(branch.reason()).append('\n');
    }
    return told.toString();
  }
}
