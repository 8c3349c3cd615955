"""Random rulesets in nftables' own language, over all of its vocabulary that a router's packets meet."""

from dataclasses import dataclass

CLIENTS = {4: [f"10.1.0.{n}" for n in range(10, 16)], 6: [f"fd00:1::{n:x}" for n in range(16, 22)]}
SERVERS = {4: [f"10.2.0.{n}" for n in range(10, 16)], 6: [f"fd00:2::{n:x}" for n in range(16, 22)]}
ROUTER = {4: ["10.1.0.1", "10.2.0.1"], 6: ["fd00:1::1", "fd00:2::1"]}
PORTS = [53, 80, 443, 8080, 9000]


@dataclass
class Surroundings:
    """What rules may be about. Addresses are six of a side at least, all lists are in rising order."""

    clients: dict  # by version of IP
    servers: dict
    nets: dict  # by version: a prefix of clients, one of servers
    spare: dict  # by version: an address to translate to, a range, a prefix
    devices: tuple  # two
    ports: list  # five
    dense: bool = True  # whether chains have many rules and policies drop often
    apart: bool = True  # whether the addresses' ranges and prefixes don't meet

    def merging(self):
        return "" if self.apart else " auto-merge;"


ROUTED = Surroundings(
    clients=CLIENTS,
    servers=SERVERS,
    nets={4: ("10.1.0.8/29", "10.2.0.8/29"), 6: ("fd00:1::10/125", "fd00:2::10/125")},
    spare={4: ("10.1.0.40-10.1.0.44", "10.1.0.40/29"), 6: ("fd00:1::28-fd00:1::2c", "fd00:1::28/125")},
    devices=("r0", "r1"),
    ports=PORTS,
)
HOOKS = {
    "raw": [("prerouting", "filter", "raw"), ("output", "filter", "raw")],
    "mangle": [
        ("prerouting", "filter", "mangle"),
        ("forward", "filter", "mangle"),
        ("output", "route", "mangle"),
        ("postrouting", "filter", "mangle + 1"),
    ],
    "nat": [
        ("prerouting", "nat", "dstnat"),
        ("output", "nat", "-100"),
        ("input", "nat", "100"),
        ("postrouting", "nat", "srcnat + 10"),
    ],
    "filter": [("input", "filter", "filter"), ("forward", "filter", "filter - 5"), ("output", "filter", "filter + 5")],
}


