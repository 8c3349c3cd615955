"""Random packet filters for a plan: what nodes drop, refuse, translate and mark."""

from .plan import Route
from .routing import neighbours

REFUSALS = {
    4: ("icmp-port-unreachable", "icmp-host-unreachable", "icmp-admin-prohibited", "tcp-reset"),
    6: ("icmp6-port-unreachable", "icmp6-adm-prohibited", "icmp6-addr-unreachable", "tcp-reset"),
}

KINDS_OF_SETS = ("hash:ip", "hash:net", "hash:ip,port", "hash:net,port", "hash:ip,port,ip", "hash:net,net", "hash:net,iface")


def guard(plan, rng):
    """Gives about half of the networks packet filters, and then about half of their nodes."""
    if rng.random() <= 0.45:
        _guard(plan, rng, _Writer)


def guard_by_sets(plan, rng):
    """Gives most nodes packet filters that ask for sets."""
    plan.features.append("ipset")
    _guard(plan, rng, _SetWriter)


def _guard(plan, rng, kind):
    backend = rng.choice(("legacy", "nft"))
    for node in plan.layer3():
        if rng.random() < 0.55:
            for version in plan.versions():
                writer = kind(plan, rng, node, version)
                node.filters[version] = (backend, writer.text())
                (node.late if version == 4 else node.late6).extend(writer.rules)
                node.routes.extend(writer.routes)
                node.sets += writer.sets
    plan.features.append(f"iptables-{backend}")


class _Writer:
    """The tables of one node in one family."""

    def __init__(self, plan, rng, node, version):
        self._plan, self._rng, self._node, self._version = plan, rng, node, version
        self.rules, self.routes, self.sets = [], [], []
        self._devices = [one.name for one in node.interfaces]
        self._addresses = [one for other in plan.senders() for one in other.addresses(version)]
        self._prefixes = [
            one.prefix if version == 4 else one.prefix6 for one in plan.segments
        ] + self._addresses

    def text(self):
        tables = {
            "raw": (("PREROUTING", "OUTPUT"), self._raw, 0.1),
            "mangle": (("PREROUTING", "OUTPUT", "FORWARD"), self._mangle, 0.3),
            "nat": (("PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"), self._nat, 0.6),
            "filter": (("INPUT", "FORWARD", "OUTPUT"), self._filter, 0.8),
        }
        return "".join(
            self._table(name, chains, rule)
            for name, (chains, rule, share) in tables.items()
            if self._rng.random() < share
        )

    def _table(self, name, chains, rule):
        lines = [f"*{name}"]
        for chain in chains:
            drops = name == "filter" and self._rng.random() < 0.06
            lines.append(f":{chain} {'DROP' if drops else 'ACCEPT'} [0:0]")
        if name == "filter" and self._rng.random() < 0.3:
            for chain in chains:
                lines.append(f"-A {chain} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT")
        for _ in range(self._rng.randint(1, 4)):
            lines.append(rule())
        return "\n".join([*lines, "COMMIT", ""])

    def _pick(self, choices):
        return self._rng.choice(choices)

    def _selector(self, chain, protocol=""):
        rng, words = self._rng, []
        if chain in ("PREROUTING", "INPUT", "FORWARD") and rng.random() < 0.25:
            words.append(f"{self._not()}-i {self._pick(self._devices)}")
        if chain in ("POSTROUTING", "OUTPUT", "FORWARD") and rng.random() < 0.25:
            words.append(f"{self._not()}-o {self._pick(self._devices)}")
        if rng.random() < 0.35:
            words.append(f"{self._not()}-s {self._pick(self._prefixes)}")
        if rng.random() < 0.35:
            words.append(f"{self._not()}-d {self._pick(self._prefixes)}")
        if not protocol and rng.random() < 0.6:
            protocol = self._pick(("udp", "tcp", "icmp" if self._version == 4 else "ipv6-icmp"))
        if protocol:
            words.append(f"-p {protocol}")
            if protocol in ("udp", "tcp") and rng.random() < 0.4:
                words.append(f"-m {protocol} --dport {self._pick((8080, 8080, 9))}")
        if rng.random() < 0.12:
            words.append(f"-m conntrack --ctstate {self._pick(('NEW', 'INVALID', 'ESTABLISHED'))}")
        if rng.random() < 0.08:
            words.append(f"-m mark --mark {self._pick(('0x1', '0x0/0x2'))}")
        if chain in ("PREROUTING", "INPUT", "FORWARD") and rng.random() < 0.1:
            words.append(self._frame(chain))
        return " ".join(words)

    def _frame(self, chain):
        """How the packet came in: over which ports of a bridge, from which sender's device."""
        bridged = ["--physdev-is-bridged"] if chain == "FORWARD" else []
        port = self._pick(["--physdev-is-in", f"--physdev-in {self._pick(self._devices)}", "--physdev-in veth+", *bridged])
        macs = [one.mac for other in self._plan.senders() for one in other.interfaces if one.mac]
        choices = [f"-m physdev {self._not()}{port}"]
        if macs:
            choices.append(f"-m mac {self._not()}--mac-source {self._pick(macs)}")
        return self._pick(choices)

    def _not(self):
        return "! " if self._rng.random() < 0.15 else ""

    def _raw(self):
        chain = self._pick(("PREROUTING", "OUTPUT"))
        target = self._pick(("-j CT --notrack", "-j CT --notrack", "-j DROP"))
        return f"-A {chain} {self._selector(chain)} {target}"

    def _mangle(self):
        chain = self._pick(("PREROUTING", "PREROUTING", "OUTPUT", "FORWARD"))
        mark = self._pick((1, 2))
        if chain != "FORWARD" and self._rng.random() < 0.7 and not self.rules:
            self._route_by(mark)
        return f"-A {chain} {self._selector(chain)} -j MARK --set-xmark {mark}/0xffffffff"

    def _route_by(self, mark):
        """A policy rule for the mark, to a table that leads to a neighbour."""
        gateways = [
            (theirs.address(self._version), own)
            for _, theirs, own in neighbours(self._plan, self._node)
            if theirs.address(self._version)
        ]
        if gateways:
            via, device = self._pick(gateways)
            self.routes.append(Route("default", [(via, device, 1)], table=300))
            self.rules.append(f"rule add fwmark {mark} priority 900 lookup 300")

    def _nat(self):
        draw = self._rng.random()
        if draw < 0.45:
            return f"-A POSTROUTING {self._selector('POSTROUTING')} -j MASQUERADE"
        own = self._node.addresses(self._version)
        if draw < 0.65 and own:
            selector = self._selector("POSTROUTING")
            return f"-A POSTROUTING {selector} -j SNAT --to-source {self._pick(own)}"
        chain = self._pick(("PREROUTING", "PREROUTING", "OUTPUT"))
        protocol = self._pick(("udp", "tcp"))
        asked, answering = self._pick(self._addresses), self._pick(self._addresses)
        return f"-A {chain} -d {asked} -p {protocol} -j DNAT --to-destination {answering}"

    def _filter(self):
        chain = self._pick(("INPUT", "FORWARD", "FORWARD", "OUTPUT"))
        draw = self._rng.random()
        if draw < 0.3:
            return f"-A {chain} {self._selector(chain)} -j DROP"
        if draw < 0.65:
            kind = self._pick(REFUSALS[self._version])
            protocol = "tcp" if kind == "tcp-reset" else ""
            return f"-A {chain} {self._selector(chain, protocol)} -j REJECT --reject-with {kind}"
        return f"-A {chain} {self._selector(chain)} -j ACCEPT"


