"""Taps on devices, and capture files."""

import mmap
import os
import socket
import struct
import time
from dataclasses import dataclass

from . import frames

ETH_P_ALL = 3
SO_TIMESTAMPNS = 35
SOL_PACKET, PACKET_RX_RING, PACKET_VERSION, PACKET_OUTGOING = 263, 5, 10, 4
TPACKET_V2, TP_STATUS_USER = 1, 1
HEADER, ADDRESS = struct.Struct("=IIIHHIIHH"), 32  # tpacket2_hdr, and where sockaddr_ll begins
SLOT, SLOTS, BLOCK = 2048, 1024, 65536  # bytes of a frame that are kept, with their header; frames
VLAN_VALID = 0x10
SOLICITATION = 135
ARPHRD_LOOPBACK, ARPHRD_ETHER = 772, 1
NANOSECOND_MAGIC = 0xA1B23C4D
MICROSECOND_MAGIC = 0xA1B2C3D4


@dataclass(frozen=True)
class Frame:
    """A frame in a capture; `time` is in nanoseconds since 1970, `length` that on the wire."""

    time: int
    data: bytes
    length: int


class Tap:
    """A packet socket on one device: every frame that the device sends or receives, and when.

    The kernel copies frames into a ring as they pass. What a socket keeps to be received later is no
    copy: a header that is written further on in place of an earlier one would show.
    """

    def __init__(self, namespace, device, path):
        self.path = path
        self.asked = 0.0  # when a frame last asked for a neighbour
        self._frames, self._next = [], 0
        with namespace.entered():
            self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
            self.socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
            self.socket.setsockopt(SOL_PACKET, PACKET_VERSION, TPACKET_V2)
            ring = struct.pack("IIII", BLOCK, SLOTS * SLOT // BLOCK, SLOT, SLOTS)
            self.socket.setsockopt(SOL_PACKET, PACKET_RX_RING, ring)
            self._ring = mmap.mmap(self.socket.fileno(), SLOTS * SLOT)
            self.socket.bind((device, ETH_P_ALL))
        self.socket.setblocking(False)
        kind = self.socket.getsockname()[3]
        self._link_type = frames.ETHERNET if kind in (ARPHRD_ETHER, ARPHRD_LOOPBACK) else frames.RAW
        self._loopback = kind == ARPHRD_LOOPBACK

    def read(self):
        """Takes what has come, and says how many frames that were."""
        self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)  # the device is down: said once
        count = 0
        while True:
            at = self._next * SLOT
            header = HEADER.unpack_from(self._ring, at)
            if not header[0] & TP_STATUS_USER:
                return count
            outgoing = self._ring[at + ADDRESS + 10] == PACKET_OUTGOING
            if not (self._loopback and outgoing):  # a loopback device shows each frame twice
                count += 1
                self._take(at, header)
            struct.pack_into("I", self._ring, at, 0)  # the slot is the kernel's again
            self._next = (self._next + 1) % SLOTS

    def _take(self, at, header):
        status, length, kept, start, _, seconds, nanoseconds, tag, protocol = header
        data = self._ring[at + start : at + start + kept]
        if _asks(data, self._link_type):
            self.asked = time.monotonic()
        if status & VLAN_VALID:  # the kernel keeps the tag beside the frame
            data = data[:12] + struct.pack("!HH", protocol or 0x8100, tag) + data[12:]
            length += 4
        self._frames.append(Frame(seconds * 10**9 + nanoseconds, data, length))

    def close(self):
        self.read()
        self._ring.close()
        self.socket.close()
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        write(self.path, self._link_type, self._frames)


def _asks(data, link_type):
    """Whether the frame is an ARP request or a neighbour solicitation."""
    if link_type != frames.ETHERNET or not frames.speaker(data):
        return False
    return data[21] == 1 if data[12:14] == b"\x08\x06" else data[54] == SOLICITATION


def write(path, link_type, captured):
    """Writes a pcap file with nanosecond times."""
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", NANOSECOND_MAGIC, 2, 4, 0, 0, 262144, link_type))
        for frame in captured:
            seconds, nanoseconds = divmod(frame.time, 10**9)
            file.write(struct.pack("<IIII", seconds, nanoseconds, len(frame.data), frame.length))
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
        seconds, part, length, whole = struct.unpack_from("<IIII", data, at)
        found.append(Frame(seconds * 10**9 + part * unit, data[at + 16 : at + 16 + length], whole))
        at += 16 + length
    return link_type, found
