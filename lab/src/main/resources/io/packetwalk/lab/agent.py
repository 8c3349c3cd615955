"""What runs inside of a practice cluster: servers that answer, and senders of probes.

  agent.py serve FOLDER NETNS=NAME…    answers in every namespace; writes FOLDER/heard.jsonl
  agent.py probe QUESTIONS RESULTS      sends the probes of a file, several at a time, and writes
                                        what their senders were told
  agent.py carry FOLDER [PIPE]          runs the commands that are put into the folder (see carry),
                                        when somebody has opened the pipe

A probe's payload holds its tag, and so does the answer to it.
"""

import concurrent.futures
import contextlib
import ctypes
import errno
import fcntl
import json
import os
import re
import select
import socket
import signal
import struct
import subprocess
import sys
import termios
import time
import traceback

PORT = 8080
AT_ONCE = 16
CLONE_NEWNET = 0x40000000
IP_MTU_DISCOVER, IPV6_MTU_DISCOVER, IP_PKTINFO, IPV6_RECVPKTINFO, IPV6_PKTINFO = 10, 23, 8, 49, 50
IP_RECVERR, IPV6_RECVERR = 11, 25
DONT_FRAGMENT = 2
TAG = re.compile(rb"pw[0-9]{5}-[0-9]{3}-[0-9a-f]{12}")
# What is written in User Mode Linux reaches the host's files when it is synchronised; what an emulated
# machine writes is there at once.
WRITES_LATE = "PACKETWALK_BOX" in os.environ and "PACKETWALK_WRITABLE" not in os.environ
# Pieces of a command's output that are passed on before others have their turn.
PIECES_AT_ONCE = 256
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
            synchronise(self.heard)

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
    # Without it, a datagram's sender isn't told that its host can't be reached.
    if family == socket.AF_INET:
        one.setsockopt(socket.IPPROTO_IP, IP_RECVERR, 1)
    else:
        one.setsockopt(socket.IPPROTO_IPV6, IPV6_RECVERR, 1)
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
    sent = time.monotonic()
    result = send(probe)
    return {"tag": probe["tag"], "result": result, "took": time.monotonic() - sent}


def probe_all(questions, answers):
    """Several at a time: those that nobody answers take long."""
    with open(questions, encoding="ascii") as asked:
        probes = [json.loads(line) for line in asked]
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as senders, open(
        answers, "w", buffering=1, encoding="ascii"
    ) as results:
        waiting = []
        for probe in probes:
            if waiting:
                time.sleep(probe.get("wait", 0))
            waiting.append(senders.submit(timed, probe))
        for one in waiting:
            results.write(json.dumps(one.result()) + "\n")


def started(question, outputs):
    """Starts a command; also the descriptor that its input is written to, where it has one, and
    whether that is a terminal's, which has the output as well."""
    command, size = question["command"], question.get("terminal")
    if size:
        keys, screen = os.openpty()
        set_size(keys, size)
        own = lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        try:
            process = subprocess.Popen(
                command, stdin=screen, stdout=screen, stderr=screen, start_new_session=True,
                preexec_fn=own, env=dict(os.environ, TERM=question.get("term", "dumb"))
            )
        except OSError:
            os.close(keys)
            raise
        finally:
            os.close(screen)
        return process, keys
    if command[:2] == ["python3", sys.argv[0]] and not question.get("input"):
        return Own(command[2:], outputs), None
    piped = subprocess.PIPE if question.get("input") else subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=piped, stdout=outputs[0], stderr=outputs[1])
    return process, os.dup(process.stdin.fileno()) if process.stdin else None


class Own:
    """This program again, for another purpose: a copy of the process, since starting the interpreter
    takes a second where the processor is emulated. It has what is used of subprocess.Popen."""

    stdin = None

    def __init__(self, arguments, outputs):
        self.status = None
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                for number, output in enumerate(outputs, 1):
                    os.dup2(output, number)
                main(arguments)
                status = 0
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(status)

    def poll(self):
        if self.status is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status

    def send_signal(self, number):
        if self.poll() is None:
            os.kill(self.pid, number)


def set_size(terminal, size):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[0], size[1], 0, 0))


