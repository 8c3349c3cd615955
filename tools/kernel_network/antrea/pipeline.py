"""Flows and groups of a node's bridge, as Antrea documents its pipeline (docs/design/ovs-pipeline.md).

A flow is a triple: table, match with its priority, actions. Not in it: multicast, traffic control,
Egress, NodePort, flexible IPAM.
"""

import ipaddress

from .cluster import (
    GATEWAY_PORT,
    GLOBAL_MAC,
    SERVICE_CIDR,
    TUNNEL_PORT,
    VIRTUAL_SERVICE_IP,
    ZONES,
)

TABLES = (
    "PipelineRootClassifier ARPSpoofGuard ARPResponder Classifier SpoofGuard UnSNAT ConntrackZone"
    " ConntrackState PreRoutingClassifier SessionAffinity ServiceLB EndpointDNAT DNAT"
    " AntreaPolicyEgressRule EgressRule EgressDefaultRule EgressMetric L3Forwarding L3DecTTL SNATMark"
    " SNAT L2ForwardingCalc IngressSecurityClassifier AntreaPolicyIngressRule IngressRule"
    " IngressDefaultRule IngressMetric ConntrackCommit Output"
).split()
FROM_TUNNEL, FROM_GATEWAY, FROM_POD = 1, 2, 3
REWRITE = "set_field:0x200/0x200->reg0"
TO_GATEWAY, TO_TUNNEL = "set_field:0x20/0xf0->reg0", "set_field:0x10/0xf0->reg0"
CATEGORIES = {"default": 0, "pod": 1, "policy": 2, "service": 3}
ROUND = 5


def flows(cluster, node):
    """The node's flows, as `ovs-ofctl add-flows` takes them."""
    lines = []
    parts = (_entry, _neighbours, _classification, _tracking, _services, _egress, _routing)
    for part in (*parts, _translation, _forwarding, _ingress, _output):
        lines += [_line(*flow) for flow in part(cluster, node)]
    return lines


def groups(cluster, node):
    """A select group for each Service, with a bucket for each endpoint."""
    if not cluster.proxy:
        return []
    lines = []
    for service in cluster.services:
        buckets = []
        for number, pod in enumerate(service.endpoints):
            remote = "set_field:0x4000000/0x4000000->reg4," if pod.node is not node else ""
            buckets.append(
                f"bucket=bucket_id:{number},weight:100,actions={_endpoint(cluster, pod)},"
                f"set_field:0x1f90/0xffff->reg4,{remote}resubmit(,EndpointDNAT)"
            )
        lines.append(f"group_id={service.group},type=select,{','.join(buckets)}")
    return lines


def _line(table, match, actions, category="default", number=0):
    cookie = ROUND << 48 | CATEGORIES[category] << 40 | number
    return f"cookie={cookie:#x},table={table},{match},actions={actions}"


def _goto(table):
    return f"goto_table:{table}"


def _entry(cluster, _):
    yield "PipelineRootClassifier", "priority=200,arp", _goto("ARPSpoofGuard")
    yield "PipelineRootClassifier", f"priority=200,{cluster.kind}", _goto("Classifier")
    yield "PipelineRootClassifier", "priority=0", "drop"


