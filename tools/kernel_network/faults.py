"""Random things that break a network."""

import ipaddress

from .features import more_specific, remote_prefixes
from .plan import Route, host_address
from .routing import neighbours


def break_something(plan, rng):
    """Breaks nothing, one thing or two."""
    for fault in rng.sample(FAULTS, rng.choice((0, 1, 1, 1, 2))):
        told = fault(plan, rng)
        if told:
            plan.faults.append(f"{fault.__name__.replace('_', '-')}: {told}")


def _device(plan, rng, kinds=("host", "router", "switch", "pod")):
    found = [
        (node, one)
        for node in plan.nodes.values()
        if node.kind in kinds
        for one in node.interfaces
        if one.name != "lo"
    ]
    return rng.choice(found)


def _route(plan, rng):
    found = [(node, route) for node in plan.senders() for route in node.routes]
    return rng.choice(found) if found else (None, None)


def device_down(plan, rng):
    node, interface = _device(plan, rng)
    node.late.append(f"link set {interface.name} down")
    return f"{node.name} {interface.name}"


def route_missing(plan, rng):
    node, route = _route(plan, rng)
    if not node:
        return ""
    node.routes.remove(route)
    return f"{node.name} {route.line()}"


def special_route(plan, rng):
    node = rng.choice(plan.layer3())
    version = rng.choice(plan.versions())
    prefixes = remote_prefixes(plan, node, version)
    if not prefixes:
        return ""
    prefix = rng.choice(prefixes)
    if rng.random() < 0.5:
        prefix = more_specific(prefix, rng)
    else:
        node.routes = [route for route in node.routes if route.prefix != prefix]
    route = Route(prefix, kind=rng.choice(("blackhole", "unreachable", "prohibit", "throw")))
    node.routes.append(route)
    return f"{node.name} {route.line()}"


def local_route(plan, rng):
    """A node that takes others' addresses for its own."""
    node = rng.choice(plan.layer3())
    version = rng.choice(plan.versions())
    prefixes = remote_prefixes(plan, node, version)
    if not prefixes:
        return ""
    route = Route(more_specific(rng.choice(prefixes), rng), [("", "lo", 1)], kind="local")
    node.routes.append(route)
    return f"{node.name} {route.line()}"


def wrong_gateway(plan, rng):
    """A gateway that nobody is, or a neighbour that isn't on the way."""
    node, route = _route(plan, rng)
    if not node or not route.hops or not route.hops[0][0] or route.more:
        return ""
    via, device, _ = route.hops[0]
    others = [
        theirs.address(route.version)
        for _, theirs, own in neighbours(plan, node)
        if own == device and theirs.address(route.version) not in ("", via)
    ]
    prefix = next(
        (
            one
            for one in (node.interface(device).addresses if device != "cni0" else [])
            if (":" in one) == (route.version == 6)
        ),
        None,
    )
    if others and rng.random() < 0.5:
        gateway = rng.choice(others)
    elif prefix and ipaddress.ip_interface(prefix).network.num_addresses > 4:
        gateway = _unused(plan, rng, str(ipaddress.ip_interface(prefix).network))
    else:
        return ""
    route.hops = [(gateway, device, 1)]
    return f"{node.name} {route.line()}"


def _unused(plan, rng, prefix):
    taken = {
        address
        for node in plan.senders()
        for version in (4, 6)
        for address in node.addresses(version)
    }
    size = ipaddress.ip_network(prefix).num_addresses
    while True:
        address = host_address(prefix, rng.randrange(1, min(size - 1, 250))).split("/")[0]
        if address not in taken:
            return address


def routing_loop(plan, rng):
    """Two routers send a prefix to each other."""
    pairs = [
        (node, theirs, own, other)
        for node in plan.layer3()
        if node.forwards
        for other, theirs, own in neighbours(plan, node)
        if other.forwards
    ]
    if not pairs:
        return ""
    node, theirs, own, other = rng.choice(pairs)
    version = rng.choice(plan.versions())
    back = next(
        mine for one, mine, far in neighbours(plan, other) if one is node and far == theirs.name
    )
    prefix = "203.0.113.0/24" if version == 4 else "2001:db8::/32"
    prefix = rng.choice([prefix] + remote_prefixes(plan, node, version))
    for one, via, device in ((node, theirs, own), (other, back, theirs.name)):
        one.routes = [route for route in one.routes if route.prefix != prefix]
        one.routes.append(Route(prefix, [(via.address(version), device, 1)]))
    return f"{node.name} {other.name} {prefix}"


