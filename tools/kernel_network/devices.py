"""Random devices that many machines' kernels lack: tunnels, bonds, VLANs, ipvlan, VRFs, bridges that filter."""

import base64
import ipaddress

from . import overlays
from .plan import Interface, Node, Route, host_address
from .routing import neighbours

NETWORK, NETWORK6 = "10.97.0.{}", "fd00:97::{}"


def add(plan, rng, kinds):
    """Adds up to two things of these kinds; gives what modules they need."""
    plan.first_index, plan.unshared_indexes = 20, True
    for kind in rng.sample(kinds, min(2, len(kinds))):
        if KINDS[kind](plan, rng, kind):
            plan.features.append(kind)


def _ends(plan, rng, version):
    """Two nodes and an address of each on a wire, between which a tunnel can run; or nothing."""
    if len(plan.layer3()) < 2:
        return None
    one, other = rng.sample(plan.layer3(), 2)
    addresses = [_underlay(node, version) for node in (one, other)]
    return (one, rng.choice(addresses[0]), other, rng.choice(addresses[1])) if all(addresses) else None


def _underlay(node, version):
    behind = [block.split("/")[0] for block in node.blocks]
    return [
        one
        for one in node.addresses(version)
        if one not in behind
        and "97:" not in one
        and not one.startswith(("10.97.", "10.98.", "10.99.", "10.244.", "fd00:244"))
    ]


def tunnel(plan, rng, kind):
    version = 6 if kind.startswith("ip6") else 4
    if kind in ("geneve", "wireguard", "vxlan-external", "geneve-external") and plan.dual and rng.random() < 0.3:
        version = 6
    ends = _ends(plan, rng, version)
    if not ends or any(one.name == "tn0" for one in ends[0].interfaces + ends[2].interfaces):
        return False
    one, one_ip, other, other_ip = ends
    inner4 = kind != "sit"
    inner6 = plan.dual and kind not in ("ipip", "ipip-external")
    options = _options(rng, kind)
    number = rng.randrange(1, 5000)
    keys = [_key(rng) for _ in (one, other)]
    for node, own, far, place, far_place, key in (
        (one, one_ip, other_ip, 1, 2, keys[0]),
        (other, other_ip, one_ip, 2, 1, keys[1]),
    ):
        text = {
            "geneve": f"type geneve id {number} remote {far}{options}",
            "wireguard": "type wireguard",
            **{name + "-external": f"type {name} external" for name in EXTERNAL},
        }.get(kind, f"type {kind} local {own} remote {far}{options}")
        framed = kind.split("-")[0] in ("gretap", "ip6gretap", "geneve", "vxlan")
        mac = f"66:00:00:00:97:0{place}" if framed else ""
        interface = Interface("tn0", mac, _mtu(rng, kind), text)
        interface.addresses += [NETWORK.format(place) + "/24"] if inner4 else []
        interface.addresses += [NETWORK6.format(place) + "/64"] if inner6 else []
        node.interfaces.append(interface)
        plan.favoured += [(node.name, one.split("/")[0]) for one in interface.addresses]
        plan.favoured += [
            (node.name, one) for one in node.addresses(4) + node.addresses(6) if f"{one}/" in "".join(node.blocks)
        ]
        if kind == "wireguard":
            peer = other if node is one else one
            own_keys = (key, keys[1] if node is one else keys[0])
            endpoint = f"[{far}]:51820" if version == 6 else f"{far}:51820"
            hidden = peer is one and rng.random() < 0.25  # it is known when it has spoken
            guard = {"device": "tn0", "key": own_keys[0], "peer": own_keys[1]}
            guard |= {"endpoint": "" if hidden else endpoint, "mark": rng.choice((0, 0, 0x77))}
            node.wireguard.append(guard | {"allowed": _allowed(rng, peer, far_place)})
        for block in (other if node is one else one).blocks:
            six = ":" in block
            if (inner6 if six else inner4) and rng.random() < 0.8:
                gateway = (NETWORK6 if six else NETWORK).format(far_place)
                node.routes = [route for route in node.routes if route.prefix != block]
                node.routes.append(Route(block, [(gateway, "tn0", 1)]))
        if kind.endswith("-external"):
            _wrap(rng, node, far, far_place, number, framed)
    return True


