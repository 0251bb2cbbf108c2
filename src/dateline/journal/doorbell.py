"""The doorbell: a committed entry wakes the other processes of this machine within a millisecond.

Each listener binds a datagram socket of its own in one folder; ringing sends a byte to all of them.
A lost ring is harmless: every listener also looks at the journal once in a while by itself.
"""

import contextlib
import os
import select
import socket
from pathlib import Path

_BYTE = b"!"


class Bell:
    """One listener's socket; the file is removed by `close()` or by the next ringer if we died."""

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{os.getpid()}-{name}.bell"
        self.path.unlink(missing_ok=True)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.bind(short_address(self.path))

    def wait(self, seconds: float) -> bool:
        """Wait for a ring and return whether there was one; takes all rings at once."""
        ready, _, _ = select.select([self.socket], [], [], seconds)
        return bool(ready) and self.hush()

    def hush(self) -> bool:
        """Take every ring that came so far and return whether there was any."""
        rung = False
        with contextlib.suppress(BlockingIOError):
            while True:
                self.socket.recv(64)
                rung = True
        return rung

    def close(self) -> None:
        """Stop listening."""
        self.socket.close()
        self.path.unlink(missing_ok=True)


class Doorbell:
    """The ringing side; opens its socket at the first ring, so it may be made before a fork."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._sockets: dict[int, socket.socket] = {}

    def ring(self) -> None:
        """Wake every listener; one that is busy or dead holds up nobody."""
        sender = self._sockets.get(os.getpid()) or self._open()
        try:
            bells = os.listdir(self.folder)
        except FileNotFoundError:
            return
        for bell in bells:
            self._send(sender, self.folder / bell)

    def close(self) -> None:
        """Give the socket back; the next ring opens another."""
        for sender in self._sockets.values():
            sender.close()
        self._sockets = {}

    def _open(self) -> socket.socket:
        """Open this process's socket, and close the copy of its parent's that a fork left."""
        self.close()
        sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        sender.setblocking(False)
        self._sockets = {os.getpid(): sender}
        return sender

    def _send(self, sender: socket.socket, bell: Path) -> None:
        try:
            sender.sendto(_BYTE, short_address(bell))
        except BlockingIOError:
            pass  # Its buffer is full of rings it has not taken yet: it will wake.
        except (ConnectionRefusedError, FileNotFoundError):
            bell.unlink(missing_ok=True)


def short_address(path: Path) -> str:
    """Return an address the kernel takes: a socket's path may have 107 bytes at most."""
    if len(os.fsencode(path)) <= 107:
        return str(path)
    return f"/proc/self/fd/{_folder_descriptor(path.parent)}/{path.name}"


_descriptors: dict[Path, int] = {}


def _folder_descriptor(folder: Path) -> int:
    if folder not in _descriptors:
        _descriptors[folder] = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    return _descriptors[folder]
