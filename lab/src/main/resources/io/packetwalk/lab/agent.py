"""What runs inside of a practice cluster: servers that answer, and senders of probes.

  agent.py serve FOLDER NETNS=NAME…    answers in every namespace; writes FOLDER/heard.jsonl
  agent.py probe FOLDER                 sends the probes of FOLDER/probes.jsonl, one after another,
                                        and writes FOLDER/results.jsonl

A probe's payload holds its tag, and so does the answer to it.
"""

import concurrent.futures
import contextlib
import ctypes
import errno
import json
import os
import re
import select
import socket
import struct
import sys
import time

PORT = 8080
AT_ONCE = 16
CLONE_NEWNET = 0x40000000
IP_MTU_DISCOVER, IPV6_MTU_DISCOVER, IP_PKTINFO, IPV6_RECVPKTINFO, IPV6_PKTINFO = 10, 23, 8, 49, 50
DONT_FRAGMENT = 2
TAG = re.compile(rb"pw[0-9]{5}-[0-9]{3}-[0-9a-f]{12}")
LIBRARY = ctypes.CDLL(None, use_errno=True)


@contextlib.contextmanager
def inside(netns):
    """This thread is in a named network namespace for a while; without a name it stays."""
    if not netns:
        yield
        return
    back = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    there = os.open("/run/netns/" + netns, os.O_RDONLY)
    try:
        enter(there)
        yield
    finally:
        enter(back)
        os.close(there)
        os.close(back)


def enter(descriptor):
    if LIBRARY.setns(descriptor, CLONE_NEWNET) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


class Server:
    """Answers in all namespaces, and notes which of them a probe was delivered to."""

    def __init__(self, folder):
        self.heard = open(os.path.join(folder, "heard.jsonl"), "a", buffering=1, encoding="ascii")
        self.poll, self.handlers = select.poll(), {}

    def watch(self, one, handler):
        one.setblocking(False)
        self.poll.register(one, select.POLLIN)
        self.handlers[one.fileno()] = (one, handler)

    def forget(self, one):
        self.poll.unregister(one)
        del self.handlers[one.fileno()]
        one.close()

    def open(self, netns, name):
        with inside(netns):
            for family in (socket.AF_INET, socket.AF_INET6):
                self.watch(listener(family, socket.SOCK_DGRAM), lambda s: self.echo(s))
                self.watch(listener(family, socket.SOCK_STREAM), lambda s: self.accept(s, name))
                protocols = {"tcp": 6, "udp": 17, "icmp": 1 if family == socket.AF_INET else 58}
                for word, number in protocols.items():
                    raw = socket.socket(family, socket.SOCK_RAW, number)
                    self.watch(raw, lambda s, w=word, f=family: self.hear(s, w, f, name))

    def run(self):
        while True:
            for descriptor, _ in self.poll.poll():
                one, handler = self.handlers.get(descriptor, (None, None))
                if one is not None:
                    with contextlib.suppress(OSError):
                        handler(one)

    def hear(self, raw, protocol, family, name):
        """A raw socket gets what is delivered to this stack, whether or not a port is open."""
        data = raw.recv(65536)
        if family == socket.AF_INET:
            data = data[(data[0] & 15) * 4 :]
        if len(data) < 8:
            return
        tag = TAG.search(data)
        if protocol == "icmp":
            if data[0] not in (8, 128):
                return
            sport = struct.unpack_from(">H", data, 4)[0]
        else:
            sport = struct.unpack_from(">H", data)[0]
            if protocol == "tcp" and data[13] & 0x12 != 2:
                return
        if 41000 <= sport < 61000:
            note = {"proto": protocol, "sport": sport, "by": name}
            if tag:
                note["tag"] = tag.group().decode()
            self.heard.write(json.dumps(note) + "\n")

    def echo(self, udp):
        """Sends the datagram back from the address it was sent to."""
        four = udp.family == socket.AF_INET
        level, wanted = (
            (socket.IPPROTO_IP, IP_PKTINFO) if four else (socket.IPPROTO_IPV6, IPV6_PKTINFO)
        )
        data, notes, _, sender = udp.recvmsg(65536, 256)
        for at, kind, value in notes:
            if at == level and kind == wanted:
                own = struct.pack("=I4s4x", 0, value[4:8]) if four else value[:16] + b"\0\0\0\0"
                udp.sendmsg([data], [(level, wanted, own)], 0, sender)

    def accept(self, tcp, name):
        connection = tcp.accept()[0]
        self.watch(connection, lambda one: self.answer(one, name))

    def answer(self, connection, name):
        data = b""
        with contextlib.suppress(OSError):
            data = connection.recv(65536)
        if data:
            path = data.split(b" ")[1] if data.startswith(b"GET ") else b"/"
            body = name.encode() + b" got " + path + b"\n"
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n"
            with contextlib.suppress(OSError):
                connection.send(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.forget(connection)


def listener(family, kind):
    one = socket.socket(family, kind)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    one.bind(("", PORT))
    if kind == socket.SOCK_STREAM:
        one.listen(64)
    elif family == socket.AF_INET:
        one.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
    else:
        one.setsockopt(socket.IPPROTO_IPV6, IPV6_RECVPKTINFO, 1)
    return one


def serve(folder, places):
    server = Server(folder)
    for place in places:
        netns, name = place.split("=", 1)
        server.open(netns, name)
    with open(os.path.join(folder, "serving"), "w", encoding="ascii"):
        pass
    server.run()


def payload(probe):
    tag = probe["tag"].encode()
    if probe["port"] == 53:
        labels = b"\x18" + tag + b"\x07cluster\x05local\x00"
        return struct.pack(">HHHHHH", probe["sport"], 0x100, 1, 0, 0, 0) + labels + b"\0\1\0\1"
    return (tag + b"packetwalk" * (probe["size"] // 10 + 1))[: max(probe["size"], len(tag))]


def send(probe):
    """Sends one probe; what its socket says of it is the result."""
    six = ":" in probe["ip"]
    family = socket.AF_INET6 if six else socket.AF_INET
    with inside(probe["netns"]):
        try:
            if probe["proto"] == "udp":
                return datagram(probe, family)
            if probe["proto"] == "tcp":
                return connection(probe, family)
            return ping(probe, family)
        except OSError as refusal:
            name = errno.errorcode.get(refusal.errno, "")
            return "error:" + (name or type(refusal).__name__)


def opened(family, kind, protocol, probe):
    one = socket.socket(family, kind, protocol)
    if family == socket.AF_INET:
        one.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, DONT_FRAGMENT)
        one.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, probe["ttl"])
    else:
        one.setsockopt(socket.IPPROTO_IPV6, IPV6_MTU_DISCOVER, DONT_FRAGMENT)
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS, probe["ttl"])
    one.settimeout(probe["timeout"])
    return one


