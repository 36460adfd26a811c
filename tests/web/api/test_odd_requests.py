"""S3: paths that lead elsewhere, strings that break programs: nothing is read outside, nothing fails."""

import itertools
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tests.web.api.served_app import application, client_of
from tests.web.api.test_rest import LAW
from tests.web.scripted_assistant import ScriptedAssistant

CHECKOUT = Path(__file__).parents[3]
PUBLIC_DATA = Path(os.environ.get("POLICY_ASSISTANT_PUBLIC_DATA", CHECKOUT.parent / "shared" / "data"))
NAUGHTY = PUBLIC_DATA / "hostile_files" / "blns"

_STEPS = [
    "../",
    "..\\",
    "..%2f",
    "..%5c",
    "%2e%2e/",
    "%252e%252e%252f",
    "....//",
    "..;/",
    "..\u2215",
    "．．/",
]
_TARGETS = ["etc/passwd", "etc/passwd%00", "windows/win.ini", "proc/self/environ", "settings.toml"]
_WHOLE = [
    "/etc/passwd",
    "file:///etc/passwd",
    "//etc/passwd",
    "\\\\host\\share",
    "C:\\windows\\win.ini",
    "~/.ssh",
]
TRAVERSALS = [
    *(step * depth + target for step, depth, target in itertools.product(_STEPS, (1, 3, 8, 16), _TARGETS)),
    *_WHOLE,
]

ODD = [
    *("", " ", "\x00", "a\x00b", "\u202egnp.exe", "\ufeff", "\u200b", "\U0001f9d1\u200d\U0001f680"),
    *("Ω≈ç√∫˜µ≤≥÷", "田中さんにあげて下さい", "Z\u032e\u031e\u0320\u0359", "\ud800", "\udfff\ud800"),
    *("'; DROP TABLE documents; --", '" OR "1"="1', "{{7*7}}", "${7*7}", "%s%s%s%n", "{0}"),
    *("<script>alert(1)</script>", "<!--#exec cmd='ls'-->", "`id`", "$(id)", "| id", "\r\nSet-Cookie: a=b"),
    *("data: x\n\nevent: answer\ndata: {}", "nan", "Infinity", "-1", "1e309", "9" * 400, "0x7f", "null"),
    *("__proto__", "constructor", "__class__.__mro__", "*" * 2_000, "(" * 2_000, "[" * 2_000, "第" * 2_000),
    *("条款项" * 600, "Article " * 250, "a" * 2_000, "\n" * 2_000, "\\" * 2_000, "é" * 2_000, "[1]" * 600),
    "。" * 2_000,
]

_opened: list[str] | None = None


