"""No test reaches another machine: every connection and look-up beyond loopback fails the test.

An audit hook sees each of them, whichever Python library asks; what Rust code or a child process does it does
not see. A child process can put itself under the same guard with `forbid_network()`.
"""

import socket
import sys
from ipaddress import ip_address

import pytest

_SENDING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})  # arguments: socket, address
_LOOKING_UP = frozenset(
    {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}  # arguments: host name, ...
)


def forbid_network() -> None:
    """From now on, until the process ends, it reaches no machine but its own."""
    sys.addaudithook(_refuse_other_machines)


def _refuse_other_machines(event: str, arguments: tuple[object, ...]) -> None:
    if event in _SENDING:
        host = _host(*arguments[:2])
        allowed = host is None or _is_loopback(host)
    elif event in _LOOKING_UP:
        host = _as_text(arguments[0])
        allowed = host in ("", "localhost") or _is_number(host)  # a number needs no name server
    else:
        return
    if not allowed:
        if isinstance(arguments[0], socket.SocketType):
            arguments[0].close()  # most callers close it on an OSError only
        # Not an Exception: no `except OSError` in the code under test can hide it.
        pytest.fail(f"The test tried to reach another machine: {event} {host}", pytrace=False)


def _host(sender: object, address: object) -> str | None:
    """The machine written to; None for a socket that never leaves this one or is connected already."""
    if not isinstance(sender, socket.SocketType) or sender.family not in (socket.AF_INET, socket.AF_INET6):
        return None
    return _as_text(address[0]) if isinstance(address, tuple) else None


def _as_text(host: object) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")


def _is_loopback(host: str) -> bool:
    return host in ("", "localhost") or (_is_number(host) and ip_address(host.partition("%")[0]).is_loopback)


def _is_number(host: str) -> bool:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
