"""A proxy that hands on each answer only when it has ended, as some on the way to readers do."""

import http.client
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

_OF_A_CONNECTION = {"connection", "transfer-encoding", "content-length", "keep-alive"}


class _Holding(BaseHTTPRequestHandler):
    upstream = ""

    def do_GET(self):
        inner = http.client.HTTPConnection(self.upstream, timeout=60)
        with suppress(OSError, http.client.HTTPException):
            inner.request("GET", self.path, headers=dict(self.headers))
            answer = inner.getresponse()
            body = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in _OF_A_CONNECTION:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        inner.close()

    def log_message(self, *_):
        pass


@contextmanager
def holding_proxy(url):
    """Run the proxy in front of an address and give its own."""
    handler = type("Holding", (_Holding,), {"upstream": urlsplit(url).netloc})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
