"""What is in the cluster: nodes, pods, Services, policies, and how the nodes carry pods' packets."""

import ipaddress
from dataclasses import dataclass, field

GLOBAL_MAC = "aa:bb:cc:dd:ee:ff"
VIRTUAL_SERVICE_IP = {4: "169.254.0.253", 6: "fc01::aabb:ccdd:eeff"}
SERVICE_CIDR = {4: "10.96.0.0/12", 6: "fd00:96::/108"}
TUNNEL_PORT, GATEWAY_PORT, FIRST_POD_PORT = 1, 2, 3
ZONES = {4: (65520, 65521), 6: (65510, 65511)}
TUNNELS = {"geneve": "genev_sys_6081", "vxlan": "vxlan_sys_4789", "gre": "gre_sys"}
MODES = ("encap", "noEncap", "hybrid", "networkPolicyOnly")


@dataclass
class Pod:
    namespace: str
    name: str
    labels: dict
    node: "Node"
    ip: str
    mac: str
    port: int
    device: str  # the node's end of its cable
    netns: str

    @property
    def full_name(self):
        return f"{self.namespace}/{self.name}"


@dataclass
class Node:
    name: str
    number: int
    ip: str
    prefix: int
    subnet: int
    pods_at: str  # the node's share of the pods' addresses
    gateway_mac: str
    pods: list = field(default_factory=list)

    @property
    def gateway(self):
        return str(next(ipaddress.ip_network(self.pods_at).hosts()))

    @property
    def router(self):
        return str(next(ipaddress.ip_network(f"{self.ip}/{self.prefix}", strict=False).hosts()))


@dataclass
class Service:
    namespace: str
    name: str
    ip: str
    port: int
    protocol: str
    endpoints: list
    group: int


@dataclass
class Policy:
    """Pods that only one kind of peer may reach, at one port; with `egress`, may reach."""

    namespace: str
    name: str
    applied_to: list
    peers: list
    protocol: str
    port: int
    conjunction: int
    egress: bool = False


@dataclass
class Cluster:
    mode: str
    tunnel: str
    proxy: bool
    version: int
    nodes: list
    services: list
    policies: list
    client: str

    @property
    def pods(self):
        return [pod for node in self.nodes for pod in node.pods]

    @property
    def kind(self):
        """How flows call the family's packets."""
        return "ip" if self.version == 4 else "ipv6"

    def tunnels_to(self, node, peer):
        return self.mode == "encap" or (self.mode == "hybrid" and node.subnet != peer.subnet)

    def overhead(self):
        if self.mode in ("noEncap", "networkPolicyOnly"):
            return 0
        return {"geneve": 50, "vxlan": 50, "gre": 42}[self.tunnel] + (20 if self.version == 6 else 0)


def make(rng, mode, tunnel, proxy, version):
    """Three nodes (the third in another subnet), seven pods, two Services, policies."""
    nodes = []
    tag = "".join(rng.choice("bcdfghjkmnpqrstvwxz") for _ in range(3))
    subnets = ("172.18.{}.{}", 24) if version == 4 else ("2001:db8:{}::{}", 64)
    pods_at = "10.{}.{}.0/24" if version == 4 else "fd00:10:{}:{}::/64"
    cluster = rng.randrange(200, 240)
    for number in (1, 2, 3):
        subnet = 2 if number == 3 else 1
        nodes.append(
            Node(
                f"{tag}-n{number}",
                number,
                subnets[0].format(subnet, 10 + number),
                subnets[1],
                subnet,
                pods_at.format(cluster, number),
                _mac(rng),
            )
        )
    places = [("shop", "web", 0), ("shop", "web", 1), ("shop", "web", 2), ("shop", "cart", 0)]
    places += [("ops", "probe", 0), ("ops", "probe", 1), ("ops", "db", 2)]
    for namespace, app, at in places:
        _pod(rng, nodes[at], namespace, app)
    everyone = [pod for node in nodes for pod in node.pods]
    web = [pod for pod in everyone if pod.labels["app"] == "web"]
    cart = [pod for pod in everyone if pod.labels["app"] == "cart"]
    probes = [pod for pod in everyone if pod.labels["app"] == "probe"]
    service = "10.96.{}.{}" if version == 4 else "fd00:96::{}:{}"
    services = [
        Service("shop", "web", service.format(7, 11), 80, "tcp", web, 5),
        Service("shop", "cart", service.format(7, 12), 5300, "udp", cart, 6),
    ]
    database = [pod for pod in everyone if pod.labels["app"] == "db"]
    policies = [
        Policy("ops", "db-from-probes", database, probes, "tcp", 8080, 3),
        Policy("shop", "cart-to-web", cart, web, "tcp", 8080, 4, egress=True),
    ]
    client = "172.18.1.100" if version == 4 else "2001:db8:1::100"
    return Cluster(mode, tunnel, proxy, version, nodes, services, policies, client)


def _pod(rng, node, namespace, app):
    suffix = "".join(rng.choice("bcdfghjklmnpqrstvwxz2456789") for _ in range(5))
    network = ipaddress.ip_network(node.pods_at)
    number = len(node.pods)
    digits = "".join(rng.choice("0123456789abcdef") for _ in range(6))
    node.pods.append(
        Pod(
            namespace,
            f"{app}-{suffix}",
            {"app": app},
            node,
            str(network[number + 2 + rng.randrange(5) * 10]),
            _mac(rng),
            FIRST_POD_PORT + number,
            f"{(app + '-' + suffix)[:8]}-{digits}",
            f"cni-{digits}-{rng.randrange(16**4):04x}",
        )
    )


def _mac(rng):
    return "02:" + ":".join(f"{rng.randrange(256):02x}" for _ in range(5))
