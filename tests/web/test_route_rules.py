"""Every route of the application has a rule, and what has none is not there."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.people.person import Person, Role
from assistant.web.protection import Protection
from assistant.web.route_rules import Rule, rule_for


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/documents"), ("GET", "/gradio_api/upload"), ("OPTIONS", "/"), ("GET", "/documents/a/b")],
)
def test_what_no_rule_names_is_not_there(method: str, path: str) -> None:
    assert rule_for(method, path) is None


def test_head_is_answered_where_get_is() -> None:
    assert rule_for("HEAD", "/documents") is rule_for("GET", "/documents")
    assert rule_for("GET", "/documents") is not None


async def _status(person: Person | None, path: str) -> int:
    """The status that `Protection` answers with; 200 when it lets the request through."""
    sent: list[int] = []

    async def app(scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def receive():  # type: ignore[no-untyped-def]
        return {"type": "http.request", "body": b""}

    async def send(message) -> None:  # type: ignore[no-untyped-def]
        if message["type"] == "http.response.start":
            sent.append(message["status"])

    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"host", b"127.0.0.1")]}
    await Protection(app, lambda _scope: person)(scope, receive, send)
    return sent[0]


@pytest.mark.parametrize(
    ("person", "path", "status"),
    [
        (None, "/documents", 401),
        (None, "/page-files/page.js", 200),
        (Person("ann", Role.READER), "/documents", 200),
    ],
)
def test_a_rule_says_who_is_let_through(person: Person | None, path: str, status: int) -> None:
    with ThreadPoolExecutor(1) as thread:  # in this one, other tests may run a loop
        assert thread.submit(asyncio.run, _status(person, path)).result() == status


@pytest.mark.parametrize(("query", "told"), [(b"", "not for you"), (b"lang=zh", "您无权打开此页")])
def test_a_page_that_is_for_others_says_so_in_its_own_language(
    monkeypatch: pytest.MonkeyPatch, query: bytes, told: str
) -> None:
    sent: list[bytes] = []

    async def app(scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        raise AssertionError

    async def send(message) -> None:  # type: ignore[no-untyped-def]
        sent.append(message.get("body", b""))

    monkeypatch.setattr("assistant.web.route_rules.RULES", (Rule("GET", "/documents", Role.ADMIN),))
    headers = [(b"host", b"127.0.0.1"), (b"accept", b"text/html")]
    scope = {"type": "http", "method": "GET", "path": "/documents", "headers": headers, "query_string": query}
    reader = Person("<ann>", Role.READER)
    asked = Protection(app, lambda _scope: reader)(scope, app, send)  # type: ignore[arg-type]
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, asked).result()

    assert told in b"".join(sent).decode()
    assert "&lt;ann&gt;" in b"".join(sent).decode()
