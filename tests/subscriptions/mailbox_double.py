"""Mailboxes on this machine that speak as much POP and IMAP as a look into one takes."""

import re
import socketserver
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Box:
    """What lies in it, by name; what was seen there and removed."""

    mails: dict[str, bytes] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    """Marked by IMAP, until somebody has them taken out."""
    is_shut: bool = False
    cut: set[str] = field(default_factory=set)
    """Those in the middle of which the connection ends."""
    fetched: list[int] = field(default_factory=list)
    """How many bytes were given out, mail by mail."""

    def give(self, data: bytes) -> bytes:
        self.fetched.append(len(data))
        return data


class _Talk(socketserver.StreamRequestHandler):
    box: Box

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


class Pop(_Talk):
    def handle(self) -> None:
        self.say("+OK here")
        names, gone = list(self.box.mails), []
        for line in self.rfile:
            word, _, rest = line.decode().strip().partition(" ")
            if word == "PASS" and self.box.is_shut:
                self.say("-ERR no")
            elif word in {"UIDL", "LIST"}:
                told = {
                    name: len(self.box.mails[name]) if word == "LIST" else name for name in names
                }
                self.say_all(f"{n} {one}".encode() for n, one in enumerate(told.values(), 1))
            elif word in {"RETR", "TOP"}:
                name = names[int(rest.split()[0]) - 1]
                data = self.box.mails[name]
                if name in self.box.cut:
                    self.wfile.write(b"+OK\r\n" + self.box.give(data[:100]))
                    return
                head, mark, _ = data.partition(b"\n\n")
                self.say_all(self.box.give(head + mark if word == "TOP" else data).splitlines())
            else:
                gone += [names[int(rest) - 1]] if word == "DELE" else []
                for name in gone if word == "QUIT" else ():
                    del self.box.mails[name]
                self.say("+OK")
            if word == "QUIT":
                return

    def say_all(self, lines: Iterable[bytes]) -> None:
        self.say("+OK")
        for line in lines:
            self.wfile.write((b"." if line.startswith(b".") else b"") + line + b"\r\n")
        self.say(".")


class Imap(_Talk):
    def handle(self) -> None:
        self.say("* OK here")
        with suppress(ConnectionAbortedError):
            for line in self.rfile:
                tag, word, rest = (*line.decode().strip().split(" ", 2), "")[:3]
                self.say(f"{tag} {self.answered(word, rest)}")
                if word == "LOGOUT":
                    return

    def answered(self, word: str, rest: str) -> str:
        if word == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1")
        elif word == "LOGIN" and self.box.is_shut:
            return "NO shut"
        elif word == "SELECT":
            self.say(f"* {len(self.box.mails)} EXISTS")
        elif word == "UID":
            self.uid(rest)
        elif word == "EXPUNGE":
            for name in self.box.deleted & self.box.mails.keys():
                del self.box.mails[name]
        elif word == "LOGOUT":
            self.say("* BYE")
        return "OK done"

    def uid(self, rest: str) -> None:
        command, _, what = rest.partition(" ")
        if command.lower() == "search":
            unseen = (name for name in self.box.mails if name not in self.box.seen)
            self.say(f"* SEARCH {' '.join(unseen)}")
            return
        name = re.match(r"\d+", what)[0]
        if command.lower() == "store":
            self.box.seen |= {name} if "\\Seen" in what else set()
            self.box.deleted |= {name} if "\\Deleted" in what else set()
            return
        peeks, most = re.search(r"BODY(\.PEEK)?\[\]<0\.(\d+)>", what).groups()
        self.box.seen |= set() if peeks else {name}
        data = self.box.give(self.box.mails[name][: int(most)])
        if name in self.box.cut:
            raise ConnectionAbortedError
        self.say(f"* 1 FETCH (UID {name} BODY[]<0> {{{len(data)}}}")
        self.wfile.write(data)
        self.say(")")


@contextmanager
def mailbox(kind: type[_Talk]) -> Iterator[tuple[Box, str]]:
    """Serve a mailbox, and yield it with its address."""
    box = Box()
    talk = type("Talk", (kind,), {"box": box})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), talk) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        scheme = "pop3" if kind is Pop else "imap"
        try:
            yield box, f"{scheme}://desk:pass%20word@127.0.0.1:{server.server_address[1]}/INBOX"
        finally:
            server.shutdown()
            thread.join()
