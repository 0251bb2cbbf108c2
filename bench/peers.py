"""The peers that Dateline is measured against, started thrown-away on free ports."""

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .load import write_all
from .processes import free_port, running

NGINX = """\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  keepalive_timeout 600s;
  {open_files}
  types {{ text/html html; }}
  gzip_static on;
  gzip_vary on;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  add_header Cache-Control "public, max-age=0, must-revalidate";
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    root {folder}/files;
    location /br/ {{
      gzip_static off;
      add_header Content-Encoding br;
      add_header Vary Accept-Encoding;
      add_header Cache-Control "public, max-age=0, must-revalidate";
    }}
  }}
}}
"""


NCHAN = """\
daemon off;
load_module {module};
worker_processes 1;
worker_rlimit_nofile {files};
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
events {{ worker_connections {files}; }}
http {{
  access_log off;
  keepalive_requests 1000000000;
  keepalive_timeout 600s;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location = /hear {{
      nchan_subscriber eventsource;
      nchan_channel_id bench;
      nchan_subscriber_first_message newest;
      nchan_eventsource_ping_interval 15;
    }}
    location = /tell {{
      nchan_publisher;
      nchan_channel_id bench;
    }}
  }}
}}
"""
NCHAN_MODULES = tuple(
    Path(folder, "nginx/modules/ngx_nchan_module.so") for folder in ("/usr/lib", "/usr/lib64")
)


OPEN_FILES = "open_file_cache max=8192 inactive=600s; open_file_cache_valid 600s;"


@dataclass(frozen=True)
class Peer:
    """A running peer."""

    port: int
    pid: int


@contextmanager
def nginx(files: dict[str, bytes], *, tuned: bool = True):
    """Serve files from a throw-away nginx of one worker, pinned like the server under test.

    Tuned, it keeps the files open and never looks whether they changed; else it is set as Debian
    installs it (sendfile, tcp_nopush), but for the access log, which is off in either case.

    A file beside another with `.gz` more to its name is sent to who accepts gzip; what lies under
    `br/` is sent as brotli, for which a stock nginx has no module.
    """
    with _nginx(NGINX, files, open_files=OPEN_FILES if tuned else "") as peer:
        yield peer


@contextmanager
def nchan(connections: int):
    """Hold streams with nchan, set to send as many heartbeats as the newsroom does."""
    module = next((path for path in NCHAN_MODULES if path.exists()), None)
    if module is None:
        raise SystemExit("nchan is not installed: apt-get install libnginx-mod-nchan")
    # nginx closes lines that rest when fewer than a sixteenth of its connections are free.
    with _nginx(NCHAN, {}, module=module, files=connections + connections // 8 + 512) as peer:
        yield peer


@contextmanager
def _nginx(text: str, content: dict[str, bytes], **values):
    if shutil.which("nginx") is None:
        raise SystemExit("nginx is not installed: apt-get install nginx-light")
    with tempfile.TemporaryDirectory(prefix="bench-nginx-") as name:
        folder, port = Path(name), free_port()
        folder.chmod(0o755)
        write_all(folder / "files", content)
        conf = folder / "nginx.conf"
        conf.write_text(text.format(folder=folder, port=port, **values))
        command = ["nginx", "-c", str(conf), "-p", str(folder), "-e", str(folder / "error.log")]
        with running(command, port) as process:
            yield Peer(port, process.pid)
