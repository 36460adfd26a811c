"""While models and indexes load: the port answers "starting" to everybody, and refuses nobody.

No framework is loaded for it; every connection gets the same short answer, which a browser asks for anew by
itself and a health check takes for "not yet".
"""

import contextlib
import socket
import threading
from collections.abc import Iterator
from html import escape

from assistant.web.words import Words

_AGAIN = 1  # seconds after which to ask again
_POLL = 0.1  # seconds after which the thread sees that it is over
_LONGEST_REQUEST = 65_536  # bytes that are read of a request before it is answered


@contextlib.contextmanager
def saying_it_starts(listener: socket.socket, words: Words) -> Iterator[None]:
    """Answer every connection of a listening socket with "starting" until the block ends."""
    over = threading.Event()
    answer = _answer(words)
    listener.settimeout(_POLL)
    thread = threading.Thread(target=_answer_all, args=(listener, answer, over), daemon=True, name="starting")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        listener.settimeout(None)


def _answer_all(listener: socket.socket, answer: bytes, over: threading.Event) -> None:
    while not over.is_set():
        try:
            connection, _ = listener.accept()
        except OSError:  # nobody came in this while, or went away again
            continue
        with connection, contextlib.suppress(OSError):
            connection.settimeout(_AGAIN)
            connection.recv(_LONGEST_REQUEST)
            connection.sendall(answer)


def _answer(words: Words) -> bytes:
    body = (
        f'<!doctype html><html lang="{words.language}"><meta charset="utf-8">'
        f'<meta http-equiv="refresh" content="{_AGAIN}"><title>{escape(words("product"))}</title>'
        f"<p>{escape(words('running_starting'))}</p></html>"
    ).encode()
    head = (
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nRetry-After: {_AGAIN}\r\nCache-Control: no-store\r\n"
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
        "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
