"""What became of the probes: where the captures show each, when, with which headers."""

import os

from . import captures, frames

RETRANSMISSION = 900_000_000  # nanoseconds; TCP sends a SYN again after a second
REDIRECTS = (5, 137)
QUOTED = 60  # bytes of an error that are kept behind the IP header that it quotes


def sightings(directory, probes, height=lambda place: 0):
    """Where each probe's packet, the answer and ICMP errors about it were seen; in time order.

    `directory` holds <node>/<namespace>/<device>.pcap. Of TCP the handshake's three segments count.
    `height` tells of a place (node, namespace, device) how far it is from the wire: 0 for devices
    that are joined to another, more for bridges and tunnels above them.
    """
    found = {probe.id: [] for probe in probes}
    by_port = {probe.sport: probe for probe in probes}
    pieces = {}  # fragment key → (probe, what), learned from first fragments
    completions = {}  # probe's id → the numbers of the ACK that completes its handshake
    for place, link_type, frame in _frames(directory):
        packet = frames.innermost(frame.data, link_type)
        if packet is None:
            continue
        owner = _owner(packet, by_port) or _piece(packet, pieces) or _completion(packet, by_port, completions)
        if owner is None:
            continue
        probe, what, length = owner
        for key in packet.outer_keys + ((packet.fragment_key,) if packet.fragment_key else ()):
            pieces.setdefault(key, (probe, what, 0))
        entry = _sighting(place, frame, packet, what, length)
        if probe.proto != "tcp" or not found[probe.id] or _soon(frame, found[probe.id]):
            found[probe.id].append((frame.time, place, entry))
    return {probe.id: _ordered(probe, found[probe.id], height) for probe in probes}


def _soon(frame, seen):
    return frame.time - seen[0][0] < RETRANSMISSION


def _ordered(probe, seen, height):
    """The entries by time; of several at one time, those in the packet's own namespace come first.

    A packet that is passed up from device to device keeps the time of its arrival.
    """
    here, ordered, rest = (probe.node, probe.netns), [], list(seen)
    while rest:
        tied = [one for one in rest if one[0] == rest[0][0]]
        chosen = min(tied, key=lambda one: (one[1][:2] != here, height(one[1])))
        rest.remove(chosen)
        ordered.append(chosen[2])
        here = chosen[1][:2]
    return ordered


def _frames(directory):
    everything = []
    for folder, _, files in sorted(os.walk(directory)):
        for file in sorted(files):
            place = tuple(os.path.relpath(folder, directory).split(os.sep)) + (
                file.removesuffix(".pcap"),
            )
            link_type, captured = captures.read(os.path.join(folder, file))
            everything += [(place, link_type, frame) for frame in captured]
    return sorted(everything, key=lambda entry: entry[2].time)


def _owner(packet, by_port):
    """The packet's probe, what it is (request, reply, error), its transport header's length."""
    if packet.fragment_offset:
        return None
    found = frames.segment(packet)
    if isinstance(found, frames.Failure):
        quoted = frames.segment(found.quoted)
        probe = by_port.get(quoted.source_port) if isinstance(quoted, frames.Segment) else None
        ours = probe and quoted.protocol == probe.proto  # a translated packet's, too
        return (probe, "error", found.quoted.header_length + QUOTED) if ours else None
    if found is None:
        return None
    forward = by_port.get(found.source_port)
    if forward and found.protocol == forward.proto and found.kind in ("", "request", "syn"):
        return forward, "request", found.header_length
    backward = by_port.get(found.destination_port)
    if (
        backward
        and found.protocol == backward.proto
        and found.kind in ("", "reply", "syn+ack", "rst+ack")
    ):
        return backward, "reply", found.header_length
    return None


def _completion(packet, by_port, completions):
    """The probe whose handshake the packet completes: of its bare ACKs, the first and its copies."""
    found = None if packet.fragment_offset else frames.segment(packet)
    if not isinstance(found, frames.Segment) or not found.numbers:
        return None
    probe = by_port.get(found.source_port)
    if probe is None or probe.proto != "tcp":
        return None
    mine = completions.setdefault(probe.id, found.numbers) == found.numbers
    return (probe, "completion", found.header_length) if mine else None


def _piece(packet, pieces):
    """The probe that a fragment, or a packet of the same identification, is of.

    Translation may have changed the ports of a packet that comes by again.
    """
    owner = pieces.get(packet.fragment_key)
    found = None if packet.fragment_offset else frames.segment(packet)
    if owner and isinstance(found, frames.Segment):
        return (*owner[:2], found.header_length)
    return owner


def heard(directory):
    """Who told of itself by asking for a neighbour or answering: where, which address, since when."""
    told = {}
    for place, link_type, frame in _frames(directory):
        mac = frames.speaker(frame.data) if link_type == frames.ETHERNET else None
        if mac:
            told.setdefault((place, mac), frame.time)
    return [
        {"t": round(time / 1e9, 6), "node": node, "netns": netns, "device": device, "mac": mac}
        for ((node, netns, device), mac), time in told.items()
    ]


def redirects(directory):
    """Who was told of a better way: when and where it was seen, by and to whom, for what."""
    told = []
    for (node, netns, device), link_type, frame in _frames(directory):
        packet = frames.innermost(frame.data, link_type)
        said = packet and frames.redirect(packet)
        if said:
            entry = {"t": round(frame.time / 1e9, 6), "node": node, "netns": netns, "device": device}
            told.append(entry | {"from": packet.source, "to": packet.destination, "by": said[0], "for": said[1]})
    return told


def _sighting(place, frame, packet, what, length):
    node, netns, device = place
    entry = {
        "t": round(frame.time / 1e9, 6),
        "node": node,
        "netns": netns,
        "device": device,
        "what": what,
        "headers": frame.data[: packet.header_length + length].hex(),
    }
    if packet.fragment_offset or packet.more_fragments:
        entry["fragment"] = {"offset": packet.fragment_offset, "more": packet.more_fragments}
    return entry


def report(probe, run, seen):
    """The probe as truth.json tells it."""
    entry = {
        "id": probe.id,
        "frm": probe.frm,
        "node": probe.node,
        "netns": probe.node if probe.netns == "host" else probe.netns,
        "to": probe.to,
        "ip": probe.ip,
        "port": probe.port,
        "proto": probe.proto,
        "sport": probe.sport,
        "size": probe.size,
        "ttl": probe.ttl,
        "dont_fragment": probe.dont_fragment,
        "bind": probe.bind,
        **({"device": probe.device} if probe.device else {}),
        **({"many": True} if probe.many else {}),
        "tag": probe.payload(run)[:12].decode(),
        "result": probe.result,
        "received_by": probe.received_by,
        "seen": [one for one in seen if one["what"] in ("request", "reply")],
    }
    if probe.proto == "tcp":
        entry["completion"] = [one for one in seen if one["what"] == "completion"]
    redirects = [one for one in probe.icmp_errors if one["type"] in REDIRECTS]
    errors = [one for one in probe.icmp_errors if one not in redirects]
    if errors:
        entry["icmp_error"] = {**errors[0], "seen": [one for one in seen if one["what"] == "error"]}
    if redirects:
        entry["icmp_redirects"] = redirects
    return entry
