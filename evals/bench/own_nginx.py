"""A real nginx in front of several processes of the page, with the upstream of deploy/nginx-shared.conf."""

import os
import re
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from evals.bench.served import free_port

NO_NGINX = "There is no nginx on this machine; install it with: apt-get install nginx"
_SHIPPED = Path(__file__).resolve().parents[2] / "deploy" / "nginx-shared.conf"
_AROUND = """
{user}
worker_processes 1;
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{shipped}
}}
"""


@contextmanager
def nginx(folder: Path, ports: Sequence[int]) -> Iterator[str]:
    """The address of a proxy in front of these ports of this machine, configured as the shipped file is.

    Only its port, its certificate and the processes behind it are others. Raises RuntimeError without nginx.
    """
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        raise RuntimeError(NO_NGINX)
    port = free_port()
    folder.mkdir()
    configuration = folder / "nginx.conf"
    user = "user root;" if hasattr(os, "getuid") and os.getuid() == 0 else ""
    shipped = as_on_this_machine(_SHIPPED.read_text("utf-8"), port, ports)
    configuration.write_text(_AROUND.format(user=user, folder=folder, shipped=shipped), "utf-8")
    with subprocess.Popen([program, "-c", configuration, "-p", folder]) as process:  # noqa: S603 (found above)
        try:
            _wait_for(f"http://127.0.0.1:{port}/alive")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)


def as_on_this_machine(shipped: str, port: int, ports: Sequence[int]) -> str:
    """The shipped configuration for a proxy on a port of this machine, without TLS."""
    servers = "\n".join(f"    server 127.0.0.1:{one} max_fails=1 fail_timeout=2s;" for one in ports)
    text = re.sub(r"(?:^ *server [\w.:-]+ [^\n;]*max_fails[^\n]*\n)+", f"{servers}\n", shipped, flags=re.M)
    text = re.sub(r"^ *ssl_[^\n]*\n", "", text, flags=re.M)
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};").replace("; Secure", "")
    return text.replace("server_name policy.example.org;", "server_name 127.0.0.1;")


def _wait_for(address: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 (loopback)
        except (OSError, urllib.error.HTTPError):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return
