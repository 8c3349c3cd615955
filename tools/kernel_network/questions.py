"""Random probes of a plan."""

import ipaddress

from .ears import ECHO_PORT
from .plan import host_address
from .probing import Probe

CLOSED_PORT = 9


def random_probes(plan, rng, count, first=0):
    """This many probes, numbered from `first` on."""
    senders = [node for node in plan.senders() for _ in range(1 if node.kind == "router" else 3)]
    mtus = sorted(
        {one.mtu for node in plan.nodes.values() for one in node.interfaces if one.mtu < 65536}
    )
    return [_probe(plan, rng, number, rng.choice(senders), mtus) for number in range(first, first + count)]


def for_many(plan, rng, count, first=0):
    """As many probes for broadcast addresses and for groups that everybody is in."""
    senders = [node for node in plan.senders() if any(one.addresses for one in node.interfaces[1:])]
    return [_for_many(plan, rng, number, rng.choice(senders)) for number in range(first, first + count)]


def _for_many(plan, rng, number, sender):
    device = rng.choice([one for one in sender.interfaces[1:] if one.addresses])
    draw = rng.random()
    if plan.dual and draw < 0.25:
        ip, bound = "ff02::1", device.name
    elif draw < 0.4:
        ip, bound = "224.0.0.1", device.name
    elif draw < 0.6:
        ip, bound = "255.255.255.255", device.name
    else:
        segments = plan.segments
        if draw < 0.9:
            segments = [one for one in segments if sender.name in [name for name, _ in one.members]]
        prefix = rng.choice(segments or plan.segments).prefix
        ip, bound = str(ipaddress.ip_network(prefix).broadcast_address), ""
    proto = rng.choice(("icmp", "udp", "udp"))
    port = 0 if proto == "icmp" else rng.choice((ECHO_PORT,) * 4 + (CLOSED_PORT,))
    return Probe(number, *sender.place, sender.name, "everybody", ip, port, proto, device=bound, many=True)


def _probe(plan, rng, number, sender, mtus):
    version = 6 if plan.dual and rng.random() < 0.4 else 4
    to, ip = _destination(plan, rng, sender, version)
    proto = rng.choice(("icmp",) * 8 + ("udp",) * 7 + ("tcp",) * 5)
    port = 0 if proto == "icmp" else rng.choice((ECHO_PORT,) * 6 + (CLOSED_PORT,))
    sources = [one for one in sender.addresses(version) if one != ip]
    return Probe(
        number,
        *sender.place,
        sender.name,
        to,
        ip,
        port,
        proto,
        size=_size(rng, proto, version, mtus),
        ttl=rng.choice((64,) * 9 + (1, 2, 3, 4)),
        dont_fragment=rng.random() < 0.75,
        bind=rng.choice(sources) if sources and rng.random() < 0.12 else "",
        device="blue" if _in_vrf(rng, sender) else "",
    )


def _in_vrf(rng, sender):
    """Whether the sender is bound to its VRF, where it has one."""
    return any(one.name == "blue" for one in sender.interfaces) and rng.random() < 0.7


def _destination(plan, rng, sender, version):
    """Whose address and which; addresses of nobody among them, and seldom one's own."""
    owned = [(node.name, address) for node in plan.senders() for address in node.addresses(version)]
    others = [one for one in owned if one[0] != sender.name]
    favoured = [one for one in plan.favoured if one[0] != sender.name and (":" in one[1]) == (version == 6)]
    if favoured and rng.random() < 0.5:
        return rng.choice(favoured)
    draw = rng.random()
    if others and draw < 0.84:
        return rng.choice(others)
    if owned and draw < 0.88:
        return rng.choice(owned)
    prefixes = [segment.prefix if version == 4 else segment.prefix6 for segment in plan.segments]
    prefixes += [
        block
        for node in plan.layer3()
        for block in node.blocks
        if (":" in block) == (version == 6) and not block.endswith(("/32", "/128"))
    ]
    if draw < 0.96:
        prefix = rng.choice(prefixes)
        size = ipaddress.ip_network(prefix).num_addresses
        address = host_address(prefix, rng.randrange(1, min(size - 1, 200))).split("/")[0]
        return next((name for name, one in owned if one == address), "nobody"), address
    return "nobody", "203.0.113.7" if version == 4 else "2001:db8::7"


def _size(rng, proto, version, mtus):
    if proto == "tcp":
        return 0
    if rng.random() < 0.78:
        return rng.choice((32, 32, 100, 500))
    headers = (20 if version == 4 else 40) + 8
    return max(32, rng.choice(mtus) - headers + rng.choice((0, 0, 1, -20, -50, -51)))
