"""Networks with a director of IPVS: a client, the director, and real servers at different distances.

  client ─ director ─┬─ near    a real server beside the director
                     ├─ other   another
                     └─ router ─ far
"""

from dataclasses import dataclass, field

from .plan import Interface, Node, Plan, Route

CLIENT, DIRECTOR, NEAR, OTHER, ROUTER, FAR = "client", "director", "near", "other", "router", "far"
REAL = (NEAR, OTHER, FAR)
LINKS = ((CLIENT, DIRECTOR), (NEAR, DIRECTOR), (OTHER, DIRECTOR), (ROUTER, DIRECTOR), (FAR, ROUTER))
VIRTUAL = "vip0"
MARK = 7
EVERY_PORT = 0
SCHEDULERS = ("rr", "rr", "wrr", "lc", "wlc", "sh", "dh", "sed", "nq", "fo", "ovf", "mh")
DECAPSULATORS = {"tunl0": 4, "ip6tnl0": 6, "sit0": 6}
MODULES = ("ip_vs", *(f"ip_vs_{one}" for one in set(SCHEDULERS)), "dummy", "ipip", "sit", "ip6_tunnel")


@dataclass
class Server:
    """A real server of a virtual one."""

    node: str
    address: str
    port: int
    forwarding: str  # -m, -g or -i
    weight: int


@dataclass
class Virtual:
    """A virtual server: `port` 0 is every port, a mark counts instead of address and port."""

    protocol: str
    address: str
    port: int
    scheduler: str
    mark: int = 0
    options: str = ""
    servers: list = field(default_factory=list)

    @property
    def version(self):
        return 6 if ":" in self.address else 4

    def lines(self):
        """Lines of `ipvsadm -R`."""
        if self.mark:
            selector = f"-f {self.mark}" + (" -6" if self.version == 6 else "")
        else:
            selector = f"{'-t' if self.protocol == 'tcp' else '-u'} {_end(self.address, self.port)}"
        lines = [f"-A {selector} -s {self.scheduler} {self.options}".rstrip()]
        for one in self.servers:
            lines.append(
                f"-a {selector} -r {_end(one.address, one.port)} {one.forwarding} -w {one.weight}"
            )
        return lines


def _end(address, port):
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def build(seed, rng):
    """The network, without virtual servers."""
    plan = Plan(seed, dual=True)
    plan.first_index = 30  # modules make devices in every namespace
    for name in (CLIENT, DIRECTOR, *REAL[:2], ROUTER, FAR):
        node = Node(name, "host", forwards=name in (DIRECTOR, ROUTER))
        node.interfaces.append(Interface("lo", "", 65536))
        plan.nodes[name] = node
    for number, (lower, upper) in enumerate(LINKS, 1):
        mtu = 1400 if number > 1 and rng.random() < 0.15 else 1500
        _join(plan, number, plan.nodes[lower], plan.nodes[upper], mtu)
    _routes(plan)
    for node in plan.nodes.values():
        node.sysctls |= {f"net/ipv4/conf/{one}/rp_filter": 0 for one in ("all", "default")}
        node.sysctls |= {f"net/ipv4/conf/{one.name}/rp_filter": 0 for one in node.interfaces}
    return plan


def _join(plan, number, lower, upper, mtu):
    one = Interface("eth0", f"02:00:00:00:{number:02x}:02", mtu, "type veth", (upper.name, f"to-{lower.name}"))
    other = Interface(f"to-{lower.name}", f"02:00:00:00:{number:02x}:01", mtu, peer=(lower.name, "eth0"))
    for end, last in ((one, 2), (other, 1)):
        end.addresses = [f"10.{number}.0.{last}/24", f"fd00:{number}::{last}/64"]
    lower.interfaces.append(one)
    upper.interfaces.append(other)
    for gateway in (f"10.{number}.0.1", f"fd00:{number}::1"):
        lower.routes.append(Route("default", [(gateway, "eth0", 1)]))


def _routes(plan):
    far = len(LINKS)
    for prefix, gateway in ((f"10.{far}.0.0/24", "10.4.0.2"), (f"fd00:{far}::/64", "fd00:4::2")):
        plan.nodes[DIRECTOR].routes.append(Route(prefix, [(gateway, f"to-{ROUTER}", 1)]))


def addresses():
    """The virtual addresses of both versions."""
    return [f"10.9.0.{number}" for number in range(1, 7)] + [f"fd00:9::{number}" for number in range(1, 7)]


