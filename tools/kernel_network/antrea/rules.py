"""The packet filter of a node: Antrea's own rules, and kube-proxy's where Antrea isn't the proxy."""

from .cluster import SERVICE_CIDR

PORTS = {"geneve": "-p udp -m udp --dport 6081", "vxlan": "-p udp -m udp --dport 4789", "gre": "-p gre"}


def load(cluster, node, namespace):
    """Loads the sets and rules with the tools of iptables that the kernel has."""
    family = "inet" if cluster.version == 4 else "inet6"
    members = [f"add {_set(cluster)} {peer.pods_at}" for peer in cluster.nodes]
    sets = [f"create {_set(cluster)} hash:net family {family}", *members]
    program = restorer(cluster)
    import subprocess

    with namespace.entered():
        subprocess.run(["ipset", "restore"], input="\n".join(sets) + "\n", text=True, check=True)
        subprocess.run([program], input=text(cluster, node), text=True, check=True)


def restorer(cluster):
    return "iptables-legacy-restore" if cluster.version == 4 else "ip6tables-legacy-restore"


def saver(cluster):
    return restorer(cluster).replace("restore", "save")


def _set(cluster):
    return "ANTREA-POD-IP" if cluster.version == 4 else "ANTREA-POD-IP6"


def text(cluster, node):
    """The rules as `iptables-restore` takes them."""
    lines = _filter() + _nat(cluster, node)
    if cluster.mode in ("encap", "hybrid"):
        lines += _raw(cluster)
    return "\n".join([*lines, *_mangle(), ""])


def _filter():
    said = '-m comment --comment "Antrea: {}"'
    return [
        "*filter",
        ":INPUT ACCEPT",
        ":FORWARD ACCEPT",
        ":OUTPUT ACCEPT",
        ":ANTREA-FORWARD -",
        f"-A FORWARD {said.format('jump to Antrea forwarding rules')} -j ANTREA-FORWARD",
        f"-A ANTREA-FORWARD -i antrea-gw0 {said.format('accept packets from local Pods')} -j ACCEPT",
        f"-A ANTREA-FORWARD -o antrea-gw0 {said.format('accept packets to local Pods')} -j ACCEPT",
        "COMMIT",
    ]


def _raw(cluster):
    said = '-m comment --comment "Antrea: do not track tunnel packets"'
    return [
        "*raw",
        ":PREROUTING ACCEPT",
        ":OUTPUT ACCEPT",
        f"-A PREROUTING {PORTS[cluster.tunnel]} {said} -j NOTRACK",
        f"-A OUTPUT {PORTS[cluster.tunnel]} {said} -j NOTRACK",
        "COMMIT",
    ]


def _mangle():
    said = '-m comment --comment "Antrea: mark host to pod packets"'
    return [
        "*mangle",
        ":OUTPUT ACCEPT",
        f"-A OUTPUT -o antrea-gw0 {said} -j MARK --set-xmark 0x80000000/0x80000000",
        "COMMIT",
    ]


def _nat(cluster, node):
    pods = f'-m comment --comment "Antrea: masquerade Pod to external packets"'
    lines = [
        "*nat",
        ":PREROUTING ACCEPT",
        ":INPUT ACCEPT",
        ":OUTPUT ACCEPT",
        ":POSTROUTING ACCEPT",
        ":ANTREA-POSTROUTING -",
        '-A POSTROUTING -m comment --comment "Antrea: jump to Antrea postrouting rules" '
        "-j ANTREA-POSTROUTING",
        f"-A ANTREA-POSTROUTING -s {node.pods_at} {pods} "
        f"-m set ! --match-set {_set(cluster)} dst -j MASQUERADE",
    ]
    return [*lines, *(_kube_proxy(cluster) if not cluster.proxy else []), "COMMIT"]


def _kube_proxy(cluster):
    """As kube-proxy writes them, with a chain for each Service and each endpoint."""
    chains, rules = [":KUBE-SERVICES -", ":KUBE-MARK-MASQ -", ":KUBE-POSTROUTING -"], []
    for hook in ("PREROUTING", "OUTPUT"):
        rules.append(
            f'-A {hook} -m comment --comment "kubernetes service portals" -j KUBE-SERVICES'
        )
    rules += [
        '-A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING',
        "-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000",
        "-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN",
        "-A KUBE-POSTROUTING -j MARK --set-xmark 0x4000/0x0",
        "-A KUBE-POSTROUTING -j MASQUERADE",
    ]
    for service in cluster.services:
        name = f"KUBE-SVC-{service.name.upper()}"
        chains.append(f":{name} -")
        said = f'-m comment --comment "{service.namespace}/{service.name}'
        asked = f"{service.protocol} --dport {service.port}"
        rules.append(
            f'-A KUBE-SERVICES -d {service.ip} -p {asked.split()[0]} {said} cluster IP" '
            f"-m {asked} -j {name}"
        )
        for number, pod in enumerate(service.endpoints):
            endpoint = f"KUBE-SEP-{service.name.upper()}{number}"
            chains.append(f":{endpoint} -")
            rest = len(service.endpoints) - number
            chance = f" -m statistic --mode random --probability {1 / rest:.11f}" if rest > 1 else ""
            rules.append(f'-A {name} {said}"{chance} -j {endpoint}')
            rules.append(f'-A {endpoint} -s {pod.ip} {said}" -j KUBE-MARK-MASQ')
            target = f"[{pod.ip}]:8080" if cluster.version == 6 else f"{pod.ip}:8080"
            rules.append(
                f'-A {endpoint} -p {service.protocol} {said}" -m {service.protocol} '
                f"-j DNAT --to-destination {target}"
            )
    return chains + rules


def service_range(cluster):
    return SERVICE_CIDR[cluster.version]
