"""A plan turned into namespaces."""

import time

from . import namespaces, nft_loading

EVERY_DEVICE = {  # so that a failed resolution shows within a probe's time, and known ones stay
    "net/ipv4/neigh/{}/retrans_time_ms": 100,
    "net/ipv4/neigh/{}/proxy_delay": 0,
    "net/ipv4/neigh/{}/delay_first_probe_time": 600,
    "net/ipv6/neigh/{}/retrans_time_ms": 100,
    "net/ipv6/neigh/{}/proxy_delay": 0,
    "net/ipv6/neigh/{}/delay_first_probe_time": 600,
}
EVERY_NAMESPACE = {  # no automatic traffic, no limit on ICMP errors, no path MTU that outlasts a probe
    "net/ipv6/conf/default/accept_dad": 0,
    "net/ipv6/conf/all/accept_dad": 0,
    "net/ipv6/conf/default/router_solicitations": 0,
    "net/ipv6/conf/default/accept_ra": 0,
    "net/ipv4/icmp_ratelimit": 0,
    "net/ipv4/icmp_ratemask": 0,
    "net/ipv6/icmp/ratelimit": 0,
    "net/ipv6/icmp/ratemask": 255,  # of a type that nobody sends: what is limited empties purses of redirects
    "net/ipv4/route/mtu_expires": 0,
    "net/ipv6/route/mtu_expires": 0,
}


def realise(plan):
    """Makes everything in the plan; gives the namespaces by name and what the kernel refused."""
    view = namespaces.View()
    world = {name: namespaces.Namespace(name, view) for name in plan.nodes}
    refused = []
    for node in plan.nodes.values():
        namespace = world[node.name]
        for key, value in EVERY_NAMESPACE.items():
            if namespace.has(key):
                namespace.set(key, value)
        if not plan.dual:
            namespace.set("net/ipv6/conf/default/disable_ipv6", 1)
            namespace.set("net/ipv6/conf/all/disable_ipv6", 1)
        if node.forwards:
            namespace.set("net/ipv4/ip_forward", 1)
            namespace.set("net/ipv6/conf/all/forwarding", 1)
    _number(plan)
    for step in (_links, _stacked, _pods_stacked, _up, _masters):
        for node in plan.nodes.values():
            world[node.name].ip(*step(plan, node))
    for node in plan.nodes.values():
        _join_bonds(world[node.name], node)
    for node in plan.nodes.values():
        _wait_for_links(world[node.name])
        world[node.name].ip(*_addresses(node))
        _set(world[node.name], node)
    for node in plan.nodes.values():
        _guard(world[node.name], node)
        lines = [route.line() for route in node.routes]
        refused += _attempt(node, world[node.name], "ip", lines)
    for node in plan.nodes.values():
        refused += _attempt(node, world[node.name], "ip -6", node.late6)
        refused += _attempt(node, world[node.name], "ip", node.late)
        refused += _attempt(node, world[node.name], "bridge", node.late_bridge)
        if node.ruleset:
            refused += _restrict(node, world[node.name])
        if node.sets:
            said = world[node.name].feed("ipset restore", "\n".join(node.sets) + "\n").strip()
            refused += [f"{node.name}: ipset: {said}"] if said else []
        for version, (backend, text) in node.filters.items():
            program = f"{'ip' if version == 4 else 'ip6'}tables-{backend}-restore"
            said = world[node.name].feed(program, text).strip()
            refused += [f"{node.name}: {program}: {said}"] if said else []
    return world, refused


def _number(plan):
    """Gives every device an index, rising as devices are made, and never the same to both of a pair.

    Among equally good sources the kernel takes the address of the device that came into the
    namespace first, and listings are in the order of indexes: as on most machines both are one.
    With equal ones the kernel takes a pair's ends for ordinary devices, and up to a second to see
    that they are connected (linkwatch_urgent_event in net/core/link_watch.c).
    """
    following = dict.fromkeys(plan.nodes, plan.first_index)
    everything = [(node, one) for node in plan.nodes.values() for one in node.interfaces[1:]]
    for stacked in (False, True):
        for node, interface in everything:
            if not interface.options or interface.options.startswith("link ") != stacked:
                continue
            if stacked and node.parent and plan.unshared_indexes:
                following[node.name] = max(following[node.name], following[node.parent])
            interface.index = following[node.name]
            if interface.peer:
                name, peer = interface.peer
                other = plan.nodes[name].interface(peer)
                following[name] += following[name] == interface.index
                other.index = following[name]
                following[name] += 1
            following[node.name] = max(following[node.name], interface.index + 1)
            if stacked and node.parent and plan.unshared_indexes:
                following[node.parent] = interface.index + 1


def _links(plan, node):
    """Lines that make the node's devices; of a pair, the end with options makes both."""
    for interface in node.interfaces:
        if interface.options and not interface.options.startswith("link "):
            line = f"link add {_identity(interface)} {interface.options}"
            if interface.peer:
                name, peer = interface.peer
                line += f" peer {_identity(plan.nodes[name].interface(peer))} netns {name}"
            yield line


def _stacked(_, node):
    """Lines that make what needs another device; a pod's is made where that device is."""
    for interface in node.interfaces:
        if interface.options.startswith("link ") and not node.parent:
            yield f"link add {_identity(interface)} {interface.options}"


def _pods_stacked(plan, node):
    for pod in plan.nodes.values():
        if pod.parent == node.name:
            for interface in pod.interfaces:
                if interface.options.startswith("link "):
                    yield f"link add {_identity(interface)} {interface.options}"


def _identity(interface):
    address = f" address {interface.mac}" if interface.mac else ""
    return f"name {interface.name} index {interface.index}{address} mtu {interface.mtu}"


def _up(_, node):
    return [f"link set {interface.name} up" for interface in node.interfaces]


def _masters(_, node):
    return [f"link set {one.name} master {one.master}" for one in node.interfaces if one.master]


def _join_bonds(namespace, node):
    """Members join while they are down; the active one is named when their links are up."""
    for bond, members, active in node.members:
        for member in members:
            namespace.ip(f"link set {member} down", f"link set {member} master {bond}")
        end = time.monotonic() + 2
        while time.monotonic() < end and f"active_slave {active}" not in namespace.output(
            f"ip -d link show {bond}"
        ):
            namespace.attempt("ip", [f"link set {bond} type bond active_slave {active}"])
            time.sleep(0.02)


def _guard(namespace, node):
    """Gives WireGuard devices their keys and peers."""
    for guard in node.wireguard:
        settings = f"private-key /proc/self/fd/0 listen-port 51820 fwmark {guard['mark']}"
        said = namespace.feed(f"wg set {guard['device']} {settings}", guard["key"])
        if said:
            raise RuntimeError(f"{node.name}: wg: {said}")
        guard["public"] = namespace.feed("wg pubkey", guard["peer"]).strip()
        _introduce(namespace, guard)


def _introduce(namespace, guard):
    endpoint = f" endpoint {guard['endpoint']}" if guard["endpoint"] else ""
    namespace.output(f"wg set {guard['device']} peer {guard['public']}{endpoint} allowed-ips {guard['allowed']}")


def estrange(plan, world):
    """Where a peer of WireGuard's is only known when it has spoken, neither knows the other any more."""
    guards = [(world[node.name], guard) for node in plan.nodes.values() for guard in node.wireguard]
    if all(guard["endpoint"] for _, guard in guards):
        return
    for namespace, guard in guards:
        namespace.output(f"wg set {guard['device']} peer {guard['public']} remove")
    for namespace, guard in guards:
        _introduce(namespace, guard)


def _wait_for_links(namespace):
    """The kernel spreads the news of a link within a second; until then a bridge's port is shut."""
    end = time.monotonic() + 2
    while time.monotonic() < end:
        links = namespace.output("ip -o link show up").splitlines()
        waiting = [link for link in links if "state DOWN" in link or "LOWERLAYERDOWN" in link]
        if not waiting and "state disabled" not in namespace.output("bridge link"):
            return
        time.sleep(0.01)


def _addresses(node):
    for interface in node.interfaces:
        for address in interface.addresses:
            nodad = " nodad" if ":" in address else ""
            yield f"addr add {address} dev {interface.name}{nodad}"


def _set(namespace, node):
    settings = dict(node.sysctls)
    for interface in node.interfaces:
        if interface.name != "lo":
            settings |= {key.format(interface.name): val for key, val in EVERY_DEVICE.items()}
    for key, value in settings.items():
        if namespace.has(key):
            namespace.set(key, value)


def _restrict(node, namespace):
    """Loads the node's ruleset; what it says is what the kernel took none of."""
    left_out = nft_loading.load(namespace, node.ruleset)
    lines = node.ruleset if left_out is None else left_out
    return [f"{node.name}: nft: {line}" for line in lines]


def _attempt(node, namespace, program, lines):
    return [f"{node.name}: {words}" for words in namespace.attempt(program, lines)]