class NftRuleset:
    """The tables of one case."""

    def __init__(self, rng, around=ROUTED):
        self.rng, self.around = rng, around
        self.low, self.web, self.secure, self.other, self.high = around.ports
        self.family = rng.choice(["inet", "inet", "ip", "ip6"])
        self.versions = {"inet": [4, 6], "ip": [4], "ip6": [6]}[self.family]
        self.chances = rng.random() < 0.3
        self._begin_rule()

    def _begin_rule(self):
        self.version, self.transport = self.rng.choice(self.versions), self.rng.choice(["tcp", "tcp", "udp"])

    def text(self):
        """One statement a line, so that a line that the kernel refuses can be left out."""
        text = self._table(self.family, "one", ["raw", "mangle", "nat", "filter"])
        if self.rng.random() < 0.3:
            text += self._table(self.family, "two", ["mangle", "filter"])
        if self.rng.random() < 0.2:
            text += self._ingress()
        return text

    def _ingress(self):
        lines = ["add table netdev edge", f'add chain netdev edge in {{ type filter hook ingress device "{self.around.devices[0]}" priority 0; policy accept; }}']
        for _ in range(self.rng.randrange(1, 3)):
            self._begin_rule()
            parts = self._conditions("ingress", "ingress", 2)
            lines.append(f"add rule netdev edge in {' '.join(parts)} counter {self.rng.choice(['drop', 'accept'])}")
        return lines

    def _table(self, family, name, kinds):
        rng = self.rng
        table = f"{family} {name}"
        lines = [f"add table {table}", *self._sets(table)]
        chains = []
        for kind in kinds:
            for hook, kind_of_chain, priority in HOOKS[kind]:
                if rng.random() < (0.75 if self.around.dense else 0.35):
                    policy = "drop" if kind == "filter" and rng.random() < (0.2 if self.around.dense else 0.05) else "accept"
                    chain = f"{kind}-{hook}"
                    lines.append(
                        f"add chain {table} {chain} {{ type {kind_of_chain} hook {hook} priority {priority}; policy {policy}; }}"
                    )
                    chains.append((chain, kind, hook))
        users = [(f"{kind}-{hook}-{n}", kind, hook) for _, kind, hook in chains for n in range(rng.randrange(3))]
        lines += [f"add chain {table} {user}" for user, _, _ in users]
        for position, (chain, kind, hook) in enumerate(chains + users):
            below = [user for user, _, at in users[max(0, position - len(chains) + 1) :] if at == hook and user.startswith(kind)]
            if position < len(chains):
                below = [user for user, _, _ in users if user.startswith(f"{chain}-")]
            for _ in range(rng.randrange(1, 5)):
                lines.append(f"add rule {table} {chain} {self._rule(kind, hook, below)}")
        return lines

    def _sets(self, table):
        rng = self.rng
        lines = []
        for version in self.versions:
            kind = f"ipv{version}_addr"
            all_of = list(dict.fromkeys(self.around.clients[version] + self.around.servers[version]))
            lines += [
                f"add set {table} ips{version} {{ type {kind}; elements = {{ {', '.join(rng.sample(all_of, 4))} }}; }}",
                f"add set {table} nets{version} {{ type {kind}; flags interval;{self.around.merging()} elements = {{ {', '.join(self._apart(version))} }}; }}",
                f"add set {table} pairs{version} {{ type {kind} . inet_proto . inet_service; elements = {{ {', '.join(self._triples(version))} }}; }}",
                f"add set {table} wide{version} {{ type {kind} . inet_service; flags interval; elements = {{ {self.around.servers[version][0]} . {self.web - 30}-{self.web + 20}, {self._net(version, True)} . {self.secure}, {self._net(version, False)} . {self.other - 80}-{self.high} }}; }}",
                f"add map {table} to{version} {{ type {kind} : {kind}; elements = {{ {', '.join(f'{one} : {rng.choice(self.around.servers[version])}' for one in rng.sample(self.around.servers[version], 3))} }}; }}",
                f"add map {table} what{version} {{ type {kind} : verdict; elements = {{ {', '.join(f'{one} : {self._plain()}' for one in rng.sample(all_of, 4))} }}; }}",
            ]
        lines += [
            f"add set {table} ports {{ type inet_service; flags interval; elements = {{ {self.web - 30}-{self.web + 10}, {rng.choice([str(self.secure), f'{self.other - 80}-{self.high - 1}'])} }}; }}",
            f'add map {table} marks {{ type ifname : mark; elements = {{ "{self.around.devices[0]}" : 0x1, "{self.around.devices[1]}" : 0x4002 }}; }}',
        ]
        return lines

    def _plain(self):
        return self.rng.choice(["accept", "drop", "continue", "return"])

    def _net(self, version, server):
        return self.around.nets[version][int(server)]

    def _apart(self, version):
        """Prefixes, ranges and addresses that don't meet."""
        first, second = self.around.clients[version], self.around.servers[version]
        return [f"{first[0]}-{first[2]}", first[4], self.rng.choice([self._net(version, True), second[1]])]

    def _triples(self, version):
        rng = self.rng
        return sorted({f"{rng.choice(self.around.servers[version])} . {rng.choice(['tcp', 'udp'])} . {rng.choice(self.around.ports)}" for _ in range(6)})

    def _rule(self, kind, hook, below):
        rng = self.rng
        self._begin_rule()
        parts = self._conditions(kind, hook, 3)
        if rng.random() < 0.2:
            return " ".join([*parts, "counter", self._verdict_map(hook, below)])
        statement, needed = self._statement(kind, hook, below)
        comment = rng.choice(["", "", ' comment "why: a rule"'])
        return " ".join([*needed, *parts, "counter", statement]) + comment

    def _conditions(self, kind, hook, most):
        return [self._condition(kind, hook) for _ in range(self.rng.choice([0, 1, 1, most]))]

    def _not(self):
        return "!= " if self.rng.random() < 0.25 else ""

    def _version(self):
        """One version of IP for all of a rule, since nft takes no rule that asks for both."""
        return self.version, "ip" if self.version == 4 else "ip6"

    def _condition(self, kind, hook):
        choices = [self._address, self._address, self._port, self._port, self._header, self._flags]
        if kind != "ingress":
            choices += [self._mark, self._connection, self._connection, self._membership, self._membership, self._chance]
            choices += [lambda: self._device(hook), lambda: self._route(hook), self._hash, self._sized]
        return self.rng.choice(choices)()

    def _address(self):
        rng = self.rng
        version, name = self._version()
        side, own = rng.choice([("saddr", self.around.clients), ("daddr", self.around.servers)])
        own = own[version]
        value = rng.choice([
            rng.choice(own), f"{own[1]}-{own[3]}", self._net(version, side == "daddr"),
            "{ " + ", ".join(rng.sample(own, 3)) + " }", f"{{ {own[0]}, {own[2]}-{own[4]} }}",
        ])
        if version == 4 and rng.random() < 0.15:
            return f"ip {side} & 0.0.0.1 == 0.0.0.{rng.randrange(2)}"
        return f"{name} {side} {self._not()}{value}"

    def _port(self):
        rng = self.rng
        side = rng.choice(["dport", "dport", "sport"])
        value = rng.choice([str(rng.choice(self.around.ports)), f"{self.web - 30}-{self.web + 10}", f"{{ {self.web}, {self.secure} }}", f"{{ {self.low}, {self.other - 80}-{self.high} }}", "1024-65535"])
        return rng.choice([f"{self.transport} {side} {self._not()}{value}", f"{self.transport} {side} {self._not()}{value}",
                           f"meta l4proto {{ tcp, udp }} th {side} {self._not()}{value}"])

    def _header(self):
        rng = self.rng
        version, name = self._version()
        hops = "ttl" if version == 4 else "hoplimit"
        icmp = "icmp" if version == 4 else "icmpv6"
        own = "ipv4" if version == 4 else "ipv6"
        families = [f"meta nfproto {own}"] if self.family == "inet" else []
        return rng.choice(families + [
            f"meta l4proto {self._not()}{rng.choice([self.transport, '{ tcp, icmp, ipv6-icmp }'])}",
            f"{name} {'protocol' if version == 4 else 'nexthdr'} {self._not()}{self.transport}",
            f"{name} {hops} {rng.choice(['< 40', '> 60', '64', '!= 64', '>= 63', '<= 33'])}",
            f"{name} dscp {self._not()}{rng.choice(['cs0', 'af11', 'ef', '{ af11, ef }'])}",
            f"{icmp} type . {icmp} code {self._not()}{{ echo-request . 0 }}" if rng.random() < 0.3 else f"meta l4proto {self.transport}",
            *([f"meta protocol {name}"] if self.family == "inet" else []),
        ])

    def _flags(self):
        if self.transport != "tcp":
            return "meta l4proto udp"
        return self.rng.choice([
            "tcp flags syn", "tcp flags ! syn", "tcp flags == syn", "tcp flags != syn", "tcp flags & (syn | ack) == syn",
            "tcp flags & (fin | syn | rst | ack) == syn", "tcp flags & (syn | ack) != 0", "tcp flags { syn, ack }",
        ])

    def _sized(self):
        return self.rng.choice([f"meta length {self._not()}40-60", "meta length > 100", f"meta length {self._not()}{{ 40, 60, 28-32 }}"])

    def _mark(self):
        rng = self.rng
        return rng.choice([
            f"meta mark & 0x1 == {rng.randrange(2)}", "meta mark & 0x4000 == 0x4000", "meta mark 0x1-0x12", "meta mark != 0x1",
            "meta mark & 0xf0 != 0x10", "ct mark & 0x1 == 0x1", "ct mark 0x20", "ct mark != 0x20", "meta mark { 0x0, 0x1, 0x12 }",
        ])

    def _connection(self):
        rng = self.rng
        version, name = self._version()
        return rng.choice([
            f"ct state {rng.choice(['new', 'established', 'established,related', 'invalid', 'untracked', 'new,untracked'])}",
            f"ct state {rng.choice(['!= new', '! established', '!= invalid'])}",
            "ct state { new, established }", f"ct direction {rng.choice(['original', 'reply'])}",
            f"ct status {rng.choice(['dnat', 'snat', '! dnat'])}",
            f"ct original {name} saddr {self._not()}{rng.choice(self.around.clients[version])}",
            f"ct original {name} daddr {self._not()}{rng.choice(self.around.servers[version])}",
            f"ct reply {name} saddr {self._not()}{rng.choice(self.around.servers[version])}",
            f"ct protocol {rng.choice(['tcp', 'udp'])}",
        ])

    def _membership(self):
        version, name = self._version()
        rng = self.rng
        return rng.choice([
            f"{name} {rng.choice(['saddr', 'daddr'])} {self._not()}@ips{version}",
            f"{name} {rng.choice(['saddr', 'daddr'])} {self._not()}@nets{version}",
            f"{name} daddr . meta l4proto . th dport {self._not()}@pairs{version}",
            f"{name} daddr . {self.transport} dport {self._not()}@wide{version}",
            f"{self.transport} dport {self._not()}@ports",
            f"{name} saddr . {self.transport} dport {{ {rng.choice(self.around.clients[version])} . {self.web}, {self._net(version, False)} . {self.secure}-{self.high} }}",
            f"{name} saddr . {name} daddr {{ {self.around.clients[version][0]} . {self.around.servers[version][1]}, {self.around.clients[version][2]} . {self.around.servers[version][0]} }}",
        ])

    def _route(self, hook):
        """The kernel answers about the device that a packet came in by only where there is one."""
        anywhere = [
            f"fib daddr type {self._not()}local", f"fib saddr type {self._not()}local", "fib daddr type { unicast, broadcast }",
        ]
        behind = [
            "fib saddr . iif oif exists", "fib saddr . iif oif missing", "fib saddr . mark . iif oif 0", "fib daddr . iif type local",
        ]
        return self.rng.choice(anywhere + (behind if hook in ("prerouting", "input", "forward") else []))

    def _chance(self):
        if not self.chances:
            return "meta pkttype host"
        return self.rng.choice(["numgen random mod 2 0", "numgen random mod 3 { 0, 1 }", "numgen inc mod 2 1"])

    def _hash(self):
        rng = self.rng
        _, name = self._version()
        return rng.choice([
            f"jhash {name} saddr mod 3 seed 0x{rng.randrange(1, 1 << 30):x} {rng.randrange(3)}",
            f"jhash {name} saddr . {self.transport} dport mod 4 seed 0x{rng.randrange(1, 1 << 30):x} < 2",
            f"jhash {name} saddr . {name} daddr mod 2 seed 0x{rng.randrange(1, 1 << 30):x} 1",
        ])

    def _device(self, hook):
        rng = self.rng
        one, two = self.around.devices
        inputs = [f'iifname {self._not()}"{one}"', f'iifname {self._not()}"{one[0]}*"', f'iif {self._not()}"{two}"', f'iifname {{ "{one}", "lo" }}']
        outputs = [f'oifname {self._not()}"{two}"', f'oif {self._not()}"{one}"', f'oifname "{one[0]}*"']
        both = [f'iifname . oifname {{ "{one}" . "{two}", "{two}" . "{one}" }}']
        return rng.choice({
            "prerouting": inputs, "input": inputs, "forward": inputs + outputs + both, "output": outputs + inputs[:1],
            "postrouting": outputs,
        }[hook])

    def _verdict_map(self, hook, below):
        rng = self.rng
        version, name = self._version()
        ends = [self._plain() for _ in range(3)] + [f"{rng.choice(['jump', 'goto'])} {user}" for user in below]
        end = lambda: rng.choice(ends)
        return rng.choice([
            f"{self.transport} dport vmap {{ {self.web} : {end()}, {self.secure}-{self.high} : {end()} }}",
            f"{name} saddr vmap @what{version}",
            f"ct state vmap {{ new : {end()}, established : {end()}, invalid : {end()} }}",
            f"meta l4proto . th dport vmap {{ tcp . {self.web} : {end()}, udp . {self.low} : {end()} }}",
            f"numgen random mod 3 vmap {{ 0 : {end()}, 1 : {end()}, 2 : {end()} }}" if self.chances
            else f"meta l4proto vmap {{ tcp : {end()}, udp : {end()} }}",
            f"{name} daddr . {self.transport} dport vmap {{ {self.around.servers[version][0]} . {self.web} : {end()}, {self._net(version, True)} . {self.secure} : {end()} }}",
            f"jhash {name} saddr mod 2 seed 0x5 vmap {{ 0 : {end()}, 1 : {end()} }}",
        ])

    def _statement(self, kind, hook, below):
        """What the rule does, and what must stand in front of it."""
        rng = self.rng
        verdicts = ["accept", "return"] + (["drop"] if kind != "nat" else [])
        jumps = [f"{rng.choice(['jump', 'jump', 'goto'])} {user}" for user in below]
        marks = [
            "meta mark set 0x1", "meta mark set meta mark | 0x4000", "meta mark set meta mark & 0xfffffffe | 0x10",
            "meta mark set meta mark ^ 0x3", "ct mark set meta mark", "meta mark set ct mark & 0xff", "ct mark set 0x20",
            "meta mark set iifname map @marks", f"meta mark set {self.transport} dport map {{ {self.web} : 0x12, {self.secure} : 0x1 }}", f"meta mark set jhash {'ip' if self.version == 4 else 'ip6'} saddr mod 4 seed 0x77 offset 16", "meta mark set meta mark << 4",
        ]
        asides = ["limit rate 1000000/second accept", "limit rate over 1000000/second drop", "quota until 100000 mbytes accept"]
        version, name = self._version()
        hops = "ttl" if version == 4 else "hoplimit"
        others = {
            "raw": [*marks, "notrack", "drop"],
            # Over IPv6 the kernel drops datagrams to itself whose header such a rule changed: their checksum fails.
            "mangle": [*marks, *marks, *["ip dscp set af11"] * (version == 4), f"{name} {hops} set 40", *asides],
            "filter": [*asides, "accept", "accept"],
            "nat": marks[:2],
        }[kind]
        if kind == "filter" and rng.random() < 0.3:
            return self._rejection()
        if kind == "nat" and rng.random() < 0.8:
            return self._translation(hook)
        return rng.choice(rng.choice([verdicts, jumps or others, others, others])), []

    def _rejection(self):
        wide = self.family == "inet"
        choices = [("reject", [])]
        if wide:
            choices += [(f"reject with icmpx {kind}", []) for kind in ("admin-prohibited", "host-unreachable", "no-route")]
        own = [f"meta nfproto ipv{self.version}"] if self.family == "inet" else []
        if self.version == 4:
            choices += [(f"reject with icmp {kind}", own) for kind in ("host-prohibited", "port-unreachable")]
        if self.version == 6:
            choices += [(f"reject with icmpv6 {kind}", own) for kind in ("addr-unreachable", "admin-prohibited")]
        if self.transport == "tcp":
            choices.append(("reject with tcp reset", ["meta l4proto tcp"]))
        return self.rng.choice(choices)

    def _translation(self, hook):
        rng = self.rng
        version, name = self._version()
        server, client = rng.choice(self.around.servers[version]), rng.choice(self.around.clients[version])
        ported = [f"meta l4proto {self.transport}"]
        bracketed = f"[{server}]" if version == 6 else server
        spare, free = self.around.spare[version]
        prefix = (self._net(version, True), free)
        if hook in ("prerouting", "output"):
            choices = [
                (f"dnat {name} to {server}", []), (f"dnat {name} to {bracketed}:{self.web}", ported),
                (f"dnat {name} to {self.around.servers[version][0]}-{self.around.servers[version][4]}", []),
                (f"dnat {name} to {self.around.servers[version][1]}-{self.around.servers[version][5]} persistent", []),
                (f"dnat {name} to {name} daddr map @to{version}", []),
                (f"dnat {name} to {name} daddr map {{ {self.around.servers[version][0]} : {server}, {self.around.servers[version][1]} : {self.around.servers[version][2]} }}", []),
                *([(f"dnat {name} to numgen random mod 2 map {{ 0 : {self.around.servers[version][0]}, 1 : {self.around.servers[version][1]} }}", [])] * self.chances),
                (f"dnat {name} to jhash {name} saddr mod 2 seed 0x9 map {{ 0 : {self.around.servers[version][3]}, 1 : {self.around.servers[version][2]} }}", []),
                (f"dnat {name} prefix to {name} daddr map {{ {prefix[0]} : {prefix[0]} }}", []),
                (f"dnat {name} addr . port to {self.transport} dport map {{ {self.web} : {server} . {self.other}, {self.secure} : {self.around.servers[version][3]} . {self.high} }}", []),
                (f"dnat to :{self.other}", ported), (f"redirect to :{self.other}", ported), ("redirect", []),
                (f"redirect to :{self.transport} dport map {{ {self.web} : {self.other}, {self.secure} : {self.high} }}", [f"meta l4proto {self.transport}"]),
            ]
        elif hook == "input":
            choices = [(f"snat {name} to {client}", [])]
        else:
            choices = [
                ("masquerade", []), (f"snat {name} to {client}", []), (f"snat {name} to {spare}", []),
                (f"snat {name} to {spare} persistent", []),
                (f"snat {name} prefix to {name} saddr map {{ {self._net(version, False)} : {prefix[1]} }}", []),
                (f"snat {name} to {name} saddr map {{ {self.around.clients[version][0]} : {client}, {self.around.clients[version][1]} : {self.around.clients[version][3]} }}", []),
            ]
        return rng.choice(choices)
