"""Sends random traffic through namespaces of this kernel, captures it at every device, and writes down
which frames the kernel itself held in one sk_buff (skbaddr of its tracepoints).

usage: identity.py FOLDER SEED PACKETS TUNNEL      TUNNEL: none, vxlan, geneve, ipip or gre

FOLDER/captures/NODE/host/DEVICE.pcap and FOLDER/truth.tsv: tap, frame, identity.
Exit status 77 where the kernel lacks something; the last line of stderr says what.
"""
import os, random, re, shutil, signal, subprocess, sys, tempfile, time

folder, seed, packets, tunnel = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
own = "pwid%d" % os.getpid()
mark = "%04d" % (os.getpid() % 10000)
A, N1, N2, B = (own + part for part in "awxb")
DEV = {name: name + mark for name in ("pa", "na", "nu", "nt", "xu", "xt", "xb", "pb")}
NODE = {"pa": ("a", A), "na": ("n1", N1), "nu": ("n1", N1), "nt": ("n1", N1),
        "xu": ("n2", N2), "xt": ("n2", N2), "xb": ("n2", N2), "pb": ("b", B)}
if tunnel == "none":
    del DEV["nt"], DEV["xt"], NODE["nt"], NODE["xt"]
children, mounts = [], []


def run(*words, check=True):
    return subprocess.run(words, check=check, capture_output=True, text=True).stdout


def inside(space, text, check=True):
    return run("ip", "netns", "exec", space, "sh", "-ec", text, check=check)


def missing(what):
    print(what, file=sys.stderr)
    clean()
    sys.exit(77)


def clean():
    for child in children:
        child.kill()
        child.wait()
    for space in (A, N1, N2, B):
        subprocess.run(["ip", "netns", "del", space], capture_output=True)
    if mounts:
        instance = mounts[0] + "/instances/" + own
        if os.path.isdir(instance):
            open(instance + "/tracing_on", "w").write("0")
            os.rmdir(instance)
        subprocess.run(["umount", mounts[0]], capture_output=True)
        os.rmdir(mounts[0])


def trace():
    point = tempfile.mkdtemp(prefix="pwid-trace")
    if subprocess.run(["mount", "-t", "tracefs", "nodev", point], capture_output=True).returncode:
        os.rmdir(point)
        missing("the kernel has no tracefs")
    mounts.append(point)
    instance = point + "/instances/" + own
    os.mkdir(instance)
    for event in ("net/net_dev_start_xmit", "net/netif_receive_skb", "skb/consume_skb", "skb/kfree_skb"):
        if not os.path.isdir(instance + "/events/" + event):
            missing("the kernel has no tracepoint " + event)
    open(instance + "/buffer_size_kb", "w").write("65536")
    open(instance + "/trace_clock", "w").write("global")
    for event in ("net/net_dev_start_xmit", "net/netif_receive_skb", "skb/consume_skb", "skb/kfree_skb"):
        open(instance + "/events/" + event + "/enable", "w").write("1")
    return instance


def build():
    for space in (A, N1, N2, B):
        run("ip", "netns", "add", space)
        inside(space, "ip link set lo up; sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.disable_ipv6=1"
                      " net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0")
    for left, right in (("pa", "na"), ("nu", "xu"), ("xb", "pb")):
        run("ip", "link", "add", DEV[left], "netns", NODE[left][1], "type", "veth",
            "peer", DEV[right], "netns", NODE[right][1])
    address = {"pa": "10.1.0.2/24", "na": "10.1.0.1/24", "nu": "192.168.77.1/24", "xu": "192.168.77.2/24",
               "xb": "10.2.0.1/24", "pb": "10.2.0.2/24"}
    for name, value in address.items():
        inside(NODE[name][1], "ip addr add %s dev %s; ip link set %s up" % (value, DEV[name], DEV[name]))
    hop1, hop2 = "192.168.77.2", "192.168.77.1"
    if tunnel != "none":
        options = {"vxlan": "vxlan id 7 dstport 4789 dev {u} local {l} remote {r}",
                   "geneve": "geneve id 7 remote {r}", "ipip": "ipip local {l} remote {r}",
                   "gre": "gre local {l} remote {r}"}[tunnel]
        for name, under, l, r, address in (("nt", "nu", hop2, hop1, "10.99.0.1/24"), ("xt", "xu", hop1, hop2, "10.99.0.2/24")):
            try:
                inside(NODE[name][1], "ip link add %s type %s; ip addr add %s dev %s; ip link set %s up mtu 1400" % (
                    DEV[name], options.format(u=DEV[under], l=l, r=r), address, DEV[name], DEV[name]))
            except subprocess.CalledProcessError as failure:
                missing("the kernel has no %s devices: %s" % (tunnel, failure.stderr.strip()))
        hop1, hop2 = "10.99.0.2", "10.99.0.1"
    inside(A, "ip route add default via 10.1.0.1")
    inside(B, "ip route add default via 10.2.0.1")
    inside(N1, "ip route add 10.2.0.0/24 via %s" % hop1)
    inside(N2, "ip route add 10.1.0.0/24 via %s" % hop2)
    for protocol in ("udp", "tcp"):
        inside(N1, "iptables -t nat -A PREROUTING -d 10.96.0.1 -p %s --dport 80 -j DNAT --to-destination 10.2.0.2:9005" % protocol)
        inside(N1, "iptables -t nat -A POSTROUTING -p %s --dport 9005 -j MASQUERADE --to-ports 20000-60000 --random" % protocol)
    # Segments are cut where they leave the first node.
    inside(N1, "ethtool -K %s tso off gso off >/dev/null 2>&1 || true" % DEV["nu"])


