"""Random rulesets in iptables' own language, over the vocabulary that clusters use."""

CLIENTS = [f"10.1.0.{n}" for n in range(10, 16)]
SERVERS = [f"10.2.0.{n}" for n in range(10, 16)]
SETS = {
    "ips": "hash:ip",
    "nets": "hash:net",
    "ports": "bitmap:port range 0-65535",
    "ipports": "hash:ip,port",
    "netports": "hash:net,port",
    "triples": "hash:ip,port,ip",
    "faces": "hash:net,iface",
    "both": "list:set",
}
PORTS = [53, 80, 443, 8080, 9000]


def sets(rng):
    """Lines of `ipset restore`."""
    lines = [f"create {name} {kind}" for name, kind in SETS.items()]

    def add(name, elements):
        lines.extend(f"add {name} {one}" for one in dict.fromkeys(elements))

    addresses = CLIENTS + SERVERS
    add("ips", rng.sample(addresses, 4))
    add("nets", [_prefix(rng) for _ in range(3)])
    nested = rng.choice(SERVERS)
    if f"add nets {nested}" not in lines:
        add("nets", [f"{nested}/32 nomatch"])
    add("ports", rng.sample(PORTS, 2))
    add("ipports", [f"{rng.choice(addresses)},{_port(rng)}" for _ in range(4)])
    add("netports", [f"{_prefix(rng)},{_port(rng)}" for _ in range(4)])
    add("triples", [f"{rng.choice(CLIENTS)},{_port(rng)},{rng.choice(SERVERS)}" for _ in range(6)])
    add("faces", [f"{_prefix(rng)},{rng.choice(['r0', 'r1'])}" for _ in range(3)])
    add("both", ["ips", "nets"])
    return lines


def _port(rng):
    return f"{rng.choice(['tcp', 'udp'])}:{rng.choice(PORTS)}"


def _prefix(rng):
    base = rng.choice(["10.1.0.", "10.2.0."])
    return base + rng.choice(["0/24", "8/29", "12/30", "0/28"])


def _address(rng, own):
    return rng.choice([rng.choice(own), rng.choice(own) + "/31", own[0].rsplit(".", 1)[0] + ".0/24"])


def _not(rng, share=0.25):
    return "! " if rng.random() < share else ""


