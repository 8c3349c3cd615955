package io.packetwalk.read.transcript;

import java.util.List;
import java.util.Set;

/**
 * The commands that a line must begin with to be taken for one behind a prompt that prose could
 * contain as well ({@code # …}, {@code name $ …}).
 */
final class KnownCommands {
  private static final Set<String> NAMES =
      Set.of(
          "antctl",
          "apk",
          "apt",
          "apt-get",
          "arp",
          "arping",
          "awk",
          "base64",
          "birdc",
          "birdcl",
          "bpftool",
          "bridge",
          "brctl",
          "calicoctl",
          "cat",
          "cd",
          "chroot",
          "cilium",
          "conntrack",
          "crictl",
          "ctr",
          "curl",
          "date",
          "dig",
          "dmesg",
          "docker",
          "echo",
          "ethtool",
          "exit",
          "export",
          "gcloud",
          "grep",
          "helm",
          "hostname",
          "ifconfig",
          "incus",
          "ip",
          "ip6tables",
          "ip6tables-save",
          "iperf",
          "iperf3",
          "ipset",
          "iptables",
          "iptables-legacy",
          "iptables-legacy-save",
          "iptables-nft",
          "iptables-nft-save",
          "iptables-save",
          "ipvsadm",
          "jq",
          "journalctl",
          "k",
          "k3s",
          "kubeadm",
          "kubectl",
          "kubelet",
          "less",
          "limactl",
          "ls",
          "lsmod",
          "lsns",
          "lxc",
          "lxc-attach",
          "microk8s",
          "minikube",
          "modprobe",
          "mtr",
          "multipass",
          "nc",
          "ncat",
          "nerdctl",
          "netstat",
          "nft",
          "nmap",
          "nsenter",
          "nslookup",
          "oc",
          "ovn-nbctl",
          "ovn-sbctl",
          "ovs-appctl",
          "ovs-dpctl",
          "ovs-ofctl",
          "ovs-vsctl",
          "pct",
          "ping",
          "ping6",
          "podman",
          "ps",
          "pwd",
          "route",
          "service",
          "socat",
          "ss",
          "ssh",
          "su",
          "sudo",
          "sysctl",
          "systemctl",
          "tail",
          "tc",
          "tcpdump",
          "telnet",
          "traceroute",
          "tracepath",
          "tshark",
          "uname",
          "vagrant",
          "vi",
          "vim",
          "wg",
          "wget",
          "yum");

  private static final Set<String> OFTEN_PROSE =
      Set.of(
          "ip",
          "route",
          "arp",
          "cat",
          "service",
          "date",
          "ping",
          "host",
          "bridge",
          "less",
          "tail",
          "echo",
          "k",
          "exit",
          "docker",
          "calicoctl",
          "kubectl",
          "cilium",
          "tc",
          "su",
          "ss");

  private static final Set<String> PROSE_WORDS =
      Set.of(
          "is", "are", "was", "of", "the", "shows", "output", "and", "with", "that", "this",
          "works", "should", "will", "entry", "entries", "tables", "here", "has", "have");

  private KnownCommands() {}

  static boolean contains(String word) {
    return NAMES.contains(word.substring(word.lastIndexOf('/') + 1));
  }

  /** Whether this could have been typed, rather than be a sentence or a comment. */
  static boolean plausible(String command) {
    CommandLine line = CommandLine.parse(command);
    if (line.stages().isEmpty()) {
      return false;
    }
    if (ShellLoop.of(line).isPresent()) {
      return true;
    }
    List<String> words = line.stages().getFirst().words();
    int first = 0;
    while (first < words.size() && words.get(first).indexOf('=') > 0) {
      first++;
    }
    if (first >= words.size() || !contains(words.get(first))) {
      return false;
    }
    return !OFTEN_PROSE.contains(words.get(first)) || !isProse(words, first);
  }

  private static boolean isProse(List<String> words, int first) {
    List<String> rest = words.subList(first + 1, words.size());
    boolean sentence = words.getLast().endsWith(".") || words.getLast().endsWith(":");
    return (sentence && !rest.isEmpty()) || rest.stream().anyMatch(PROSE_WORDS::contains);
  }
}