def _neighbours(cluster, node):
    if cluster.version == 6:  # neighbour discovery goes as between ports of a plain switch
        for kind in (133, 134, 135, 136, 143):
            yield "Classifier", f"priority=220,icmp6,icmp_type={kind}", "NORMAL"
        yield "Classifier", "priority=219,ipv6,ipv6_dst=ff00::/8", "NORMAL"
    for pod in node.pods if cluster.version == 4 else []:
        match = f"priority=200,arp,in_port={pod.port},arp_spa={pod.ip},arp_sha={pod.mac}"
        yield "ARPSpoofGuard", match, _goto("ARPResponder"), "pod"
    gateway = f"arp_spa={node.gateway},arp_sha={node.gateway_mac}"
    if cluster.mode == "networkPolicyOnly":
        gateway = f"arp_sha={node.gateway_mac}"
    if cluster.version == 4:
        match = f"priority=200,arp,in_port={GATEWAY_PORT},{gateway}"
        yield "ARPSpoofGuard", match, _goto("ARPResponder")
    yield "ARPSpoofGuard", "priority=0", "drop"
    answered = []
    if cluster.version == 4 and cluster.mode != "networkPolicyOnly":
        answered = [peer.gateway for peer in cluster.nodes if cluster.tunnels_to(node, peer)]
    for address in answered:
        if address != node.gateway:
            yield "ARPResponder", f"priority=200,arp,arp_tpa={address},arp_op=1", _answer(address)
    if cluster.mode == "networkPolicyOnly" and cluster.version == 4:
        anyone = "move:NXM_OF_ARP_TPA[]->NXM_NX_REG2[],"
        answer = _answer("").replace(
            "move:NXM_OF_ARP_SPA[]->NXM_OF_ARP_TPA[],set_field:->arp_spa",
            "move:NXM_OF_ARP_SPA[]->NXM_OF_ARP_TPA[],move:NXM_NX_REG2[]->NXM_OF_ARP_SPA[]",
        )
        yield "ARPResponder", "priority=190,arp,arp_op=1", anyone + answer
    else:
        yield "ARPResponder", "priority=190,arp", "NORMAL"
    yield "ARPResponder", "priority=0", "drop"


def _answer(address):
    return (
        f"move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[],set_field:{GLOBAL_MAC}->eth_src,"
        f"set_field:2->arp_op,move:NXM_NX_ARP_SHA[]->NXM_NX_ARP_THA[],"
        f"set_field:{GLOBAL_MAC}->arp_sha,move:NXM_OF_ARP_SPA[]->NXM_OF_ARP_TPA[],"
        f"set_field:{address}->arp_spa,IN_PORT"
    )


def _classification(cluster, node):
    kind, local = cluster.kind, "set_field:0x10000000/0x10000000->reg4,"
    mark = "set_field:{:#x}/0xf->reg0,"
    match = f"priority=210,{kind},in_port={GATEWAY_PORT},{_source(cluster, node.gateway)}"
    yield "Classifier", match, mark.format(FROM_GATEWAY) + local + _goto("SpoofGuard")
    outside = "set_field:0x8000000/0x8000000->reg4,"
    actions = mark.format(FROM_GATEWAY) + outside + _goto("SpoofGuard")
    yield "Classifier", f"priority=200,in_port={GATEWAY_PORT}", actions
    if cluster.mode in ("encap", "hybrid"):
        actions = f"{mark.format(FROM_TUNNEL)}{REWRITE},{_goto('UnSNAT')}"
        yield "Classifier", f"priority=200,in_port={TUNNEL_PORT}", actions
    for pod in node.pods:
        actions = mark.format(FROM_POD) + local + _goto("SpoofGuard")
        yield "Classifier", f"priority=190,in_port={pod.port}", actions, "pod"
    yield "Classifier", "priority=0", "drop"
    yield "SpoofGuard", f"priority=200,{kind},in_port={GATEWAY_PORT}", _goto("UnSNAT")
    for pod in node.pods:
        match = f"priority=200,{kind},in_port={pod.port},dl_src={pod.mac},{_source(cluster, pod.ip)}"
        yield "SpoofGuard", match, _goto("UnSNAT"), "pod"
    yield "SpoofGuard", "priority=0", "drop"


def _tracking(cluster, node):
    kind, (zone, snat_zone) = cluster.kind, ZONES[cluster.version]
    for address in (VIRTUAL_SERVICE_IP[cluster.version], node.gateway) if cluster.proxy else ():
        match = f"priority=200,{kind},{_destination(cluster, address)}"
        yield "UnSNAT", match, f"ct(table=ConntrackZone,zone={snat_zone},nat)", "service"
    yield "UnSNAT", "priority=0", _goto("ConntrackZone")
    nat = ",nat" if cluster.proxy else ""
    actions = f"ct(table=ConntrackState,zone={zone}{nat})"
    yield "ConntrackZone", f"priority=200,{kind}", actions
    yield "ConntrackZone", "priority=0", _goto("ConntrackState")
    yield "ConntrackState", f"priority=200,ct_state=+inv+trk,{kind}", "drop"
    known, policy = f"priority=190,ct_state=-new+trk,{kind}", _goto("AntreaPolicyEgressRule")
    yield "ConntrackState", f"{known},ct_mark=0x0/0x10", policy
    yield "ConntrackState", f"{known},ct_mark=0x10/0x10", f"{REWRITE},{policy}"
    yield "ConntrackState", "priority=0", _goto("PreRoutingClassifier" if cluster.proxy else "DNAT")


