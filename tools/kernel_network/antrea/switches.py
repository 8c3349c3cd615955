"""Open vSwitch with the kernel's data path, one for each node, in the node's own namespace."""

import os
import subprocess

from .cluster import GATEWAY_PORT, TUNNEL_PORT
from .pipeline import TABLES

SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema"
BRIDGE = "br-int"


class Switch:
    """A node's ovsdb-server and ovs-vswitchd; its commands find them by the environment."""

    def __init__(self, namespace, directory):
        self._namespace = namespace
        self._directory = directory
        os.makedirs(directory, exist_ok=True)
        database, socket = os.path.join(directory, "conf.db"), os.path.join(directory, "db.sock")
        self.run("ovsdb-tool", "create", database, SCHEMA)
        daemon = ("--pidfile", "--detach", "--no-chdir", "--log-file")
        self.run("ovsdb-server", database, f"--remote=punix:{socket}", *daemon)
        self.run("ovs-vsctl", "--no-wait", "init")
        self.run("ovs-vswitchd", f"unix:{socket}", *daemon)

    @property
    def environment(self):
        names = ("OVS_RUNDIR", "OVS_DBDIR", "OVS_LOGDIR")
        return {**os.environ, **dict.fromkeys(names, self._directory)}

    def run(self, *command, text=""):
        with self._namespace.entered():
            done = subprocess.run(
                command,
                input=text,
                capture_output=True,
                text=True,
                check=False,
                env=self.environment,
            )
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}\n{text}")
        return done.stdout

    def output(self, line):
        """What a person on the node sees when they enter the line."""
        return self.run(*line.split())

    def make_bridge(self, cluster, node):
        """The bridge with its gateway and, where the mode has one, its tunnel port."""
        words = ["--", "add-br", BRIDGE]
        words += ["--", "set", "bridge", BRIDGE, "fail_mode=secure"]
        words += _port("antrea-gw0", GATEWAY_PORT, "type=internal", f"mac={_quoted(node.gateway_mac)}")
        if cluster.mode in ("encap", "hybrid"):
            words += _port(
                "antrea-tun0",
                TUNNEL_PORT,
                f"type={cluster.tunnel}",
                "options:key=flow",
                f"options:remote_ip={'flow' if cluster.version == 4 else 'flow'}",
                "options:csum=true",
            )
        for number, name in enumerate(TABLES):
            words += ["--", f"--id=@t{number}", "create", "Flow_Table", f"name={name}"]
            words += ["--", "set", "bridge", BRIDGE, f"flow_tables:{number}=@t{number}"]
        self.run("ovs-vsctl", *words[1:])

    def add_pod(self, pod):
        notes = {
            "antrea-type": "container",
            "attached-mac": pod.mac,
            "container-id": pod.netns,
            "ip-address": pod.ip,
            "pod-name": pod.name,
            "pod-namespace": pod.namespace,
        }
        noted = [f"external_ids:{key}={_quoted(value)}" for key, value in notes.items()]
        self.run("ovs-vsctl", *_port(pod.device, pod.port, *noted)[1:])

    def program(self, groups, flows):
        version = ("-O", "OpenFlow15")
        if groups:
            self.run("ovs-ofctl", *version, "add-groups", BRIDGE, "-", text="\n".join(groups))
        self.run("ovs-ofctl", *version, "--names", "add-flows", BRIDGE, "-", text="\n".join(flows))

    def stop(self):
        for daemon in ("ovs-vswitchd", "ovsdb-server"):
            subprocess.run(
                ["ovs-appctl", "-t", daemon, "exit"],
                env=self.environment,
                check=False,
                capture_output=True,
            )


def _port(name, number, *settings):
    return [
        *("--", "add-port", BRIDGE, name),
        *("--", "set", "interface", name, f"ofport_request={number}", *settings),
    ]


def _quoted(text):
    return f'"{text}"'
