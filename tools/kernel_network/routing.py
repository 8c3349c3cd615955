"""Shortest-path routes for a plan."""

from collections import deque

from .plan import Route, link_local


def add_routes(plan, rng):
    """Gives every host and router routes to all prefixes, over fewest hops."""
    for node in plan.layer3():
        distance = _distances(plan, node)
        defaults = node.kind == "host" and rng.random() < 0.7
        for version in plan.versions():
            routes = [
                route
                for prefix, owners in _prefixes(plan, version)
                if node.name not in owners
                for route in [_route(plan, rng, node, prefix, owners, distance, version)]
                if route
            ]
            if defaults and len({str(route.hops) for route in routes}) == 1:
                routes = [Route("default", routes[0].hops)]
            node.routes += routes
            gateways = [(theirs.address(4), own, 1) for _, theirs, own in neighbours(plan, node)]
            if version == 4 and _answers_for_gateway(node) and rng.random() < 0.95:
                node.routes.append(Route("default", [rng.choice(gateways)]))


def _answers_for_gateway(node):
    """Whether it has routed pods, but no default route, which their gateway's proxy ARP needs."""
    routed = any(interface.name.startswith("cali") for interface in node.interfaces)
    return routed and not any(route.prefix == "default" for route in node.routes)


def _prefixes(plan, version):
    for segment in plan.segments:
        yield (segment.prefix if version == 4 else segment.prefix6), [
            name for name, _ in segment.members
        ]
    for node in plan.layer3():
        for block in node.blocks:
            if (":" in block) == (version == 6):
                yield block, [node.name]


def neighbours(plan, node):
    """(neighbour, its interface, own interface) for all that share a segment with the node."""
    for segment in plan.segments:
        own = [interface for name, interface in segment.members if name == node.name]
        for name, interface in segment.members:
            if own and name != node.name:
                yield plan.nodes[name], plan.nodes[name].interface(interface), own[0]


def _distances(plan, start):
    """Hops from the node to each other, when only forwarding nodes pass on."""
    distance, queue = {start.name: 0}, deque([start])
    while queue:
        node = queue.popleft()
        if node is not start and not node.forwards:
            continue
        for neighbour, _, _ in neighbours(plan, node):
            if neighbour.name not in distance:
                distance[neighbour.name] = distance[node.name] + 1
                queue.append(neighbour)
    return distance


def _route(plan, rng, node, prefix, owners, distance, version):
    """The route over the nearest neighbours, several ones sometimes as multipath; or None."""
    best, hops = None, []
    for neighbour, theirs, own in neighbours(plan, node):
        if not neighbour.forwards and neighbour.name not in owners:
            continue
        away = _distances(plan, neighbour)
        away.pop(node.name, None)
        length = min((away[owner] for owner in owners if owner in away), default=None)
        if length is None or (best is not None and length > best):
            continue
        hops = hops if length == best else []
        best = length
        gateway = theirs.address(version)
        if version == 6 and rng.random() < 0.4:
            gateway = link_local(theirs.mac)
        hops.append((gateway, own, 1))
    hops = list(dict.fromkeys(hops))
    if not hops:
        return None
    if len(hops) > 1 and rng.random() < 0.6:
        return Route(prefix, [(via, dev, rng.choice((1, 1, 2))) for via, dev, _ in hops])
    return Route(prefix, [rng.choice(hops)])
