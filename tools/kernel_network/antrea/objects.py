"""The cluster's objects as `kubectl` shows them."""

import json


def transcript(cluster):
    """A session of `kubectl` on a machine outside the cluster."""
    tables = (
        ("kubectl get nodes -o wide", _nodes(cluster)),
        ("kubectl get pods -A -o wide", _pods(cluster)),
        ("kubectl get services -A", _services(cluster)),
        ("kubectl get endpoints -A", _endpoints(cluster)),
        ("kubectl get networkpolicies -A -o yaml", _policies(cluster)),
    )
    return "".join(f"user@laptop:~$ {command}\n{output}" for command, output in tables)


def _table(rows):
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "".join(
        "   ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() + "\n"
        for row in rows
    )


def _nodes(cluster):
    rows = [("NAME", "STATUS", "ROLES", "AGE", "VERSION", "INTERNAL-IP", "EXTERNAL-IP")]
    rows += [(n.name, "Ready", "<none>", "3d", "v1.31.2", n.ip, "<none>") for n in cluster.nodes]
    return _table(rows)


def _pods(cluster):
    rows = [("NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "AGE", "IP", "NODE")]
    rows += [
        (p.namespace, p.name, "1/1", "Running", "0", "3d", p.ip, p.node.name) for p in cluster.pods
    ]
    return _table(rows)


def _services(cluster):
    rows = [("NAMESPACE", "NAME", "TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "AGE")]
    rows += [
        (s.namespace, s.name, "ClusterIP", s.ip, "<none>", f"{s.port}/{s.protocol.upper()}", "3d")
        for s in cluster.services
    ]
    return _table(rows)


def _endpoints(cluster):
    rows = [("NAMESPACE", "NAME", "ENDPOINTS", "AGE")]
    shown = "{}:8080" if cluster.version == 4 else "[{}]:8080"
    rows += [
        (s.namespace, s.name, ",".join(shown.format(pod.ip) for pod in s.endpoints), "3d")
        for s in cluster.services
    ]
    return _table(rows)


def _policies(cluster):
    items = [
        {
            "apiVersion": "networking.k8s.io/v1",
            "kind": "NetworkPolicy",
            "metadata": {"name": p.name, "namespace": p.namespace, "uid": f"{p.conjunction}"},
            "spec": _spec(p),
        }
        for p in cluster.policies
    ]
    text = json.dumps({"apiVersion": "v1", "kind": "List", "items": items}, indent=2)
    return _yaml(json.loads(text)) + "\n"


def _spec(policy):
    peers = [{"podSelector": {"matchLabels": policy.peers[0].labels}}]
    ports = [{"protocol": policy.protocol.upper(), "port": policy.port}]
    rule = {"to" if policy.egress else "from": peers, "ports": ports}
    return {
        "podSelector": {"matchLabels": policy.applied_to[0].labels},
        "policyTypes": ["Egress" if policy.egress else "Ingress"],
        "egress" if policy.egress else "ingress": [rule],
    }


def _yaml(value, indent=0, inline=False):
    """Plain YAML of mappings, lists, texts and numbers."""
    space = "  " * indent
    if isinstance(value, dict):
        lines = []
        for number, (key, inner) in enumerate(value.items()):
            lead = "" if inline and number == 0 else space
            if isinstance(inner, dict | list):
                lines.append(f"{lead}{key}:\n{_yaml(inner, indent + (isinstance(inner, dict)))}")
            else:
                lines.append(f"{lead}{key}: {inner}")
        return "\n".join(lines)
    if isinstance(value, list):
        return "\n".join(
            f"{space}- {_yaml(one, indent + 1, True) if isinstance(one, dict) else one}" for one in value
        )
    return str(value)
