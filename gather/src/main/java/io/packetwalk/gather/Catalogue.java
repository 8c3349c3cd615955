package io.packetwalk.gather;

import java.util.ArrayList;
import java.util.List;

/**
 * The commands whose outputs make up what a walk needs to know of a network namespace. All of them
 * only look.
 */
final class Catalogue {
  /** The kernel's settings that decide about packets. */
  static final String SETTINGS =
      "^net[./](ipv[46][./]conf[./].*[./](forwarding|rp_filter|src_valid_mark|proxy_arp"
          + "|proxy_arp_pvlan|proxy_ndp|arp_ignore|arp_filter|arp_announce|accept_local"
          + "|route_localnet|accept_ra|disable_ipv6|disable_policy|drop_unicast_in_l2_multicast"
          + "|send_redirects|shared_media|accept_redirects|secure_redirects|accept_source_route)"
          + "|ipv4[./](ip_forward|ip_default_ttl|ip_nonlocal_bind|ip_no_pmtu_disc"
          + "|ip_forward_use_pmtu|ip_forward_update_priority|fib_multipath_hash_policy"
          + "|fib_multipath_use_neigh|icmp_echo_ignore_all|icmp_ratelimit|icmp_ratemask"
          + "|icmp_errors_use_inbound_ifaddr|tcp_l3mdev_accept|udp_l3mdev_accept"
          + "|ip_local_port_range|vs[./].*|neigh[./]default[./]gc_thresh[123])"
          + "|ipv6[./](ip_nonlocal_bind|fib_multipath_hash_policy|bindv6only|flowlabel_reflect"
          + "|neigh[./]default[./]gc_thresh[123])"
          + "|bridge[./].*|netfilter[./]nf_conntrack_(max|count|buckets|checksum"
          + "|tcp_be_liberal|tcp_loose|helper)|nf_conntrack_max)$";

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
          words("bridge -d link"),
          words("bridge fdb show"),
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
          words("ovs-appctl dpctl/dump-flows"));

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

  /** The question about what a device's hardware takes off the kernel. */
  static List<String> offloads(String device) {
    return List.of("ethtool", "-k", device);
  }

  private static List<String> words(String line) {
    return List.of(line.split(" "));
  }
}