def _wrap(rng, node, far, place, number, framed):
    """Routes that say what a device in external mode puts around packets; fixed neighbours, mostly."""
    version = "6" if ":" in far else ""
    limit = ("ttl", "hoplimit")[bool(version)]
    number += rng.random() < 0.1  # another's, at times
    around = f"encap ip{version} id {number} dst {far}" + rng.choice(("", "", f" {limit} 9"))
    around += rng.choice(("", " key")) if not framed else ""
    for route in node.routes:
        if route.hops and route.hops[0][1] == "tn0" and rng.random() < 0.9:
            route.more = around
    for prefix in (NETWORK.format(place) + "/32", NETWORK6.format(place) + "/128"):
        six = ":" in prefix
        if node.interface("tn0").addresses and (not six or any(":" in one for one in node.interface("tn0").addresses)):
            if rng.random() < 0.8:
                node.routes.append(Route(prefix, [("", "tn0", 1)], more=around))
            if framed and rng.random() < 0.9:
                address = prefix.split("/")[0]
                node.late.append(f"neigh replace {address} lladdr 66:00:00:00:97:0{place} dev tn0 nud permanent")


def _allowed(rng, peer, place):
    """A peer's addresses: its own and what is behind it, at times not all of them, or everything."""
    if rng.random() < 0.1:
        return "0.0.0.0/0,::/0"
    allowed = [NETWORK.format(place) + "/32", NETWORK6.format(place) + "/128", *peer.blocks]
    allowed += [one + ("/128" if ":" in one else "/32") for one in _underlay(peer, 4) + _underlay(peer, 6)]
    return ",".join(one for one in allowed if rng.random() < 0.85)


def _key(rng):
    return base64.b64encode(rng.randbytes(32)).decode()


def _options(rng, kind):
    if kind == "wireguard" or kind.endswith("-external"):
        return ""
    ttl = rng.choice(("", " ttl 64", " ttl 9"))
    if kind == "geneve":
        return ttl
    if kind.startswith("ip6"):
        mode = " mode any" if kind == "ip6tnl" else ""
        return mode + rng.choice((" encaplimit none", "")) + rng.choice((" hoplimit 64", " hoplimit 9"))
    discovery = rng.choice((" pmtudisc", " pmtudisc", " nopmtudisc")) if "9" not in ttl and "64" not in ttl else ""
    key = f" key {rng.randrange(1, 99)}" if kind.startswith("gre") and rng.random() < 0.3 else ""
    return (ttl or " ttl inherit" if "no" not in discovery else "") + discovery + key


def _mtu(rng, kind):
    kind = kind.removesuffix("-external")
    usual = {"ipip": 1480, "sit": 1480, "gre": 1472, "gretap": 1458, "ip6tnl": 1448, "ip6gre": 1440}
    return rng.choice((usual.get(kind, 1420),) * 3 + (1400,))


def bond(plan, rng, kind):
    """A wire's end becomes a member of a bond, with a member beside it that has no wire."""
    ends = [
        (node, one)
        for node in plan.layer3()
        for one in node.interfaces
        if one.peer and one.addresses and not one.master and one.name.startswith("eth")
    ]
    if not ends:
        return False
    node, end = rng.choice(ends)
    active = rng.choice((end.name, end.name, end.name, "du0"))
    upper = Interface(
        "bond0", end.mac, end.mtu, "type bond mode active-backup miimon 50", addresses=end.addresses
    )
    end.addresses = []
    node.interfaces.append(Interface("du0", "", end.mtu, "type dummy"))
    node.interfaces.append(upper)
    _rename(plan, node, end.name, "bond0")
    node.members.append(("bond0", [end.name, "du0"], active))
    return True


def vlan(plan, rng, kind):
    """Both ends of a wire use a VLAN on it."""
    wires = [
        (node, one, plan.nodes[one.peer[0]], plan.nodes[one.peer[0]].interface(one.peer[1]))
        for node in plan.layer3()
        for one in node.interfaces
        if one.peer and one.addresses
    ]
    wires = [wire for wire in wires if wire[3].addresses and wire[2].kind != "pod" and wire[0].kind != "pod"]
    if not wires:
        return False
    node, end, other, far = rng.choice(wires)
    number = rng.choice((5, 100, 4000))
    for owner, one in ((node, end), (other, far)):
        name = f"{one.name}.{number}"
        owner.interfaces.append(
            Interface(name, "", one.mtu, f"link {one.name} type vlan id {number}", addresses=one.addresses)
        )
        one.addresses = []
        _rename(plan, owner, one.name, name)
    return True


