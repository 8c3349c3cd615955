"""The table that kube-proxy writes in its nftables mode (pkg/proxy/nftables), on one node for one version of IP."""

import base64
import hashlib


def _hash(text):
    return base64.b32encode(hashlib.sha256(text.encode()).digest()).decode()[:8]


class NftablesProxy:
    """kube-proxy in its nftables mode."""

    def __init__(self, cluster, node, services, version):
        self._cluster, self._node, self._services, self._version = cluster, node, services, version
        self._ip, self._type = ("ip", "ipv4_addr") if version == 4 else ("ip6", "ipv6_addr")
        self._pods = "10.244.0.0/16" if version == 4 else "fd00:10:244::/48"
        self._maps = {"service-ips": [], "service-nodeports": [], "no-endpoint-services": [], "no-endpoint-nodeports": []}
        self._sets, self._chains = [], {}

    def text(self):
        """What `nft -f` reads."""
        for service in self._services:
            for protocol in ("tcp", "udp"):
                self._service(service, protocol)
        key = f"{self._type} . inet_proto . inet_service"
        lines = [
            self._set("cluster-ips", self._type, sorted({one.ip(self._version) for one in self._services})),
            self._set("nodeport-ips", self._type, [self._cluster.node_ip(self._node, self._version)]),
            *(self._map(name, f"inet_proto . inet_service" if "nodeports" in name else key, members) for name, members in self._maps.items()),
            *self._sets,
        ]
        for name, rules in self._chains.items():
            lines.append(f"chain {name} {{ }}")
        for name, rules in {**self._fixed(), **self._chains}.items():
            lines.append(f"chain {name} {{\n" + "".join(f"{rule}\n" for rule in rules) + "}")
        declared = [f"chain {name} {{ }}" for name in self._fixed() if not name.startswith(("filter-", "nat-"))]
        return f"table {self._ip} kube-proxy {{\n" + "\n".join([*declared, *lines]) + "\n}\n"

    @staticmethod
    def _set(name, kind, members):
        return f"set {name} {{ type {kind}; " + (f"elements = {{ {', '.join(members)} }}; " if members else "") + "}"

    @staticmethod
    def _map(name, kind, members):
        return f"map {name} {{ type {kind} : verdict; " + (f"elements = {{ {', '.join(members)} }}; " if members else "") + "}"

    def _fixed(self):
        daddr, new = f"{self._ip} daddr", "ct state new"
        service_key, port_key = f"{daddr} . meta l4proto . th dport", "meta l4proto . th dport"
        return {
            "services": [f"{service_key} vmap @service-ips", f"{daddr} @nodeport-ips {port_key} vmap @service-nodeports"],
            "mark-for-masquerade": ["meta mark set meta mark or 0x4000"],
            "masquerading": ["meta mark and 0x4000 == 0 return", "meta mark set meta mark xor 0x4000", "masquerade"],
            "reject-chain": ["reject"],
            "cluster-ips-check": [f'{daddr} @cluster-ips reject comment "Reject traffic to invalid ports of ClusterIPs"'],
            "service-endpoints-check": [f"{service_key} vmap @no-endpoint-services"],
            "nodeport-endpoints-check": [f"{daddr} @nodeport-ips {port_key} vmap @no-endpoint-nodeports"],
            "filter-input": ["type filter hook input priority -110;", f"{new} jump nodeport-endpoints-check", f"{new} jump service-endpoints-check"],
            "filter-forward": ["type filter hook forward priority -110;", f"{new} jump service-endpoints-check", f"{new} jump cluster-ips-check"],
            "filter-output": ["type filter hook output priority -110;", f"{new} jump service-endpoints-check"],
            "filter-output-post-dnat": ["type filter hook output priority -90;", f"{new} jump cluster-ips-check"],
            "nat-prerouting": ["type nat hook prerouting priority -100;", "jump services"],
            "nat-output": ["type nat hook output priority -100;", "jump services"],
            "nat-postrouting": ["type nat hook postrouting priority 100;", "jump masquerading"],
        }

    def _service(self, service, protocol):
        address = service.ip(self._version)
        called = f"{service.full_name}/{protocol}/"
        name = f"{_hash(called)}-{called}"
        external = service.external if (":" in service.external) == (self._version == 6) else ""
        local = [pod for pod in service.endpoints if pod.node == self._node]
        comment = f'comment "{service.full_name}"'
        if not service.endpoints:
            self._maps["no-endpoint-services"].append(f"{address} . {protocol} . {service.port} {comment} : goto reject-chain")
        else:
            self._maps["service-ips"].append(f"{address} . {protocol} . {service.port} {comment} : goto service-{name}")
            self._inside(service, protocol, name)
        refused = "goto reject-chain" if not service.endpoints else "drop" if service.local and not local else ""
        if service.kind == "ClusterIP":
            return
        if service.endpoints:
            self._outside(service, protocol, name, local)
        for kind, key in (("services", f"{external} . {protocol} . {service.port}" if external else ""), ("nodeports", f"{protocol} . {service.node_port}" if service.node_port else "")):
            if key and refused:
                self._maps[f"no-endpoint-{kind}"].append(f"{key} {comment} : {refused}")
            if key and service.endpoints:
                self._maps["service-ips" if kind == "services" else "service-nodeports"].append(f"{key} {comment} : goto external-{name}")

    def _inside(self, service, protocol, name):
        address, ip = service.ip(self._version), self._ip
        masquerade = f"{ip} daddr {address} {protocol} dport {service.port} {ip} saddr != {self._pods} jump mark-for-masquerade"
        ends = [self._endpoint(service, protocol, pod) for pod in service.endpoints]
        self._chains[f"service-{name}"] = [masquerade, *self._balance(service, ends)]

    def _outside(self, service, protocol, name, local):
        ip = self._ip
        if not service.local:
            self._chains[f"external-{name}"] = ["jump mark-for-masquerade", f"goto service-{name}"]
            return
        rules = [
            f'{ip} saddr {self._pods} goto service-{name} comment "short-circuit pod traffic"',
            'fib saddr type local jump mark-for-masquerade comment "masquerade local traffic"',
            f'fib saddr type local goto service-{name} comment "short-circuit local traffic"',
        ]
        if local:
            rules.append(f"goto local-{name}")
            ends = [self._endpoint(service, protocol, pod) for pod in local]
            self._chains[f"local-{name}"] = self._balance(service, ends)
        self._chains[f"external-{name}"] = rules

    def _balance(self, service, ends):
        kept = [f"{self._ip} saddr @affinity-{one[9:]} goto {one}" for one in ends] if service.affinity else []
        choices = ", ".join(f"{number} : goto {one}" for number, one in enumerate(ends))
        return [*kept, f"numgen random mod {len(ends)} vmap {{ {choices} }}"]

    def _endpoint(self, service, protocol, pod):
        """The endpoint's chain."""
        host = pod.ip(self._version)
        called = f"{service.full_name}/{protocol}/__{host}/{service.target}"
        chain = f"endpoint-{_hash(called)}-{called.replace(':', '.')}"
        rules = [f"{self._ip} saddr {host} jump mark-for-masquerade"]
        if service.affinity and chain not in self._chains:
            self._sets.append(f"set affinity-{chain[9:]} {{ type {self._type}; flags dynamic,timeout; timeout 3h; }}")
        if service.affinity:
            rules.append(f"update @affinity-{chain[9:]} {{ {self._ip} saddr }}")
        written = f"[{host}]:{service.target}" if self._version == 6 else f"{host}:{service.target}"
        self._chains[chain] = [*rules, f"meta l4proto {protocol} dnat to {written}"]
        return chain
