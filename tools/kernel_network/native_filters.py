"""Random packet filters in nftables' own language for a plan."""

import ipaddress

from .nft_rulesets import NftRuleset, Surroundings

PORTS = [9, 8080, 8443, 8500, 9000]
NEEDED = 6


def guard(plan, rng):
    """Gives about half of the nodes a ruleset."""
    plan.features.append("nftables")
    for node in plan.layer3():
        if rng.random() < 0.55:
            node.ruleset = NftRuleset(rng, around(plan, rng, node)).text()


def around(plan, rng, node):
    known = {version: _addresses(plan, version) for version in (4, 6)}
    clients, servers = ({version: _some(rng, known[version]) for version in known} for _ in range(2))
    devices = [one.name for one in node.interfaces if one.name != "lo"]
    return Surroundings(
        clients=clients,
        servers=servers,
        nets={version: (_near(clients[version][2]), _near(servers[version][2])) for version in known},
        spare={version: _spare(plan, rng, version) for version in known},
        devices=tuple(rng.sample(devices, 2)) if len(devices) > 1 else (devices[0], "lo"),
        ports=PORTS,
        dense=False,
        apart=False,
    )


def _addresses(plan, version):
    """Addresses of the network, and of nobody where it has too few."""
    found = [ipaddress.ip_address(one) for node in plan.senders() for one in node.addresses(version)]
    prefixes = [one.prefix if version == 4 else one.prefix6 for one in plan.segments]
    networks = [ipaddress.ip_network(one) for one in prefixes if one]
    spare = [one[number] for one in networks for number in range(2, min(one.num_addresses - 1, 2 + NEEDED))]
    nobody = [ipaddress.ip_address(f"{'192.0.2.' if version == 4 else '2001:db8::'}{number}") for number in range(10, 16)]
    every = sorted(set(found))
    return every if len(every) >= NEEDED else sorted({*every, *spare, *nobody})


def _some(rng, addresses):
    return [str(one) for one in sorted(rng.sample(addresses, NEEDED))]


def _near(address):
    return str(ipaddress.ip_network((address, 125 if ":" in address else 29), strict=False))


def _spare(plan, rng, version):
    """A range and a prefix that nobody has, in a subnet where there is one."""
    prefixes = [one for one in ((s.prefix if version == 4 else s.prefix6) for s in plan.segments) if one]
    network = ipaddress.ip_network(rng.choice(prefixes) if prefixes else "2001:db8:1::/64")
    if network.num_addresses < 128:
        network = ipaddress.ip_network("192.0.2.0/24" if version == 4 else "2001:db8:1::/64")
    return f"{network[112]}-{network[116]}", _near(str(network[120]))
