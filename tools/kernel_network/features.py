"""Random variations of a plan that leave it working, or mostly so."""

import ipaddress

from .plan import Route
from .routing import neighbours


def vary(plan, rng):
    """Adds features, about a quarter of all there are."""
    chosen = [one for one in FEATURES if rng.random() < 0.28]
    for feature in chosen:
        if feature(plan, rng):
            plan.features.append(feature.__name__.replace("_", "-"))


def _routed(plan, rng):
    """A node with a route over a gateway, and such a route; or nothing."""
    found = [
        (node, route)
        for node in plan.layer3()
        for route in node.routes
        if route.hops and route.hops[0][0] and not route.kind
    ]
    return rng.choice(found) if found else (None, None)


def remote_prefixes(plan, node, version):
    """Prefixes of segments and blocks that the node isn't in."""
    prefixes = [
        segment.prefix if version == 4 else segment.prefix6
        for segment in plan.segments
        if node.name not in [name for name, _ in segment.members]
    ]
    return prefixes + [
        block
        for other in plan.layer3()
        if other is not node
        for block in other.blocks
        if (":" in block) == (version == 6)
    ]


def more_specific(prefix, rng):
    """A random half, or a smaller part, of the prefix; the prefix itself when it is one address."""
    network = ipaddress.ip_network(prefix)
    if network.prefixlen >= network.max_prefixlen - 1:
        return prefix
    step = rng.randint(1, min(3, network.max_prefixlen - network.prefixlen))
    return str(rng.choice(list(network.subnets(prefixlen_diff=step))))


def longer_prefix(plan, rng):
    node, route = _routed(plan, rng)
    if not node or route.prefix == "default":
        return False
    node.routes.append(Route(more_specific(route.prefix, rng), [rng.choice(route.hops)]))
    return True


def metrics(plan, rng):
    """A worse route to the same prefix; IPv4's and IPv6's defaults differ, so both have theirs."""
    node, route = _routed(plan, rng)
    others = (
        [(theirs.address(route.version), own) for _, theirs, own in neighbours(plan, node)]
        if node
        else []
    )
    others = [(via, dev) for via, dev in others if via]
    if not others:
        return False
    via, dev = rng.choice(others)
    node.routes.append(Route(route.prefix, [(via, dev, 1)], metric=rng.choice((1, 50, 100, 2000))))
    return True


def low_default(plan, rng):
    """A default route beside the specific ones."""
    node = rng.choice(plan.layer3())
    version = rng.choice(plan.versions())
    gateways = [(theirs.address(version), own) for _, theirs, own in neighbours(plan, node)]
    via, dev = rng.choice(gateways) if gateways else ("", "")
    if not via or any(
        route.prefix == "default" and route.version == version for route in node.routes
    ):
        return False
    node.routes.append(Route("default", [(via, dev, 1)]))
    return True


def policy_rule(plan, rng):
    """A rule and a table with routes of its own: copies of the node's, or other decisions."""
    node = rng.choice(plan.layer3())
    version = rng.choice(plan.versions())
    table = rng.choice((100, 101, 200, 1000))
    routes = [route for route in node.routes if route.version == version]
    for route in routes:
        if rng.random() < 0.6:
            node.routes.append(Route(route.prefix, route.hops, route.kind, table, 0, route.more))
    gateways = [(theirs.address(version), own) for _, theirs, own in neighbours(plan, node)]
    gateways = [one for one in gateways if one[0]]
    if (
        gateways
        and rng.random() < 0.5
        and not any(route.table == table and route.prefix == "default" for route in node.routes)
    ):
        via, dev = rng.choice(gateways)
        node.routes.append(Route("default", [(via, dev, 1)], table=table))
    elif rng.random() < 0.4:
        prefix = rng.choice(remote_prefixes(plan, node, version) or ["default"])
        if prefix != "default":
            node.routes.append(
                Route(prefix, kind=rng.choice(("throw", "unreachable", "blackhole")), table=table)
            )
    (node.late if version == 4 else node.late6).append(_rule(plan, rng, node, version, table))
    return True