def _services(cluster, node):
    zone, _ = ZONES[cluster.version]
    if not cluster.proxy:
        match = f"priority=200,{cluster.kind},{_destination(cluster, SERVICE_CIDR[cluster.version])}"
        actions = (
            f"set_field:{GATEWAY_PORT:#x}->reg1,set_field:0x200000/0x600000->reg0,{TO_GATEWAY},"
            f"set_field:{node.gateway_mac}->eth_dst,{_goto('ConntrackCommit')}"
        )
        yield "DNAT", match, actions
        yield "DNAT", "priority=0", _goto("AntreaPolicyEgressRule")
        return
    actions = "resubmit(,SessionAffinity),resubmit(,ServiceLB)"
    yield "PreRoutingClassifier", f"priority=200,{cluster.kind}", actions
    yield "PreRoutingClassifier", "priority=0", _goto("SessionAffinity")
    yield "SessionAffinity", "priority=0", "set_field:0x10000/0x70000->reg4"
    for service in cluster.services:
        match = (
            f"priority=200,{_transport(cluster, service.protocol)},reg4=0x10000/0x70000,"
            f"{_destination(cluster, service.ip)},tp_dst={service.port}"
        )
        actions = (
            f"{REWRITE},set_field:0x20000/0x70000->reg4,set_field:{service.group:#x}->reg7,"
            f"group:{service.group}"
        )
        yield "ServiceLB", match, actions, "service", service.group
    yield "ServiceLB", "priority=0", _goto("EndpointDNAT")
    done = set()
    for service in cluster.services:
        for pod in service.endpoints:
            register = _register(cluster, pod)
            match = f"priority=200,{_transport(cluster, service.protocol)},{register},reg4=0x21f90/0x7ffff"
            if match in done:
                continue
            done.add(match)
            target = f"[{pod.ip}]:8080" if cluster.version == 6 else f"{pod.ip}:8080"
            actions = (
                f"ct(commit,table=AntreaPolicyEgressRule,zone={zone},nat(dst={target}),"
                "exec(set_field:0x10/0x10->ct_mark,move:NXM_NX_REG0[0..3]->NXM_NX_CT_MARK[0..3]))"
            )
            yield "EndpointDNAT", match, actions, "service"
    again = "set_field:0x10000/0x70000->reg4,resubmit(,ServiceLB)"
    yield "EndpointDNAT", "priority=190,reg4=0x20000/0x70000", again
    yield "EndpointDNAT", "priority=0", _goto("AntreaPolicyEgressRule")


def _egress(cluster, node):
    yield from _rules(
        cluster,
        [policy for policy in cluster.policies if policy.egress],
        ("AntreaPolicyEgressRule", "EgressRule", "EgressDefaultRule", "EgressMetric"),
        lambda policy: [_source(cluster, pod.ip) for pod in policy.applied_to if pod.node is node],
        lambda policy: [_destination(cluster, pod.ip) for pod in policy.peers],
        (5, 32),
    )
    yield "EgressMetric", "priority=0", _goto("L3Forwarding")


def _ingress(cluster, node):
    kind = cluster.kind
    local = f"priority=210,pkt_mark=0x80000000/0x80000000,ct_state=-rpl+trk,{kind}"
    yield "IngressSecurityClassifier", local, _goto("ConntrackCommit")
    for destination in ("0x20", "0x10"):
        match = f"priority=200,reg0={destination}/0xf0"
        yield "IngressSecurityClassifier", match, _goto("IngressMetric")
    hairpin = "priority=200,ct_mark=0x40/0x40"
    yield "IngressSecurityClassifier", hairpin, _goto("ConntrackCommit")
    yield "IngressSecurityClassifier", "priority=0", _goto("AntreaPolicyIngressRule")
    yield from _rules(
        cluster,
        [policy for policy in cluster.policies if not policy.egress],
        ("AntreaPolicyIngressRule", "IngressRule", "IngressDefaultRule", "IngressMetric"),
        lambda policy: [f"reg1={pod.port:#x}" for pod in policy.applied_to if pod.node is node],
        lambda policy: [_source(cluster, pod.ip) for pod in policy.peers],
        (6, 0),
    )
    yield "IngressMetric", "priority=0", _goto("ConntrackCommit")


