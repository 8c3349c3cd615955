"""Network namespaces, and what is done inside them."""

import contextlib
import ctypes
import os
import shlex
import subprocess

CLONE_NEWNS = 0x00020000
CLONE_NEWNET = 0x40000000
MS_REC_PRIVATE = 0x4000 | 0x40000

_libc = ctypes.CDLL(None, use_errno=True)


def _call(name, *arguments):
    if getattr(_libc, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def _open(path):
    return os.open(path, os.O_RDONLY | os.O_CLOEXEC)


class View:
    """A mount namespace with a /run/netns of its own, so with its own names of namespaces."""

    def __init__(self):
        before = _open("/proc/self/ns/mnt")
        _call("unshare", CLONE_NEWNS)
        _call("mount", b"none", b"/", None, MS_REC_PRIVATE, None)
        os.makedirs("/run/netns", exist_ok=True)
        _call("mount", b"tmpfs", b"/run/netns", b"tmpfs", 0, None)
        self._mounts = _open("/proc/self/ns/mnt")
        _call("setns", before, CLONE_NEWNS)
        os.close(before)

    @contextlib.contextmanager
    def entered(self):
        before, directory = _open("/proc/self/ns/mnt"), os.getcwd()
        _call("setns", self._mounts, CLONE_NEWNS)
        try:
            yield
        finally:
            _call("setns", before, CLONE_NEWNS)
            os.close(before)
            os.chdir(directory)


class Namespace:
    """A network namespace; its commands see the named namespaces of its view."""

    def __init__(self, name, view, seen_from=None):
        """`seen_from` is the view that lists the new namespace, when that isn't its own."""
        self.name = name
        self.view = view
        with (seen_from or view).entered():
            _run(["ip", "netns", "add", name])
            self._network = _open(f"/run/netns/{name}")

    @contextlib.contextmanager
    def entered(self):
        before = _open("/proc/self/ns/net")
        with self.view.entered():
            _call("setns", self._network, CLONE_NEWNET)
            try:
                yield
            finally:
                _call("setns", before, CLONE_NEWNET)
                os.close(before)

    def ip(self, *lines):
        """Executes lines of `ip`, all in one process; the first that fails is an error."""
        if lines:
            with self.entered():
                _run(["ip", "-batch", "-"], "".join(line + "\n" for line in lines))

    def attempt(self, program, lines):
        """Executes the lines in one run of the program; gives what the kernel refused."""
        if not lines:
            return []
        with self.entered():
            text = "".join(line + "\n" for line in lines)
            said = _output([*program.split(), "-force", "-batch", "-"], text)
        return [_blame(lines, one) for one in said.splitlines()]

    def feed(self, program, text):
        """Gives the program the text to read; what it says about it."""
        with self.entered():
            return _output([program], text)

    def output(self, line):
        """What a person in the namespace sees when they enter the line."""
        with self.entered():
            return _output(shlex.split(line))

    def feed(self, line, text):
        """Executes the line with this input; gives what it said."""
        with self.entered():
            return _output(shlex.split(line), text)

    def set(self, key, value):
        """Writes a sysctl; '/' separates its parts, as device names may have dots."""
        with self.entered(), open(f"/proc/sys/{key}", "w", encoding="ascii") as file:
            file.write(f"{value}\n")

    def read(self, key):
        """The sysctl's value."""
        with self.entered(), open(f"/proc/sys/{key}", encoding="ascii") as file:
            return file.read().strip()

    def has(self, key):
        """Whether the kernel has the sysctl here."""
        with self.entered():
            return os.path.exists(f"/proc/sys/{key}")

    def devices(self):
        """Names of the devices, in the kernel's order."""
        return [
            line.split(":")[1].strip().split("@")[0]
            for line in self.output("ip -o link").splitlines()
        ]


def _blame(lines, said):
    """`Command failed -:3` becomes the line that failed."""
    number = said.removeprefix("Command failed -:")
    return f"refused: {lines[int(number) - 1]}" if number.isdigit() else said


def load(*modules):
    """Loads kernel modules; one that isn't there may be built in, or is missed when it is used."""
    for module in modules:
        subprocess.run(["modprobe", "-q", module], check=False)


def _output(command, text=""):
    done = subprocess.run(
        command,
        input=text,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


def _run(command, text=""):
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{shlex.join(command)}: {done.stderr.strip()}\n{text}")
