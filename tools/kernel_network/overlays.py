"""Random VXLANs of several nodes: by a group that they join, by a copy to each of the others, under a bridge."""

from .plan import Interface, Node, Route

NETWORK, NETWORK6 = "10.97.0.{}", "fd00:97::{}"


def vxlan_group(plan, rng, kind):
    """Some of those on a wire share a VXLAN whose frames for many go to a group; at times one is in another."""
    segments = [(segment, _on(plan, segment)) for segment in plan.segments]
    segments = [(segment, members) for segment, members in segments if len(members) > 1]
    if not segments:
        return False
    segment, members = rng.choice(segments)
    chosen = rng.sample(members, rng.randint(2, min(4, len(members))))
    six = plan.dual and rng.random() < 0.3
    group = "ff05::77" if six else rng.choice(("239.1.1.1", "239.77.0.9"))
    number, port = rng.randrange(1, 5000), rng.choice((4789, 8472))
    static = rng.random() < 0.2
    hosts = []
    for node, device in chosen:
        own = "ff05::78" if six else "239.1.1.2"
        options = f"type vxlan id {number} group {own if rng.random() < 0.08 else group} dev {device} dstport {port}"
        options += rng.choice(("", "", " ttl 5")) + (" nolearning" if static else "")
        options += " proxy" if rng.random() < 0.05 else ""
        hosts.append((node, options, []))
    _populate(plan, rng, hosts, static, lambda node: group)
    return True


def vxlan_heads(plan, rng, kind):
    """Nodes anywhere share a VXLAN; each sends what is for many to each of the others it knows of."""
    nodes = [node for node in plan.layer3() if _addresses(node)]
    if len(nodes) < 2:
        return False
    chosen = rng.sample(nodes, rng.randint(2, min(4, len(nodes))))
    number, port = rng.randrange(1, 5000), rng.choice((4789, 8472))
    ends = {node.name: rng.choice(_addresses(node)) for node in chosen}
    static = rng.random() < 0.3
    other_port = rng.choice(chosen).name if rng.random() < 0.3 else ""
    hosts = []
    for node in chosen:
        own_port = SWAPPED[port] if node.name == other_port else port
        options = f"type vxlan id {number} local {ends[node.name]} dstport {own_port}"
        options += " nolearning" if static else ""
        entries = []
        for far in chosen:
            if far is not node and rng.random() < 0.9:
                far_port = SWAPPED[port] if far.name == other_port else port
                more = f" port {far_port}" if far_port != own_port else ""
                entries.append(f"fdb append 00:00:00:00:00:00 dev tn0 dst {ends[far.name]}{more}")
        hosts.append((node, options, entries))
    _populate(plan, rng, hosts, static, lambda node: ends[node.name])
    return True


def bridged(plan, rng, kind):
    """A tunnel is a port of a bridge on several nodes; bridges have addresses, and pods stand behind them."""
    nodes = [node for node in plan.layer3() if _addresses(node)]
    if len(nodes) < 2:
        return False
    type_ = kind.split("-")[0]
    chosen = rng.sample(nodes, rng.randint(2, min(3, len(nodes))) if type_ == "vxlan" else 2)
    ends = {node.name: rng.choice(_addresses(node)) for node in chosen}
    number, port = rng.randrange(1, 5000), rng.choice((4789, 8472))
    told = rng.random() < 0.35  # by who runs the network, as Docker does: nobody needs to be asked
    owners = []  # (node, address, MAC address)
    for place, node in enumerate(chosen, 1):
        own_proxy = told and rng.random() < 0.9
        other = ends[chosen[place % 2].name]
        options = {
            "vxlan": f"type vxlan id {number} local {ends[node.name]} dstport {port}",
            "gretap": f"type gretap local {ends[node.name]} remote {other} ttl 64",
            "geneve": f"type geneve id {number} remote {other}",
        }[type_]
        if type_ == "vxlan":
            options += " proxy" if own_proxy else ""
            options += " nolearning" if told or rng.random() < 0.1 else ""
        options += rng.choice(("", "", " df set", " df inherit")) if type_ != "gretap" else ""
        mtu = rng.choice((1450, 1450, 1400, 1500))
        above = [NETWORK.format(place) + "/24"] + ([NETWORK6.format(place) + "/64"] if plan.dual else [])
        bridge = Interface("br97", f"66:00:00:00:97:0{place}", mtu, "type bridge")
        bridge.addresses += above if rng.random() < 0.8 else []
        node.interfaces += [bridge, Interface("tn0", f"66:00:00:00:96:0{place}", mtu, options, master="br97")]
        owners.append((node, bridge.addresses, bridge.mac))
        for count in range(1, rng.choice((1, 2, 2, 3))):
            pod, end = _bridged_pod(plan, node, place, count, mtu)
            owners.append((node, end.addresses, end.mac))
        node.late_bridge += [f"link set dev tn0 {one} off" for one in ("learning", "flood") if rng.random() < 0.06]
        node.late_bridge += ["link set dev tn0 neigh_suppress on"] if rng.random() < 0.1 else []
        node.late_bridge += ["link set dev tn0 isolated on"] if rng.random() < 0.05 else []
    for node in chosen if type_ == "vxlan" else ():
        others = [far for far in chosen if far is not node]
        for far in others:
            if rng.random() < (0.4 if told else 0.95):
                node.late_bridge.append(f"fdb append 00:00:00:00:00:00 dev tn0 dst {ends[far.name]}")
        for owner, addresses, mac in owners:
            if owner is not node and told and rng.random() < 0.92:
                node.late_bridge.append(f"fdb append {mac} dev tn0 dst {ends[owner.name]}")
                node.late += [
                    f"neigh replace {one.split('/')[0]} lladdr {mac} dev tn0 nud permanent"
                    for one in addresses
                    if rng.random() < 0.92
                ]
    plan.favoured += [(node.name, one.split("/")[0]) for node, addresses, _ in owners for one in addresses]
    return True


def _bridged_pod(plan, node, place, count, mtu):
    pod = Node(f"cni-97{place}{count}", "pod", node.name)
    pod.interfaces.append(Interface("lo", "", 65536))
    inner = Interface("eth0", f"66:00:00:97:0{place}:0{count}", mtu, "type veth")
    outer = Interface(f"ov97{place}{count}", f"66:00:01:97:0{place}:0{count}", mtu, master="br97")
    inner.peer, outer.peer = (node.name, outer.name), (pod.name, "eth0")
    inner.addresses.append(NETWORK.format(10 * place + count) + "/24")
    inner.addresses += [NETWORK6.format(f"{place}{count}") + "/64"] if plan.dual else []
    pod.interfaces.append(inner)
    node.interfaces.append(outer)
    plan.nodes[pod.name] = pod
    return pod, inner


def _populate(plan, rng, hosts, static, end):
    """Gives each its device, and at times entries that say behind whom the others are."""
    if any(one.name == "tn0" for node, _, _ in hosts for one in node.interfaces):
        return
    for place, (node, options, entries) in enumerate(hosts, 1):
        interface = Interface("tn0", f"66:00:00:00:96:0{place}", rng.choice((1450, 1450, 1430, 1500)), options)
        interface.addresses.append(NETWORK.format(place) + "/24")
        if plan.dual:
            interface.addresses.append(NETWORK6.format(place) + "/64")
        node.interfaces.append(interface)
        node.late_bridge += entries
        for number, (far, _, _) in enumerate(hosts, 1):
            if far is not node and rng.random() < (0.9 if static else 0.1):
                mac = f"66:00:00:00:96:0{number}"
                node.late_bridge.append(f"fdb append {mac} dev tn0 dst {end(far)}")
                if rng.random() < 0.5:
                    node.late.append(f"neigh replace {NETWORK.format(number)} lladdr {mac} dev tn0 nud permanent")
            if far is not node:
                for block in far.blocks:
                    if (plan.dual or ":" not in block) and rng.random() < 0.7:
                        gateway = (NETWORK6 if ":" in block else NETWORK).format(number)
                        node.routes = [route for route in node.routes if route.prefix != block]
                        node.routes.append(Route(block, [(gateway, "tn0", 1)]))
        plan.favoured += [(node.name, one.split("/")[0]) for one in interface.addresses]
        plan.favoured += [
            (node.name, one) for one in node.addresses(4) + node.addresses(6) if f"{one}/" in "".join(node.blocks)
        ]


def _on(plan, segment):
    return [
        (plan.nodes[name], device)
        for name, device in segment.members
        if plan.nodes[name].kind in ("host", "router")
    ]


def _addresses(node):
    behind = [block.split("/")[0] for block in node.blocks]
    return [
        one
        for one in node.addresses(4)
        if one not in behind and not one.startswith(("10.97.", "10.98.", "10.99.", "10.244."))
    ]


SWAPPED = {4789: 8472, 8472: 4789}
KINDS = {"vxlan-group": vxlan_group, "vxlan-heads": vxlan_heads}
KINDS |= {kind + "-bridged": bridged for kind in ("vxlan", "geneve", "gretap")}
