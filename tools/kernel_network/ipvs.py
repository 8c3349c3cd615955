"""The rules, sets and virtual servers that kube-proxy writes in its IPVS mode, for IPv4."""

DEVICE, INDEX = "kube-ipvs0", 40


class IpvsProxy:
    """kube-proxy in its IPVS mode on one node."""

    def __init__(self, cluster, node, services):
        self._cluster, self._node, self._services = cluster, node, services

    def device(self):
        """Lines of `ip` for the device that has every Service's address."""
        lines = [f"link add {DEVICE} index {INDEX} type dummy"]  # made when the others were there
        return lines + [f"addr add {one.address}/32 dev {DEVICE}" for one in self._services]

    def sets(self):
        """Lines of `ipset restore`."""
        lines = [
            "create KUBE-CLUSTER-IP hash:ip,port",
            "create KUBE-LOOP-BACK hash:ip,port,ip",
            "create KUBE-NODE-PORT-TCP bitmap:port range 0-65535",
            "create KUBE-NODE-PORT-UDP bitmap:port range 0-65535",
        ]
        for service in self._services:
            for protocol in ("tcp", "udp"):
                lines.append(f"add KUBE-CLUSTER-IP {service.address},{protocol}:{service.port}")
                if service.node_port:
                    lines.append(f"add KUBE-NODE-PORT-{protocol.upper()} {service.node_port}")
                for pod in service.endpoints:
                    if pod.node == self._node:
                        end = f"{pod.address},{protocol}:{service.target},{pod.address}"
                        lines.append(f"add KUBE-LOOP-BACK {end}")
        return list(dict.fromkeys(lines))

    def servers(self):
        """Lines of `ipvsadm -R`."""
        lines = []
        for service in self._services:
            ends = [(service.address, service.port)]
            if service.node_port:
                ends.append((self._cluster.node_ip(self._node, 4), service.node_port))
            for option in ("-t", "-u"):
                for address, port in ends:
                    sticky = " -p 10800" if service.affinity else ""
                    lines.append(f"-A {option} {address}:{port} -s rr{sticky}")
                    for pod in service.endpoints:
                        lines.append(
                            f"-a {option} {address}:{port} -r {pod.address}:{service.target} -m -w 1"
                        )
        return lines

    def nat(self):
        chains = [
            "KUBE-SERVICES", "KUBE-POSTROUTING", "KUBE-MARK-MASQ", "KUBE-NODE-PORT", "KUBE-LOAD-BALANCER",
        ]
        masquerade = '-m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE'
        rules = [
            '-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
            '-A OUTPUT -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
            '-A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING',
            "-A KUBE-LOAD-BALANCER -j KUBE-MARK-MASQ",
            "-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000",
            '-A KUBE-POSTROUTING -m comment --comment "Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose" -m set --match-set KUBE-LOOP-BACK dst,dst,src -j MASQUERADE',
            "-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN",
            "-A KUBE-POSTROUTING -j MARK --set-xmark 0x4000/0x0",
            f"-A KUBE-POSTROUTING {masquerade}",
            '-A KUBE-SERVICES ! -s 10.244.0.0/16 -m comment --comment "Kubernetes service cluster ip + port for masquerade purpose" -m set --match-set KUBE-CLUSTER-IP dst,dst -j KUBE-MARK-MASQ',
            "-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODE-PORT",
            "-A KUBE-SERVICES -m set --match-set KUBE-CLUSTER-IP dst,dst -j ACCEPT",
        ]
        for protocol in ("tcp", "udp"):
            rules.append(
                f'-A KUBE-NODE-PORT -p {protocol} -m comment --comment "Kubernetes nodeport {protocol.upper()} port for masquerade purpose" -m set --match-set KUBE-NODE-PORT-{protocol.upper()} dst -j KUBE-MARK-MASQ'
            )
        return chains, rules

    @staticmethod
    def filter():
        return ["KUBE-FORWARD"], [
            '-A KUBE-FORWARD -m comment --comment "kubernetes forwarding rules" -m mark --mark 0x4000/0x4000 -j ACCEPT',
            '-A KUBE-FORWARD -m comment --comment "kubernetes forwarding conntrack rule" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
        ], ['-A FORWARD -m comment --comment "kubernetes forwarding rules" -j KUBE-FORWARD']
