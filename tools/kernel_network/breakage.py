"""What goes wrong in clusters, one fault at a time."""

from .plan import Route

FAULTS = (
    "forward-drop",
    "other-backend-drop",
    "unknown-interface",
    "no-masquerade",
    "no-forwarding",
    "missing-route",
    "blackhole",
    "stale-neighbour",
    "no-proxy-arp",
    "no-hairpin",
    "stale-endpoint",
    "wrong-target-port",
    "stale-conntrack",
    "strict-reverse-path",
    "reject-first",
    "interface-down",
    "wrong-fdb",
)
NOBODY = "02:de:ad:00:00:01"


class Breakage:
    """One fault, in the plan, in the rules, or in what was built."""

    def __init__(self, setup, rng, fault):
        self._setup, self._rng, self._fault = setup, rng, fault
        self._node = rng.choice(setup.network.nodes)
        self._pod = rng.choice(setup.network.pods)

    def in_plan(self):
        """What must be known before anything is built."""
        setup, plan = self._setup, self._setup.network.plan
        node = plan.nodes[self._node]
        if self._fault == "forward-drop":
            setup.forward_policy = "DROP"
            setup.changes.append(self._without("Policy explicitly accepted packet"))
        elif self._fault == "unknown-interface":
            setup.changes.append(self._without(f"cali-from-wl-dispatch -i {self._pod.device}"))
        elif self._fault == "no-masquerade":
            setup.masquerade = False
            setup.changes.append(self._without("-A cali-nat-outgoing"))
        elif self._fault == "no-forwarding":
            node.forwards = False
        elif self._fault == "missing-route":
            node.routes = [one for one in node.routes if one.prefix != self._pod.address]
            node.routes = [one for one in node.routes if not one.prefix.endswith(".0/24") or one.kind]
        elif self._fault == "blackhole":
            node.routes.append(Route(f"{self._pod.address}/32", kind="blackhole", metric=0))
        elif self._fault == "no-proxy-arp":
            plan.nodes[self._pod.node].sysctls.pop(f"net/ipv4/conf/{self._pod.device}/proxy_arp", None)
        elif self._fault == "no-hairpin":
            for one in plan.nodes.values():
                one.late_bridge = [line for line in one.late_bridge if "hairpin" not in line]
        elif self._fault == "stale-endpoint":
            self._elsewhere(address="10.244.2.99", address6="fd00:10:244:2::63")
        elif self._fault == "wrong-target-port":
            for service in setup.services[:2]:
                service.target = 8081
        elif self._fault == "strict-reverse-path":
            for key in ("all", "eth0"):
                node.sysctls[f"net/ipv4/conf/{key}/rp_filter"] = 1
        elif self._fault == "reject-first":
            setup.changes.append(self._reject_first)

    def _without(self, words):
        def change(node, table, rules):
            return [rule for rule in rules if words not in rule]

        return change

    def _reject_first(self, node, table, rules):
        if table != "filter" or node != self._node:
            return rules
        return ["-A FORWARD -j REJECT", *rules]

    def _elsewhere(self, **addresses):
        """An endpoint that is no pod any more."""
        service = self._setup.services[0]
        old = service.endpoints[0]
        ghost = type(old)(old.namespace, "gone", old.node, "", "", addresses["address"], addresses["address6"])
        service.endpoints = [ghost, *service.endpoints[1:]]

    def in_kernel(self, world):
        """What is done to the finished network; gives what the kernel refused."""
        setup, namespace = self._setup, world[self._node]
        others = [one for one in setup.network.nodes if one != self._node]
        far = setup.network.node_ip(others[0], 4)
        if self._fault == "other-backend-drop":
            other = "nft" if setup.backend == "legacy" else "legacy"
            return namespace.feed(
                f"iptables-{other}-restore",
                "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n:DOCKER-USER - [0:0]\n"
                "-A FORWARD -j DOCKER-USER\n-A DOCKER-USER -j RETURN\nCOMMIT\n",
            ).splitlines()
        if self._fault == "stale-neighbour":
            return namespace.attempt("ip", [f"neigh replace {far} lladdr {NOBODY} dev eth0 nud permanent"])
        if self._fault == "interface-down":
            return world[self._pod.netns].attempt("ip", ["link set eth0 down"])
        if self._fault == "wrong-fdb":
            device = "vxlan.calico" if setup.network.routed else "flannel.1"
            if device in namespace.devices():
                return namespace.attempt("bridge", [
                    f"fdb replace 66:00:00:00:00:0{2 if self._node == 'n1' else 1} dev {device} dst 192.0.2.99"
                ])
        if self._fault == "stale-conntrack":
            return self._stale_entry(world)
        return []

    def _stale_entry(self, world):
        """An entry that a Service's old endpoint left behind, for the probes from a pod's port range."""
        service, pod = self._setup.services[0], self._setup.network.pods[0]
        said = []
        for port in range(41000, 41060):
            said += world[pod.node].output(
                f"conntrack -I -p udp -s {pod.address} -d {service.address} --sport {port} --dport {service.port}"
                f" --dst-nat 10.244.1.88:8080 -t 120"
            ).splitlines()
        return [line for line in said if "rror" in line][:3]