def _remember_opened(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _opened is not None:
        _opened.append(str(arguments[0]))


sys.addaudithook(_remember_opened)


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """Every file that this process opens during a test."""
    global _opened  # an audit hook cannot be taken away again
    _opened = []
    yield _opened
    _opened = None


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with client_of(application(ScriptedAssistant())) as opened:
        yield opened


def mcp(client: TestClient, method: str, **params: object) -> str:
    headers = {"accept": "application/json", "mcp-protocol-version": "2025-06-18"}
    sent = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
    answered = client.post("/mcp", content=sent, headers=headers | {"content-type": "application/json"})
    assert answered.status_code < 500, answered.text
    return answered.text


def post(client: TestClient, path: str, sent: object) -> int:
    """Sent with escapes, so that half of a surrogate pair travels too."""
    answered = client.post(path, content=json.dumps(sent), headers={"content-type": "application/json"})
    assert answered.status_code < 500, (path, sent, answered.text)
    return answered.status_code


def test_no_path_leads_out_of_the_library(client: TestClient, opened: list[str]) -> None:
    assert len(TRAVERSALS) > 200
    said = []
    for payload in TRAVERSALS:
        for address in (
            f"/api/v1/documents/{payload}",
            f"/api/v1/documents/{quote(payload, safe='')}",
            f"/api/v1/documents/{quote(payload, safe='')}/clauses?locator=x",
            f"/v1/models/{quote(payload, safe='')}",
        ):
            answered = client.get(address)
            assert answered.status_code in (400, 404), (address, answered.status_code)
            said.append(answered.text)
        named = client.get(f"/api/v1/documents/{LAW.id}/clauses", params={"locator": payload})
        assert named.status_code == 404
        said.append(named.text)
        said.append(mcp(client, "resources/read", uri=f"policy-assistant://documents/{payload}"))
        said.append(mcp(client, "resources/read", uri=payload))
        said.append(
            mcp(client, "tools/call", name="read_clause", arguments={"document_id": payload, "locator": "x"})
        )
        said.append(
            mcp(
                client,
                "tools/call",
                name="read_clause",
                arguments={"document_id": LAW.id, "locator": payload},
            )
        )

    assert "root:" not in "".join(said)
    assert not [path for path in opened if path.endswith(("passwd", "win.ini", "environ", "settings.toml"))]


def everywhere(client: TestClient, text: str) -> None:
    """A string in every place of every request."""
    post(client, "/api/v1/ask", {"question": text, "conversation": [{"role": "user", "text": text}]})
    post(client, "/api/v1/ask", {"question": "x", "filters": {"issuers": [text], "as_of": text}})
    post(client, "/api/v1/ask", {"question": text, "stream": True, "receipt": True})
    post(client, "/api/v1/ask", {text: text, "question": "x"})
    post(client, "/api/v1/search", {"question": text, "filters": {"documents": [text], "kinds": [text]}})
    post(client, "/api/v1/check", {"claim": text, "passages": [{"id": text or "1", "text": text}]})
    post(client, "/api/v1/check", {"claim": text})
    post(client, "/api/v1/guidance", {"description": text})
    post(client, "/api/v1/verify", {"receipt": {"format": text, text: text}})
    post(client, "/api/v1/verify", {"receipt": {"format": "policy-assistant receipt", "version": text}})
    chat = {"model": text, "messages": [{"role": text, "content": text}]}
    post(client, "/v1/chat/completions", chat)
    asked = [{"role": "assistant", "content": text}, {"role": "user", "content": text}]
    post(client, "/v1/chat/completions", {"messages": asked})
    post(client, "/v1/chat/completions", {"messages": asked, "stream": True})
    for tool in ("ask_policies", "search_policies"):
        mcp(client, "tools/call", name=tool, arguments={"question": text})
    mcp(client, "tools/call", name=text, arguments={text: text})
    mcp(client, "tools/call", name="check_claim", arguments={"claim": text})
    mcp(client, "resources/list", cursor=text)
    if text.isprintable():
        answered = client.get(f"/api/v1/documents/{LAW.id}/clauses", params={"locator": text})
        assert answered.status_code < 500


@pytest.mark.parametrize("number", range(len(ODD)))
def test_no_odd_string_makes_it_fail(client: TestClient, number: int) -> None:
    everywhere(client, ODD[number])


def test_no_odd_value_of_another_kind_makes_it_fail(client: TestClient) -> None:
    values: list[object] = [None, True, 0, -1, 1e308, [], {}, [[]], [None], {"a": {"b": {}}}, 10**400]
    for value in values:
        for path in ("ask", "search", "check", "guidance", "verify"):
            for field in (
                "question",
                "claim",
                "description",
                "filters",
                "conversation",
                "passages",
                "receipt",
            ):
                assert post(client, f"/api/v1/{path}", {field: value}) == 422
        post(client, "/v1/chat/completions", {"messages": value})
        post(client, "/v1/chat/completions", {"messages": [value]})
        post(client, "/v1/chat/completions", {"messages": [{"role": "user", "content": value}]})
        post(client, "/v1/chat/completions", value)
        mcp(client, "tools/call", name="ask_policies", arguments=value)
    for body in (b"NaN", b'{"question": NaN}', b'{"question": 1e999}', b'{"a":' * 5_000, b"\x00\xff"):
        answered = client.post("/api/v1/ask", content=body, headers={"content-type": "application/json"})
        assert answered.status_code in (400, 422)


@pytest.mark.public_data
@pytest.mark.skipif(not NAUGHTY.is_dir(), reason=f"no naughty strings in {PUBLIC_DATA}")
def test_no_naughty_string_makes_it_fail(client: TestClient) -> None:
    (file,) = NAUGHTY.glob("*.json")
    strings = json.loads(file.read_text("utf-8"))

    assert len(strings) > 500
    for text in strings:
        post(client, "/api/v1/ask", {"question": text})
        post(
            client, "/v1/chat/completions", {"messages": [{"role": "user", "content": text}], "stream": True}
        )
        mcp(client, "tools/call", name="ask_policies", arguments={"question": text})
        mcp(client, "tools/call", name="read_clause", arguments={"document_id": LAW.id, "locator": text})
