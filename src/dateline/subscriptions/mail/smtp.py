"""A line to a mail server, on which it is always known whether a letter was handed over."""

import contextlib
import smtplib
import ssl
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings


class Refused(Exception):
    """The server refused one letter, and goes on; `is_early` says, before it heard to whom."""

    def __init__(self, code: int, answer: str, *, is_early: bool = False) -> None:
        super().__init__(code, answer)
        self.code, self.answer, self.is_early = code, answer, is_early


class Lost(Exception):
    """The line is gone. `is_in_doubt` says that the server may have taken the letter.

    Shape: `code` is what it said when it went, as 421 for a greeting; 0 where it said nothing.
    """

    def __init__(self, answer: str, *, is_in_doubt: bool, code: int = 0) -> None:
        super().__init__(answer)
        self.answer, self.is_in_doubt, self.code = answer, is_in_doubt, code


class Line(Protocol):
    """One way by which letters go, one after the other."""

    def hand_over(self, *, sender: str, to: str, data: bytes) -> str:
        """Give one letter to the server and return what it said.

        Raises:
            Refused: it does not want this one.
            Lost: it cannot be reached, or went away.
        """

    def close(self) -> None:
        """End the conversation."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a mail server is, and how one logs in there."""

    host: str
    port: int
    name: str = ""
    password: str = ""
    is_secure: bool = False
    upgrades: bool = False
    timeout: float = 10.0


def server_in_settings() -> Server:
    """Return the server of the settings, as Django has it."""
    return Server(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        name=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        is_secure=settings.EMAIL_USE_SSL,
        upgrades=settings.EMAIL_USE_TLS,
        timeout=settings.EMAIL_TIMEOUT,
    )


_TROUBLES = (OSError, smtplib.SMTPException)
_CLOSING = 421
_GO_ON = 354


class SmtpLine:
    """A connection that is opened for the first letter and kept for those after it.

    A server that says 421 is closing down: the line is lost, and the letter was not taken.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._open: smtplib.SMTP | None = None
        self._has_extensions = False

    def hand_over(self, *, sender: str, to: str, data: bytes) -> str:
        """Give one letter to the server: `data` has CR LF already, and begins with no dot."""
        line = self._open or self._opened()
        try:
            if line.has_extn("pipelining"):
                self._ask_at_once(line, sender, to)
            else:
                self._ask(line, sender, to)
        except _TROUBLES as error:
            raise self._lost(error, is_in_doubt=False) from error
        try:
            line.send(data.replace(b"\r\n.", b"\r\n..") + b".\r\n")
            code, answer = line.getreply()
        except _TROUBLES as error:
            raise self._lost(error, is_in_doubt=True) from error
        self._check(code, answer, 250)
        return _text(answer)

    def close(self) -> None:
        """Say goodbye, or hang up."""
        line, self._open = self._open, None
        if line is not None:
            with contextlib.suppress(*_TROUBLES):
                line.quit()
            line.close()

    def _ask(self, line: smtplib.SMTP, sender: str, to: str) -> None:
        for command, wanted in _commands(sender, to):
            self._check(*line.docmd(command), wanted, is_early=command.startswith("MAIL"))

    def _ask_at_once(self, line: smtplib.SMTP, sender: str, to: str) -> None:
        """Send three commands in one packet, and read their three answers (RFC 2920)."""
        commands = _commands(sender, to)
        line.send("".join(f"{command}\r\n" for command, _ in commands).encode("ascii"))
        replies = [line.getreply() for _ in commands]
        refused = next(
            (r for r, (_, ok) in zip(replies, commands, strict=True) if not _is_fine(r[0], ok)),
            None,
        )
        if refused is None:
            return
        if replies[-1][0] == _GO_ON:
            # It waits for a letter that has no recipient: it gets none, by an empty one.
            line.send(b".\r\n")
            line.getreply()
        self._check(*refused, 0, is_early=refused is replies[0])

    def _check(self, code: int, answer: bytes, wanted: int, *, is_early: bool = False) -> None:
        if _is_fine(code, wanted):
            return
        if code in {_CLOSING, -1}:
            gone = smtplib.SMTPResponseException(code, _text(answer))
            raise self._lost(gone, is_in_doubt=False)
        line = self._open
        if line is not None:
            try:
                line.rset()
            except _TROUBLES:
                self._hang_up()
        raise Refused(code, _text(answer), is_early=is_early)

    def _opened(self) -> smtplib.SMTP:
        server = self._server
        try:
            line = _connected(server)
        except _TROUBLES as error:
            raise self._lost(error, is_in_doubt=False) from error
        self._open = line  # From here on it is hung up, whatever happens.
        try:
            if server.upgrades:
                line.starttls(context=ssl.create_default_context())
            line.ehlo_or_helo_if_needed()
            if server.name:
                line.login(server.name, server.password)
        except _TROUBLES as error:
            raise self._lost(error, is_in_doubt=False) from error
        return line

    def _lost(self, error: Exception, *, is_in_doubt: bool) -> Lost:
        self._hang_up()
        code = int(getattr(error, "smtp_code", 0))
        return Lost(str(error) or type(error).__name__, is_in_doubt=is_in_doubt, code=code)

    def _hang_up(self) -> None:
        line, self._open = self._open, None
        if line is not None:
            line.close()


def _connected(server: Server) -> smtplib.SMTP:
    if server.is_secure:
        return smtplib.SMTP_SSL(
            server.host,
            server.port,
            timeout=server.timeout,
            context=ssl.create_default_context(),
        )
    return smtplib.SMTP(server.host, server.port, timeout=server.timeout)


def _commands(sender: str, to: str) -> tuple[tuple[str, int], ...]:
    return ((f"MAIL FROM:<{sender}>", 250), (f"RCPT TO:<{to}>", 250), ("DATA", _GO_ON))


def _is_fine(code: int, wanted: int) -> bool:
    """Say whether an answer is the one that is wanted; 251 takes a letter and forwards it."""
    return code == wanted or (code, wanted) == (251, 250)


def _text(answer: bytes) -> str:
    return answer.decode(errors="replace").replace("\n", " ")
