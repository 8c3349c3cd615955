"""Taps on devices, and capture files."""

import ctypes
import os
import socket
import struct
import time
from dataclasses import dataclass

from . import frames

ETH_P_ALL = 3
SO_TIMESTAMPNS = 35
SOL_PACKET, PACKET_AUXDATA, PACKET_OUTGOING = 263, 8, 4
VLAN_VALID = 0x10
SOLICITATION = 135
ARPHRD_LOOPBACK, ARPHRD_ETHER = 772, 1
NANOSECOND_MAGIC = 0xA1B23C4D
MICROSECOND_MAGIC = 0xA1B2C3D4


@dataclass(frozen=True)
class Frame:
    """A frame in a capture; `time` is in nanoseconds since 1970."""

    time: int
    data: bytes


class Tap:
    """A packet socket on one device: every frame that the device sends or receives, and when."""

    def __init__(self, namespace, device, path):
        self.path = path
        self.asked = 0.0  # when a frame last asked for a neighbour
        self._frames = []
        with namespace.entered():
            self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
            self.socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
            self.socket.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
            self.socket.bind((device, ETH_P_ALL))
        self.socket.setblocking(False)
        kind = self.socket.getsockname()[3]
        self._link_type = frames.ETHERNET if kind in (ARPHRD_ETHER, ARPHRD_LOOPBACK) else frames.RAW
        self._loopback = kind == ARPHRD_LOOPBACK

    def read(self):
        """Takes what has come, and says how many frames that were."""
        count = 0
        while True:
            try:
                data, notes, _, address = self.socket.recvmsg(65536, 256)
            except BlockingIOError:
                return count
            except OSError:  # the device is down: the kernel says so once
                continue
            if self._loopback and address[2] == PACKET_OUTGOING:
                continue  # a loopback device shows each frame twice
            count += 1
            if _asks(data, self._link_type):
                self.asked = time.monotonic()
            self._frames.append(_frame(data, notes))

    def close(self):
        self.read()
        self.socket.close()
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        write(self.path, self._link_type, self._frames)


def _asks(data, link_type):
    """Whether the frame is an ARP request or a neighbour solicitation."""
    if link_type != frames.ETHERNET or not frames.speaker(data):
        return False
    return data[21] == 1 if data[12:14] == b"\x08\x06" else data[54] == SOLICITATION


def _frame(data, notes):
    when = 0
    for level, kind, value in notes:
        if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
            seconds, nanoseconds = struct.unpack("qq", value[: ctypes.sizeof(ctypes.c_long) * 2])
            when = seconds * 10**9 + nanoseconds
        elif level == SOL_PACKET and kind == PACKET_AUXDATA:
            status, _, _, _, _, tag, protocol = struct.unpack("IIIHHHH", value[:20])
            if status & VLAN_VALID:  # the kernel keeps the tag beside the frame
                data = data[:12] + struct.pack("!HH", protocol or 0x8100, tag) + data[12:]
    return Frame(when, data)


def write(path, link_type, captured):
    """Writes a pcap file with nanosecond times."""
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", NANOSECOND_MAGIC, 2, 4, 0, 0, 262144, link_type))
        for frame in captured:
            seconds, nanoseconds = divmod(frame.time, 10**9)
            file.write(struct.pack("<IIII", seconds, nanoseconds, len(frame.data), len(frame.data)))
            file.write(frame.data)


def read(path):
    """The link type and the frames of a pcap file of this machine's byte order."""
    with open(path, "rb") as file:
        data = file.read()
    magic, link_type = struct.unpack_from("<I16xI", data)
    if magic not in (NANOSECOND_MAGIC, MICROSECOND_MAGIC):
        raise ValueError(f"{path}: not a pcap file of this machine")
    unit, at, found = (1 if magic == NANOSECOND_MAGIC else 1000), 24, []
    while at + 16 <= len(data):
        seconds, part, length = struct.unpack_from("<III", data, at)
        found.append(Frame(seconds * 10**9 + part * unit, data[at + 16 : at + 16 + length]))
        at += 16 + length
    return link_type, found