def _rename(plan, node, name, new):
    """What used the device uses the one on it."""
    for route in node.routes:
        route.hops = [(via, new if device == name else device, weight) for via, device, weight in route.hops]
    for segment in plan.segments:
        segment.members = [
            (owner, new if (owner, device) == (node.name, name) else device)
            for owner, device in segment.members
        ]


def ipvlan(plan, rng, kind):
    """A pod with an ipvlan device on its node's wire, in one of the three modes."""
    mode = rng.choice(("l2", "l3", "l3s"))
    for segment in plan.segments:
        for name, device in segment.members:
            node = plan.nodes[name]
            end = node.interface(device)
            if node.kind not in ("host", "router") or not end.peer or end.options.startswith("link"):
                continue
            network = ipaddress.ip_network(segment.prefix)
            taken = {one for other in plan.senders() for one in other.addresses(4)}
            free = [
                number
                for number in range(1, min(network.num_addresses - 1, 250))
                if host_address(segment.prefix, number).split("/")[0] not in taken
            ]
            if not free:
                continue
            place = rng.choice(free)
            pod = Node(f"cni-{rng.randrange(1 << 48):012x}", "pod", node.name)
            pod.interfaces.append(Interface("lo", "", 65536))
            options = f"link {end.name} netns {pod.name} type ipvlan mode {mode}"
            eth0 = Interface("eth0", "", end.mtu, options, addresses=[host_address(segment.prefix, place)])
            if plan.dual:
                eth0.addresses.append(host_address(segment.prefix6, place))
            pod.interfaces.append(eth0)
            plan.nodes[pod.name] = pod
            segment.members.append((pod.name, "eth0"))
            if mode == "l2":
                gateways = [theirs for other, theirs, _ in neighbours(plan, pod) if other.forwards]
                for version in plan.versions() if gateways else ():
                    pod.routes.append(Route("default", [(gateways[0].address(version), "eth0", 1)]))
            else:
                pod.routes.append(Route("default", [("", "eth0", 1)]))
                if plan.dual:
                    pod.late6.append("route add default dev eth0")
            return True
    return False


def vrf(plan, rng, kind):
    """All or some of a node's devices become members of a VRF, and their routes move to its table."""
    nodes = [
        node
        for node in plan.layer3()
        if node.forwards and not any(one.name == "blue" for one in node.interfaces)
    ]
    if not nodes:
        return False
    node = rng.choice(nodes)
    ends = [one for one in node.interfaces if one.name != "lo" and not one.master]
    chosen = ends if rng.random() < 0.6 else rng.sample(ends, max(1, len(ends) - 1))
    for one in chosen:
        one.master = "blue"
    node.interfaces.append(Interface("blue", "", 65536, f"type vrf table {VRF_TABLE}"))
    if rng.random() < 0.3:
        node.interfaces[-1].addresses.append("10.96.0.1/32")
    _move_routes(plan, rng, node, {one.name for one in chosen})
    if rng.random() < 0.5:
        node.late.append(f"route add unreachable default metric 4278198272 table {VRF_TABLE}")
    if rng.random() < 0.3:
        node.sysctls |= dict.fromkeys(ACCEPT, 1)
    if rng.random() < 0.3:
        node.sysctls["net/ipv4/conf/blue/rp_filter"] = rng.choice((1, 2))
    return True


def _move_routes(plan, rng, node, members):
    """Routes by members go into the VRF's table; some prefixes leak from one domain to the other."""
    kept = []
    for route in node.routes:
        inside = [device in members for _, device, _ in route.hops]
        if all(inside) and (route.hops or rng.random() < 0.5) and route.table == 254:
            route.table = VRF_TABLE
            if rng.random() < 0.3 and ":" not in route.prefix and route.prefix != "default" and route.hops:
                kept.append(Route(route.prefix, [("", "blue", 1)]))
        elif any(inside):
            continue
        elif rng.random() < 0.5 and route.hops and route.table == 254:
            kept.append(Route(route.prefix, route.hops, table=VRF_TABLE, more=route.more))
        kept.append(route)
    node.routes = kept
    for segment in plan.segments:
        for name, device in segment.members:
            if name == node.name and rng.random() < 0.6:
                leaked = ("blue", 254) if device in members else (device, VRF_TABLE)
                node.routes.append(Route(segment.prefix, [("", leaked[0], 1)], table=leaked[1], metric=9))


