"""A cluster turned into namespaces with switches, routes and rules."""

import os
import time

from .. import namespaces
from . import pipeline, rules
from .cluster import GLOBAL_MAC
from .switches import Switch

UPLINK, FABRIC = "ens160", "fabric"
QUIET = {
    "net/ipv4/neigh/default/retrans_time_ms": 1000,
    "net/ipv4/neigh/default/delay_first_probe_time": 60,
    "net/ipv6/neigh/default/delay_first_probe_time": 60,
    "net/ipv6/conf/default/accept_dad": 0,
    "net/ipv6/conf/all/accept_dad": 0,
    "net/ipv6/conf/default/router_solicitations": 0,
    "net/ipv6/conf/default/accept_ra": 0,
    "net/ipv4/conf/all/rp_filter": 0,
    "net/ipv4/conf/default/rp_filter": 0,
}


class World:
    """The running cluster: its namespaces by name, and the nodes' switches."""

    def __init__(self, cluster, directory):
        self.cluster = cluster
        self._view = namespaces.View()
        self.namespaces, self.switches = {}, {}
        for name in (FABRIC, "client", *(node.name for node in cluster.nodes)):
            self._make(name, forwards=name != "client")
        for pod in cluster.pods:
            self._make(pod.netns, forwards=False)
        self._cable()
        for node in cluster.nodes:
            switch = Switch(self.namespaces[node.name], os.path.join(directory, node.name))
            self.switches[node.name] = switch
            switch.make_bridge(cluster, node)
            for pod in node.pods:
                self._plug(pod, switch)
            self._address(node)
            switch.program(pipeline.groups(cluster, node), pipeline.flows(cluster, node))
        for node in cluster.nodes:
            self._route(node)
            rules.load(cluster, node, self.namespaces[node.name])
        time.sleep(2)  # link-local addresses, and the kernel's news of links

    def _make(self, name, forwards):
        namespace = namespaces.Namespace(name, self._view)
        self.namespaces[name] = namespace
        settings = dict(QUIET)
        if forwards:
            settings |= {"net/ipv4/ip_forward": 1, "net/ipv6/conf/all/forwarding": 1}
        if self.cluster.version == 4:
            settings |= {
                "net/ipv6/conf/default/disable_ipv6": 1,
                "net/ipv6/conf/all/disable_ipv6": 1,
            }
        for key, value in settings.items():
            if namespace.has(key):
                namespace.set(key, value)
        namespace.ip("link set lo up")

    def _cable(self):
        """Two subnets with a router between them: bridges in the fabric."""
        fabric = self.namespaces[FABRIC]
        for subnet in (1, 2):
            router = next(n.router for n in self.cluster.nodes if n.subnet == subnet)
            prefix = self.cluster.nodes[0].prefix
            fabric.ip(
                f"link add sw{subnet} type bridge",
                f"link set sw{subnet} up",
                f"addr add {router}/{prefix} dev sw{subnet}{self._nodad}",
            )
        ends = [(node.name, node.subnet, node.ip, node.router) for node in self.cluster.nodes]
        ends.append(("client", 1, self.cluster.client, self.cluster.nodes[0].router))
        for number, (name, subnet, address, router) in enumerate(ends):
            fabric.ip(
                f"link add p{number} type veth peer name {UPLINK} netns {name}",
                f"link set p{number} master sw{subnet} up",
            )
            self.namespaces[name].ip(
                f"link set {UPLINK} up",
                f"addr add {address}/{self.cluster.nodes[0].prefix} dev {UPLINK}{self._nodad}",
                f"route add default via {router} dev {UPLINK}",
            )

    @property
    def _nodad(self):
        return " nodad" if self.cluster.version == 6 else ""

    @property
    def _bits(self):
        return 32 if self.cluster.version == 4 else 128

    def _plug(self, pod, switch):
        mtu = 1500 - self.cluster.overhead()
        self.namespaces[pod.node.name].ip(
            f"link add {pod.device} mtu {mtu} type veth peer name eth0 mtu {mtu} netns {pod.netns}",
            f"link set {pod.device} up",
        )
        routed = self.cluster.mode == "networkPolicyOnly"
        prefix = self._bits if routed else pod.node.pods_at.split("/")[1]
        lines = [
            f"link set eth0 address {pod.mac} up",
            f"addr add {pod.ip}/{prefix} dev eth0{self._nodad}",
        ]
        if routed:
            lines += ["route add 169.254.1.1 dev eth0", "route add default via 169.254.1.1 dev eth0"]
        else:
            lines += [f"route add default via {pod.node.gateway} dev eth0"]
        self.namespaces[pod.netns].ip(*lines)
        switch.add_pod(pod)

    def _address(self, node):
        prefix = self._bits if self.cluster.mode == "networkPolicyOnly" else node.pods_at.split("/")[1]
        self.namespaces[node.name].ip(
            f"link set antrea-gw0 mtu {1500 - self.cluster.overhead()} up",
            f"addr add {node.gateway}/{prefix} dev antrea-gw0{self._nodad}",
        )

    def _route(self, node):
        cluster, lines = self.cluster, []
        for peer in cluster.nodes:
            if peer is node:
                continue
            if cluster.tunnels_to(node, peer):
                if cluster.version == 6:
                    lines.append(f"route add {peer.gateway}/128 dev antrea-gw0")
                    lines.append(
                        f"neigh add {peer.gateway} lladdr {GLOBAL_MAC} dev antrea-gw0 nud permanent"
                    )
                onlink = " onlink" if cluster.version == 4 else ""
                lines.append(f"route add {peer.pods_at} via {peer.gateway} dev antrea-gw0{onlink}")
            elif peer.subnet == node.subnet:
                lines.append(f"route add {peer.pods_at} via {peer.ip} dev {UPLINK}")
        if cluster.mode == "networkPolicyOnly":
            lines += [f"route add {pod.ip} dev antrea-gw0" for pod in node.pods]
        self.namespaces[node.name].ip(*lines)
        if not cluster.tunnels_to(node, cluster.nodes[node.number % len(cluster.nodes)]):
            self.namespaces[FABRIC].ip(f"route add {node.pods_at} via {node.ip}")

    def stop(self):
        for switch in self.switches.values():
            switch.stop()
