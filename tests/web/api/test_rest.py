"""REST: answers as `ask --json` prints them, whole or as events, documents, clauses, checks and receipts."""

import json
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from assistant.answer import Answer
from assistant.answer_text import as_json
from assistant.answering import Sources
from tests.web.api.served_app import application, client_of
from tests.web.scripted_assistant import (
    ANSWERS,
    MEASURES,
    ScriptedAssistant,
    measures_sections,
    seed_sections,
)

IMPORTS, *_ = ANSWERS
LAW = measures_sections()[0].document
SEED = seed_sections()[0].document


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with client_of(application(ScriptedAssistant())) as opened:
        yield opened


def events(text: str) -> list[tuple[str, dict[str, object]]]:
    """Every server-sent event of a stream: its name and its value."""
    read = []
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n")
        read.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return read


def whole_answer(question: str) -> Answer:
    *_, answer = ScriptedAssistant().steps(question)
    assert isinstance(answer, Answer)
    return answer


class TestAsking:
    @pytest.mark.parametrize("question", [*ANSWERS, "What is not there?"])
    def test_an_answer_is_what_ask_json_prints(self, client: TestClient, question: str) -> None:
        answered = client.post("/api/v1/ask", json={"question": question})

        assert answered.status_code == 200
        assert answered.json() == json.loads(json.dumps(as_json(whole_answer(question))))

    @pytest.mark.parametrize("accept", ["", "text/event-stream"])
    def test_a_stream_sends_sources_then_sentences_then_the_same_answer(
        self, client: TestClient, accept: str
    ) -> None:
        asked = {"question": IMPORTS} | ({} if accept else {"stream": True})
        answered = client.post("/api/v1/ask", json=asked, headers={"accept": accept} if accept else {})

        sent = events(answered.text)
        whole = as_json(whole_answer(IMPORTS))
        sources = next(step for step in ScriptedAssistant().steps(IMPORTS) if isinstance(step, Sources))
        assert answered.headers["content-type"].startswith("text/event-stream")
        assert [name for name, _ in sent] == ["sources", "sentence", "sentence", "answer"]
        assert len(sent[0][1]["passages"]) == len(sources.passages)  # type: ignore[arg-type]
        assert [value for name, value in sent if name == "sentence"] == whole["sentences"]
        assert sent[-1][1] == whole

    def test_the_conversation_is_what_a_follow_up_is_understood_from(self, client: TestClient) -> None:
        before = [{"role": "user", "text": IMPORTS}, {"role": "assistant", "text": "So."}]
        asked = {"question": "What about service exports?", "conversation": before}

        answered = client.post("/api/v1/ask", json=asked).json()

        assert answered["standalone_question"] == "How should service exports be strengthened?"

    @pytest.mark.parametrize("streamed", [False, True])
    def test_a_refused_question_is_refused_before_anything_is_sent(
        self, client: TestClient, streamed: bool
    ) -> None:
        answered = client.post("/api/v1/ask", json={"question": "?", "stream": streamed})

        assert answered.status_code == 422
        assert answered.json() == {
            "error": {
                "code": "invalid",
                "message": "The question holds no word; write what you want to know.",
            }
        }

    def test_a_fault_is_told_in_one_sentence_that_gives_nothing_away(self, client: TestClient) -> None:
        whole = client.post("/api/v1/ask", json={"question": "crash"})
        streamed = client.post("/api/v1/ask", json={"question": "crash", "stream": True})

        for answered in (whole, streamed):
            assert answered.status_code == 500
            assert answered.json()["error"]["code"] == "failed"
            assert "secret" not in answered.text

    def test_filters_that_no_document_passes_are_named(self, client: TestClient) -> None:
        for path in ("ask", "search"):
            asked = {"question": IMPORTS, "filters": {"documents": ["0000"]}}

            answered = client.post(f"/api/v1/{path}", json=asked)

            assert answered.status_code == 422
            assert "No document of the library passes" in answered.json()["error"]["message"]


