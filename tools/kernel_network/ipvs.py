"""The rules, sets and virtual servers that kube-proxy writes in its IPVS mode."""

DEVICE, INDEX = "kube-ipvs0", 40


class IpvsProxy:
    """kube-proxy in its IPVS mode on one node, for one version of IP."""

    def __init__(self, cluster, node, services, version):
        self._cluster, self._node, self._services, self._version = cluster, node, services, version
        self._sets = "KUBE-" if version == 4 else "KUBE-6-"

    def device(self):
        """Lines of `ip` for the device that has every Service's address: it is never set up."""
        lines = [f"link add {DEVICE} index {INDEX} type dummy"]  # made when the others were there
        bits = 32 if self._version == 4 else 128
        lines = lines if self._version == 4 else []
        return lines + [f"addr add {one.ip(self._version)}/{bits} dev {DEVICE}" for one in self._services]

    def _end(self, address, port):
        return f"{address}:{port}" if self._version == 4 else f"[{address}]:{port}"

    def sets(self):
        """Lines of `ipset restore`."""
        family = "" if self._version == 4 else " family inet6"
        lines = [
            f"create {self._sets}CLUSTER-IP hash:ip,port{family}",
            f"create {self._sets}LOOP-BACK hash:ip,port,ip{family}",
            f"create {self._sets}NODE-PORT-TCP bitmap:port range 0-65535",
            f"create {self._sets}NODE-PORT-UDP bitmap:port range 0-65535",
        ]
        for service in self._services:
            for protocol in ("tcp", "udp"):
                lines.append(f"add {self._sets}CLUSTER-IP {service.ip(self._version)},{protocol}:{service.port}")
                if service.node_port:
                    lines.append(f"add {self._sets}NODE-PORT-{protocol.upper()} {service.node_port}")
                for pod in service.endpoints:
                    if pod.node == self._node:
                        address = pod.ip(self._version)
                        end = f"{address},{protocol}:{service.target},{address}"
                        lines.append(f"add {self._sets}LOOP-BACK {end}")
        return list(dict.fromkeys(lines))

    def servers(self):
        """Lines of `ipvsadm -R`."""
        lines = []
        for service in self._services:
            ends = [(service.ip(self._version), service.port)]
            if service.node_port:
                ends.append((self._cluster.node_ip(self._node, self._version), service.node_port))
            for option in ("-t", "-u"):
                for address, port in ends:
                    sticky = " -p 10800" if service.affinity else ""
                    sticky += " -M 128" if sticky and self._version == 6 else ""
                    virtual = self._end(address, port)
                    lines.append(f"-A {option} {virtual} -s rr{sticky}")
                    for pod in service.endpoints:
                        real = self._end(pod.ip(self._version), service.target)
                        lines.append(f"-a {option} {virtual} -r {real} -m -w 1")
        return lines

    def nat(self):
        chains = [
            "KUBE-SERVICES", "KUBE-POSTROUTING", "KUBE-MARK-MASQ", "KUBE-NODE-PORT", "KUBE-LOAD-BALANCER",
        ]
        pods = "10.244.0.0/16" if self._version == 4 else "fd00:10:244::/48"
        masquerade = '-m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE'
        rules = [
            '-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
            '-A OUTPUT -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
            '-A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING',
            "-A KUBE-LOAD-BALANCER -j KUBE-MARK-MASQ",
            "-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000",
            f'-A KUBE-POSTROUTING -m comment --comment "Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose" -m set --match-set {self._sets}LOOP-BACK dst,dst,src -j MASQUERADE',
            "-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN",
            "-A KUBE-POSTROUTING -j MARK --set-xmark 0x4000/0x0",
            f"-A KUBE-POSTROUTING {masquerade}",
            f'-A KUBE-SERVICES ! -s {pods} -m comment --comment "Kubernetes service cluster ip + port for masquerade purpose" -m set --match-set {self._sets}CLUSTER-IP dst,dst -j KUBE-MARK-MASQ',
            "-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODE-PORT",
            f"-A KUBE-SERVICES -m set --match-set {self._sets}CLUSTER-IP dst,dst -j ACCEPT",
        ]
        for protocol in ("tcp", "udp"):
            rules.append(
                f'-A KUBE-NODE-PORT -p {protocol} -m comment --comment "Kubernetes nodeport {protocol.upper()} port for masquerade purpose" -m set --match-set {self._sets}NODE-PORT-{protocol.upper()} dst -j KUBE-MARK-MASQ'
            )
        return chains, rules

    @staticmethod
    def filter():
        return ["KUBE-FORWARD"], [
            '-A KUBE-FORWARD -m comment --comment "kubernetes forwarding rules" -m mark --mark 0x4000/0x4000 -j ACCEPT',
            '-A KUBE-FORWARD -m comment --comment "kubernetes forwarding conntrack rule" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
        ], ['-A FORWARD -m comment --comment "kubernetes forwarding rules" -j KUBE-FORWARD']
