"""MCP, used by the official client: over HTTP on the served application, and over standard streams."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Literal, TypeVar

import httpx
import jsonschema  # type: ignore[import-untyped]
import pytest
from mcp import Client, StdioServerParameters
from mcp.shared.exceptions import MCPError
from mcp_types import TextContent, TextResourceContents

from assistant.answer_text import as_json
from assistant.web.api.mcp_server import URI
from tests.web.api.served_app import application, served
from tests.web.api.test_rest import IMPORTS, LAW, whole_answer
from tests.web.scripted_assistant import MEASURES, ScriptedAssistant

ROOT = Path(__file__).parents[3]
Mode = Literal["auto", "legacy"]  # the protocol of 2026-07-28, and those before it with a handshake
T = TypeVar("T")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(application(ScriptedAssistant())) as opened:
        yield opened


def using(
    server: str | StdioServerParameters, work: Callable[[Client], Awaitable[T]], mode: Mode = "auto"
) -> T:
    """What a client of that server finds, in a loop of its own."""

    async def use() -> T:
        async with Client(server, mode=mode) as client:
            return await work(client)

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, use()).result(60)


def given(address: str, tool: str, mode: Mode = "auto", **arguments: object) -> dict[str, Any]:
    """What a tool gives: structured, and the same as text."""

    async def call(client: Client) -> dict[str, Any]:
        result = await client.call_tool(tool, arguments)
        assert not result.is_error, result.content
        (text,) = result.content
        assert isinstance(text, TextContent)
        assert json.loads(text.text) == result.structured_content
        return dict(result.structured_content)

    return using(f"{address}/mcp", call, mode)


def refused(address: str, tool: str, **arguments: object) -> str:
    """The sentence that a tool refuses its arguments with."""

    async def call(client: Client) -> str:
        result = await client.call_tool(tool, arguments)
        assert result.is_error
        (text,) = result.content
        assert isinstance(text, TextContent)
        return text.text

    return using(f"{address}/mcp", call)


def error_of(address: str, work: Callable[[Client], Awaitable[object]]) -> str:
    """The sentence of the protocol error that a request ends with."""

    async def call(client: Client) -> str:
        with pytest.raises(MCPError) as told:
            await work(client)
        return str(told.value)

    return using(f"{address}/mcp", call)


def test_every_tool_only_reads_and_says_what_it_takes_and_gives(address: str) -> None:
    listed = using(f"{address}/mcp", lambda client: client.list_tools())

    assert [tool.name for tool in listed.tools] == [
        "search_policies",
        "ask_policies",
        "read_clause",
        "check_claim",
    ]
    for tool in listed.tools:
        assert tool.annotations is not None
        assert (tool.annotations.read_only_hint, tool.annotations.open_world_hint) == (True, False)
        assert tool.input_schema["additionalProperties"] is False
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        assert tool.output_schema is not None


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_an_answer_is_that_of_ask_json_with_links(address: str, mode: Mode) -> None:
    answer = given(address, "ask_policies", mode, question=IMPORTS)

    expected = json.loads(json.dumps(as_json(whole_answer(IMPORTS))))
    for sentence in answer["sentences"]:
        for citation in sentence["citations"]:
            link = citation.pop("link")
            assert link == (
                f"/documents/{citation['document_id']}?start={citation['start']}&end={citation['end']}#quote"
            )
    assert answer == expected


def test_search_gives_passages_with_their_place(address: str) -> None:
    found = given(address, "search_policies", question="anything", limit=2)

    assert len(found["passages"]) == 2
    assert {"document_id", "locator", "text", "start", "end", "link"} <= found["passages"][0].keys()


@pytest.mark.parametrize("name", ["第二条第二款", "Article 2(2)"])
def test_a_clause_is_read_in_either_style(address: str, name: str) -> None:
    clause = given(address, "read_clause", document_id=LAW.id, locator=name)

    assert clause["text"] == MEASURES[clause["start"] : clause["end"]]
    assert clause["locator"]["zh"] == "第二条第二款"


def test_a_claim_is_checked(address: str) -> None:
    passages = [{"id": "a", "text": "It is free."}]

    assert given(address, "check_claim", claim="It is free.", passages=passages)["supported"] is True
    assert given(address, "check_claim", claim="It is not free.")["supported"] is False


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("ask_policies", {"question": "a" * 2_001}, "at most 2000"),
        ("ask_policies", {"question": ""}, "is empty"),
        ("ask_policies", {}, "'question' is missing"),
        ("ask_policies", {"question": "a", "model": "x"}, "There is no field 'model'"),
        ("ask_policies", {"question": "crash"}, "fault of the program"),
        ("search_policies", {"question": "a", "limit": 51}, "less than or equal to 50"),
        ("read_clause", {"document_id": "0000", "locator": "Article 1"}, "There is no document of this id"),
        ("read_clause", {"document_id": "../..", "locator": "Article 1"}, "'document_id' is not accepted"),
        ("read_clause", {"document_id": LAW.id, "locator": "Article 9"}, "has no clause of that name"),
        ("check_claim", {"claim": "a", "passages": [{"id": "1", "text": "a" * 30_001}]}, "at most 30000"),
    ],
)
def test_what_cannot_be_done_is_told_so_that_a_model_can_mend_it(
    address: str, tool: str, arguments: dict[str, object], told: str
) -> None:
    assert told in refused(address, tool, **arguments)


class TestResources:
    def test_documents_are_resources(self, address: str) -> None:
        async def read(client: Client) -> tuple[list[str], str]:
            listed = await client.list_resources()
            held = await client.read_resource(f"{URI}{LAW.id}")
            (text,) = held.contents
            assert isinstance(text, TextResourceContents)
            return [one.uri for one in listed.resources], text.text

        uris, text = using(f"{address}/mcp", read)

        assert f"{URI}{LAW.id}" in uris
        assert len(uris) == 3
        assert text == MEASURES

    @pytest.mark.parametrize("uri", [f"{URI}0000", "file:///etc/passwd", f"{URI}../../etc/passwd", URI])
    def test_what_is_no_document_is_not_there(self, address: str, uri: str) -> None:
        told = error_of(address, lambda client: client.read_resource(uri))

        assert "There is no document of this id" in told

    def test_a_cursor_of_somebody_else_is_refused(self, address: str) -> None:
        assert "cursor is none" in error_of(address, lambda client: client.list_resources(cursor="²"))


class TestDoors:
    def test_foreign_hosts_and_origins_are_refused(self, address: str) -> None:
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
        accepted = {"accept": "application/json, text/event-stream"}

        for headers in ({"origin": "https://evil.example"}, {"host": "evil.example"}):
            answered = httpx.post(f"{address}/mcp", json=message, headers=accepted | headers)
            assert answered.status_code in (400, 403)

    @pytest.mark.parametrize("method", ["GET", "DELETE"])
    def test_there_is_no_stream_to_listen_to_and_no_session_to_end(self, address: str, method: str) -> None:
        assert httpx.request(method, f"{address}/mcp").status_code == 405


def test_the_command_serves_over_standard_input_and_output(seed_home: Path) -> None:
    """`policy-assistant mcp` over the real assistant, in a data folder with the seed."""
    program = StdioServerParameters(
        command=sys.executable,
        args=["-m", "assistant.command_line", "mcp"],
        env={**os.environ, "POLICY_ASSISTANT_HOME": str(seed_home), "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
    )

    async def ask(client: Client) -> dict[str, Any]:
        question = "How should a favourable environment for service imports be created?"
        answered = await client.call_tool("ask_policies", {"question": question})
        citation = answered.structured_content["sentences"][0]["citations"][0]
        held = await client.read_resource(f"{URI}{citation['document_id']}")
        (text,) = held.contents
        assert isinstance(text, TextResourceContents)
        assert text.text[citation["start"] : citation["end"]] == citation["quote"]
        return dict(answered.structured_content)

    assert using(program, ask)["outcome"] == "answered"