def datagram(probe, family):
    with opened(family, socket.SOCK_DGRAM, 0, probe) as one:
        one.bind(("", probe["sport"]))
        one.connect((probe["ip"], probe["port"]))
        one.send(payload(probe))
        return "reply" if probe["tag"].encode() in one.recv(65536) else "error:other"


def connection(probe, family):
    with opened(family, socket.SOCK_STREAM, 0, probe) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind(("", probe["sport"]))
        one.connect((probe["ip"], probe["port"]))
        request = "GET /%s HTTP/1.1\r\nHost: web\r\nConnection: close\r\n" % probe["tag"]
        filler = "X-Size: " + "x" * max(0, probe["size"] - len(request) - 14)
        one.sendall((request + filler + "\r\n\r\n").encode())
        answer = b""
        while True:
            part = one.recv(65536)
            if not part:
                break
            answer += part
        return "reply" if probe["tag"].encode() in answer else "error:other"


def ping(probe, family):
    six = family == socket.AF_INET6
    protocol = 58 if six else 1
    with opened(family, socket.SOCK_RAW, protocol, probe) as one:
        data = payload(dict(probe, port=0))
        head = struct.pack(">BBHHH", 128 if six else 8, 0, 0, probe["sport"], 1)
        if not six:
            head = struct.pack(">BBHHH", 8, 0, checksum(head + data), probe["sport"], 1)
        one.connect((probe["ip"], 0))
        one.send(head + data)
        end = time.monotonic() + probe["timeout"]
        while time.monotonic() < end:
            answer = one.recv(65536)
            body = answer if six else answer[(answer[0] & 15) * 4 :]
            if body[0] in (0, 129) and probe["tag"].encode() in body:
                return "reply"
        raise TimeoutError


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def timed(probe):
    time.sleep(probe.get("wait", 0))
    sent = time.monotonic()
    result = send(probe)
    return {"tag": probe["tag"], "result": result, "took": time.monotonic() - sent}


def probe_all(folder):
    """Several at a time: those that nobody answers take long."""
    with open(os.path.join(folder, "probes.jsonl"), encoding="ascii") as asked:
        probes = [json.loads(line) for line in asked]
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as senders, open(
        os.path.join(folder, "results.jsonl"), "w", buffering=1, encoding="ascii"
    ) as results:
        for result in senders.map(timed, probes):
            results.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2], sys.argv[3:])
    else:
        probe_all(sys.argv[2])
