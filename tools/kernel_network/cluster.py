"""Small Kubernetes clusters as networks: two nodes with pods, a client outside, the wires between."""

from dataclasses import dataclass, field

from .plan import Interface, Node, Plan, Route, host_address, link_local

FABRIC, CLIENT = "fabric", "client"
SUBNETS = ("192.0.2.0/24", "198.51.100.0/24")
SUBNETS6 = ("2001:db8:a::/64", "2001:db8:b::/64")
POD_NETWORK, POD_NETWORK6 = "10.244.0.0/16", "fd00:10:244::/48"
VTEP_MACS = ("66:00:00:00:00:01", "66:00:00:00:00:02")


@dataclass
class Pod:
    """A pod and where it runs."""

    namespace: str
    name: str
    node: str
    netns: str
    device: str
    address: str
    address6: str
    labels: dict = field(default_factory=dict)

    def ip(self, version):
        return self.address if version == 4 else self.address6


@dataclass
class Cluster:
    """What the network is, in Kubernetes' words."""

    plan: Plan
    mode: str
    nodes: list
    pods: list
    uplinks: dict = field(default_factory=dict)  # node → its address on the wire

    def pods_of(self, node):
        return [pod for pod in self.pods if pod.node == node]

    @property
    def routed(self):
        return self.mode.startswith("calico")

    def node_ip(self, node, version):
        return self.plan.nodes[node].interface("eth0").address(version)


APPS = (("shop", "front"), ("shop", "cart"), ("web", "api"), ("web", "db"))


def build(seed, mode, rng, two_subnets=False):
    """A cluster of two nodes with two pods each; `mode` says how pods are joined."""
    cluster = Cluster(Plan(seed, dual=True), mode, ["n1", "n2"], [])
    _Builder(cluster, rng, two_subnets).build()
    return cluster


class _Builder:
    def __init__(self, cluster, rng, two_subnets):
        self._cluster, self._plan, self._rng = cluster, cluster.plan, rng
        self._subnets = 2 if two_subnets else 1
        self._macs = 0

    def build(self):
        fabric = self._node(FABRIC, "switch" if self._subnets == 1 else "router")
        for number in range(self._subnets):
            addresses = [host_address(SUBNETS[number], 1), host_address(SUBNETS6[number], 1)]
            fabric.interfaces.append(
                Interface(f"sw{number}", self._mac(), 1500, "type bridge", addresses=addresses)
            )
        fabric.forwards = True
        for number, name in enumerate(self._cluster.nodes):
            self._join(self._node(name, "host", forwards=True), min(number, self._subnets - 1), 11 + number)
        self._join(self._node(CLIENT, "host"), 0, 200)
        for number, name in enumerate(self._cluster.nodes):
            self._pods(self._plan.nodes[name], number + 1)
        self._between_nodes()

    def _node(self, name, kind, forwards=False):
        node = Node(name, kind, forwards=forwards)
        node.interfaces.append(Interface("lo", "", 65536))
        self._plan.nodes[name] = node
        return node

    def _mac(self):
        self._macs += 1
        return f"02:{self._rng.randrange(256):02x}:00:00:00:{self._macs:02x}"

    def _wire(self, one, one_name, other, other_name, mtu=1500):
        first, second = Interface(one_name, self._mac(), mtu), Interface(other_name, self._mac(), mtu)
        first.peer, second.peer = (other.name, other_name), (one.name, one_name)
        first.options = "type veth"
        one.interfaces.append(first)
        other.interfaces.append(second)
        return first, second

    def _join(self, node, subnet, place):
        fabric = self._plan.nodes[FABRIC]
        end, port = self._wire(node, "eth0", fabric, f"p-{node.name}")
        port.master = f"sw{subnet}"
        end.addresses = [host_address(SUBNETS[subnet], place), host_address(SUBNETS6[subnet], place)]
        for prefix in (SUBNETS[subnet], SUBNETS6[subnet]):
            gateway = host_address(prefix, 1).split("/")[0]
            node.routes.append(Route("default", [(gateway, "eth0", 1)]))

    def _pods(self, node, number):
        for place, (namespace, app) in enumerate(APPS[2 * number - 2 : 2 * number], 2):
            name = f"{app}-{self._rng.randrange(1 << 20):05x}"
            pod = self._node(f"cni-{self._rng.randrange(1 << 32):08x}", "pod")
            pod.parent = node.name
            device = f"{'cali' if self._cluster.routed else 'veth'}{self._rng.randrange(1 << 44):011x}"
            inner, outer = self._wire(pod, "eth0", node, device[:15], self._pod_mtu())
            addresses = [f"10.244.{number}.{place}", f"fd00:10:244:{number:x}::{place:x}"]
            if self._cluster.routed:
                self._routed(node, pod, inner, outer, addresses)
            else:
                self._bridged(node, pod, inner, outer, number, place)
            self._cluster.pods.append(
                Pod(namespace, name, node.name, pod.name, outer.name, *addresses, {"app": app})
            )

    def _pod_mtu(self):
        return {"vxlan": 1450, "ipip": 1480}.get(self._cluster.mode.split("-")[1], 1500)

    def _routed(self, node, pod, inner, outer, addresses):
        """Calico's way: a host address, a gateway that proxy ARP answers for, a host route."""
        outer.mac = "ee:ee:ee:ee:ee:ee"
        inner.addresses = [f"{addresses[0]}/32", f"{addresses[1]}/128"]
        pod.routes += [
            Route("169.254.1.1", [("", "eth0", 1)], more="scope link"),
            Route("default", [("169.254.1.1", "eth0", 1)]),
            Route("default", [(link_local(outer.mac), "eth0", 1)]),
        ]
        node.routes += [
            Route(addresses[0], [("", outer.name, 1)], more="scope link"),
            Route(addresses[1], [("", outer.name, 1)]),
        ]
        for key, value in (("proxy_arp", 1), ("rp_filter", 1), ("route_localnet", 1)):
            node.sysctls[f"net/ipv4/conf/{outer.name}/{key}"] = value

    def _bridged(self, node, pod, inner, outer, number, place):
        """The bridge plugin's way: the node's bridge is the gateway, its ports are hairpins."""
        bridge = "cbr0" if self._cluster.mode == "kubenet-direct" else "cni0"
        prefixes = (f"10.244.{number}.0/24", f"fd00:10:244:{number:x}::/64")
        if not any(one.name == bridge for one in node.interfaces):
            node.interfaces.append(
                Interface(
                    bridge, self._mac(), self._pod_mtu(), "type bridge",
                    addresses=[host_address(prefix, 1) for prefix in prefixes],
                )
            )
        outer.master = bridge
        node.late_bridge.append(f"link set dev {outer.name} hairpin on")
        inner.addresses = [host_address(prefix, place) for prefix in prefixes]
        for prefix in prefixes:
            gateway = host_address(prefix, 1).split("/")[0]
            pod.routes.append(Route("default", [(gateway, "eth0", 1)]))

    def _between_nodes(self):
        tunnel = self._cluster.mode.split("-")[1]
        one, other = (self._plan.nodes[name] for name in self._cluster.nodes)
        for number, (node, far) in enumerate(((one, other), (other, one)), 1):
            if self._cluster.routed:
                node.routes.append(Route(f"10.244.{number}.0/24", kind="blackhole"))
            if tunnel == "vxlan":
                self._vxlan(node, number, far)
            elif tunnel == "ipip":
                self._ipip(node, number, far)
            else:
                self._direct(node, number, far)
            self._direct6(node, number, far)

    def _direct(self, node, number, far):
        gateway = far.interface("eth0").address(4)
        if self._subnets == 2:
            gateway = host_address(SUBNETS[number - 1], 1).split("/")[0]
            self._plan.nodes[FABRIC].routes.append(
                Route(f"10.244.{number}.0/24", [(node.interface("eth0").address(4), f"sw{number - 1}", 1)])
            )
        node.routes.append(Route(f"10.244.{3 - number}.0/24", [(gateway, "eth0", 1)], more="proto bird"))

    def _direct6(self, node, number, far):
        gateway = far.interface("eth0").address(6)
        if self._subnets == 2:
            gateway = host_address(SUBNETS6[number - 1], 1).split("/")[0]
            self._plan.nodes[FABRIC].routes.append(
                Route(f"fd00:10:244:{number:x}::/64", [(node.interface("eth0").address(6), f"sw{number - 1}", 1)])
            )
        node.routes.append(Route(f"fd00:10:244:{3 - number:x}::/64", [(gateway, "eth0", 1)]))

    def _vxlan(self, node, number, far):
        name = "vxlan.calico" if self._cluster.routed else "flannel.1"
        number_of_network, port = (4096, 4789) if self._cluster.routed else (1, 8472)
        own, vtep = node.interface("eth0").address(4), f"10.244.{3 - number}.0"
        node.interfaces.append(
            Interface(
                name, VTEP_MACS[number - 1], 1450,
                f"type vxlan id {number_of_network} local {own} dev eth0 dstport {port} nolearning",
                addresses=[f"10.244.{number}.0/32"],
            )
        )
        node.late.append(f"neigh replace {vtep} lladdr {VTEP_MACS[2 - number]} dev {name} nud permanent")
        node.late_bridge.append(
            f"fdb append {VTEP_MACS[2 - number]} dev {name} dst {far.interface('eth0').address(4)}"
        )
        node.routes.append(Route(f"10.244.{3 - number}.0/24", [(vtep, name, 1)], more="onlink"))

    @staticmethod
    def _ipip(node, number, far):
        node.late += ["link set tunl0 up mtu 1480", f"addr add 10.244.{number}.0/32 dev tunl0"]
        gateway = far.interface("eth0").address(4)
        node.late.append(f"route add 10.244.{3 - number}.0/24 via {gateway} dev tunl0 proto bird onlink")