class TestLimits:
    @pytest.mark.parametrize(
        ("path", "sent", "told"),
        [
            ("ask", {"question": "a" * 2_001}, "'question' is not accepted: string should have at most 2000"),
            ("ask", {"question": "a", "more": 1}, "There is no field 'more'"),
            ("ask", {"question": "a", "filters": {"issuer": "x"}}, "There is no field 'filters.issuer'"),
            ("ask", {"question": "a", "filters": {"as_of": "2021-04"}}, "write a day as YYYY-MM-DD"),
            ("ask", {"question": "a", "filters": {"date_from": "2021-13"}}, "write a date as YYYY-MM-DD"),
            (
                "ask",
                {"question": "a", "filters": {"levels": ["edict"]}},
                "'filters.levels.0' is not accepted",
            ),
            ("ask", {"question": "a", "conversation": [{"role": "user", "text": ""}] * 41}, "at most 40"),
            (
                "ask",
                {"question": "a", "conversation": [{"role": "system", "text": ""}]},
                "'user' or 'assistant'",
            ),
            ("ask", {}, "The field 'question' is missing"),
            ("ask", [], "has no JSON object in its body"),
            ("search", {"question": "a", "limit": 51}, "less than or equal to 50"),
            ("check", {"claim": "a", "passages": [{"id": "1", "text": "a" * 30_001}]}, "at most 30000"),
            (
                "check",
                {"claim": "a", "passages": [{"id": str(n), "text": "a" * 700} for n in range(50)]},
                "30,000",
            ),
            ("check", {"claim": "a", "passages": [{"id": "1", "text": "a"}] * 2}, "two passages have one id"),
            ("guidance", {"description": "a" * 2_001}, "at most 2000"),
            ("verify", {"receipt": {}}, "The receipt is no receipt"),
        ],
    )
    def test_what_is_too_much_or_unknown_is_named(
        self, client: TestClient, path: str, sent: object, told: str
    ) -> None:
        answered = client.post(f"/api/v1/{path}", json=sent)

        assert answered.status_code == 422
        assert told in answered.json()["error"]["message"]

    def test_a_body_that_is_too_large_is_refused_with_the_number(self, client: TestClient) -> None:
        answered = client.post("/api/v1/ask", content=b" " * 1_000_001)

        assert (answered.status_code, answered.json()) == (
            413,
            {"error": {"code": "too_large", "message": "A request may have at most 1,000,000 bytes."}},
        )

    def test_what_is_not_json_is_said_to_be_none(self, client: TestClient) -> None:
        for body in (b"{", b"", b"\xff", b'{"question":', b"[" * 100_000):
            headers = {"content-type": "application/json"}
            answered = client.post("/api/v1/ask", content=body, headers=headers)

            assert answered.status_code in (400, 422)
            assert answered.json()["error"]["message"]

    def test_what_has_no_rule_is_not_there_in_the_same_form(self, client: TestClient) -> None:
        for path in ("/api/v1/nothing", "/api/v1", "/v1/completions", "/v1/embeddings"):
            answered = client.get(path)

            assert answered.status_code == 404
            assert answered.json()["error"]["message"] == "There is nothing at this address."


