"""Devices on top of devices: macvlan in a node, and in pods of their own."""

import ipaddress

from .plan import Interface, Node, Route, host_address
from .routing import neighbours

MODES = ("bridge", "bridge", "bridge", "private", "vepa")


def on_top(node, end, rng, mac):
    """The device that takes the addresses of a wire's end: mostly the end itself."""
    if node.kind != "host" or not end.peer or rng.random() > 0.12:
        return end
    name = "mv" + end.name.removeprefix("eth")
    upper = Interface(name, mac, end.mtu, f"link {end.name} type macvlan mode {rng.choice(MODES)}")
    node.interfaces.append(upper)
    return upper


def macvlan_pods(plan, rng, mac, largest):
    """Pods whose device is a macvlan on their node's, so in the node's own subnet."""
    for segment in plan.segments:
        for name, device in list(segment.members):
            node = plan.nodes[name]
            end = node.interface(device)
            fits = node.kind in ("host", "router") and end.peer and len(plan.nodes) < largest
            if not fits or rng.random() > 0.1:
                continue
            plan.features.append("macvlan-pods")
            for _ in range(rng.randint(1, min(2, largest - len(plan.nodes)))):
                _pod(plan, rng, segment, node, end, mac())


def _pod(plan, rng, segment, node, end, mac):
    network = ipaddress.ip_network(segment.prefix)
    taken = {one for other in plan.senders() for one in other.addresses(4)}
    free = [
        number
        for number in range(1, min(network.num_addresses - 1, 250))
        if host_address(segment.prefix, number).split("/")[0] not in taken
    ]
    if not free:
        return
    place = rng.choice(free)
    pod = Node(f"cni-{rng.randrange(1 << 48):012x}", "pod", node.name)
    pod.interfaces.append(Interface("lo", "", 65536))
    options = f"link {end.name} netns {pod.name} type macvlan mode {rng.choice(MODES)}"
    eth0 = Interface("eth0", mac, end.mtu, options, addresses=[host_address(segment.prefix, place)])
    if plan.dual:
        eth0.addresses.append(host_address(segment.prefix6, place))
    pod.interfaces.append(eth0)
    plan.nodes[pod.name] = pod
    segment.members.append((pod.name, "eth0"))
    gateways = [theirs for other, theirs, _ in neighbours(plan, pod) if other.forwards]
    if gateways:
        gateway = rng.choice(gateways)
        for version in plan.versions():
            if gateway.address(version):
                pod.routes.append(Route("default", [(gateway.address(version), "eth0", 1)]))


def fit(plan):
    """Nothing on top of a device takes more than it: the kernel makes no such device."""
    for node in plan.nodes.values():
        below = plan.nodes[node.parent] if node.parent else node
        for one in node.interfaces:
            if one.options.startswith("link "):
                parent = below.interface(one.options.split()[1])
                one.mtu = min(one.mtu, parent.mtu)