class Carried:
    """A command that was put into the folder, and the files that its output goes to. It writes to
    pipes: looking how long each file is would be a question to the host every time."""

    def __init__(self, path, question, poll):
        self.path, self.poll, self.due, self.begun = path, poll, 0, time.monotonic()
        self.files = [open(path + ".out", "wb"), open(path + ".err", "wb")]
        self.has_terminal, self.keys = bool(question.get("terminal")), None
        self.typed, self.input_ends = b"", False
        pipes = [os.pipe(), os.pipe()]
        try:
            # What is started is where its starter is: one program less to start than with nsenter.
            with inside(question["netns"]):
                self.process, self.keys = started(question, [pipe[1] for pipe in pipes])
        except OSError as failure:
            name = question["command"][0]
            self.files[1].write(f"sh: {name}: not found: {failure}\n".encode())
            self.process = None
        for pipe in pipes:
            os.close(pipe[1])
        self.sources = {pipe[0]: file for pipe, file in zip(pipes, self.files)}
        if self.keys is not None:
            os.set_blocking(self.keys, False)
            if self.has_terminal:
                self.sources[self.keys] = self.files[0]
            else:
                self.process.stdin.close()
        for source in self.sources:
            os.set_blocking(source, False)
            poll.register(source, select.POLLIN)
        # Says when the process has ended, which would have to be looked for time and again else.
        self.end = None
        if self.process and hasattr(os, "pidfd_open"):
            self.end = os.pidfd_open(self.process.pid)
            poll.register(self.end, select.POLLIN)

    def signal(self, number):
        self.due = 0
        if self.process:
            self.process.send_signal(number)

    def type(self, data):
        self.typed += data

    def end_input(self):
        """Who sits at a terminal says so with a key."""
        self.input_ends, self.due = True, 0
        self.typed += b"\x04" if self.has_terminal else b""

    def resize(self, size):
        if self.has_terminal and self.keys is not None:
            set_size(self.keys, size)

    def pass_input(self):
        if self.keys is None:
            return
        try:
            if self.typed:
                self.typed = self.typed[os.write(self.keys, self.typed) :]
            if self.input_ends and not self.typed and not self.has_terminal:
                os.close(self.keys)
                self.keys = None
        except BlockingIOError:
            pass
        except OSError:
            self.typed = b""

    def pass_output(self):
        """What the command has written until now."""
        for source, file in list(self.sources.items()):
            for _ in range(PIECES_AT_ONCE):
                try:
                    written = os.read(source, 65536)
                except BlockingIOError:
                    break
                except OSError:
                    written = b""  # A terminal's other side is closed.
                if not written:
                    self.forget(source)
                    break
                file.write(written)
                synchronise(file)

    def forget(self, source):
        self.poll.unregister(source)
        del self.sources[source]
        if source != self.keys:
            os.close(source)

    def step(self, ready):
        """Passes on what there is; true when the command has ended and that is told. What says
        nothing is looked at seldom, and where its end can't be waited for, less often after a while:
        there may be dozens of captures."""
        now = time.monotonic()
        is_ready = self.end in ready or not ready.isdisjoint(self.sources)
        if now < self.due and not self.typed and not is_ready:
            return False
        young = now - self.begun < 1
        self.due = now + (1 if self.end is not None else 0 if young else 0.1)
        status = self.process.poll() if self.process else 127
        self.pass_input()
        self.pass_output()
        if status is None:
            return False
        if self.end is not None:
            self.poll.unregister(self.end)
            os.close(self.end)
        for source in list(self.sources):
            self.forget(source)
        for file in self.files:
            synchronise(file)
            file.close()
        if self.keys is not None:
            os.close(self.keys)
        with open(self.path + ".new", "w", encoding="ascii") as result:
            result.write(str(status if status >= 0 else 128 - status))
        os.rename(self.path + ".new", self.path + ".status")
        return True


def synchronise(file):
    """Lets the host see what was written."""
    file.flush()
    if WRITES_LATE:
        os.fdatasync(file.fileno())


def taken(path):
    """A file's content; the file goes."""
    with open(path, "rb") as file:
        content = file.read()
    os.remove(path)
    return content


def carry(folder):
    """Runs each command NAME.ask, with its output in NAME.out and NAME.err and its end in
    NAME.status. NAME.term and NAME.kill end it; NAME.inNUMBER is typed to it, NAME.eof ends that,
    and NAME.size says how large its terminal is now."""
    # A shell has this program ignore Ctrl-C, which would be so in what it starts as well.
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)
    box, running, poll, look = LetterBox(folder), {}, select.poll(), 0
    quiet_since = time.monotonic()
    while True:
        ready = {source for source, _ in poll.poll(10 if time.monotonic() - quiet_since < 3 else 50)}
        now = time.monotonic()
        if now >= look:
            take_in(box, running, poll)
            look = now + 0.01
        running = {name: one for name, one in running.items() if not one.step(ready)}
        quiet_since = now if running else quiet_since


class LetterBox:
    """The folder that questions are put into. Where the host answers at once, its time of change is
    asked for first, which is a fifth of the work. What comes within the same tick of the host's clock
    as the last change is seen when the folder is looked into once more."""

    def __init__(self, folder):
        self.folder, self.changed, self.again = folder, None, True
        self.descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)

    def entries(self):
        changed = os.fstat(self.descriptor).st_mtime_ns
        news = changed != self.changed
        look = news or self.again or WRITES_LATE
        self.changed, self.again = changed, news
        return sorted(os.listdir(self.folder)) if look else []


def take_in(box, running, poll):
    """Does what the files in the folder ask for."""
    endings = {"term": signal.SIGTERM, "kill": signal.SIGKILL}
    for entry in box.entries():
        name, _, kind = entry.partition(".")
        path = os.path.join(box.folder, entry)
        one = running.get(name)
        if kind == "ask":
            question = json.loads(taken(path))
            running[name] = Carried(os.path.join(box.folder, name), question, poll)
        elif kind in endings:
            taken(path)
            if one:
                one.signal(endings[kind])
        elif re.fullmatch("in[0-9]+|eof|size", kind):
            content = taken(path)
            if one and kind == "eof":
                one.end_input()
            elif one and kind == "size":
                one.resize(json.loads(content))
            elif one:
                one.type(content)


def main(arguments):
    purpose, rest = arguments[0], arguments[1:]
    if purpose == "serve":
        serve(rest[0], rest[1:])
    elif purpose == "probe":
        probe_all(rest[0], rest[1])
    elif purpose == "carry":
        if len(rest) > 1:
            open(rest[1], "rb").close()
        carry(rest[0])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
