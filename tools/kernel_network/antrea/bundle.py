"""A support bundle of a node, as `antctl supportbundle` writes it: outputs without commands."""

import io
import os
import tarfile

from . import rules
from .switches import BRIDGE

SWITCH_COMMANDS = (
    "ovs-vsctl show",
    f"ovs-vsctl --columns=name,ofport,type,options,external_ids,mac_in_use list interface",
    f"ovs-ofctl show {BRIDGE}",
    f"ovs-ofctl dump-flows {BRIDGE} --names -O OpenFlow15",
    f"ovs-ofctl dump-groups {BRIDGE} -O OpenFlow15",
    f"ovs-appctl fdb/show {BRIDGE}",
)


def write(cluster, world, directory):
    os.makedirs(directory, exist_ok=True)
    for node in cluster.nodes:
        path = os.path.join(directory, f"agent_{node.name}.tar.gz")
        with tarfile.open(path, "w:gz") as archive:
            for name, text in _files(cluster, world, node):
                data = text.encode()
                member = tarfile.TarInfo(name)
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))


def _files(cluster, world, node):
    host, switch = world.namespaces[node.name], world.switches[node.name]
    version = "-O OpenFlow15"
    yield "address", host.output("ip address")
    yield "link", host.output("ip link")
    yield "rule", host.output("ip rule show")
    yield "route", host.output("ip route show table all")
    yield "iptables", host.output(f"{rules.saver(cluster)} -c")
    yield "ipset", host.output("ipset save")
    flows = switch.output(f"ovs-ofctl dump-flows {BRIDGE} --names {version}")
    yield "flows", _without_header(flows)
    yield "groups", _without_header(switch.output(f"ovs-ofctl dump-groups {BRIDGE} {version}"))
    yield "ovsports", _without_header(switch.output(f"ovs-ofctl dump-ports-desc {BRIDGE}"))
    yield "agentinfo", f"noderef:\n  kind: Node\n  name: {node.name}\novsinfo:\n  bridgename: {BRIDGE}\n"


def _without_header(text):
    lines = text.splitlines()
    return "\n".join(lines[1:] if lines and " reply " in lines[0] else lines)