class _SetWriter(_Writer):
    """Rules of which most ask for a set."""

    def __init__(self, plan, rng, node, version):
        super().__init__(plan, rng, node, version)
        family = "inet" if version == 4 else "inet6"
        self._sided = {f"pw{version}-{kind.split(':', 1)[1].replace(',', '-')}": kind for kind in KINDS_OF_SETS}
        for name, kind in self._sided.items():
            self.sets.append(f"create {name} {kind} family {family}")
            self.sets += [f"add {name} {member}" for member in self._members(kind)]

    def _members(self, kind):
        members = {self._member(kind) for _ in range(self._rng.randint(1, 6))}
        refusals = [" nomatch"] if "net" in kind else []
        return sorted(one + self._pick(["", "", "", *refusals]) for one in members)

    def _member(self, kind):
        return ",".join(self._part(part) for part in kind.split(":")[1].split(","))

    def _part(self, part):
        if part == "net":
            return self._pick(self._prefixes)
        if part == "port":
            ping = "icmp:echo-request" if self._version == 4 else "icmpv6:echo-request"
            return self._pick(("udp:8080", "tcp:8080", "tcp:9", "udp:8000-9000", ping))
        return self._pick(self._devices if part == "iface" else self._addresses)

    def _selector(self, chain, protocol=""):
        words = super()._selector(chain, protocol)
        if self._rng.random() < 0.3:
            return words
        name = self._pick([one for one, kind in self._sided.items() if "iface" not in kind or chain != "OUTPUT"])
        sides = [self._pick(("src", "dst")) for _ in self._sided[name].split(",")]
        if "iface" in self._sided[name]:
            sides[-1] = "src" if chain in ("PREROUTING", "INPUT") else "dst" if chain == "POSTROUTING" else sides[-1]
        return f"{words} -m set {self._not()}--match-set {name} {','.join(sides)}"
