"""Services, and the rules that kube-proxy writes for them in iptables or IPVS."""

import base64
import hashlib
from dataclasses import dataclass, field


@dataclass
class Service:
    """A Service with one port, for TCP and UDP alike."""

    namespace: str
    name: str
    kind: str  # ClusterIP, NodePort, LoadBalancer
    address: str
    address6: str
    port: int
    endpoints: list = field(default_factory=list)  # pods
    node_port: int = 0
    external: str = ""  # a load balancer's or external address
    local: bool = False  # externalTrafficPolicy: Local
    affinity: bool = False
    target: int = 8080

    def ip(self, version):
        return self.address if version == 4 else self.address6

    @property
    def full_name(self):
        return f"{self.namespace}/{self.name}"


def hashed(text):
    """kube-proxy's hash in the names of chains."""
    return base64.b32encode(hashlib.sha256(text.encode()).digest())[:16].decode()


class IptablesProxy:
    """kube-proxy in its iptables mode on one node, for one version of IP."""

    def __init__(self, cluster, node, services, version):
        self._cluster, self._node, self._services, self._version = cluster, node, services, version
        self._bits = 32 if version == 4 else 128
        self._pods = "10.244.0.0/16" if version == 4 else "fd00:10:244::/48"
        self._chains, self._rules, self._filter = [], [], []

    def nat(self):
        rules = self._rules
        rules += [
            '-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
            '-A OUTPUT -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
            '-A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING',
            "-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000",
            "-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN",
            "-A KUBE-POSTROUTING -j MARK --set-xmark 0x4000/0x0",
            '-A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE',
        ]
        self._chains += ["KUBE-SERVICES", "KUBE-NODEPORTS", "KUBE-POSTROUTING", "KUBE-MARK-MASQ"]
        for service in self._services:
            for protocol in ("tcp", "udp"):
                self._service(service, protocol)
        rules.append(
            '-A KUBE-SERVICES -m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain" -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS'
        )
        return self._chains, rules

    def _service(self, service, protocol):
        name, rules = service.full_name, self._rules
        if not service.endpoints:
            return
        key = hashed(name + protocol)
        cluster_chain, local_chain, external = f"KUBE-SVC-{key}", f"KUBE-SVL-{key}", f"KUBE-EXT-{key}"
        comment = f'-m comment --comment "{name} cluster IP"'
        to = f"-d {service.ip(self._version)}/{self._bits} -p {protocol} {comment} -m {protocol} --dport {service.port}"
        self._chains.append(cluster_chain)
        rules.append(f"-A KUBE-SERVICES {to} -j {cluster_chain}")
        rules.append(f"-A {cluster_chain} ! -s {self._pods} {to} -j KUBE-MARK-MASQ")
        self._balance(cluster_chain, service, service.endpoints, protocol)
        if service.kind == "ClusterIP":
            return
        local = [pod for pod in service.endpoints if pod.node == self._node]
        self._chains.append(external)
        if not service.local:
            rules.append(
                f'-A {external} -m comment --comment "masquerade traffic for {name} external destinations" -j KUBE-MARK-MASQ'
            )
            rules.append(f"-A {external} -j {cluster_chain}")
        else:
            rules += [
                f'-A {external} -s {self._pods} -m comment --comment "pod traffic for {name} external destinations" -j {cluster_chain}',
                f'-A {external} -m comment --comment "masquerade LOCAL traffic for {name} external destinations" -m addrtype --src-type LOCAL -j KUBE-MARK-MASQ',
                f'-A {external} -m comment --comment "route LOCAL traffic for {name} external destinations" -m addrtype --src-type LOCAL -j {cluster_chain}',
            ]
            if local:
                self._chains.append(local_chain)
                rules.append(f"-A {external} -j {local_chain}")
                self._balance(local_chain, service, local, protocol)
        if service.node_port:
            rules.append(
                f'-A KUBE-NODEPORTS -p {protocol} -m comment --comment "{name}" -m {protocol} --dport {service.node_port} -j {external}'
            )
        if service.external and (":" in service.external) == (self._version == 6):
            rules.append(
                f'-A KUBE-SERVICES -d {service.external}/{self._bits} -p {protocol} -m comment --comment "{name} loadbalancer IP" -m {protocol} --dport {service.port} -j {external}'
            )

    def _balance(self, chain, service, endpoints, protocol):
        rules, name = self._rules, service.full_name
        ends = []
        for pod in endpoints:
            host = pod.ip(self._version)
            bracketed = f"[{host}]" if self._version == 6 else host
            ends.append((f"KUBE-SEP-{hashed(f'{name}{protocol}{bracketed}:{service.target}')}", host, bracketed))
        if service.affinity:
            for end, _, bracketed in ends:
                rules.append(
                    f'-A {chain} -m comment --comment "{name} -> {bracketed}:{service.target}" -m recent --rcheck --seconds 10800 --reap --name {end} --mask {"255.255.255.255" if self._version == 4 else "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"} --rsource -j {end}'
                )
        for number, (end, _, bracketed) in enumerate(ends):
            left = len(ends) - number
            chance = f"-m statistic --mode random --probability {1 / left:.11f} " if left > 1 else ""
            rules.append(
                f'-A {chain} -m comment --comment "{name} -> {bracketed}:{service.target}" {chance}-j {end}'
            )
        for end, host, bracketed in ends:
            if end in self._chains:
                continue
            self._chains.append(end)
            rules.append(f'-A {end} -s {host}/{self._bits} -m comment --comment "{name}" -j KUBE-MARK-MASQ')
            recent = f"-m recent --set --name {end} --mask {'255.255.255.255' if self._version == 4 else 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'} --rsource " if service.affinity else ""
            rules.append(
                f'-A {end} -p {protocol} -m comment --comment "{name}" {recent}-m {protocol} -j DNAT --to-destination {bracketed}:{service.target}'
            )

    def filter(self):
        """Chains and rules of the filter table; those of base chains come separately, in order."""
        rules = [
            "-A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP",
            '-A KUBE-FORWARD -m comment --comment "kubernetes forwarding rules" -m mark --mark 0x4000/0x4000 -j ACCEPT',
            '-A KUBE-FORWARD -m comment --comment "kubernetes forwarding conntrack rule" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
        ]
        if self._version == 4:
            rules.append(
                '-A KUBE-FIREWALL ! -s 127.0.0.0/8 -d 127.0.0.0/8 -m comment --comment "block incoming localnet connections" -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP'
            )
        for service in self._services:
            for protocol in ("tcp", "udp"):
                rules += self._refusals(service, protocol)
        chains = ["KUBE-FORWARD", "KUBE-FIREWALL", "KUBE-SERVICES", "KUBE-EXTERNAL-SERVICES", "KUBE-NODEPORTS"]
        portals = '-m conntrack --ctstate NEW -m comment --comment "kubernetes service portals" -j KUBE-SERVICES'
        outside = '-m conntrack --ctstate NEW -m comment --comment "kubernetes externally-visible service portals" -j KUBE-EXTERNAL-SERVICES'
        bases = [
            f"-A INPUT {outside}",
            '-A INPUT -m comment --comment "kubernetes health check service ports" -j KUBE-NODEPORTS',
            "-A INPUT -j KUBE-FIREWALL",
            '-A FORWARD -m comment --comment "kubernetes forwarding rules" -j KUBE-FORWARD',
            f"-A FORWARD {portals}",
            f"-A FORWARD {outside}",
            f"-A OUTPUT {portals}",
            "-A OUTPUT -j KUBE-FIREWALL",
        ]
        return chains, rules, bases

    def _refusals(self, service, protocol):
        rules, name = [], service.full_name
        reject = f"-j REJECT --reject-with icmp{'6' if self._version == 6 else ''}-port-unreachable"
        if not service.endpoints:
            rules.append(
                f'-A KUBE-SERVICES -d {service.ip(self._version)}/{self._bits} -p {protocol} -m comment --comment "{name} has no endpoints" -m {protocol} --dport {service.port} {reject}'
            )
        local = [pod for pod in service.endpoints if pod.node == self._node]
        if service.node_port and not service.endpoints:
            rules.append(
                f'-A KUBE-EXTERNAL-SERVICES -p {protocol} -m comment --comment "{name} has no endpoints" -m addrtype --dst-type LOCAL -m {protocol} --dport {service.node_port} {reject}'
            )
        elif service.node_port and service.local and not local:
            rules.append(
                f'-A KUBE-EXTERNAL-SERVICES -p {protocol} -m comment --comment "{name} has no local endpoints" -m addrtype --dst-type LOCAL -m {protocol} --dport {service.node_port} -j DROP'
            )
        return rules
