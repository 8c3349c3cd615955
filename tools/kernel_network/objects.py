"""Kubernetes objects as kubectl shows them."""

PROMPT = "admin@bastion:~$ "


def transcript(cluster, services, policies):
    """One session that lists everything."""
    return "".join(
        f"{PROMPT}{command}\n{text}"
        for command, text in (
            ("kubectl get nodes -o wide", _nodes(cluster)),
            ("kubectl get pods -A -o wide", _pods(cluster)),
            ("kubectl get pods -A --show-labels", _labels(cluster)),
            ("kubectl get svc -A", _services(services)),
            ("kubectl get endpoints -A", _endpoints(services)),
            ("kubectl get networkpolicies -A", _policies(policies)),
        )
    )


def _table(head, rows):
    columns = [max(len(str(row[i])) for row in [head, *rows]) + 3 for i in range(len(head))]
    return "".join(
        "".join(str(cell).ljust(width) for cell, width in zip(row, columns)).rstrip() + "\n"
        for row in [head, *rows]
    )


def _nodes(cluster):
    head = ("NAME", "STATUS", "ROLES", "AGE", "VERSION", "INTERNAL-IP", "EXTERNAL-IP", "OS-IMAGE", "KERNEL-VERSION", "CONTAINER-RUNTIME")
    return _table(head, [(name, "Ready", "<none>", "12d", "v1.30.2", cluster.node_ip(name, 4), "<none>", "Debian GNU/Linux 12 (bookworm)", "6.1.0", "containerd://1.7.2") for name in cluster.nodes])


def _pods(cluster):
    head = ("NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "AGE", "IP", "NODE", "NOMINATED NODE", "READINESS GATES")
    return _table(head, [(pod.namespace, pod.name, "1/1", "Running", 0, "3h", pod.address, pod.node, "<none>", "<none>") for pod in cluster.pods])


def _labels(cluster):
    head = ("NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "AGE", "LABELS")
    return _table(head, [(pod.namespace, pod.name, "1/1", "Running", 0, "3h", ",".join(f"{key}={value}" for key, value in pod.labels.items())) for pod in cluster.pods])


def _services(services):
    head = ("NAMESPACE", "NAME", "TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "AGE")
    rows = []
    for one in services:
        ports = ",".join(f"{one.port}{f':{one.node_port}' if one.node_port else ''}/{protocol}" for protocol in ("TCP", "UDP"))
        rows.append((one.namespace, one.name, one.kind, one.address, one.external or "<none>", ports, "3h"))
    return _table(head, rows)


def _endpoints(services):
    rows = []
    for one in services:
        ends = ",".join(f"{pod.address}:{one.target}" for pod in one.endpoints) or "<none>"
        rows.append((one.namespace, one.name, ends, "3h"))
    return _table(("NAMESPACE", "NAME", "ENDPOINTS", "AGE"), rows)


def _policies(policies):
    rows = [(one.namespace, one.name, ",".join(f"{key}={value}" for key, value in one.selects.items()) or "<none>", "3h") for one in policies]
    return _table(("NAMESPACE", "NAME", "POD-SELECTOR", "AGE"), rows)
