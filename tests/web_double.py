"""A small web server on this machine, which tests may be told to fetch from."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

Answer = Callable[[BaseHTTPRequestHandler], None]
LOOPBACK = (ip_network("127.0.0.0/8"),)
ELSEWHERE = "127.0.0.2"
"""Another site of this machine."""


class Double:
    """What is at which path, and which paths were asked for."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []

    def put(self, path: str, body: bytes, media_type: str = "text/html", **headers: str) -> str:
        """Put something at a path and return its address."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            request.send_header("Content-Type", media_type)
            request.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            request.wfile.write(body)

        return self.answer(path, answer)

    def lead(self, path: str, to: str, status: int = 302) -> str:
        """Have a path lead elsewhere."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            request.send_header("Location", to)
            request.send_header("Content-Length", "0")
            request.end_headers()

        return self.answer(path, answer)

    def answer(self, path: str, answer: Answer) -> str:
        self.answers[path] = answer
        return f"{self.url}{path}"


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """Serve requests by a handler, and yield the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def web_double() -> Iterator[Double]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            double.asked.append(self.path)
            answer = double.answers.get(self.path)
            with suppress(OSError):  # the client has hung up, as it should
                answer(self) if answer else self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with serving(Handler) as port:
        double = Double(port)
        yield double


@contextmanager
def silent_service() -> Iterator[tuple[int, list[socket.socket]]]:
    """Listen at `ELSEWHERE` and never answer; yield the port, and who came."""
    came: list[socket.socket] = []
    with socket.socket() as listening:
        listening.bind((ELSEWHERE, 0))
        listening.listen(64)

        def accept() -> None:
            while True:
                try:
                    came.append(listening.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=accept)
        thread.start()
        yield listening.getsockname()[1], came
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()
    for one in came:
        one.close()
