"""Probes: packets that one namespace sends to an address, and who receives and answers them."""

import contextlib
import errno
import select
import socket
import struct
import time
from dataclasses import dataclass, field

from . import frames
from .ears import accept, echo
from .purses import Purses

FIRST_SOURCE_PORT = 41000
IP_MTU_DISCOVER, IPV6_MTU_DISCOVER, IPV6_DONTFRAG = 10, 23, 62
DONT, WANT, PROBE = 0, 1, 3
NO_ANSWER = "error:TimeoutError"
ASKS_AGAIN = 0.12  # seconds, see EVERY_DEVICE in realise.py


@dataclass
class Probe:
    """One packet to send, and, once sent, what became of it."""

    id: int
    node: str
    netns: str  # "host" or the namespace's name
    frm: str
    to: str
    ip: str
    port: int
    proto: str  # udp, tcp (a SYN) or icmp (an echo request, in either family)
    size: int = 32  # bytes of payload
    ttl: int = 64
    dont_fragment: bool = True
    bind: str = ""  # the source address, when the sender chooses it
    device: str = ""  # what the sender is bound to, as a VRF
    many: bool = False  # whether it is for more than one receiver
    result: str = NO_ANSWER
    received_by: list = field(default_factory=list)
    icmp_errors: list = field(default_factory=list)

    @property
    def sport(self):
        """The source port, or the echo's identifier: no two probes of a run share it."""
        return FIRST_SOURCE_PORT + self.id

    @property
    def version(self):
        return 6 if ":" in self.ip else 4

    def payload(self, run):
        tag = f"pw{run:05d}-{self.id:03d}-".encode()
        return (tag + b"packetwalk" * (self.size // 10 + 1))[: self.size]


class Prober:
    """Sends probes one after another and watches every socket until the network is quiet."""

    def __init__(self, run, ears, taps=()):
        """`run` is in the payloads' tags; `ears` are every namespace's, `taps` are read too."""
        self._run = run
        self._probes, self._senders = {}, {}
        self._poll, self._handlers = select.poll(), {}
        self._taps = taps
        self._purses = Purses()
        for tap in taps:
            self._watch(tap.socket, tap.read)
        for one in ears:
            for udp in one.udp:
                self._watch(udp, lambda udp=udp: echo(udp))
            for tcp in one.tcp:
                self._watch(tcp, lambda tcp=tcp: accept(tcp))
            for raw in one.raw:
                self._watch(raw, lambda raw=raw, name=one.name: self._hear(raw, name))

    def _watch(self, one, handler):
        self._poll.register(one, select.POLLIN)
        self._handlers[one.fileno()] = handler

    def settle(self, quiet, longest):
        """Serves the sockets until nothing has come for `quiet` seconds, at most `longest`.

        Who waits for a neighbour asks several times, and a later probe's question would help it.
        """
        end = time.monotonic() + longest
        while time.monotonic() < end:
            ready = self._poll.poll(quiet * 1000)
            if not ready and time.monotonic() > self._asked() + ASKS_AGAIN:
                return
            for descriptor, _ in ready:
                self._handlers[descriptor]()

    def _asked(self):
        return max((tap.asked for tap in self._taps), default=0.0)

    def wait_for_errors(self, probe):
        """Serves the sockets until routers would tell the probe's sender of an error again."""
        end = time.monotonic() + self._purses.seconds_for(probe)
        while time.monotonic() < end:
            for descriptor, _ in self._poll.poll(max(0, end - time.monotonic()) * 1000):
                self._handlers[descriptor]()

    def send(self, probe, namespace):
        """Sends the probe; what becomes of it shows in the probe while the sockets are served."""
        self._purses.sent(probe)
        self._probes[probe.sport] = probe
        with namespace.entered():
            sender = _sender(probe)
            try:
                _limit(sender, probe)
                _transmit(sender, probe, probe.payload(self._run))
            except OSError as refusal:
                probe.result = "error:" + errno.errorcode.get(refusal.errno, str(refusal.errno))
                sender.close()
                return
        self._senders[probe.sport] = sender
        if probe.proto == "udp":
            self._watch(sender, lambda: self._answer(probe, sender))

    def finish(self):
        """Takes the senders' last news and closes them."""
        for sport, sender in self._senders.items():
            probe = self._probes[sport]
            error = sender.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if error and probe.result == NO_ANSWER:
                probe.result = "error:" + errno.errorcode.get(error, str(error))
            if sender.fileno() in self._handlers:
                self._poll.unregister(sender)
                del self._handlers[sender.fileno()]
            if probe.proto == "tcp":
                sender.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            sender.close()
        self._senders.clear()
        self.settle(0.02, 0.5)

    def _answer(self, probe, sender):
        try:
            if sender.recv(65536) == probe.payload(self._run):
                probe.result = "reply"
        except BlockingIOError:
            pass
        except OSError as refusal:
            if probe.result == NO_ANSWER:
                probe.result = "error:" + errno.errorcode.get(refusal.errno, str(refusal.errno))

    def _hear(self, raw, name):
        while True:
            try:
                data, address = raw.recvfrom(65536)
            except BlockingIOError:
                return
            except OSError:
                continue
            found = self._heard(raw, data, address)
            if isinstance(found, frames.Failure):
                self._heard_failure(found, address[0], name)
            elif found:
                self._heard_segment(found, name, address[0].split("%")[0])

    def _heard(self, raw, data, address):
        if raw.family == socket.AF_INET:
            packet = frames.innermost(data, frames.RAW)
            own = packet and packet.protocol == raw.proto and not packet.outer_keys
            packet = packet if own else None
        else:
            packet = frames.Packet(address[0].split("%")[0], "", raw.proto, data, 0)
        return frames.segment(packet) if packet else None

    def _heard_segment(self, found, name, source):
        probe = self._probes.get(found.source_port)
        asks = (
            probe
            and found.protocol == probe.proto
            and (
                found.kind in ("request", "syn")
                if probe.proto != "udp"
                else found.destination_port not in self._probes
            )
        )
        if asks:
            if name not in probe.received_by:
                probe.received_by.append(name)
            return
        probe = self._probes.get(found.destination_port)
        if (
            probe
            and found.protocol == probe.proto
            and found.kind in ("reply", "syn+ack", "rst+ack")
        ):
            foreign = probe.proto == "tcp" and source != probe.ip  # no socket takes it
            if name == ear(probe) and probe.result == NO_ANSWER and not foreign:
                probe.result = "error:ECONNREFUSED" if found.kind == "rst+ack" else "reply"

    def _heard_failure(self, found, source, name):
        quoted = frames.segment(found.quoted)
        probe = self._probes.get(quoted.source_port) if isinstance(quoted, frames.Segment) else None
        if probe and quoted.protocol == probe.proto and found.quoted.destination == probe.ip:
            error = {
                "type": found.type,
                "code": found.code,
                "from": source.split("%")[0],
                "at": name,
            }
            if error not in probe.icmp_errors:
                probe.icmp_errors.append(error)


def ear(probe):
    """Where the probe's sender listens."""
    return probe.node if probe.netns == "host" else probe.netns


def _sender(probe):
    family = socket.AF_INET if probe.version == 4 else socket.AF_INET6
    if probe.proto == "icmp":
        sender = socket.socket(
            family, socket.SOCK_RAW, frames.ICMP if probe.version == 4 else frames.ICMP6
        )
    else:
        sender = socket.socket(
            family, socket.SOCK_DGRAM if probe.proto == "udp" else socket.SOCK_STREAM
        )
    sender.setblocking(False)
    if probe.device:
        sender.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, probe.device.encode())
    return sender


def _limit(sender, probe):
    """Sets TTL, fragmentation and source; only TCP minds a path MTU that the kernel learned."""
    may = DONT if not probe.dont_fragment else WANT if probe.proto == "tcp" else PROBE
    if probe.version == 4:
        sender.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, probe.ttl)
        sender.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, may)
    else:
        sender.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS, probe.ttl)
        sender.setsockopt(socket.IPPROTO_IPV6, IPV6_MTU_DISCOVER, may)
        sender.setsockopt(socket.IPPROTO_IPV6, IPV6_DONTFRAG, int(probe.dont_fragment))
    if probe.many and probe.version == 4:
        sender.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, probe.ttl)
    elif probe.many:
        sender.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, probe.ttl)
    sender.bind((probe.bind, 0 if probe.proto == "icmp" else probe.sport))


def _transmit(sender, probe, payload):
    if probe.proto == "icmp":
        kind = 8 if probe.version == 4 else 128
        header = struct.pack("!BBHHH", kind, 0, 0, probe.sport, 1)
        if probe.version == 4:
            header = header[:2] + struct.pack("!H", _checksum(header + payload)) + header[4:]
        sender.sendto(header + payload, (probe.ip, 0))
    elif probe.proto == "udp":
        sender.connect((probe.ip, probe.port))
        sender.send(payload)
    else:
        with contextlib.suppress(BlockingIOError):
            sender.connect((probe.ip, probe.port))


def _checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF
