"""Sockets of a namespace that answer probes and hear them."""

import contextlib
import socket
import struct

from . import frames

ECHO_PORT = 8080
IP_PKTINFO, IPV6_RECVPKTINFO, IPV6_PKTINFO = 8, 49, 50


class Ears:
    """A namespace's answering sockets, and raw ones that hear every probe which is delivered there.

    Each VRF has answering sockets of its own.

    UDP and TCP are answered on ECHO_PORT, other ports are closed; the kernel answers echo requests.
    """

    def __init__(self, name, namespace):
        self.name = name
        vrfs = [
            line.split(":")[1].strip()
            for line in namespace.output("ip -o link show type vrf").splitlines()
            if ":" in line
        ]
        shared = namespace.has("net/ipv4/tcp_l3mdev_accept") and namespace.read(
            "net/ipv4/tcp_l3mdev_accept"
        ) == "1"
        with namespace.entered(), contextlib.ExitStack() as opened:
            self.raw, self.udp, self.tcp = [], [], []
            for family, icmp in ((socket.AF_INET, frames.ICMP), (socket.AF_INET6, frames.ICMP6)):
                for protocol in (icmp, frames.UDP, frames.TCP):
                    self.raw.append(
                        opened.enter_context(socket.socket(family, socket.SOCK_RAW, protocol))
                    )
                self.udp.append(opened.enter_context(_listener(family, socket.SOCK_DGRAM)))
                self.tcp.append(opened.enter_context(_listener(family, socket.SOCK_STREAM)))
                for vrf in vrfs:
                    self.udp.append(opened.enter_context(_listener(family, socket.SOCK_DGRAM, vrf)))
                    if not shared:  # else an unbound one takes what the VRF gets, and none beside it
                        self.tcp.append(
                            opened.enter_context(_listener(family, socket.SOCK_STREAM, vrf))
                        )
            self._opened = opened.pop_all()
        for one in self.raw:
            one.setblocking(False)

    def close(self):
        self._opened.close()


def _listener(family, kind, device=""):
    one = socket.socket(family, kind)
    if device:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, device.encode())
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    one.bind(("", ECHO_PORT))
    one.setblocking(False)
    if kind == socket.SOCK_STREAM:
        one.listen(16)
    elif family == socket.AF_INET:
        one.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
    else:
        one.setsockopt(socket.IPPROTO_IPV6, IPV6_RECVPKTINFO, 1)
    return one


def echo(udp):
    """Sends the datagram back from the address it was sent to."""
    level, wanted = (
        (socket.IPPROTO_IP, IP_PKTINFO)
        if udp.family == socket.AF_INET
        else (socket.IPPROTO_IPV6, IPV6_PKTINFO)
    )
    with contextlib.suppress(OSError):
        data, notes, _, sender = udp.recvmsg(65536, 256)
        for at, kind, value in notes:
            if at == level and kind == wanted:
                own = (
                    struct.pack("=I4s4x", 0, value[4:8])
                    if level == socket.IPPROTO_IP
                    else struct.pack("=16sI", value[:16], 0)
                )
                udp.sendmsg([data], [(level, wanted, own)], 0, sender)


def accept(tcp):
    with contextlib.suppress(OSError):
        tcp.accept()[0].close()
