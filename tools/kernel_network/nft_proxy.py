"""Rulesets as kube-proxy writes them in its nftables mode, for Services whose addresses and endpoints are given."""

import base64
import hashlib


def _hash(text):
    return base64.b32encode(hashlib.sha256(text.encode()).digest()).decode()[:8]


def service(name, address, protocol, port, endpoints, namespace="shop", pods="10.244.0.0/16", affinity=False):
    """A Service's port: its chain's name, its map's element, and its chains."""
    called = f"{namespace}/{name}/{protocol}/p{port}"
    chain = f"service-{_hash(called)}-{called}"
    return {
        "chain": chain, "address": address, "protocol": protocol, "port": port, "comment": f"{namespace}/{name}:p{port}",
        "endpoints": [(f"endpoint-{_hash(called + one)}-{called}__{one.replace(':', '.')}/{to}", one, to) for one, to in endpoints],
        "pods": pods, "affinity": affinity,
    }


def _element(one, verdict):
    return f'{one["address"]} . {one["protocol"]} . {one["port"]} comment "{one["comment"]}" : {verdict}'


def listing(services, version=4):
    """The table as `nft list ruleset` prints it."""
    family, address = ("ip", "ipv4_addr") if version == 4 else ("ip6", "ipv6_addr")
    served = [one for one in services if one["endpoints"]]
    bare = [one for one in services if not one["endpoints"]]
    lines = [f"table {family} kube-proxy {{", '\tcomment "rules for kube-proxy"']

    def elements(kind, name, type_, members):
        lines.extend([f"\t{kind} {name} {{", f"\t\ttype {type_}"])
        if members:
            lines.append("\t\telements = { " + ",\n\t\t\t     ".join(members) + " }")
        lines.append("\t}\n")

    def chain(name, *rules):
        lines.extend([f"\tchain {name} {{", *(f"\t\t{rule}" for rule in rules), "\t}\n"])

    elements("set", "cluster-ips", address, list(dict.fromkeys(one["address"] for one in services)))
    elements("set", "nodeport-ips", address, [])
    elements("map", "no-endpoint-services", f"{address} . inet_proto . inet_service : verdict", [_element(one, "goto reject-chain") for one in bare])
    elements("map", "no-endpoint-nodeports", "inet_proto . inet_service : verdict", [])
    elements("map", "service-ips", f"{address} . inet_proto . inet_service : verdict", [_element(one, f"goto {one['chain']}") for one in served])
    elements("map", "service-nodeports", "inet_proto . inet_service : verdict", [])
    chain("filter-input", "type filter hook input priority -110; policy accept;", "ct state new jump nodeport-endpoints-check", "ct state new jump service-endpoints-check")
    chain("filter-forward", "type filter hook forward priority -110; policy accept;", "ct state new jump service-endpoints-check", "ct state new jump cluster-ips-check")
    chain("filter-output", "type filter hook output priority -110; policy accept;", "ct state new jump service-endpoints-check")
    chain("nat-prerouting", "type nat hook prerouting priority dstnat; policy accept;", "jump services")
    chain("nat-output", "type nat hook output priority -100; policy accept;", "jump services")
    chain("nat-postrouting", "type nat hook postrouting priority srcnat; policy accept;", "jump masquerading")
    chain("nodeport-endpoints-check", f"{family} daddr @nodeport-ips meta l4proto . th dport vmap @no-endpoint-nodeports")
    chain("service-endpoints-check", f"{family} daddr . meta l4proto . th dport vmap @no-endpoint-services")
    chain("cluster-ips-check", f'{family} daddr @cluster-ips reject comment "Reject traffic to invalid ports of ClusterIPs"')
    chain("services", f"{family} daddr . meta l4proto . th dport vmap @service-ips", f"{family} daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports")
    chain("mark-for-masquerade", "meta mark set meta mark | 0x00004000")
    chain("masquerading", "meta mark & 0x00004000 == 0x00000000 return", "meta mark set meta mark ^ 0x00004000", "masquerade fully-random")
    chain("reject-chain", "reject")
    for one in served:
        for name, *_ in one["endpoints"] if one["affinity"] else []:
            lines.extend([f"\tset affinity-{name[9:17]} {{", f"\t\ttype {address}", "\t\tflags dynamic,timeout", "\t\ttimeout 3h", "\t}\n"])
        to_one = f'{family} daddr {one["address"]} {one["protocol"]} dport {one["port"]} {family} saddr != {one["pods"]} jump mark-for-masquerade'
        kept = [f"{family} saddr @affinity-{name[9:17]} goto {name}" for name, *_ in one["endpoints"]] if one["affinity"] else []
        choices = ", ".join(f"{index} : goto {name}" for index, (name, *_) in enumerate(one["endpoints"]))
        chain(one["chain"], to_one, *kept, f"numgen random mod {len(one['endpoints'])} vmap {{ {choices} }}")
        for name, target, port in one["endpoints"]:
            update = [f"update @affinity-{name[9:17]} {{ {family} saddr }}"] if one["affinity"] else []
            written = f"[{target}]:{port}" if version == 6 else f"{target}:{port}"
            chain(name, f"{family} saddr {target} jump mark-for-masquerade", *update, f"meta l4proto {one['protocol']} dnat to {written}")
    return "\n".join(lines) + "}\n"
