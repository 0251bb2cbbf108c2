"""A mail server of our own for tests: takes letters, refuses, asks for patience, hangs up."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message

Answers = Callable[[str, str], str]
"""Given a step (`MAIL`, `RCPT`, `DATA`, `TAKEN`) and a recipient, what is said; empty hangs up."""


def fine(step: str, to: str) -> str:
    return {"DATA": "354 Go on", "TAKEN": "250 2.0.0 Taken"}.get(step, "250 2.1.0 Fine")


class Sink(socketserver.ThreadingTCPServer):
    """Keeps every letter that it took, with its recipient."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.taken: list[tuple[str, Message]] = []
        self.raw: list[bytes] = []
        self.answers: Answers = fine
        self.pipelines = True
        self.greeting, self.hello = "220 sink", ""
        """What it says first, and to EHLO, where it is not the usual."""
        self.lock = threading.Lock()

    @property
    def port(self) -> int:
        return self.server_address[1]


class _Conversation(socketserver.StreamRequestHandler):
    server: Sink
    is_good = False

    def handle(self) -> None:
        self._say(self.server.greeting)
        if not self.server.greeting.startswith("220"):
            return
        to = ""
        for line in self.rfile:
            verb, text = line[:4].upper().decode(), line.decode().strip()
            if verb in {"EHLO", "HELO"} and self.server.hello:
                self._say(self.server.hello)
            elif verb == "EHLO":
                self._say("250-sink\r\n250 PIPELINING" if self.server.pipelines else "250 sink")
            elif verb == "QUIT":
                self._say("221 Bye")
                return
            elif verb == "RSET":
                self._say("250 Reset")
            else:
                to = text.partition("<")[2].rstrip(">") if verb == "RCPT" else to
                if not self._step(verb, to):
                    return

    def _step(self, verb: str, to: str) -> bool:
        said = self.server.answers(verb, to)
        if not said:
            return False
        if verb == "MAIL":
            self.is_good = True
        if not self.is_good:
            said = "503 5.5.1 Not now"
        self.is_good = self.is_good and said[0] in "23"
        self._say(said)
        if verb == "DATA" and said.startswith("354"):
            data = self._letter()
            said = self.server.answers("TAKEN", to)
            if said.startswith("2"):
                with self.server.lock:
                    self.server.raw.append(data)
                    self.server.taken.append((to, message_from_bytes(data)))
            if not said:
                return False
            self._say(said)
        return True

    def _letter(self) -> bytes:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def a_sink() -> Iterator[Sink]:
    with Sink() as sink:
        thread = threading.Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield sink
        sink.shutdown()
        thread.join()