class Ruleset:
    """The tables of one case."""

    def __init__(self, rng):
        self.rng = rng

    def text(self):
        return "".join(self._table(name) for name in ("raw", "mangle", "nat", "filter"))

    def _table(self, name):
        rng = self.rng
        bases = {
            "raw": ["PREROUTING"],
            "mangle": ["PREROUTING", "FORWARD", "POSTROUTING"],
            "nat": ["PREROUTING", "POSTROUTING"],
            "filter": ["FORWARD"],
        }[name]
        users = [f"{name}-{n}" for n in range(rng.randrange(4))]
        lines = [f"*{name}"]
        for base in bases:
            drops = name == "filter" and rng.random() < 0.25
            lines.append(f":{base} {'DROP' if drops else 'ACCEPT'} [0:0]")
        lines += [f":{user} - [0:0]" for user in users]
        for base in bases:
            for _ in range(rng.randrange(5)):
                lines.append(f"-A {base} {self._rule(name, base, users)}")
        for number, user in enumerate(users):
            for _ in range(rng.randrange(1, 5)):
                home = bases[number % len(bases)]
                lines.append(f"-A {user} {self._rule(name, home, users[number + 1:], True)}")
        return "\n".join(lines) + "\nCOMMIT\n"

    def _rule(self, table, base, users, shared=False):
        rng = self.rng
        protocol = rng.choice(["", "", "-p tcp", "-p udp", "-p icmp"])
        target = self._target(table, base, users, shared, protocol)
        if "--to-ports" in target or ":80" in target or "tcp-reset" in target:
            protocol = "-p tcp" if "reset" in target or rng.random() < 0.5 else "-p udp"
        parts = [protocol] if protocol else []
        if rng.random() < 0.35:
            parts.append(f"{_not(rng)}-s {_address(rng, CLIENTS)}")
        if rng.random() < 0.35:
            parts.append(f"{_not(rng)}-d {_address(rng, SERVERS)}")
        if rng.random() < 0.6:
            parts.append(self._match(table, base, protocol, shared))
        return " ".join([*parts, target])

    def _match(self, table, base, protocol, shared):
        rng = self.rng
        choices = [
            lambda: f"-m conntrack {_not(rng)}--ctstate {rng.choice(['NEW', 'ESTABLISHED', 'INVALID', 'RELATED,ESTABLISHED', 'UNTRACKED', 'NEW,DNAT', 'SNAT', 'DNAT'])}",
            lambda: f"-m mark {_not(rng)}--mark {rng.choice(['0x1/0x1', '0x2/0x3', '0x4000/0x4000', '0x0/0x1', '0x10/0xf0'])}",
            lambda: f"-m connmark {_not(rng)}--mark {rng.choice(['0x1/0x1', '0x0/0xff', '0x20/0x20'])}",
            lambda: self._in_set(),
            lambda: f"-m addrtype {_not(rng)}--{rng.choice(['src', 'dst'])}-type {rng.choice(['LOCAL', 'UNICAST', 'BROADCAST'])}",
            lambda: f"-m length {_not(rng)}--length {rng.choice(['0:60', '61:100', '100:1500'])}",
            lambda: f"-m ttl --ttl-{rng.choice(['lt', 'gt', 'eq'])} {rng.choice([32, 63, 64])}",
            lambda: f"-m dscp {_not(rng)}--dscp {rng.choice(['0x00', '0x0a', '0x2e'])}",
            lambda: f"-m iprange {_not(rng)}--{rng.choice(['src-range 10.1.0.10-10.1.0.12', 'dst-range 10.2.0.11-10.2.0.14'])}",
            lambda: f"-m comment --comment \"{rng.choice(['a rule', 'cali:abc-_9', 'why?'])}\"",
            lambda: f"-m statistic --mode random --probability {rng.choice(['0.5', '0.33333333349'])}",
            lambda: "-m pkttype --pkt-type unicast",
        ]
        if base == "PREROUTING" and not shared:
            choices.append(lambda: f"{_not(rng)}-i {rng.choice(['r0', 'r1', 'r+'])}")
        if base == "POSTROUTING" and not shared:
            choices.append(lambda: f"{_not(rng)}-o {rng.choice(['r0', 'r1', 'r+'])}")
        if protocol in ("-p tcp", "-p udp"):
            name = protocol[3:]
            choices += 3 * [
                lambda: f"-m {name} {_not(rng)}--dport {rng.choice(['80', '443', '50:90', '8000:'])}",
                lambda: f"-m {name} {_not(rng)}--sport {rng.choice(['1024:', '40000:45000'])}",
                lambda: f"-m multiport {_not(rng)}--{rng.choice(['dports', 'ports', 'sports'])} {rng.choice(['80,443', '53,8000:9000', '8080'])}",
            ]
        if protocol == "-p tcp":
            choices.append(lambda: rng.choice(["-m tcp --syn", "-m tcp ! --syn", "-m tcp --tcp-flags SYN,RST SYN"]))
        if protocol == "-p icmp":
            choices.append(lambda: f"-m icmp {_not(rng)}--icmp-type {rng.choice(['8', '0', '3/3', 'echo-request'])}")
        return rng.choice(choices)()

    def _in_set(self):
        rng = self.rng
        name = rng.choice(list(SETS))
        directions = {
            "ips": ["src", "dst"],
            "nets": ["src", "dst"],
            "both": ["src", "dst"],
            "ports": ["dst", "src"],
            "ipports": ["dst,dst", "src,dst"],
            "netports": ["dst,dst", "src,dst"],
            "triples": ["src,dst,dst"],
            "faces": ["src,src"],
        }[name]
        return f"-m set {_not(rng)}--match-set {name} {rng.choice(directions)}"

    def _target(self, table, base, users, shared, protocol):
        rng = self.rng
        verdicts = ["-j ACCEPT", "-j RETURN"]
        if table != "nat":
            verdicts.append("-j DROP")
        jumps = [f"-j {user}" for user in users] + [f"-g {user}" for user in users[:1]]
        marks = [
            "-j MARK --set-xmark 0x1/0x1",
            "-j MARK --set-xmark 0x4000/0x4000",
            "-j MARK --set-mark 0x12",
            "-j MARK --xor-mark 0x3",
            "-j MARK --and-mark 0xfffffffe",
        ]
        others = {
            "raw": [*marks, "-j CT --notrack", "-j DROP"],
            "mangle": [
                *marks,
                "-j CONNMARK --save-mark",
                "-j CONNMARK --restore-mark --nfmask 0xff --ctmask 0xff",
                "-j CONNMARK --set-xmark 0x20/0x20",
                "-j DSCP --set-dscp 0x0a",
                "-j TOS --set-tos 0x10/0xff",
                "-j TTL --ttl-set 40",
                "-j TTL --ttl-dec 3",
            ],
            "filter": [
                *marks[:2],
                "-j REJECT",
                "-j REJECT --reject-with icmp-host-prohibited",
                "-j REJECT --reject-with icmp-admin-prohibited",
                "-j REJECT --reject-with tcp-reset",
                "-j ACCEPT",
            ],
            "nat": [*marks[:2], *self._translations(base)],
        }[table]
        if shared and table == "nat":
            others = [*marks[:2], *self._translations(base)]
        return rng.choice(rng.choice([verdicts, jumps or others, others, others]))

    def _translations(self, base):
        server, client = self.rng.choice(SERVERS), self.rng.choice(CLIENTS)
        if base == "PREROUTING":
            return [
                f"-j DNAT --to-destination {server}",
                f"-j DNAT --to-destination {server}:80",
                f"-j DNAT --to-destination {SERVERS[0]}-{SERVERS[4]}",
                f"-j DNAT --to-destination {SERVERS[1]}-{SERVERS[5]} --persistent",
                "-j NETMAP --to 10.2.0.8/29",
            ]
        return [
            "-j MASQUERADE",
            f"-j SNAT --to-source {client}",
            "-j SNAT --to-source 10.1.0.40-10.1.0.44",
            "-j NETMAP --to 10.1.0.40/30",
        ]
