"""Random networks that work: who is joined to whom, with which addresses."""

import ipaddress

from .plan import Interface, Node, Plan, Route, Segment, host_address, link_local
from .routing import add_routes
from .stacked import macvlan_pods, on_top

LARGEST = 6  # namespaces, pods included


def random_plan(rng, seed):
    plan = Plan(seed, dual=rng.random() < 0.75)
    _Builder(plan, rng).build()
    return plan


class _Builder:
    def __init__(self, plan, rng):
        self._plan, self._rng = plan, rng
        self._macs = 0

    def build(self):
        rng = self._rng
        routers = rng.choice((0, 1, 1, 2, 2, 3))
        hosts = rng.randint(2, 3) if routers == 0 else rng.randint(1, min(3, 5 - routers))
        for kind, count in (("router", routers), ("host", hosts)):
            for number in range(1, count + 1):
                node = Node(f"{kind[0]}{number}", kind, forwards=kind == "router")
                self._plan.nodes[node.name] = node
                node.interfaces.append(Interface("lo", "", 65536))
        for members in self._groups():
            self._join(members)
        self._loopbacks()
        self._pods()
        macvlan_pods(self._plan, rng, self._mac, LARGEST)
        add_routes(self._plan, rng)

    def _groups(self):
        """Lists of nodes that share a segment."""
        rng = self._rng
        routers = [node for node in self._plan.layer3() if node.kind == "router"]
        hosts = [node for node in self._plan.layer3() if node.kind == "host"]
        if not routers:
            return [hosts]
        groups = [[rng.choice(routers[:i]), routers[i]] for i in range(1, len(routers))]
        if len(routers) == 3 and rng.random() < 0.5:
            spare = [
                pair
                for pair in ((0, 1), (0, 2), (1, 2))
                if [routers[pair[0]], routers[pair[1]]] not in groups
            ]
            groups += [[routers[one] for one in spare[0]]]
        for host in hosts:
            shared = [group for group in groups if any(one.kind == "host" for one in group)]
            if shared and rng.random() < 0.45:
                rng.choice(shared).append(host)
            elif groups and rng.random() < 0.15:
                rng.choice(groups).append(host)
            else:
                groups.append([rng.choice(routers), host])
        if len(routers) > 1 and rng.random() < 0.2:  # a host with two uplinks
            groups.append([rng.choice(routers), hosts[0]])
        return groups

    def _join(self, members):
        """Makes a segment: a wire, a switch, or a bridge in one of the members."""
        rng, plan = self._rng, self._plan
        number = len(plan.segments) + 1
        segment = Segment(
            self._prefix(number, len(members)), f"fd00:{plan.seed % 65536:x}:{number:x}::/64"
        )
        plan.segments.append(segment)
        mtu = rng.choice((1500,) * 6 + (1400, 1300, 9000))
        places = rng.sample(
            range(1, ipaddress.ip_network(segment.prefix).num_addresses - 1), len(members)
        )
        bridge = self._bridge(members, segment, mtu)
        ends = []
        for node, place in zip(members, places):
            if bridge is node:
                end = node.interface(f"br{number}")
            elif bridge:
                end = self._wire(
                    node, "eth", bridge, "swp" if bridge.kind == "switch" else "veth", mtu
                )
                bridge.interfaces[-1].master = f"br{number}"
            else:
                end = None
            ends.append((node, end, place))
        if not bridge:
            self._wire(members[0], "eth", members[1], "eth", mtu)
            ends = [(node, node.interfaces[-1], place) for node, _, place in ends]
        for node, end, place in ends:
            end = on_top(node, end, rng, self._mac())
            end.addresses.append(host_address(segment.prefix, place))
            if plan.dual:
                end.addresses.append(host_address(segment.prefix6, place))
            segment.members.append((node.name, end.name))

    def _bridge(self, members, segment, mtu):
        """The node that bridges the segment, or None when a wire is enough."""
        rng, plan = self._rng, self._plan
        if len(members) == 2 and rng.random() < 0.6:
            return None
        number = len(plan.segments)
        routers = [node for node in members if node.kind == "router"]
        if len(plan.nodes) < LARGEST and not (routers and rng.random() < 0.4):
            node = Node(f"s{number}", "switch")
            node.interfaces.append(Interface("lo", "", 65536))
            plan.nodes[node.name] = node
        else:
            node = (routers or members)[0]
        node.interfaces.append(Interface(f"br{number}", self._mac(), mtu, "type bridge"))
        return node

    def _wire(self, one, one_name, other, other_name, mtu):
        """A veth pair; gives the first end."""
        one_end = Interface(self._name(one, one_name), self._mac(), mtu)
        one.interfaces.append(one_end)
        other_end = Interface(self._name(other, other_name), self._mac(), mtu)
        other.interfaces.append(other_end)
        one_end.peer, other_end.peer = (other.name, other_end.name), (one.name, one_end.name)
        one_end.options = "type veth"
        return one_end

    @staticmethod
    def _name(node, stem):
        taken = [interface.name for interface in node.interfaces]
        first = 1 if stem == "swp" else 0
        return next(f"{stem}{i}" for i in range(first, 99) if f"{stem}{i}" not in taken)

    def _mac(self):
        self._macs += 1
        return (
            f"02:{self._rng.randrange(256):02x}:{self._plan.seed % 65536 >> 8:02x}:"
            f"{self._plan.seed % 256:02x}:00:{self._macs:02x}"
        )

    def _prefix(self, number, members):
        rng = self._rng
        length = rng.choice((24, 24, 24, 26, 28, 22) + ((30,) if members == 2 else ()))
        base = rng.choice(
            (
                f"10.{number}.{rng.randrange(256)}.0",
                f"172.{16 + number}.{rng.randrange(256)}.0",
                f"192.168.{number * 16}.0",
            )
        )
        return str(ipaddress.ip_network(f"{base}/{length}", strict=False))

    def _loopbacks(self):
        for number, node in enumerate(self._plan.layer3(), 1):
            if self._rng.random() < (0.6 if node.kind == "router" else 0.25):
                node.interface("lo").addresses.append(f"10.255.0.{number}/32")
                node.blocks.append(f"10.255.0.{number}/32")
                if self._plan.dual:
                    node.interface("lo").addresses.append(f"fd00:ffff::{number:x}/128")
                    node.blocks.append(f"fd00:ffff::{number:x}/128")

    def _pods(self):
        plan, rng = self._plan, self._rng
        for number, node in enumerate(plan.layer3(), 1):
            if len(plan.nodes) >= LARGEST or rng.random() > 0.3:
                continue
            node.forwards = True
            block, block6 = f"10.244.{number}.0/24", f"fd00:244:{number:x}::/64"
            node.blocks += [block] + ([block6] if plan.dual else [])
            routed = rng.random() < 0.6
            plan.features.append("routed-pods" if routed else "bridged-pods")
            if not routed:
                bridge = Interface(
                    "cni0", self._mac(), 1500, "type bridge", addresses=[host_address(block, 1)]
                )
                bridge.addresses += [host_address(block6, 1)] if plan.dual else []
                node.interfaces.append(bridge)
            for count in range(rng.randint(1, min(2, LARGEST - len(plan.nodes)))):
                pod = Node(f"cni-{rng.randrange(1 << 48):012x}", "pod", node.name)
                plan.nodes[pod.name] = pod
                (self._routed_pod if routed else self._bridged_pod)(
                    node, pod, block, block6, count + 2
                )

    def _pod_wire(self, node, pod, name):
        pod.interfaces.append(Interface("lo", "", 65536))
        inner = self._wire(pod, "eth", node, "eth", 1500)
        outer = node.interfaces[-1]
        outer.name = name + f"{self._rng.randrange(1 << 44):011x}"[: 15 - len(name)]
        inner.peer = (node.name, outer.name)
        return inner, outer

    def _routed_pod(self, node, pod, block, block6, place):
        """Calico's way: a /32, a gateway that proxy ARP answers for, a host route."""
        inner, outer = self._pod_wire(node, pod, "cali")
        outer.mac = "ee:ee:ee:ee:ee:ee"
        own = host_address(block, place).split("/")[0]
        inner.addresses.append(f"{own}/32")
        pod.routes += [
            Route("169.254.1.1", [("", "eth0", 1)], more="scope link"),
            Route("default", [("169.254.1.1", "eth0", 1)]),
        ]
        node.routes.append(Route(own, [("", outer.name, 1)], more="scope link"))
        node.sysctls[f"net/ipv4/conf/{outer.name}/proxy_arp"] = 1
        node.sysctls[f"net/ipv4/conf/{outer.name}/rp_filter"] = 1
        if place == 2 and self._rng.random() < 0.7:
            node.routes.append(Route(block, kind="blackhole"))
        if self._plan.dual:
            own6, gateway = host_address(block6, place).split("/")[0], link_local(outer.mac)
            inner.addresses.append(f"{own6}/128")
            pod.routes.append(Route("default", [(gateway, "eth0", 1)]))
            node.routes.append(Route(own6, [("", outer.name, 1)]))

    def _bridged_pod(self, node, pod, block, block6, place):
        """The bridge plugin's way: the node's bridge is the gateway."""
        inner, outer = self._pod_wire(node, pod, "veth")
        outer.master = "cni0"
        inner.addresses.append(host_address(block, place))
        pod.routes.append(Route("default", [(host_address(block, 1).split("/")[0], "eth0", 1)]))
        if self._plan.dual:
            inner.addresses.append(host_address(block6, place))
            pod.routes.append(
                Route("default", [(host_address(block6, 1).split("/")[0], "eth0", 1)])
            )
