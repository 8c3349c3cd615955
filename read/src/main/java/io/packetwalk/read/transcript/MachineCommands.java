package io.packetwalk.read.transcript;

import java.util.List;
import java.util.Set;

/** Commands that look into the network of the machine they run on. */
public final class MachineCommands {
  private static final Set<String> NAMES =
      Set.of(
          "ip",
          "ifconfig",
          "route",
          "arp",
          "bridge",
          "brctl",
          "ethtool",
          "sysctl",
          "tcpdump",
          "iptables",
          "iptables-save",
          "ip6tables",
          "ip6tables-save",
          "iptables-legacy",
          "iptables-legacy-save",
          "iptables-nft",
          "iptables-nft-save",
          "nft",
          "ipset",
          "conntrack",
          "ipvsadm",
          "ss",
          "netstat",
          "tc",
          "birdc",
          "birdcl",
          "wg",
          "ovs-vsctl",
          "ovs-ofctl",
          "ovs-appctl",
          "ovs-dpctl",
          "ping",
          "ping6",
          "traceroute",
          "tracepath",
          "arping",
          "bpftool",
          "lsns",
          "nmcli",
          "networkctl",
          "resolvectl");

  private MachineCommands() {}

  /** Whether this is one: where it ran is a machine or a namespace of interest. */
  public static boolean contains(List<String> words) {
    return !words.isEmpty() && NAMES.contains(words.getFirst());
  }
}