def _rule(plan, rng, node, version, table):
    addresses = [address for other in plan.senders() for address in other.addresses(version)]
    prefixes = remote_prefixes(plan, node, version) or addresses
    selectors = {
        "from": lambda: f"from {rng.choice(addresses)}",
        "from-prefix": lambda: f"from {rng.choice(prefixes)}",
        "to": lambda: f"to {rng.choice(prefixes)}",
        "iif": lambda: f"iif {rng.choice(node.interfaces).name}",
        "oif": lambda: f"oif {rng.choice(node.interfaces).name}",
        "not": lambda: f"not from {rng.choice(prefixes)}",
        "port": lambda: f"ipproto {rng.choice(('udp', 'tcp'))} dport 8080",
        "proto": lambda: f"ipproto {rng.choice(('udp', 'tcp', 'icmp'))}",
        "tos": lambda: "tos 0x10",
        "all": lambda: "from all",
    }
    names = rng.sample(sorted(selectors), rng.choice((1, 1, 2)))
    if "from" in names and ("from-prefix" in names or "not" in names or "all" in names):
        names = ["from"]
    if "not" in names or "all" in names:
        names = names[:1]
    words = " ".join(selectors[name]() for name in names)
    action = rng.choice(
        (f"lookup {table}",) * 6
        + (
            f"lookup {table} suppress_prefixlength 0",
            "lookup main suppress_prefixlength 0",
            "blackhole",
            "unreachable",
            "prohibit",
        )
    )
    return f"rule add {words} priority {rng.choice((50, 1000, 20000, 32000))} {action}"


def rp_filter(plan, rng):
    for node in plan.layer3():
        if rng.random() < 0.6:
            where = rng.choice(["all"] + [one.name for one in node.interfaces])
            node.sysctls[f"net/ipv4/conf/{where}/rp_filter"] = rng.choice((1, 1, 2))
    return True


def proxy_arp(plan, rng):
    """A host takes remote addresses for its neighbours', and a router answers for them."""
    found = [
        (node, route)
        for node in plan.layer3()
        if node.kind == "host"
        for route in node.routes
        if route.version == 4 and len(route.hops) == 1 and route.hops[0][0]
    ]
    if not found:
        return False
    node, route = rng.choice(found)
    gateway, device, _ = route.hops[0]
    node.routes.remove(route)
    prefix = "10.0.0.0/8" if route.prefix == "default" else route.prefix
    node.routes.append(Route(prefix, [("", device, 1)], more="scope link"))
    for other, theirs, own in neighbours(plan, node):
        if own == device and theirs.address(4) == gateway:
            other.sysctls[f"net/ipv4/conf/{theirs.name}/proxy_arp"] = 1
    return True


def second_address(plan, rng):
    node = rng.choice(plan.layer3())
    segment = rng.choice(
        [one for one in plan.segments if node.name in [name for name, _ in one.members]]
    )
    interface = node.interface(next(name for owner, name in segment.members if owner == node.name))
    network = ipaddress.ip_network(segment.prefix)
    taken = {address for other in plan.senders() for address in other.addresses(4)}
    free = [str(one) for one in list(network.hosts())[:40] if str(one) not in taken]
    if not free:
        return False
    length = rng.choice((network.prefixlen, 32))
    interface.addresses.append(f"{rng.choice(free)}/{length}")
    return True


def preferred_source(plan, rng):
    node, route = _routed(plan, rng)
    sources = node.addresses(route.version) if node else []
    if not sources or route.more:
        return False
    route.more = f"src {rng.choice(sources)}"
    return True


def permanent_neighbour(plan, rng):
    """A neighbour entry by hand, and a true one."""
    node = rng.choice(plan.layer3())
    known = [(theirs, own) for _, theirs, own in neighbours(plan, node)]
    if not known:
        return False
    theirs, own = rng.choice(known)
    for version in plan.versions():
        address = theirs.address(version)
        if address:
            entry = f"{address} lladdr {theirs.mac} dev {own} nud permanent"
            node.late.append(f"neigh replace {entry}")
    return True


def arp_ignore(plan, rng):
    node = rng.choice(plan.layer3())
    where = rng.choice(["all"] + [one.name for one in node.interfaces])
    node.sysctls[f"net/ipv4/conf/{where}/arp_ignore"] = rng.choice((1, 1, 2, 8))
    return True


def small_mtu(plan, rng):
    """One end of a wire, or a whole wire, takes less."""
    ends = [(node, one) for node in plan.nodes.values() for one in node.interfaces if one.peer]
    node, interface = rng.choice(ends)
    interface.mtu = rng.choice((1280, 1300, 1400))
    if rng.random() < 0.6:
        peer, name = interface.peer
        plan.nodes[peer].interface(name).mtu = interface.mtu
    return True


def ecmp_by_ports(plan, rng):
    for node in plan.layer3():
        node.sysctls["net/ipv4/fib_multipath_hash_policy"] = 1
        node.sysctls["net/ipv6/fib_multipath_hash_policy"] = 1
    return any(len(route.hops) > 1 for node in plan.layer3() for route in node.routes)


FEATURES = (
    longer_prefix,
    metrics,
    low_default,
    policy_rule,
    rp_filter,
    proxy_arp,
    second_address,
    preferred_source,
    permanent_neighbour,
    arp_ignore,
    small_mtu,
    ecmp_by_ports,
)