class TestDocuments:
    def test_they_are_listed_by_title_page_by_page(self, client: TestClient) -> None:
        first = client.get("/api/v1/documents", params={"limit": 2}).json()
        rest = client.get("/api/v1/documents", params={"offset": first["next_offset"]}).json()

        titles = [one["title"] for one in first["documents"] + rest["documents"]]
        assert (first["total"], first["next_offset"], rest["next_offset"]) == (3, 2, None)
        assert titles == sorted(titles)
        assert len(titles) == 3

    def test_one_tells_facts_validity_and_sections_and_its_text_on_request(self, client: TestClient) -> None:
        address = f"/api/v1/documents/{LAW.id}"
        shown, whole = client.get(address).json(), client.get(address, params={"text": True}).json()

        assert shown["facts"] == {"title": LAW.title, "date": "2021-04-29"}
        assert shown["validity"]["status"] == "unknown"
        assert [one["locator"]["zh"] for one in shown["sections"]] == ["第一条", "第二条", "第三条"]
        assert whole == shown | {"text": MEASURES}

    @pytest.mark.parametrize("name", ["第二条第二款", "Article 2, paragraph 2", "第2条第2款"])
    def test_a_clause_is_read_by_its_name_in_either_style(self, client: TestClient, name: str) -> None:
        answered = client.get(f"/api/v1/documents/{LAW.id}/clauses", params={"locator": name})

        clause = answered.json()
        assert answered.status_code == 200
        assert clause["text"].startswith("企业应当妥善保存")
        assert MEASURES[clause["start"] : clause["end"]] == clause["text"]
        assert clause["locator"] == {"en": "Article 2, paragraph 2", "zh": "第二条第二款"}

    @pytest.mark.parametrize(
        ("path", "told"),
        [
            ("0000", "There is no document of this id"),
            ("0000/clauses?locator=x", "There is no document of this id"),
            (f"{LAW.id}/clauses?locator=第九条", f"“{LAW.title}” has no clause of that name"),
        ],
    )
    def test_what_is_not_there_is_said_not_to_be(self, client: TestClient, path: str, told: str) -> None:
        answered = client.get(f"/api/v1/documents/{path}")

        assert answered.status_code == 404
        assert told in answered.json()["error"]["message"]


class TestChecking:
    def test_a_claim_is_checked_against_the_passages_that_come_with_it(self, client: TestClient) -> None:
        sent = {"claim": "It is free.", "passages": [{"id": "a", "text": "No. It is free."}]}

        checked = client.post("/api/v1/check", json=sent).json()

        assert (checked["supported"], checked["score"]) == (True, 1.0)
        assert checked["sentences"][0]["evidence"] == [
            {"passage_id": "a", "quote": "It is free.", "start": 4, "end": 15}
        ]

    def test_without_passages_against_the_library_with_places_in_its_documents(
        self, client: TestClient
    ) -> None:
        claim = SEED.text.split(".")[1].strip()

        checked = client.post("/api/v1/check", json={"claim": claim}).json()

        (evidence,) = checked["sentences"][0]["evidence"]
        assert evidence["document_id"] == SEED.id
        assert SEED.text[evidence["start"] : evidence["end"]] == evidence["quote"] == claim

    def test_a_receipt_that_was_asked_for_can_be_verified_and_a_changed_one_is_told(
        self, client: TestClient
    ) -> None:
        receipt = client.post("/api/v1/ask", json={"question": IMPORTS, "receipt": True}).json()["receipt"]
        streamed = client.post("/api/v1/ask", json={"question": IMPORTS, "receipt": True, "stream": True})

        assert events(streamed.text)[-1][1]["receipt"] == receipt
        assert client.post("/api/v1/verify", json={"receipt": receipt}).json() == {
            "holds": True,
            "no_longer_holds": [],
        }
        receipt["sentences"][0]["text"] = "It is free."
        told = client.post("/api/v1/verify", json={"receipt": receipt})
        assert told.status_code == 422
        assert "damaged or edited" in told.json()["error"]["message"]

    def test_guidance_is_the_table_that_guide_writes(self, client: TestClient) -> None:
        table = client.post("/api/v1/guidance", json={"description": "We export services."}).json()

        assert table["description"] == "We export services."
        assert table["facets"][0]["covered"] is True


class TestRunning:
    def test_health_tells_whether_it_can_answer(self, client: TestClient) -> None:
        assert client.get("/api/v1/health").json() == {"live": True, "ready": True}
        assert client.get("/api/v1/health/live").json() == {"live": True}

    def test_nothing_may_be_kept_by_a_cache_or_shown_as_a_page(self, client: TestClient) -> None:
        answered = client.get("/api/v1/documents")

        assert answered.headers["cache-control"] == "no-store"
        assert answered.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
