"""Who tells senders of nearer ways, and who takes ways that are not the nearest."""

from .plan import Route, link_local
from .routing import neighbours


def vary(plan, rng):
    """Switches redirects, or the belief that a wire has one subnet only, off at some routers."""
    for node in plan.layer3():
        for setting in ("send_redirects", "shared_media"):
            draw = rng.random()
            everywhere = ("all", "default") if draw < 0.3 else ("default",)
            if draw < 0.5:  # where `all` is left, it decides for every device
                for device in (*everywhere, *(one.name for one in node.interfaces)):
                    node.sysctls[f"net/ipv4/conf/{device}/{setting}"] = 0


def mislead(plan, rng):
    """Lets nodes send by a neighbour that isn't the nearest, and to neighbours by another one."""
    for node in plan.layer3():
        beside = list(neighbours(plan, node))
        for route in node.routes:
            if len(route.hops) == 1 and route.hops[0][0] and rng.random() < 0.6:
                _divert(route, beside, rng)
        for version in plan.versions():
            for neighbour, theirs, own in beside:
                others = _routers(beside, own, neighbour)
                if others and rng.random() < 0.5:
                    address = theirs.address(version)
                    prefix = f"{address}/{32 if version == 4 else 128}"
                    gateway = _gateway(rng.choice(others), version, rng)
                    node.routes.append(Route(prefix, [(gateway, own, 1)]))
    plan.features.append("detours")


def _routers(beside, own, but):
    return [theirs for one, theirs, mine in beside if one.forwards and mine == own and one is not but]


def _gateway(theirs, version, rng):
    near = version == 6 and rng.random() < 0.6
    return link_local(theirs.mac) if near else theirs.address(version)


def _divert(route, beside, rng):
    gateway, device, weight = route.hops[0]
    near = [one for one, theirs, _ in beside if gateway in (theirs.address(4), theirs.address(6), link_local(theirs.mac))]
    others = _routers(beside, device, near[0]) if near else []
    if others:
        route.hops = [(_gateway(rng.choice(others), route.version, rng), device, weight)]
