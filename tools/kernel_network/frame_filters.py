"""Random rules of nftables about frames: chains at devices, and tables of the bridge family."""

from .native_filters import around
from .nft_rulesets import NftRuleset

BRIDGED = [
    ("prerouting", ("dstnat", "filter", "10")),
    ("input", ("filter", "10")),
    ("forward", ("filter", "-5", "10")),
    ("output", ("out", "filter")),
    ("postrouting", ("srcnat", "0")),
]


def guard(plan, rng):
    """Gives most of the nodes and switches such rules, and some also a ruleset for packets."""
    plan.features.append("frame-filters")
    for node in plan.nodes.values():
        if node.parent or rng.random() < 0.35:
            continue
        ends = [one for other in plan.nodes.values() for one in other.interfaces if one.mac]
        rules = FrameRules(rng, around(plan, rng, node), node, ends)
        node.ruleset = rules.text()
        if node.kind != "switch" and rng.random() < 0.3:
            node.ruleset += NftRuleset(rng, around(plan, rng, node)).text()


class FrameRules(NftRuleset):
    """The tables of one node."""

    def __init__(self, rng, around, node, ends):
        super().__init__(rng, around)
        self.ends = ends
        self.versions = [4, 4, 6]
        self.devices = [one.name for one in node.interfaces]
        self.bridges = [one.name for one in node.interfaces if one.options.startswith("type bridge")]
        self.ports = [one.name for one in node.interfaces if one.master in self.bridges]

    def text(self):
        lines = self._at_devices() if self.rng.random() < 0.75 or not self.ports else []
        return lines + (self._on_bridges() if self.ports and self.rng.random() < 0.75 else [])

    def _at_devices(self):
        rng = self.rng
        lines = ["add table netdev frames"]
        for number in range(rng.randrange(1, 4)):
            device = rng.choice(self.ports or self.devices) if rng.random() < 0.6 else rng.choice(self.devices)
            hook = rng.choice(("ingress", "ingress", "egress"))
            name = f"c{number}"
            lines.append(
                f'add chain netdev frames {name} {{ type filter hook {hook} device "{device}" '
                f"priority {rng.choice(('filter', '-10', '5'))}; policy accept; }}"
            )
            lines += [f"add rule netdev frames {name} {self._rule([])}" for _ in range(rng.randrange(1, 4))]
        return lines

    def _on_bridges(self):
        rng = self.rng
        lines = ["add table bridge frames"]
        for hook, priorities in BRIDGED:
            if rng.random() < 0.45:
                policy = "drop" if rng.random() < 0.04 else "accept"
                lines.append(
                    f"add chain bridge frames {hook} {{ type filter hook {hook} "
                    f"priority {rng.choice(priorities)}; policy {policy}; }}"
                )
                sides = [] if hook == "output" else ["iifname"]
                sides += ["oifname"] if hook in ("forward", "output", "postrouting") else []
                lines += [f"add rule bridge frames {hook} {self._rule(sides)}" for _ in range(rng.randrange(1, 4))]
        return lines

    def _rule(self, sides):
        rng = self.rng
        self._begin_rule()
        parts = self._conditions("ingress", "ingress", 2)
        if sides and rng.random() < 0.5:
            parts.append(f'{rng.choice(sides)} {self._not()}"{rng.choice(self.ports + self.bridges)}"')
        if rng.random() < 0.1:
            parts = ["ether type arp"] if rng.random() < 0.3 else [f"meta pkttype {rng.choice(('host', 'other', 'multicast'))}"]
        if rng.random() < 0.15:
            parts = self._about_senders()
        verdict = rng.choice(("drop", "accept", "accept", f"meta mark set {rng.randrange(1, 9)}"))
        if not parts and verdict == "drop" and rng.random() < 0.8:
            verdict = "accept"
        return f"{' '.join(parts)} counter {verdict}".strip()

    def _about_senders(self):
        """As rules against forged addresses have it: link-layer addresses, and what ARP says."""
        rng = self.rng
        end = rng.choice(self.ends)
        addresses = [one.split("/")[0] for one in end.addresses if ":" not in one] or ["10.9.9.9"]
        address = rng.choice(addresses)
        return [
            rng.choice(
                (
                    f"ether saddr {self._not()}{end.mac}",
                    f"ether daddr {end.mac}",
                    f"arp saddr ip {self._not()}{address}",
                    f"arp daddr ip {address}",
                    f"arp saddr ether {self._not()}{end.mac}",
                    f"arp operation {rng.choice(('request', 'reply'))}",
                    f"ether saddr {{ {end.mac}, {rng.choice(self.ends).mac} }}",
                )
            )
        ]