def forwarding_off(plan, rng):
    found = [node for node in plan.layer3() if node.forwards]
    if not found:
        return ""
    node = rng.choice(found)
    where = rng.choice(["all"] + [one.name for one in node.interfaces if one.name != "lo"])
    version = rng.choice(plan.versions())
    if where == "all" and version == 4:
        key = "net/ipv4/ip_forward"
    else:
        key = f"net/ipv{version}/conf/{where}/forwarding"
    node.sysctls[key] = 0
    return f"{node.name} {key}"


def strict_reverse_path(plan, rng):
    """Reverse path checks where a route back may be another one."""
    node = rng.choice(plan.layer3())
    node.sysctls["net/ipv4/conf/all/rp_filter"] = 1
    if node.routes and rng.random() < 0.7:
        node.routes.remove(rng.choice(node.routes))
    return node.name


def wrong_neighbour(plan, rng):
    node = rng.choice(plan.layer3())
    known = [(theirs, own) for _, theirs, own in neighbours(plan, node)]
    if not known:
        return ""
    theirs, own = rng.choice(known)
    address = theirs.address(rng.choice(plan.versions()))
    if not address:
        return ""
    mac = rng.choice(
        (
            "02:00:5e:00:00:99",
            "02:00:5e:00:00:99",
            rng.choice(
                [mine.mac for other in plan.layer3() for mine in other.interfaces if mine.mac]
            ),
        )
    )
    node.late.append(f"neigh replace {address} lladdr {mac} dev {own} nud permanent")
    return f"{node.name} {address} {mac}"


def no_arp(plan, rng):
    node, interface = _device(plan, rng, ("host", "router"))
    node.late.append(f"link set {interface.name} arp off")
    return f"{node.name} {interface.name}"


def bridge_port(plan, rng):
    ports = [(node, one) for node in plan.nodes.values() for one in node.interfaces if one.master]
    if not ports:
        return ""
    node, port = rng.choice(ports)
    change = rng.choice(("isolated", "flood", "learning", "state", "nomaster", "fdb"))
    if change == "isolated":
        for one in node.interfaces:
            if one.master == port.master:
                node.late_bridge.append(f"link set dev {one.name} isolated on")
    elif change == "flood":
        node.late_bridge.append(
            f"link set dev {port.name} flood off bcast_flood {rng.choice(('on', 'off'))}"
        )
    elif change == "learning":
        node.late_bridge.append(f"link set dev {port.name} learning off")
    elif change == "state":
        # a learning port forwards when the delay is over; not during the probes
        node.interface(port.master).options += " forward_delay 3000"
        node.late_bridge.append(f"link set dev {port.name} state {rng.choice((0, 2, 4))}")
    elif change == "nomaster":
        node.late.append(f"link set {port.name} nomaster")
    else:
        others = [one for one in node.interfaces if one.master == port.master]
        wired = [one.peer for one in (port, *others) if one.peer]
        if not wired:
            return ""
        peer, name = wired[0]
        mac = plan.nodes[peer].interface(name).mac
        node.late_bridge.append(f"fdb replace {mac} dev {rng.choice(others).name} master static")
    return f"{node.name} {port.name} {change}"


def tunnel_wrong(plan, rng):
    ends = [
        (node, one)
        for node in plan.layer3()
        for one in node.interfaces
        if one.options.startswith(("type vxlan", "type ipip"))
    ]
    if not ends:
        return ""
    node, tunnel = rng.choice(ends)
    words = tunnel.options.split()
    key, value = rng.choice(
        (("id", "77"), ("dstport", "4790"), ("remote", "192.0.2.9"), ("local", "192.0.2.9"))
    )
    if key not in words or ":" in words[words.index(key) + 1]:
        return ""
    words[words.index(key) + 1] = value
    tunnel.options = " ".join(words)
    return f"{node.name} {tunnel.name} {key} {value}"


def no_ipv6(plan, rng):
    if not plan.dual:
        return ""
    node, interface = _device(plan, rng)
    node.sysctls[f"net/ipv6/conf/{interface.name}/disable_ipv6"] = 1
    return f"{node.name} {interface.name}"


FAULTS = (
    device_down,
    device_down,
    route_missing,
    route_missing,
    special_route,
    special_route,
    local_route,
    wrong_gateway,
    routing_loop,
    forwarding_off,
    strict_reverse_path,
    wrong_neighbour,
    no_arp,
    bridge_port,
    bridge_port,
    tunnel_wrong,
    tunnel_wrong,
    no_ipv6,
)
