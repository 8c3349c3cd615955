"""Frames as far as tracking a probe asks: addresses, tunnels, the innermost packet."""

import socket
import struct
from dataclasses import dataclass, field

ETHERNET, RAW = 1, 101
IPIP, IPV6_IN_IP, ICMP, TCP, UDP, FRAGMENT, ICMP6 = 4, 41, 1, 6, 17, 44, 58
OPTIONS = (0, 60)
GRE, GENEVE_PORT, VXLAN_PORTS = 47, 6081, (4789, 4790, 8472)
GRE_CHECKSUM, GRE_KEY, GRE_SEQUENCE, BRIDGED = 0x8000, 0x2000, 0x1000, 0x6558
REDIRECTED_HEADER = 4
ICMP_ERRORS = {ICMP: (3, 4, 5, 11, 12), ICMP6: (1, 2, 3, 4, 137)}


@dataclass(frozen=True)
class Packet:
    """The innermost IP packet of a frame."""

    source: str
    destination: str
    protocol: int
    transport: bytes  # from the transport header to the end of the packet
    header_length: int  # bytes of the frame before the transport header
    fragment_offset: int = 0  # bytes
    more_fragments: bool = False
    fragment_key: tuple = ()  # what the fragments of one packet have in common
    outer_keys: tuple = field(default=())  # fragment keys of the packets around it


def innermost(frame, link_type):
    """The innermost IP packet, or None when the frame carries none."""
    if link_type == RAW:
        return _ip(frame, 0, ())
    return _ethernet(frame, 0, ())


def _ethernet(frame, at, outer):
    if len(frame) < at + 14:
        return None
    kind, at = struct.unpack_from("!H", frame, at + 12)[0], at + 14
    while kind in (0x8100, 0x88A8) and len(frame) >= at + 4:
        kind, at = struct.unpack_from("!H", frame, at + 2)[0], at + 4
    return _ip(frame, at, outer) if kind in (0x0800, 0x86DD) else None


def _ip(frame, at, outer):
    version = frame[at] >> 4 if len(frame) > at else 0
    if version == 4 and len(frame) >= at + 20:
        return _ipv4(frame, at, outer)
    if version == 6 and len(frame) >= at + 40:
        return _ipv6(frame, at, outer)
    return None


def _ipv4(frame, at, outer):
    length, identification, flags = struct.unpack_from("!HHH", frame, at + 2)
    protocol = frame[at + 9]
    source, destination = (
        socket.inet_ntop(socket.AF_INET, frame[i : i + 4]) for i in (at + 12, at + 16)
    )
    body, end = at + (frame[at] & 15) * 4, at + length
    return _inside(
        frame,
        body,
        end,
        Packet(
            source,
            destination,
            protocol,
            frame[body:end],
            body,
            (flags & 0x1FFF) * 8,
            bool(flags & 0x2000),
            (source, destination, protocol, identification),
            outer,
        ),
    )


def _ipv6(frame, at, outer):
    length, protocol = struct.unpack_from("!HB", frame, at + 4)
    source, destination = (
        socket.inet_ntop(socket.AF_INET6, frame[i : i + 16]) for i in (at + 8, at + 24)
    )
    body, end = at + 40, at + 40 + length
    while protocol in OPTIONS and len(frame) >= body + 8:  # a tunnel's limit, for one
        protocol, body = frame[body], body + 8 * (frame[body + 1] + 1)
    offset, more, key = 0, False, ()
    if protocol == FRAGMENT and len(frame) >= body + 8:
        protocol, _, place, identification = struct.unpack_from("!BBHI", frame, body)
        offset, more, key = (
            place & 0xFFF8,
            bool(place & 1),
            (source, destination, protocol, identification),
        )
        body += 8
    return _inside(
        frame,
        body,
        end,
        Packet(source, destination, protocol, frame[body:end], body, offset, more, key, outer),
    )


def _inside(frame, body, end, packet):
    """The packet that a tunnel's packet carries, or the packet itself."""
    outer = packet.outer_keys + ((packet.fragment_key,) if packet.fragment_key else ())
    if packet.fragment_offset:
        return packet
    inner = None
    if packet.protocol in (IPIP, IPV6_IN_IP):
        inner = _ip(frame[:end], body, outer)
    elif packet.protocol == UDP and len(packet.transport) >= 16:
        port = struct.unpack_from("!H", packet.transport, 2)[0]
        if port in VXLAN_PORTS:
            inner = _ethernet(frame[:end], body + 16, outer)
        elif port == GENEVE_PORT:
            inner = _ethernet(frame[:end], body + 16 + (packet.transport[8] & 0x3F) * 4, outer)
    elif packet.protocol == GRE and len(packet.transport) >= 4:
        inner = _gre(frame[:end], body, outer)
    return inner or packet


def _gre(frame, at, outer):
    flags, kind = struct.unpack_from("!HH", frame, at)
    words = sum(bool(flags & bit) for bit in (GRE_CHECKSUM, GRE_KEY, GRE_SEQUENCE))
    body = at + 4 + 4 * words
    if kind == BRIDGED:
        return _ethernet(frame, body, outer)
    return _ip(frame, body, outer) if kind in (0x0800, 0x86DD) else None


def speaker(frame):
    """The MAC address that an ARP packet, a solicitation or an advertisement is from, or None."""
    kind = frame[12:14]
    arp = kind == b"\x08\x06"
    discovery = kind == b"\x86\xdd" and len(frame) > 54 and frame[20] == ICMP6 and frame[54] in (135, 136)
    return frame[6:12].hex(":") if arp or discovery else None


def redirect(packet):
    """Of a redirect about a probe's packet: the better next hop, and what it is for; else None."""
    data = packet.transport
    if packet.protocol == ICMP and len(data) >= 28 and data[0] == 5:
        found = tuple(socket.inet_ntop(socket.AF_INET, data[at : at + 4]) for at in (4, 24))
        quoted = _ip(data, 8, ())
    elif packet.protocol == ICMP6 and len(data) >= 40 and data[0] == 137:
        found = tuple(socket.inet_ntop(socket.AF_INET6, data[at : at + 16]) for at in (8, 24))
        quoted = _redirected(data, 40)
    else:
        return None
    return found if quoted and isinstance(segment(quoted), Segment) else None


def _redirected(data, at):
    """The packet in a Redirected Header option (RFC 4861, 4.6.3)."""
    while len(data) >= at + 8 and data[at + 1]:
        if data[at] == REDIRECTED_HEADER:
            return _ip(data, at + 8, ())
        at += 8 * data[at + 1]
    return None


@dataclass(frozen=True)
class Segment:
    """What identifies a probe's packet; an echo's identifier counts as both ports."""

    protocol: str
    source_port: int
    destination_port: int
    kind: str  # request or reply for an echo, TCP flags' names for TCP, else empty
    header_length: int
    numbers: tuple = ()  # of a bare ACK: its sequence number and the one it acknowledges


@dataclass(frozen=True)
class Failure:
    """An ICMP error and the packet it quotes."""

    family: str
    type: int
    code: int
    quoted: Packet


def segment(packet):
    """The packet's Segment or Failure, or None for anything else."""
    data = packet.transport
    if packet.protocol in (ICMP, ICMP6) and len(data) >= 8:
        return _icmp(packet, data)
    if packet.protocol == UDP and len(data) >= 8:
        return Segment("udp", *struct.unpack_from("!HH", data), "", 8)
    if packet.protocol == TCP and len(data) >= 14:
        flags = [name for bit, name in ((2, "syn"), (4, "rst"), (16, "ack")) if data[13] & bit]
        length = (data[12] >> 4) * 4
        bare = data[13] == 16 and len(data) == length
        numbers = struct.unpack_from("!II", data, 4) if bare else ()
        return Segment("tcp", *struct.unpack_from("!HH", data), "+".join(flags), length, numbers)
    return None


def _icmp(packet, data):
    if data[0] in ICMP_ERRORS[packet.protocol]:
        quoted = _ip(data, 8, ()) if len(data) > 8 else None
        return (
            Failure("icmp" if packet.protocol == ICMP else "icmp6", data[0], data[1], quoted)
            if quoted
            else None
        )
    kind = {8: "request", 128: "request", 0: "reply", 129: "reply"}.get(data[0])
    identifier = struct.unpack_from("!H", data, 4)[0]
    return Segment("icmp", identifier, identifier, kind, 8) if kind else None