SERVER = r"""
import socket, threading
def datagrams(port):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("10.2.0.2", port))
    while True:
        data, peer = s.recvfrom(65536); s.sendto(data[:32], peer)
def streams(port):
    s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("10.2.0.2", port)); s.listen(64)
    def one(c):
        while c.recv(65536): pass
        c.close()
    while True:
        c, _ = s.accept(); threading.Thread(target=one, args=(c,), daemon=True).start()
for port in (9001, 9002, 9004, 9005): threading.Thread(target=datagrams, args=(port,), daemon=True).start()
for port in (9003, 9005): threading.Thread(target=streams, args=(port,), daemon=True).start()
print("ready", flush=True); threading.Event().wait()
"""

CLIENT = r"""
import random, socket, sys, time
chance = random.Random(int(sys.argv[1])); packets = int(sys.argv[2])
target = ("10.2.0.2", 0)
sockets = {}
def datagram(flow, to, data):
    if flow not in sockets: sockets[flow] = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sockets[flow].sendto(data, to)
streams = []
for port, host in [(9003, "10.2.0.2")] * 4 + [(80, "10.96.0.1")] * 4:
    s = socket.create_connection((host, port)); streams.append(s)
same = b"the same in every packet" * 3
for number in range(packets):
    kind = chance.randrange(6); flow = chance.randrange(12)
    if kind == 0: datagram(("r", flow), ("10.2.0.2", 9001), chance.randbytes(chance.randrange(20, 900)))
    elif kind == 1: datagram(("s", flow), ("10.2.0.2", 9002), same)
    elif kind == 2: datagram(("f", flow % 3), ("10.2.0.2", 9004), chance.randbytes(chance.randrange(2000, 5000)))
    elif kind == 3: datagram(("n", flow), ("10.96.0.1", 80), same)
    else: chance.choice(streams).sendall(chance.randbytes(chance.choice([10, 300, 1200, 9000, 30000])))
    if number % 8 == 0: time.sleep(0.002)
for s in streams: s.close()
time.sleep(0.3)
"""


def traffic():
    server = subprocess.Popen(["ip", "netns", "exec", B, sys.executable, "-c", SERVER], stdout=subprocess.PIPE)
    children.append(server)
    server.stdout.readline()
    # Something gets lost and sent again: some packets a second the second node drops.
    inside(N2, "iptables -A FORWARD -p tcp --dport 9003 --tcp-flags PSH PSH -m limit --limit 4/s --limit-burst 1 -j DROP", check=False)
    subprocess.run(["ip", "netns", "exec", A, sys.executable, "-c", CLIENT, str(seed), str(packets)], check=True)
    time.sleep(0.5)


