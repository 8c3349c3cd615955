"""Shell transcripts: commands and their output as a terminal shows them."""

import os

TABLES = (
    "ip -d addr",
    "ip rule",
    "ip -6 rule",
    "ip route show table all",
    "ip -6 route show table all",
    "ip neigh",
    "ip neigh show proxy",
    "bridge fdb show",
    "bridge -d link",
)
SYSCTLS = (
    "sysctl net.ipv4.ip_forward net.ipv4.fib_multipath_hash_policy",
    r"sysctl -a --pattern 'net.ipv4.conf.*\.(forwarding|rp_filter|proxy_arp|arp_ignore)$'",
    r"sysctl -a --pattern 'net.ipv6.conf.*\.(forwarding|proxy_ndp|disable_ipv6)$'",
)
SETTINGS = {
    "net/ipv4/": (
        "ip_forward", "fib_multipath_hash_policy", "tcp_l3mdev_accept", "udp_l3mdev_accept",
    ),  # fmt: skip
    "net/ipv6/": ("fib_multipath_hash_policy",),
    "net/bridge/": ("bridge-nf-call-iptables", "bridge-nf-call-ip6tables"),
    "net/ipv4/conf/{}/": ("forwarding", "rp_filter", "proxy_arp", "arp_ignore", "send_redirects", "shared_media", "route_localnet"),
    "net/ipv4/neigh/{}/": ("proxy_delay",),
    "net/ipv6/conf/{}/": ("forwarding", "proxy_ndp", "disable_ipv6"),
}


def by_name(devices, has=lambda key: True):
    """The line that shows the same settings as SYSCTLS without a search of all, so much faster.

    `has` tells of a key whether there is such a setting.
    """
    keys = [
        folder.format(device) + setting
        for folder, settings in SETTINGS.items()
        for device in (("all", "default", *devices) if "{}" in folder else ("",))
        for setting in settings
        if has(folder.format(device) + setting)
    ]
    return "sysctl " + " ".join(keys)


def filters(node):
    """The lines that show a node's packet filters: what has none shows nothing."""
    lines = [
        f"{'ip' if version == 4 else 'ip6'}tables-{backend}-save"
        for version, (backend, _) in node.filters.items()
    ]
    lines += ["ipset save"] if node.sets else []
    lines += ["nft list ruleset"] if node.ruleset else []
    return [*lines, "conntrack -L"] if lines else []


def write(path, node, namespace, lines):
    """Writes the node's session: the lines, entered one after another in the namespace."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        for line in lines:
            file.write(f"root@{node}:~# {line}\n{namespace.output(line)}")


def inside(name, lines):
    """The lines as they are entered outside the named namespace."""
    return [f"ip netns exec {name} {line}" for line in lines]