def bridge_vlan(plan, rng, kind):
    """A segment's bridge filters VLANs: access ports, trunks to VLAN devices, at times a second bridge."""
    bridged = [
        (node, bridge, segment)
        for node in plan.nodes.values()
        for bridge in node.interfaces
        for segment in plan.segments
        if bridge.options == "type bridge"
        and any(_at(plan, node, bridge, *member) for member in segment.members)
    ]
    if not bridged:
        return False
    node, bridge, segment = rng.choice(bridged)
    bridge.options += " vlan_filtering 1"
    number = rng.choice((1, 1, 10, 20, 4000))
    second = _second_bridge(plan, rng, node, bridge, number) if rng.random() < 0.4 else None
    for name, device in list(segment.members):
        member = plan.nodes[name]
        port = _at(plan, node, bridge, name, device)
        if not port or (port.master and port.options.startswith("link")):
            continue
        if second and port is not bridge and rng.random() < 0.5:
            port.master = second.name
        own = number if rng.random() < 0.85 else rng.choice((1, 10, 30))
        end = member.interface(device)
        if rng.random() < 0.45 and not end.options.startswith("link"):
            _tagged_end(plan, member, end, own)
            _join_vlan(node, port, own, bridge, "")
        else:
            _join_vlan(node, port, own, bridge, rng.choice(("pvid untagged",) * 8 + ("pvid", "untagged")))
    return True


def _at(plan, node, bridge, name, device):
    """The bridge's port that this member of a segment is behind, or the bridge itself."""
    if name == node.name and device == bridge.name:
        return bridge
    if name not in plan.nodes:
        return None
    end = plan.nodes[name].interface(device)
    if not end.peer or end.peer[0] != node.name:
        return None
    port = node.interface(end.peer[1])
    return port if port.master == bridge.name else None


def _second_bridge(plan, rng, node, bridge, number):
    """A bridge beside the other, joined by a trunk."""
    second = Interface("brx", "", bridge.mtu, "type bridge vlan_filtering 1")
    ends = [Interface(name, "", bridge.mtu) for name in ("tr0", "tr1")]
    ends[0].options = "type veth"
    ends[0].peer, ends[1].peer = (node.name, "tr1"), (node.name, "tr0")
    ends[0].master, ends[1].master = bridge.name, second.name
    node.interfaces += [second, *ends]
    native = rng.random() < 0.3
    for end in ends:
        if not native:
            node.late_bridge.append(f"vlan del dev {end.name} vid 1")
        node.late_bridge.append(f"vlan add dev {end.name} vid 2-4000" if rng.random() < 0.9 else f"vlan add dev {end.name} vid 30")
        if number == 1 and not native:
            node.late_bridge.append(f"vlan add dev {end.name} vid 1")
    return second


def _tagged_end(plan, member, end, number):
    """A VLAN device takes the addresses of a segment's member."""
    name = f"{end.name}.{number}"
    member.interfaces.append(
        Interface(name, "", end.mtu, f"link {end.name} type vlan id {number}", addresses=end.addresses)
    )
    end.addresses = []
    _rename(plan, member, end.name, name)


def _join_vlan(node, port, number, bridge, how):
    itself = " self" if port is bridge else ""
    if number != 1 or how != "pvid untagged":
        node.late_bridge.append(f"vlan del dev {port.name} vid 1{itself}")
        node.late_bridge.append(f"vlan add dev {port.name} vid {number} {how}{itself}".replace("  ", " "))


VRF_TABLE = 10
EXTERNAL = ("vxlan", "geneve", "gre", "gretap", "ipip", "ip6tnl", "ip6gre", "ip6gretap")
ACCEPT = ("net/ipv4/tcp_l3mdev_accept", "net/ipv4/udp_l3mdev_accept")
MODULES = (
    "ipip", "sit", "ip_gre", "ip6_tunnel", "ip6_gre", "geneve", "wireguard", "bonding", "dummy", "8021q",
    "ipvlan", "vrf",
)  # fmt: skip
TUNNELS = tuple(name + "-external" for name in EXTERNAL) + ("ipip", "sit", "gre", "gretap", "ip6tnl", "ip6gre", "ip6gretap", "geneve", "wireguard")
KINDS = {**dict.fromkeys(TUNNELS, tunnel), "bond": bond, "vlan": vlan, "ipvlan": ipvlan, "vrf": vrf, "bridge-vlan": bridge_vlan, **overlays.KINDS}
