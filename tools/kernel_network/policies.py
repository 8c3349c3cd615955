"""Network policies, and the rules and sets that Calico writes for them in iptables."""

import base64
import hashlib
from dataclasses import dataclass, field

ACCEPT, PASS, SCRATCH, ALL = 0x10000, 0x20000, 0x40000, 0xF0000


@dataclass
class Policy:
    """A NetworkPolicy that selects by one label and allows peers by one label, or nobody."""

    namespace: str
    name: str
    selects: dict  # empty: every pod of the namespace
    ingress: list = field(default_factory=list)  # (peers' labels, ports); None is "not isolated"
    egress: list = None

    def applies(self, pod):
        return pod.namespace == self.namespace and self.selects.items() <= pod.labels.items()


def shortened(prefix, name):
    """Calico's names of chains: at most 28 characters."""
    if len(prefix + name) <= 28:
        return prefix + name
    digest = base64.urlsafe_b64encode(hashlib.sha256(name.encode()).digest()).decode()
    return f"{prefix}_{digest[: 27 - len(prefix)]}"


class CalicoPolicy:
    """Felix on one node, for one version of IP."""

    def __init__(self, cluster, node, policies, version):
        self._cluster, self._node, self._policies, self._version = cluster, node, policies, version
        self._prefix = "cali40" if version == 4 else "cali60"
        self._chains, self._rules = [], []

    def _set(self, labels):
        text = "".join(f"{key}={value}" for key, value in sorted(labels.items()))
        digest = base64.urlsafe_b64encode(hashlib.sha224(text.encode()).digest()).decode()
        return f"{self._prefix}s:{digest[:22].replace('-', 'x')}"

    def sets(self):
        """Lines of `ipset restore`."""
        family = "inet" if self._version == 4 else "inet6"
        pods = "10.244.0.0/16" if self._version == 4 else "fd00:10:244::/48"
        lines = []
        for name in ("masq-ipam-pools", "all-ipam-pools"):
            lines += [f"create {self._prefix}{name} hash:net family {family}", f"add {self._prefix}{name} {pods}"]
        lines.append(f"create {self._prefix}all-vxlan-net hash:net family {family}")
        for node in self._cluster.nodes if self._version == 4 else []:
            lines.append(f"add {self._prefix}all-vxlan-net {self._cluster.node_ip(node, 4)}")
        seen = set()
        for policy in self._policies:
            for peers, _ in (policy.ingress or []) + (policy.egress or []):
                name = self._set(peers)
                if name in seen:
                    continue
                seen.add(name)
                lines.append(f"create {name} hash:net family {family}")
                for pod in self._cluster.pods:
                    if peers.items() <= pod.labels.items():
                        lines.append(f"add {name} {pod.ip(self._version)}")
        return lines

    def raw(self):
        chains = ["cali-PREROUTING", "cali-OUTPUT", "cali-rpf-skip", "cali-from-host-endpoint", "cali-to-host-endpoint"]
        return chains, [
            '-A PREROUTING -m comment --comment "cali:6gwbT8clXdHdC1b1" -j cali-PREROUTING',
            '-A OUTPUT -m comment --comment "cali:tVnHkvAo15HuiPy0" -j cali-OUTPUT',
            f"-A cali-PREROUTING -j MARK --set-xmark 0x0/{ALL:#x}",
            f"-A cali-PREROUTING -i cali+ -j MARK --set-xmark {SCRATCH:#x}/{SCRATCH:#x}",
            f"-A cali-PREROUTING -m mark --mark {SCRATCH:#x}/{SCRATCH:#x} -j cali-rpf-skip",
            f"-A cali-PREROUTING -m mark --mark {SCRATCH:#x}/{SCRATCH:#x} -m rpfilter --validmark --invert -j DROP",
            f"-A cali-PREROUTING -m mark --mark 0x0/{SCRATCH:#x} -j cali-from-host-endpoint",
            f"-A cali-PREROUTING -m mark --mark {ACCEPT:#x}/{ACCEPT:#x} -j ACCEPT",
            f"-A cali-OUTPUT -j MARK --set-xmark 0x0/{ALL:#x}",
            "-A cali-OUTPUT -j cali-to-host-endpoint",
            f"-A cali-OUTPUT -m mark --mark {ACCEPT:#x}/{ACCEPT:#x} -j ACCEPT",
        ]

    def mangle(self):
        return ["cali-PREROUTING", "cali-POSTROUTING", "cali-from-host-endpoint"], [
            "-A PREROUTING -j cali-PREROUTING",
            "-A POSTROUTING -j cali-POSTROUTING",
            "-A cali-PREROUTING -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
            f"-A cali-PREROUTING -m mark --mark {ACCEPT:#x}/{ACCEPT:#x} -j ACCEPT",
            "-A cali-PREROUTING -j cali-from-host-endpoint",
            f'-A cali-PREROUTING -m comment --comment "Host endpoint policy accepted packet." -m mark --mark {ACCEPT:#x}/{ACCEPT:#x} -j ACCEPT',
            f"-A cali-POSTROUTING -m mark --mark {ACCEPT:#x}/{ACCEPT:#x} -j RETURN",
            f"-A cali-POSTROUTING -j MARK --set-xmark 0x0/{ALL:#x}",
        ]

    def nat(self):
        rules = [
            "-A PREROUTING -j cali-PREROUTING",
            "-A OUTPUT -j cali-OUTPUT",
            "-A POSTROUTING -j cali-POSTROUTING",
            "-A cali-PREROUTING -j cali-fip-dnat",
            "-A cali-OUTPUT -j cali-fip-dnat",
            "-A cali-POSTROUTING -j cali-fip-snat",
            "-A cali-POSTROUTING -j cali-nat-outgoing",
            f"-A cali-nat-outgoing -m set --match-set {self._prefix}masq-ipam-pools src -m set ! --match-set {self._prefix}all-ipam-pools dst -j MASQUERADE",
        ]
        device = {"vxlan": "vxlan.calico", "ipip": "tunl0"}.get(self._cluster.mode.split("-")[1])
        if device and self._version == 4:
            rules.insert(
                7,
                f"-A cali-POSTROUTING -o {device} -m addrtype ! --src-type LOCAL --limit-iface-out -m addrtype --src-type LOCAL -j MASQUERADE",
            )
        return ["cali-PREROUTING", "cali-OUTPUT", "cali-POSTROUTING", "cali-fip-dnat", "cali-fip-snat", "cali-nat-outgoing"], rules

    def filter(self):
        """Chains, rules, rules at the head of base chains, rules at their end."""
        self._chains = ["cali-FORWARD", "cali-INPUT", "cali-OUTPUT", "cali-from-wl-dispatch", "cali-to-wl-dispatch", "cali-wl-to-host"]
        add = self._rules.append
        add(f"-A cali-FORWARD -j MARK --set-xmark 0x0/{PASS | SCRATCH | 0x80000:#x}")
        add("-A cali-FORWARD -i cali+ -j cali-from-wl-dispatch")
        add("-A cali-FORWARD -o cali+ -j cali-to-wl-dispatch")
        if self._version == 4 and "vxlan" in self._cluster.mode:
            add('-A cali-INPUT -p udp -m comment --comment "Allow IPv4 VXLAN packets from allowed hosts" -m multiport --dports 4789 -m set --match-set cali40all-vxlan-net src -m addrtype --dst-type LOCAL -j ACCEPT')
            add('-A cali-INPUT -p udp -m comment --comment "Drop IPv4 VXLAN packets from non-allowed hosts" -m multiport --dports 4789 -m addrtype --dst-type LOCAL -j DROP')
        add("-A cali-INPUT -i cali+ -g cali-wl-to-host")
        add(f"-A cali-INPUT -m mark --mark {ACCEPT:#x}/{ACCEPT:#x} -j ACCEPT")
        add("-A cali-OUTPUT -o cali+ -j RETURN")
        for kind in (130, 131, 132, 133, 135, 136) if self._version == 6 else ():
            add(f"-A cali-wl-to-host -p ipv6-icmp -m icmp6 --icmpv6-type {kind} -j ACCEPT")
        add("-A cali-wl-to-host -j cali-from-wl-dispatch")
        add('-A cali-wl-to-host -m comment --comment "Configured DefaultEndpointToHostAction" -j ACCEPT')
        pods = self._cluster.pods_of(self._node)
        for pod in pods:
            add(f"-A cali-from-wl-dispatch -i {pod.device} -g cali-fw-{pod.device}")
            add(f"-A cali-to-wl-dispatch -o {pod.device} -g cali-tw-{pod.device}")
        add('-A cali-from-wl-dispatch -m comment --comment "Unknown interface" -j DROP')
        add('-A cali-to-wl-dispatch -m comment --comment "Unknown interface" -j DROP')
        for pod in pods:
            self._endpoint(pod, "ingress")
            self._endpoint(pod, "egress")
        for policy in self._policies:
            self._policy(policy)
        for namespace in sorted({pod.namespace for pod in pods}):
            self._profile(namespace)
        heads = [f"-A {base} -m comment --comment \"cali:{mark}\" -j cali-{base}" for base, mark in (("INPUT", "Cz_u1IQiXIMmKD4c"), ("FORWARD", "wUHhoiAYhphO9Mso"), ("OUTPUT", "tVnHkvAo15HuiPy0"))]
        tails = [
            f'-A FORWARD -m comment --comment "Policy explicitly accepted packet." -m mark --mark {ACCEPT:#x}/{ACCEPT:#x} -j ACCEPT',
            f"-A FORWARD -j MARK --set-xmark {ACCEPT:#x}/{ACCEPT:#x}",
        ]
        return self._chains, self._rules, heads, tails

    def _endpoint(self, pod, direction):
        chain = f"cali-{'tw' if direction == 'ingress' else 'fw'}-{pod.device}"
        self._chains.append(chain)
        add = self._rules.append
        add(f"-A {chain} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT")
        add(f"-A {chain} -m conntrack --ctstate INVALID -j DROP")
        add(f"-A {chain} -j MARK --set-xmark 0x0/{ACCEPT | PASS:#x}")
        if direction == "egress":
            add(f'-A {chain} -p udp -m comment --comment "Drop VXLAN encapped packets originating in workloads" -m multiport --dports 4789 -j DROP')
            add(f'-A {chain} -p ipencap -m comment --comment "Drop IPinIP encapped packets originating in workloads" -j DROP' if self._version == 4 else f"-A {chain} -p ipencap -j DROP")
        asked = [one for one in self._policies if one.applies(pod) and getattr(one, direction) is not None]
        if asked:
            add(f'-A {chain} -m comment --comment "Start of tier default" -j MARK --set-xmark 0x0/{PASS:#x}')
            for policy in asked:
                add(f"-A {chain} -m mark --mark 0x0/{PASS:#x} -j {self._policy_chain(policy, direction)}")
                add(f'-A {chain} -m comment --comment "Return if policy accepted" -m mark --mark {ACCEPT:#x}/{ACCEPT:#x} -j RETURN')
            add(f'-A {chain} -m comment --comment "End of tier default. Drop if no policies passed packet" -m mark --mark 0x0/{PASS:#x} -j DROP')
        profile = shortened("cali-pri-" if direction == "ingress" else "cali-pro-", f"kns.{pod.namespace}")
        add(f"-A {chain} -j {profile}")
        add(f'-A {chain} -m comment --comment "Return if profile accepted" -m mark --mark {ACCEPT:#x}/{ACCEPT:#x} -j RETURN')
        add(f'-A {chain} -m comment --comment "Drop if no profiles matched" -j DROP')

    @staticmethod
    def _policy_chain(policy, direction):
        prefix = "cali-pi-" if direction == "ingress" else "cali-po-"
        return shortened(prefix, f"knp/{policy.namespace}/{policy.name}")

    def _policy(self, policy):
        for direction, side in (("ingress", "src"), ("egress", "dst")):
            allowed = getattr(policy, direction)
            if allowed is None:
                continue
            chain = self._policy_chain(policy, direction)
            self._chains.append(chain)
            for peers, ports in allowed:
                for protocol in ("tcp", "udp"):
                    self._rules.append(
                        f'-A {chain} -p {protocol} -m comment --comment "KubernetesNetworkPolicy {policy.namespace}/{policy.name} {direction}" -m set --match-set {self._set(peers)} {side} -m multiport --dports {",".join(map(str, ports))} -j MARK --set-xmark {ACCEPT:#x}/{ACCEPT:#x}'
                    )
                self._rules.append(f"-A {chain} -m mark --mark {ACCEPT:#x}/{ACCEPT:#x} -j RETURN")

    def _profile(self, namespace):
        for prefix, direction in (("cali-pri-", "ingress"), ("cali-pro-", "egress")):
            chain = shortened(prefix, f"kns.{namespace}")
            self._chains.append(chain)
            self._rules.append(
                f'-A {chain} -m comment --comment "Profile kns.{namespace} {direction}" -j MARK --set-xmark {ACCEPT:#x}/{ACCEPT:#x}'
            )
            self._rules.append(f"-A {chain} -m mark --mark {ACCEPT:#x}/{ACCEPT:#x} -j RETURN")
