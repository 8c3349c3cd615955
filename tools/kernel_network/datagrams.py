"""Packets of both versions of IP that carry a number by which they are known again."""

import ipaddress
import struct

TCP, UDP, ICMP, ICMPV6 = 6, 17, 1, 58
ERRORS = {ICMP: (3, 11), ICMPV6: (1, 2, 3)}


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total & 0xFFFF) + (total >> 16)
    return ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF


class Datagram:
    """What is sent: `flags` are TCP's, or the ICMP type; the number is in the urgent pointer, or in front of the
    payload, or the ICMP sequence number."""

    def __init__(self, number, protocol, source, destination, sport, dport, flags=0, ttl=64, tos=0, size=2):
        self.number, self.protocol, self.source, self.destination = number, protocol, source, destination
        self.sport, self.dport, self.flags, self.ttl, self.tos, self.size = sport, dport, flags, ttl, tos, size
        self.sequence, self.acknowledged = 1000, 0

    def again(self, number):
        """The same once more, by another number."""
        return Datagram(number, *self.line())

    def line(self):
        return [
            self.protocol, self.source, self.destination, self.sport, self.dport,
            self.flags, self.ttl, self.tos, self.size,
        ]

    def payload(self):
        return struct.pack("!H", self.number) + b"x" * (self.size - 2)

    def data(self):
        source, destination = ipaddress.ip_address(self.source), ipaddress.ip_address(self.destination)
        body = self._body()
        at = {TCP: 16, UDP: 6, ICMP: 2, ICMPV6: 2}[self.protocol]
        pseudo = source.packed + destination.packed + struct.pack("!IxxxB", len(body), self.protocol)
        summed = checksum(body if self.protocol == ICMP else pseudo + body)
        body = body[:at] + struct.pack("!H", summed) + body[at + 2 :]
        if source.version == 6:
            first = 0x60000000 | self.tos << 20
            return struct.pack("!IHBB", first, len(body), self.protocol, self.ttl) + source.packed + destination.packed + body
        header = struct.pack("!BBHHHBBH", 0x45, self.tos, 20 + len(body), self.number, 0x4000, self.ttl, self.protocol, 0)
        whole = header + source.packed + destination.packed
        return whole[:10] + struct.pack("!H", checksum(whole)) + whole[12:] + body

    def _body(self):
        if self.protocol == TCP:
            return struct.pack(
                "!HHLLBBHHH", self.sport, self.dport, self.sequence, self.acknowledged, 80, self.flags, 1000, 0, self.number
            )
        if self.protocol == UDP:
            return struct.pack("!HHHH", self.sport, self.dport, 8 + self.size, 0) + self.payload()
        return struct.pack("!BBHHH", self.flags, 0, 0, self.sport, self.number) + b"x" * self.size


def _headers(data):
    """Traffic class, hop limit, protocol, addresses and what follows them."""
    if data[0] >> 4 == 4:
        return data[1], data[8], data[9], data[12:16], data[16:20], data[(data[0] & 15) * 4 :]
    return (data[0] & 15) << 4 | data[1] >> 4, data[7], data[6], data[8:24], data[24:40], data[40:]


def _number(protocol, body):
    if protocol == TCP:
        return struct.unpack("!H", body[18:20])[0] if len(body) >= 20 else 0
    if protocol == UDP:
        return struct.unpack("!H", body[8:10])[0] if len(body) >= 10 else 0
    return struct.unpack("!H", body[6:8])[0] if len(body) >= 8 else 0


def parsed(data):
    """The fields of a packet from its IP header on, and the number of the one that it is or carries."""
    tos, ttl, protocol, source, destination, body = _headers(data)
    source, destination = ipaddress.ip_address(source), ipaddress.ip_address(destination)
    if protocol in ERRORS and body[0] in ERRORS[protocol]:
        _, _, inner, _, _, carried = _headers(body[8:])
        return ("error", _number(inner, carried), body[0], body[1], source, destination)
    number = _number(protocol, body)
    if protocol == TCP and body[13] & 4 and number == 0:
        return ("reset", 0, source, destination)
    if protocol in (ICMP, ICMPV6):
        sport, flags = struct.unpack("!H", body[4:6])[0], body[0]
        dport = sport
    elif protocol in (TCP, UDP):
        sport, dport = struct.unpack("!HH", body[:4])
        flags = body[13] if protocol == TCP else 0
    else:
        return ("other", 0)
    return ("packet", number, protocol, source, sport, destination, dport, flags, ttl, tos)
