"""A network as decided, before anything of it exists."""

import ipaddress
from dataclasses import dataclass, field


@dataclass
class Interface:
    """A device; `options` are what `ip link add` needs behind its name and MTU."""

    name: str
    mac: str
    mtu: int = 1500
    options: str = ""
    peer: tuple = ()  # (node, interface) at a veth pair's other end
    master: str = ""
    addresses: list = field(default_factory=list)  # with prefix lengths
    index: int = 0

    def address(self, version):
        """Its first address of the IP version, without the prefix length, or nothing."""
        found = (one.split("/")[0] for one in self.addresses if (":" in one) == (version == 6))
        return next(found, "")


@dataclass
class Route:
    """A route; `hops` are (gateway or nothing, device, weight)."""

    prefix: str
    hops: list = field(default_factory=list)
    kind: str = ""  # blackhole, unreachable, prohibit, throw, local
    table: int = 254
    metric: int = 0
    more: str = ""

    @property
    def version(self):
        """The IP version; of a default route, that of its table's gateway or what `more` says."""
        gateway = self.hops[0][0] if self.hops else ""
        return 6 if ":" in self.prefix or ":" in gateway else 4

    def line(self):
        """The line of `ip` that adds it; what is already there stays."""
        prefix = "::/0" if self.prefix == "default" and self.version == 6 else self.prefix
        words = ["route", "append" if self.version == 4 else "add", self.kind, prefix]
        if len(self.hops) == 1:
            words += [_hop(*self.hops[0][:2])]
        words += [f"table {self.table}"] if self.table != 254 else []
        words += [f"metric {self.metric}"] if self.metric else []
        words += [self.more]
        if len(self.hops) > 1:
            words += [f"nexthop {_hop(via, dev)} weight {weight}" for via, dev, weight in self.hops]
        return " ".join(word for word in words if word)


def _hop(gateway, device):
    return f"via {gateway} dev {device}" if gateway else f"dev {device}"


@dataclass
class Node:
    """A network namespace: a host, a router, a switch, or a pod inside `parent`."""

    name: str
    kind: str
    parent: str = ""
    forwards: bool = False
    interfaces: list = field(default_factory=list)
    routes: list = field(default_factory=list)
    blocks: list = field(default_factory=list)  # prefixes behind it that others route to it
    sysctls: dict = field(default_factory=dict)
    late: list = field(default_factory=list)  # lines of `ip` for the end; the kernel may refuse
    late6: list = field(default_factory=list)  # the same of `ip -6`
    filters: dict = field(default_factory=dict)  # by IP version: backend, iptables-save's text
    sets: list = field(default_factory=list)  # lines of `ipset restore`
    ruleset: list = field(default_factory=list)  # lines of `nft -f`
    late_bridge: list = field(default_factory=list)  # the same of `bridge`
    members: list = field(default_factory=list)  # of bonds: (bond, its members, the active one)
    wireguard: list = field(default_factory=list)  # device, keys, peer's endpoint and addresses

    @property
    def place(self):
        """Where its captures and its state belong: node and namespace."""
        return (self.parent, self.name) if self.parent else (self.name, "host")

    def interface(self, name):
        return next(one for one in self.interfaces if one.name == name)

    def addresses(self, version):
        """Its own addresses, without prefix lengths."""
        return [
            address.split("/")[0]
            for interface in self.interfaces
            for address in interface.addresses
            if (":" in address) == (version == 6)
        ]


@dataclass
class Segment:
    """A subnet and who is in it: (node, interface) of each member."""

    prefix: str
    prefix6: str
    members: list = field(default_factory=list)


@dataclass
class Plan:
    """A whole network; `features` and `faults` name what was varied."""

    seed: int
    dual: bool
    nodes: dict = field(default_factory=dict)
    segments: list = field(default_factory=list)
    features: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    favoured: list = field(default_factory=list)  # (node, address) that many probes are for
    first_index: int = 4  # behind lo and devices that modules make in every namespace
    unshared_indexes: bool = False  # Linux 6.1 makes no device with an index that its maker has, too

    def layer3(self):
        """Hosts and routers: neither switches nor pods."""
        return [node for node in self.nodes.values() if node.kind in ("host", "router")]

    def senders(self):
        """All that can send a probe."""
        return [node for node in self.nodes.values() if node.kind != "switch"]

    def versions(self):
        return (4, 6) if self.dual else (4,)


def host_address(prefix, number):
    """The number-th address of the prefix, with the prefix's length."""
    network = ipaddress.ip_network(prefix)
    return f"{network.network_address + number}/{network.prefixlen}"


def link_local(mac):
    """The link-local address that the kernel derives from a MAC address."""
    parts = [int(part, 16) for part in mac.split(":")]
    parts[0] ^= 2
    octets = bytes([0xFE, 0x80, *[0] * 6, *parts[:3], 0xFF, 0xFE, *parts[3:]])
    return str(ipaddress.IPv6Address(octets))