def _bits(address):
    return 128 if ":" in address else 32


def give_addresses(plan):
    """The director has the virtual addresses on a dummy device, real servers on loopback ones."""
    client = plan.nodes[CLIENT]
    client.routes += [Route("10.9.0.0/24", [("10.1.0.1", "eth0", 1)])]
    director = plan.nodes[DIRECTOR]
    director.late += [f"link add {VIRTUAL} type dummy", f"link set {VIRTUAL} up"]
    director.late += [f"addr add {one}/{_bits(one)} dev {VIRTUAL} {'nodad' if ':' in one else ''}" for one in addresses()]
    for name in REAL:
        node = plan.nodes[name]
        for device in DECAPSULATORS:
            node.late += [f"link set {device} up"]
            node.sysctls[f"net/ipv4/conf/{device}/rp_filter"] = 0
        node.late += [f"addr add {one}/{_bits(one)} dev lo" for one in addresses()]


def random_servers(plan, rng, families=(4, 6)):
    """Virtual servers of every kind, one for each address."""
    found = []
    for version in families:
        pool = [one for one in addresses() if (":" in one) == (version == 6)]
        for number, address in enumerate(pool):
            protocol, draw = rng.choice(("tcp", "udp", "udp")), rng.random()
            port = EVERY_PORT if draw < 0.12 else 8080
            scheduler = rng.choice(SCHEDULERS)
            virtual = Virtual(protocol, address, port, scheduler)
            if number == 0 and rng.random() < 0.7:
                virtual.mark, virtual.port = MARK, EVERY_PORT
            if port == EVERY_PORT or rng.random() < 0.2:
                virtual.options = "-p 300" + (" -M 128" if version == 6 else "")
            elif protocol == "udp" and rng.random() < 0.05 and not virtual.mark:
                virtual.options = "-o"
            if virtual.scheduler in ("sh", "mh") and rng.random() < 0.4:
                virtual.options = (virtual.options + f" -b {virtual.scheduler}-port").strip()
            _add_servers(plan, rng, virtual)
            found.append(virtual)
    return found


def _add_servers(plan, rng, virtual):
    modes = rng.choice((["-m"], ["-m"], ["-g"], ["-i"], ["-m", "-g", "-i"]))
    names = rng.sample((*REAL, DIRECTOR), rng.choice((0, 1, 1, 2, 2, 3)))
    for name in names:
        forwarding = rng.choice(modes)
        if name == DIRECTOR and forwarding == "-i":
            continue
        version = virtual.version
        if forwarding == "-i" and not virtual.mark and rng.random() < 0.2:
            version = 10 - version  # a tunnel may be of the other version
        interface = "to-client" if name == DIRECTOR else "eth0"
        address = plan.nodes[name].interface(interface).address(version)
        if name == DIRECTOR and forwarding == "-g":
            continue
        port = virtual.port if forwarding != "-m" or virtual.mark else 8080
        if virtual.port == EVERY_PORT:
            port = EVERY_PORT
        weight = rng.choice((0, 1, 1, 2, 3))
        virtual.servers.append(Server(name, address, port, forwarding, weight))


def random_rules(virtuals, rng):
    """By IP version, what iptables-restore reads on the director."""
    rules = {}
    for version in (4, 6):
        marked = [one for one in virtuals if one.mark and one.version == version]
        masquerade = rng.choice((None, None, "-j MASQUERADE", f"-o to-{NEAR} -j MASQUERADE"))
        invalid = rng.random() < 0.3
        drop = rng.choice((None, None, f"-A OUTPUT -o to-{OTHER} -p udp -j DROP", f"-A FORWARD -i to-{NEAR} -p tcp -j DROP",
                           "-A INPUT -p udp --dport 8080 -m conntrack --ctstate NEW -j ACCEPT"))
        if not (marked or masquerade or invalid or drop):
            continue
        text = ["*mangle"]
        text += [f"-A PREROUTING -d {one.address} -j MARK --set-mark {one.mark}" for one in marked]
        text += ["COMMIT", "*nat"]
        text += [f"-A POSTROUTING {masquerade}"] if masquerade else []
        text += ["COMMIT", "*filter"]
        text += ["-A FORWARD -m conntrack --ctstate INVALID -j DROP"] if invalid else []
        text += [drop] if drop else []
        rules[version] = ("legacy", "\n".join([*text, "COMMIT", ""]))
    return rules