def _rules(cluster, policies, tables, applied, peers, marks):
    antrea, rule, default, metric = tables
    kind, (zone, _) = cluster.kind, ZONES[cluster.version]
    register, shift = marks
    for state in ("-new+est", "-new+rel"):
        yield antrea, f"priority=64990,ct_state={state},{kind}", _goto(metric)
    yield antrea, "priority=0", _goto(rule)
    clauses = {}
    for policy in policies:
        targets, number = applied(policy), policy.conjunction
        port = f"{_transport(cluster, policy.protocol)},tp_dst={policy.port}"
        for match in targets if targets else ():
            clauses.setdefault(f"{kind},{match}", []).append(f"conjunction({number},2/3)")
            yield default, f"priority=200,{kind},{match}", "drop", "policy"
        for match in peers(policy) if targets else ():
            clauses.setdefault(f"{kind},{match}", []).append(f"conjunction({number},1/3)")
        if targets:
            clauses.setdefault(port, []).append(f"conjunction({number},3/3)")
            mask = 0xFFFFFFFF << shift
            actions = (
                f"set_field:{number:#x}->reg{register},ct(commit,table={metric},zone={zone},"
                f"exec(set_field:{number << shift:#x}/{mask:#x}->ct_label))"
            )
            yield rule, f"priority=190,conj_id={number},{kind}", actions, "policy", number
            for state in ("+new", "-new"):
                label = f"ct_label={number << shift:#x}/{mask:#x}"
                after = "L3Forwarding" if shift else "ConntrackCommit"
                match = f"priority=200,ct_state={state},{label},{kind}"
                yield metric, match, _goto(after), "policy"
    for match, conjunctions in clauses.items():
        yield rule, f"priority=200,{match}", ",".join(conjunctions), "policy"
    yield rule, "priority=0", _goto(default)
    yield default, "priority=0", _goto(metric)


def _routing(cluster, node):
    kind, gateway = cluster.kind, node.gateway_mac
    to_gateway = f"set_field:{gateway}->eth_dst,{TO_GATEWAY},"
    own = f"priority=210,{kind},{_destination(cluster, node.gateway)}"
    yield "L3Forwarding", own, to_gateway + _goto("L3DecTTL")
    back = f"priority=210,ct_state=+rpl+trk,ct_mark=0x2/0xf,{kind}"
    yield "L3Forwarding", back, to_gateway + _goto("L3DecTTL")
    routed = cluster.mode == "networkPolicyOnly"
    if not routed:
        match = f"priority=200,{kind},reg0=0/0x200,{_destination(cluster, node.pods_at)}"
        yield "L3Forwarding", match, _goto("L2ForwardingCalc")
    for peer in cluster.nodes:
        if peer is not node and cluster.tunnels_to(node, peer):
            field = "tun_dst" if cluster.version == 4 else "tun_ipv6_dst"
            actions = (
                f"set_field:{gateway}->eth_src,set_field:{GLOBAL_MAC}->eth_dst,"
                f"set_field:{peer.ip}->{field},{TO_TUNNEL},{_goto('L3DecTTL')}"
            )
            match = f"priority=200,{kind},{_destination(cluster, peer.pods_at)}"
            yield "L3Forwarding", match, actions
    for pod in node.pods:
        rewrite = "" if routed else ",reg0=0x200/0x200"
        match = f"priority=200,{kind}{rewrite},{_destination(cluster, pod.ip)}"
        after = "L2ForwardingCalc" if routed else "L3DecTTL"
        actions = f"set_field:{gateway}->eth_src,set_field:{pod.mac}->eth_dst,{_goto(after)}"
        yield "L3Forwarding", match, actions, "pod"
    if cluster.proxy:
        match = "priority=190,ct_mark=0x10/0x10,reg0=0x202/0x20f"
        yield "L3Forwarding", match, to_gateway + _goto("L3DecTTL"), "service"
    if routed:
        yield "L3Forwarding", f"priority=190,{kind}", to_gateway + _goto("L2ForwardingCalc")
    yield "L3Forwarding", "priority=0", f"{TO_GATEWAY},{_goto('L2ForwardingCalc')}"
    from_gateway = f"priority=210,{kind},reg0={FROM_GATEWAY:#x}/0xf"
    yield "L3DecTTL", from_gateway, _goto("SNATMark")
    yield "L3DecTTL", f"priority=200,{kind}", f"dec_ttl,{_goto('SNATMark')}"
    yield "L3DecTTL", "priority=0", _goto("SNATMark")


