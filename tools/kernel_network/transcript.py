"""Shell transcripts: commands and their output as a terminal shows them."""

import os

EVERYWHERE = (
    "ip -d addr",
    "ip rule",
    "ip -6 rule",
    "ip route show table all",
    "ip -6 route show table all",
    "ip neigh",
    "ip neigh show proxy",
    "bridge fdb show",
    "bridge -d link",
    "sysctl net.ipv4.ip_forward net.ipv4.fib_multipath_hash_policy",
    r"sysctl -a --pattern 'net.ipv4.conf.*\.(forwarding|rp_filter|proxy_arp|arp_ignore)$'",
    r"sysctl -a --pattern 'net.ipv6.conf.*\.(forwarding|proxy_ndp|disable_ipv6)$'",
)


def write(path, node, namespace, inside=(), commands=EVERYWHERE):
    """Writes the node's session: the commands in its own namespace, then in those inside it."""
    lines = ["ip netns", *commands]
    lines += [f"ip netns exec {name} {command}" for name in inside for command in commands]
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        for line in lines:
            file.write(f"root@{node}:~# {line}\n{namespace.output(line)}")
