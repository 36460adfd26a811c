"""While it starts: everybody is told so, and the socket is then free for the server."""

import http.client
import socket
import threading

from assistant.web.running.starting import saying_it_starts
from assistant.web.server import listening
from assistant.web.words import Words


def asked(port: int) -> tuple[int, str | None, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/alive")
        answer = connection.getresponse()
        return answer.status, answer.getheader("retry-after"), answer.read().decode()
    finally:
        connection.close()


def test_every_request_is_answered_with_starting_in_the_language_of_the_page() -> None:
    with listening("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with saying_it_starts(listener, Words("zh")):
            first, second = asked(port), asked(port)

    assert first == second
    assert first[:2] == (503, "1")
    assert Words("zh")("running_starting") in first[2]


def test_one_who_says_nothing_holds_nobody_up_for_long() -> None:
    with listening("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with saying_it_starts(listener, Words("en")), socket.create_connection(("127.0.0.1", port)):
            assert asked(port)[0] == 503


def test_afterwards_the_socket_is_the_servers() -> None:
    with listening("127.0.0.1", 0) as listener:
        with saying_it_starts(listener, Words("en")):
            pass
        accepted: list[bytes] = []

        def serve_one() -> None:
            connection, _ = listener.accept()
            with connection:
                accepted.append(connection.recv(10))

        server = threading.Thread(target=serve_one)
        server.start()
        with socket.create_connection(listener.getsockname()) as client:
            client.sendall(b"hello")
        server.join(5)

    assert accepted == [b"hello"]