def _translation(cluster, node):
    """Connections to a Service that come back to where they came from."""
    kind, (zone, snat_zone) = cluster.kind, ZONES[cluster.version]
    if cluster.proxy:
        marks = "set_field:0x20/0x20->ct_mark,set_field:0x40/0x40->ct_mark"
        commit = f"ct(commit,table=SNAT,zone={zone},exec({marks}))"
        new = f"priority=200,ct_state=+new+trk,{kind}"
        yield "SNATMark", f"{new},reg0=0x22/0xff", commit, "service"
        for pod in node.pods:
            both = f"{_source(cluster, pod.ip)},{_destination(cluster, pod.ip)}"
            yield "SNATMark", f"priority=190,ct_state=+new+trk,{kind},{both}", commit, "service"
        virtual = VIRTUAL_SERVICE_IP[cluster.version]
        for source, address in ((FROM_GATEWAY, virtual), (FROM_POD, node.gateway)):
            match = f"{new},ct_mark=0x40/0x40,reg0={source:#x}/0xf"
            actions = (
                f"ct(commit,table=L2ForwardingCalc,zone={snat_zone},nat(src={address}),"
                f"exec(set_field:0x10/0x10->ct_mark,{marks}))"
            )
            yield "SNAT", match, actions, "service"
        match = f"priority=200,ct_state=-new-rpl+trk,ct_mark=0x20/0x20,{kind}"
        yield "SNAT", match, f"ct(table=L2ForwardingCalc,zone={snat_zone},nat)", "service"
    yield "SNATMark", "priority=0", _goto("SNAT")
    yield "SNAT", "priority=0", _goto("L2ForwardingCalc")


def _forwarding(cluster, node):
    found = "set_field:{:#x}->reg1,set_field:0x200000/0x600000->reg0," + _goto(
        "IngressSecurityClassifier"
    )
    ports = [(node.gateway_mac, GATEWAY_PORT, "default")]
    if cluster.mode in ("encap", "hybrid"):
        ports.append((GLOBAL_MAC, TUNNEL_PORT, "default"))
    ports += [(pod.mac, pod.port, "pod") for pod in node.pods]
    for mac, port, category in ports:
        yield "L2ForwardingCalc", f"priority=200,dl_dst={mac}", found.format(port), category
    yield "L2ForwardingCalc", "priority=0", _goto("IngressSecurityClassifier")


def _output(cluster, _):
    zone, _ = ZONES[cluster.version]
    match = f"priority=200,ct_state=+new+trk,ct_mark=0/0x20,{cluster.kind}"
    source = "move:NXM_NX_REG0[0..3]->NXM_NX_CT_MARK[0..3]"
    yield "ConntrackCommit", match, f"ct(commit,table=Output,zone={zone},exec({source}))"
    yield "ConntrackCommit", "priority=0", _goto("Output")
    yield "Output", "priority=210,ct_mark=0x40/0x40", "IN_PORT"
    yield "Output", "priority=200,reg0=0x200000/0x600000", "output:NXM_NX_REG1[]"
    yield "Output", "priority=0", "drop"


def _source(cluster, address):
    return f"{'nw' if cluster.version == 4 else 'ipv6'}_src={address}"


def _destination(cluster, address):
    return f"{'nw' if cluster.version == 4 else 'ipv6'}_dst={address}"


def _transport(cluster, protocol):
    return protocol if cluster.version == 4 else f"{protocol}6"


def _register(cluster, pod):
    number = int(ipaddress.ip_address(pod.ip))
    return f"{'reg3' if cluster.version == 4 else 'xxreg3'}={number:#x}"


def _endpoint(cluster, pod):
    register, address = _register(cluster, pod).split("=")
    return f"set_field:{address}->{register}"
