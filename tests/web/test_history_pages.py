"""The addresses of the history: what they show, to whom, and that nothing in it is more than text."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.people.person import Person, Role
from assistant.records.personal_data import MASK
from assistant.records.records import Records
from assistant.records.stored import Rating, Reason
from assistant.web.asker import remember_asker
from assistant.web.history.conversations_page import ON_A_PAGE
from assistant.web.history.routes import add_history
from assistant.web.route_rules import rule_for
from assistant.web.words import Words
from tests.assistant.records.made_records import CHINESE, DECLINED, EXPORTS, FEE, IMPORTS, Clock, stored
from tests.web.reading_html import Element, read_html
from tests.web.recorded_page import LOST, OF_ANOTHER, begin
from tests.web.scripted_assistant import ScriptedAssistant

EN, ZH = Words("en"), Words("zh")
ANN, BEN = Person("ann", Role.READER), Person("ben", Role.ADMIN)
NOBODYS = "0" * 32


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with closing(Records(tmp_path / "records.sqlite", 90, Clock())) as opened:
        yield opened


class As:
    """The application as one person uses it; only what has a rule is reached."""

    def __init__(self, app: ASGIApp, person: Person) -> None:
        self._app = app
        self._person = person

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            assert rule_for(scope["method"], scope["path"]), scope["path"]
            remember_asker(scope, self._person)
        await self._app(scope, receive, send)


@contextmanager
def using(records: Records | None, person: Person = ANN) -> Iterator[TestClient]:
    app = FastAPI()
    add_history(app, ScriptedAssistant(), records)
    with TestClient(As(app, person), follow_redirects=False) as client:
        yield client


@pytest.fixture
def ann(records: Records) -> Iterator[TestClient]:
    with using(records) as client:
        yield client


@pytest.fixture
def ben(records: Records) -> Iterator[TestClient]:
    with using(records, BEN) as client:
        yield client


def keep(records: Records, question: str, person: Person = ANN) -> tuple[str, str]:
    kept = records.keep(person.name, None, question, stored(question))
    return kept.conversation, kept.exchange


def listed(client: TestClient, query: str = "") -> Element:
    answer = client.get(f"/conversations{query}")
    assert answer.status_code == 200
    return read_html(answer.text)


def titles(page: Element) -> list[str]:
    main = page.one("main")
    return [one.text for one in main.one("ul", "conversations").all("h2")] if main.all("ul") else []


class TestList:
    def test_it_lists_the_askers_conversations_and_says_how_long_they_are_kept(
        self, records: Records, ann: TestClient
    ) -> None:
        conversation, _ = keep(records, IMPORTS)
        keep(records, EXPORTS, BEN)

        page = listed(ann)

        assert titles(page) == [IMPORTS]
        assert "kept for 90 days" in page.one("header").text
        (link,) = [one for one in page.all("a") if one.text == IMPORTS]
        assert link.attributes["href"] == f"/?conversation={conversation}&lang=en"
        assert "1 question" in page.one("main").one("li").text

    def test_it_is_searched_and_leads_to_older_ones(self, records: Records, ann: TestClient) -> None:
        for number in range(ON_A_PAGE + 2):
            records.keep(ANN.name, None, f"Question {number}", stored(IMPORTS))
        keep(records, CHINESE)

        assert titles(listed(ann, "?q=服务出口&lang=zh")) == [CHINESE]
        assert titles(listed(ann, "?q=nothing")) == []
        assert "holds “nothing”" in listed(ann, "?q=nothing").text
        first, second = listed(ann, "?q=Question"), listed(ann, "?q=Question&page=2")
        assert (len(titles(first)), titles(second)) == (ON_A_PAGE, ["Question 1", "Question 0"])
        (older,) = first.one("p", "turns").all("a")
        assert (older.text, older.attributes["href"]) == ("Older", "/conversations?lang=en&q=Question&page=2")
        assert [one.text for one in second.one("p", "turns").all("a")] == ["Newer"]

    @pytest.mark.parametrize(
        "query", ["?page=x", "?page=0", "?page=²", "?page=99999999999", "?done=x", "?lang=x"]
    )
    def test_an_odd_address_shows_the_list(self, records: Records, ann: TestClient, query: str) -> None:
        keep(records, IMPORTS)

        assert titles(listed(ann, query)) == [IMPORTS]

    def test_it_leads_back_to_where_one_came_from_if_that_is_ones_own(
        self, records: Records, ann: TestClient, ben: TestClient
    ) -> None:
        conversation, _ = keep(records, IMPORTS)

        for client, back in ((ann, f"/?lang=zh&conversation={conversation}"), (ben, "/?lang=zh")):
            page = listed(client, f"?lang=zh&from={conversation}")
            assert page.one("p", "way-back").all("a")[0].attributes["href"] == back

    def test_what_a_person_wrote_is_text(self, records: Records, ann: TestClient) -> None:
        hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
        records.keep(ANN.name, None, hostile, stored(FEE))

        page = listed(ann, "?q=%22%3E%3Cscript%3E")

        assert titles(page) == [hostile]
        assert page.all("script") == page.all("img") == []

    def test_without_records_it_says_that_nothing_is_kept(self) -> None:
        with using(None) as client:
            assert "Nothing is kept" in listed(client).text
            assert client.get("/conversations/export?form=json").status_code == 404
            assert client.post(f"/exchanges/{NOBODYS}/forget").status_code in (404, 405)


class TestChanging:
    def test_renaming_and_deleting_come_back_to_the_list_and_say_so(
        self, records: Records, ann: TestClient
    ) -> None:
        conversation, _ = keep(records, IMPORTS)
        keep(records, EXPORTS)

        renamed = ann.post(f"/conversations/{conversation}/rename", data={"title": "进口", "lang": "zh"})
        assert (renamed.status_code, renamed.headers["location"]) == (
            303,
            "/conversations?lang=zh&done=renamed",
        )
        page = listed(ann, "?lang=zh&done=renamed")
        assert titles(page) == [EXPORTS, "进口"]
        assert page.one("p", "done").text == ZH("records_renamed")

        assert ann.post(f"/conversations/{conversation}/delete").headers["location"].endswith("done=deleted")
        assert titles(listed(ann)) == [EXPORTS]
        assert ann.post("/conversations/delete-all").headers["location"].endswith("done=deleted_all")
        assert EN("records_empty") in listed(ann, "?done=deleted_all").text

    def test_an_id_of_anothers_answers_like_one_that_does_not_exist(
        self, records: Records, ann: TestClient, ben: TestClient
    ) -> None:
        conversation, exchange = keep(records, IMPORTS)
        asked: list[Callable[[str, str], str]] = [
            lambda own, _: f"/conversations/{own}/rename",
            lambda own, _: f"/conversations/{own}/delete",
            lambda _, own: f"/exchanges/{own}/forget",
        ]

        for address in asked:
            foreign = ben.post(address(conversation, exchange))
            unknown = ben.post(address(NOBODYS, NOBODYS))
            assert (foreign.status_code, foreign.text) == (unknown.status_code, unknown.text)
            assert foreign.status_code == 404
        said = {"rating": "up"}
        assert ben.post(f"/exchanges/{exchange}/feedback", json=said).status_code == 404
        assert ben.get(f"/conversations/{conversation}/export?form=json").status_code == 404
        assert ben.get("/conversations/export?form=md").status_code == 404
        ben.post("/conversations/delete-all")
        assert titles(listed(ann)) == [IMPORTS]


class TestFeedback:
    def test_it_is_put_down_changed_and_taken_back(self, records: Records, ann: TestClient) -> None:
        conversation, exchange = keep(records, IMPORTS)

        def say(**said: str | None) -> int:
            return ann.post(f"/exchanges/{exchange}/feedback", json=said).status_code

        assert say(rating="up") == 204
        assert say(rating="down", reason="wrong_quote", comment="not it") == 204
        (kept,) = records.exchanges(ANN.name, conversation)
        assert kept.feedback is not None
        assert (kept.feedback.rating, kept.feedback.reason) == (Rating.DOWN, Reason.WRONG_QUOTE)
        assert kept.feedback.comment == "not it"
        assert say(rating=None) == 204
        assert records.exchanges(ANN.name, conversation)[0].feedback is None

    @pytest.mark.parametrize("said", ['{"rating": "good"}', '{"rating": "up", "reason": "x"}', "[1]", "{"])
    def test_what_cannot_be_understood_is_refused(self, records: Records, ann: TestClient, said: str) -> None:
        _, exchange = keep(records, IMPORTS)
        headers = {"content-type": "application/json"}

        answer = ann.post(f"/exchanges/{exchange}/feedback", content=said, headers=headers)

        assert answer.status_code == 422

    def test_a_question_is_forgotten(self, records: Records, ann: TestClient) -> None:
        _, exchange = keep(records, IMPORTS)

        assert ann.post(f"/exchanges/{exchange}/forget").status_code == 204
        assert records.conversations(ANN.name) == []


class TestExport:
    def test_json_holds_what_stands_and_says_what_does_not(self, records: Records) -> None:
        begin(records)
        with using(records, Person("local", Role.ADMIN)) as client:
            answer = client.get("/conversations/export?form=json")
            (held,) = answer.json()["conversations"]
            again = client.get(f"/conversations/{records.conversations('local')[0].id}/export?form=json")

        assert 'filename="conversations.json"' in answer.headers["content-disposition"]
        assert again.json() == answer.json()
        (exchange,) = held["exchanges"]
        assert (held["title"], exchange["question"]) == (CHINESE, CHINESE)
        assert [one["text"] for one in exchange["answer"]["sentences"]] == [stored(CHINESE).sentences[0].text]
        title = stored(CHINESE).sentences[0].citations[0].document
        assert exchange["no_longer_stands"] == [
            {"text": LOST, "document": title},
            {"text": "", "document": ""},
        ]
        assert OF_ANOTHER not in answer.text
        assert "taken out" not in answer.text

    def test_markdown_has_no_markup_but_its_own(self, records: Records, ann: TestClient) -> None:
        question = "# <b>My</b> number 13800138000\n- [x](javascript:alert(1)) | *a* `b` ![i](http://x/y.png)"
        kept = records.keep(ANN.name, None, question, stored(FEE))
        records.feedback.give(ANN.name, kept.exchange, Rating.DOWN, Reason.OTHER, "<i>bad</i>")
        keep(records, DECLINED)

        text = ann.get("/conversations/export?form=md&lang=zh").text

        assert text.startswith("# 对话记录\n")
        shown = f"\\# &lt;b\\>My&lt;/b\\> number {MASK} \\- \\[x\\]\\(javascript:alert\\(1\\)\\)"
        assert f"## {shown}" in text
        assert "<" not in text
        assert "](" not in text.replace("\\](", "")
        assert "&lt;i\\>bad&lt;/i\\>" in text

    def test_an_unknown_form_is_not_there(self, records: Records, ann: TestClient) -> None:
        keep(records, IMPORTS)

        assert ann.get("/conversations/export").status_code == 404
        assert ann.get("/conversations/export?form=exe").status_code == 404


def test_the_whole_export_is_what_is_stored(records: Records) -> None:
    from assistant.records.exporting import as_stored_json

    begin(records)
    (listed_,) = records.conversations("local")

    whole = as_stored_json([(listed_, records.exchanges("local", listed_.id))])

    assert LOST in json.dumps(whole, ensure_ascii=False)
    assert whole["conversations"][0]["person"] == "local"
