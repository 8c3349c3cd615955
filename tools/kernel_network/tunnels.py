"""Random tunnels between two nodes of a plan."""

from .plan import Interface, Route


def dig(plan, rng, with_ipip):
    """Adds a VXLAN tunnel at times, and an IP-in-IP tunnel mostly, where that is asked for."""
    for kind in (vxlan, ipip) if with_ipip else (vxlan,):
        if len(plan.layer3()) > 1 and rng.random() < LIKELIHOOD[kind] and kind(plan, rng):
            plan.features.append(kind.__name__)


def _ends(plan, rng, version, wires_only):
    """Two nodes and an address of each, between which a tunnel can run; or nothing."""
    one, other = rng.sample(plan.layer3(), 2)
    addresses = [_underlay(node, version, wires_only) for node in (one, other)]
    if not all(addresses):
        return None
    return one, rng.choice(addresses[0]), other, rng.choice(addresses[1])


def _underlay(node, version, wires_only):
    """Its addresses; those on lo are behind tunnels at times, which ipip doesn't survive."""
    behind = [block.split("/")[0] for block in node.blocks] if wires_only else []
    return [
        one
        for one in node.addresses(version)
        if one not in behind and "99:" not in one and not one.startswith(("10.99.", "10.244."))
    ]


def vxlan(plan, rng):
    version = 6 if plan.dual and rng.random() < 0.2 else 4
    ends = _ends(plan, rng, version, False)
    if not ends:
        return False
    one, one_ip, other, other_ip = ends
    number, port = rng.choice((1, 10, 4096)), rng.choice((4789, 8472))
    name = rng.choice((f"vxlan{number}", "vxlan.calico", "flannel.1"))
    static = rng.random() < 0.5
    mtu = rng.choice((1450 if version == 4 else 1430, 1450 if version == 4 else 1430, 1400, 1500))
    macs = [f"66:{rng.randrange(256):02x}:{rng.randrange(256):02x}:00:00:0{i}" for i in (1, 2)]
    for node, own, far, mac, far_mac, place in (
        (one, one_ip, other_ip, macs[0], macs[1], 1),
        (other, other_ip, one_ip, macs[1], macs[0], 2),
    ):
        fdb = "nolearning" if static else f"remote {far}"
        interface = Interface(
            name,
            mac,
            mtu,
            f"type vxlan id {number} local {own} dstport {port} {fdb}",
            addresses=[f"10.99.0.{place}/{32 if static else 24}"],
        )
        if plan.dual and not static:
            interface.addresses.append(f"fd00:99::{place}/64")
        node.interfaces.append(interface)
        if static:
            node.late.append(
                f"neigh replace 10.99.0.{3 - place} lladdr {far_mac} dev {name} nud permanent"
            )
            node.late_bridge.append(f"fdb append {far_mac} dev {name} dst {far}")
            node.routes.append(
                Route(f"10.99.0.{3 - place}/32", [(f"10.99.0.{3 - place}", name, 1)], more="onlink")
            )
    _lead_into(plan, rng, one, other, "10.99.0.2", name, "onlink" if static else "")
    _lead_into(plan, rng, other, one, "10.99.0.1", name, "onlink" if static else "")
    return True


def ipip(plan, rng):
    ends = _ends(plan, rng, 4, True)
    if not ends:
        return False
    one, one_ip, other, other_ip = ends
    shared = rng.random() < 0.5
    ttl = rng.choice(("ttl inherit", "ttl 64", "ttl 9"))
    for node, own, far, place in ((one, one_ip, other_ip, 1), (other, other_ip, one_ip, 2)):
        if shared:  # the device that the module makes in each namespace, as Calico uses it
            node.late = [
                f"link set tunl0 up mtu {rng.choice((1480, 1480, 1440))}",
                f"addr add 10.98.0.{place}/32 dev tunl0",
            ] + node.late
            for block in (other if node is one else one).blocks:
                if ":" not in block:
                    node.late.append(f"route replace {block} via {far} dev tunl0 onlink")
        else:
            node.interfaces.append(
                Interface(
                    "ipip1",
                    "",
                    1480,
                    f"type ipip local {own} remote {far} {ttl} pmtudisc",
                    addresses=[f"10.98.0.{place}/24"],
                )
            )
    if not shared:
        _lead_into(plan, rng, one, other, "10.98.0.2", "ipip1", "")
        _lead_into(plan, rng, other, one, "10.98.0.1", "ipip1", "")
    return True


def _lead_into(plan, rng, node, other, gateway, device, more):
    """Routes to what is behind the other end go into the tunnel, most times."""
    for block in other.blocks:
        if ":" not in block and rng.random() < 0.8:
            node.routes = [route for route in node.routes if route.prefix != block]
            node.routes.append(Route(block, [(gateway, device, 1)], more=more))


LIKELIHOOD = {vxlan: 0.4, ipip: 0.9}