def captures():
    taps = []
    for name, device in DEV.items():
        node, space = NODE[name]
        path = "%s/captures/%s/host/%s.pcap" % (folder, node, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        taps.append(subprocess.Popen(
            ["ip", "netns", "exec", space, "tcpdump", "-i", device, "-n", "-p", "-B", "32768", "-s", "256",
             "--time-stamp-precision=nano", "-Z", "root", "-w", path], stderr=subprocess.PIPE, text=True))
    children.extend(taps)
    for tap in taps:
        while "listening on" not in tap.stderr.readline():
            if tap.poll() is not None:
                missing("tcpdump doesn't start")
    return taps


def frames(path, mac):
    """Of each frame whether it goes out, and its length on the wire."""
    data = open(path, "rb").read()
    at, found = 24, []
    while at + 16 <= len(data):
        kept, length = (int.from_bytes(data[at + o:at + o + 4], "little") for o in (8, 12))
        frame = data[at + 16:at + 16 + kept]
        found.append((mac is not None and frame[6:12] == mac, length, frame))
        at += 16 + kept
    return found


# The places of a packet's way, there and back; a buffer goes from one to the next.
WAY = [name for name in ("pa", "na", "nt", "nu", "xu", "xt", "xb", "pb") if name in DEV]
OUT = {True: ("pa", "nt", "nu", "xb"), False: ("pb", "xt", "xu", "na")}


def place(device, out):
    """The direction and the number of a place on the way: (True, 0) where a packet there starts."""
    name = device[:-len(mark)]
    forward = (name in OUT[True]) == out
    return forward, WAY.index(name) if forward else len(WAY) - 1 - WAY.index(name)


def identities(text):
    """
    The events of each device and direction, with the identity of the packet: its sk_buff until that is
    freed. Buffers that are merged (GRO, reassembly) are freed without a word: one that doesn't go on to
    the next place is another packet's.
    """
    event = re.compile(r": (net_dev_start_xmit|netif_receive_skb|consume_skb|kfree_skb): (.*)")
    alive, events, count = {}, {}, 0
    for line in text:
        match = event.search(line)
        if not match:
            continue
        kind, words = match.groups()
        skb = re.search(r"skbaddr=(\S+)", words).group(1)
        if kind in ("consume_skb", "kfree_skb"):
            alive.pop(skb, None)
            continue
        device = re.search(r"dev=(\S+)", words).group(1)
        if not device.endswith(mark):
            continue
        out = kind == "net_dev_start_xmit"
        forward, number = place(device, out)
        identity, before = alive.get(skb, (0, None))
        if before != (forward, number - 1):
            count += 1
            identity = count
        alive[skb] = identity, (forward, number)
        length = int(re.search(r" len=(\d+)", words).group(1))
        events.setdefault((device, out), []).append((identity, length))
    return events


def macs():
    found = {}
    for name, device in DEV.items():
        text = inside(NODE[name][1], "ip -o link show " + device)
        match = re.search(r"link/ether (\S+)", text)
        found[name] = bytes.fromhex(match.group(1).replace(":", "")) if match else None
    return found


def main():
    for tool in ("tcpdump", "iptables", "ip", "ethtool"):
        if not shutil.which(tool):
            missing("%s isn't installed" % tool)
    build()
    instance = trace()
    taps = captures()
    own_macs = macs()
    # On one processor: where two send at once, captures and tracepoints needn't tell the same order.
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    open(instance + "/trace", "w").write("")
    traffic()
    for tap in taps:
        tap.send_signal(signal.SIGINT)
        tap.communicate()
    open(instance + "/tracing_on", "w").write("0")
    with open(instance + "/trace", errors="replace") as text:
        events = identities(text)
    lines, unmatched = [], 0
    for name, device in DEV.items():
        node = NODE[name][0]
        if own_macs[name] is None:
            continue
        found = frames("%s/captures/%s/host/%s.pcap" % (folder, node, name), own_macs[name])
        for out in (True, False):
            mine = [(number + 1, length) for number, (goes, length, _) in enumerate(found) if goes == out]
            told = events.get((device, out), [])
            # What was traced before the capture saw anything, or after it, is at the ends.
            told = [(one, length if out else length + 14) for one, length in told]
            if [l for _, l in mine] != [l for _, l in told]:
                unmatched += len(mine)
                continue
            lines += ["%s/host/%s\t%d\t%d" % (node, name, number, one) for (number, _), (one, _) in zip(mine, told)]
    open(folder + "/truth.tsv", "w").write("\n".join(lines) + "\n")
    print("%d frames have the kernel's identity, %d don't" % (len(lines), unmatched))


signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
try:
    main()
finally:
    clean()
