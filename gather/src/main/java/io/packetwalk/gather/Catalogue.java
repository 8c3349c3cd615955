package io.packetwalk.gather;

import java.util.ArrayList;
import java.util.List;

/**
 * The commands whose outputs make up what a walk needs to know of a network namespace. All of them
 * only look.
 */
final class Catalogue {
  /**
   * The kernel's settings that decide about packets, and some more: sysctl compiles a pattern for
   * every setting anew, so one that names each of them whole would take longer than all of the
   * other commands.
   */
  static final String SETTINGS =
      "forward|filter|src_valid|proxy_|[/.]arp_|accept_|route_local|disable_[ip]|drop_uni|redirects"
          + "|shared_m|4[/.]ip_|6[/.]ip_|fib_m|icmp_|l3mdev_|gc_thresh|net[/.]bridge|4[/.]vs[/.]"
          + "|bindv6|flowlabel_r|nf_conntrack_[mcbth]";

  private static final List<List<String>> EVERYWHERE =
      List.of(
          words("ip -d addr"),
          words("ip -d -s link"),
          words("ip rule"),
          words("ip -6 rule"),
          words("ip route show table all"),
          words("ip -6 route show table all"),
          words("ip nexthop"),
          words("ip neigh"),
          words("ip neigh show proxy"),
          words("ip maddr"),
          words("bridge -d link"),
          words("bridge fdb show"),
          words("bridge -d mdb show"),
          words("bridge -d vlan show"),
          List.of("sysctl", "-a", "--pattern", SETTINGS),
          words("iptables-legacy-save -c"),
          words("iptables-nft-save -c"),
          words("ip6tables-legacy-save -c"),
          words("ip6tables-nft-save -c"),
          words("nft list ruleset"),
          words("ipset save"),
          words("conntrack -L"),
          words("conntrack -L -f ipv6"),
          words("ss -lntu"));

  /** Where one machine has one answer. */
  private static final List<List<String>> MACHINE =
      List.of(
          words("uname -r"),
          words("conntrack -S"),
          words("ipvsadm -Sn"),
          words("ipvsadm -Ln"),
          words("ipvsadm -Lnc"),
          words("tc qdisc show"),
          words("ip xfrm policy"),
          words("wg show"),
          words("birdc show protocols"),
          words("birdc show route"));

  private static final List<List<String>> OPEN_VSWITCH =
      List.of(
          words("ovs-vsctl show"),
          words("ovs-vsctl --columns=name,ofport,type,options,external_ids list interface"),
          words("ovs-appctl dpctl/show"),
          words("ovs-appctl dpctl/dump-flows"),
          words("ovs-appctl dpctl/dump-conntrack"));

  private static final List<List<String>> CLUSTER =
      List.of(
          words("kubectl get nodes -o yaml"),
          words("kubectl get pods -A -o yaml"),
          words("kubectl get services -A -o yaml"),
          words("kubectl get endpointslices -A -o yaml"),
          words("kubectl get networkpolicies -A -o yaml"),
          words("kubectl get namespaces -o yaml"));

  private Catalogue() {}

  static List<List<String>> of(Room room) {
    List<List<String>> all = new ArrayList<>();
    if (room.isOwn()) {
      all.addAll(MACHINE);
    }
    all.addAll(EVERYWHERE);
    return all;
  }

  static List<List<String>> cluster() {
    return CLUSTER;
  }

  static List<List<String>> openVswitch() {
    return OPEN_VSWITCH;
  }

  /** The questions about one bridge of Open vSwitch. */
  static List<List<String>> ofSwitch(String bridge) {
    return List.of(
        List.of("ovs-ofctl", "show", bridge),
        List.of("ovs-ofctl", "dump-flows", bridge, "--names", "-O", "OpenFlow15"),
        List.of("ovs-ofctl", "dump-groups", bridge, "--names", "-O", "OpenFlow15"),
        List.of("ovs-ofctl", "-O", "OpenFlow15", "dump-tlv-map", bridge),
        List.of("ovs-appctl", "fdb/show", bridge));
  }

  /**
   * The question about what a device's hardware takes off the kernel; of {@code *} for all devices,
   * which releases of ethtool before 5.8 don't know.
   */
  static List<String> offloads(String device) {
    return List.of("ethtool", "-k", device);
  }

  private static List<String> words(String line) {
    return List.of(line.split(" "));
  }
}
