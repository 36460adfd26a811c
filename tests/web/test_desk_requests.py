"""What the desk refuses before anything is done: too much, from elsewhere, by the wrong person."""

import asyncio
import io
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from assistant.assembly import assemble
from assistant.desk.desk import Desk
from assistant.people.audit import Unrecorded
from assistant.people.person import LOCAL_PERSON, Person, Role
from assistant.settings import Settings
from assistant.web.library.routes import add_library
from assistant.web.protection import Protection
from knowledge.dictionary import ChineseDictionary
from knowledge.files.uploads import Uploads
from knowledge.indexing import Stores
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.opened_stores import opened_stores

READER = Person("rose", Role.READER)
TRADE = Person("ann", Role.MAINTAINER, frozenset({"trade"}))
SAME_SITE = {"sec-fetch-site": "same-origin"}


@pytest.fixture(scope="module")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChineseDictionary]:
    with closing(ChineseDictionary(tmp_path_factory.mktemp("dictionary"))) as opened:
        yield opened


@pytest.fixture
def stores(home: Path, dictionary: ChineseDictionary) -> Iterator[Stores]:
    with opened_stores(home, BagOfTermsEmbedder(), dictionary) as opened:
        yield opened


@pytest.fixture
def desk(stores: Stores, home: Path) -> Iterator[Desk]:
    with closing(Desk(stores, Uploads(home / "uploads"), audit=Unrecorded())) as opened:
        yield opened


class Client:
    """Sends requests to the addresses of the library as one person, without a server."""

    def __init__(self, stores: Stores, desk: Desk, home: Path, person: Person | None) -> None:
        app = FastAPI()
        app.add_middleware(Protection, identify=lambda _scope: person)
        add_library(app, assemble(stores, Settings(home)), desk)
        self._app = app

    def send(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def sent() -> httpx.Response:
            transport = httpx.ASGITransport(self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                return await client.request(method, path, **more)

        with ThreadPoolExecutor(1) as thread:  # in this one, other tests may run a loop
            return thread.submit(asyncio.run, sent()).result()

    def post(self, path: str, headers: dict[str, str] = SAME_SITE, **more: Any) -> httpx.Response:
        return self.send("POST", path, headers=headers, **more)


@pytest.fixture
def client(stores: Stores, desk: Desk, home: Path) -> Client:
    return Client(stores, desk, home, LOCAL_PERSON)


def wait_for_the_last_job(desk: Desk) -> None:
    while not desk.jobs(LOCAL_PERSON)[0].is_over:
        time.sleep(0.02)


def files(count: int, size: int = 10, form: str = "txt") -> list[tuple[str, tuple[str, io.BytesIO]]]:
    return [("files", (f"f{n}.{form}", io.BytesIO(b"x" * size))) for n in range(count)]


class TestCaps:
    def test_a_hundred_files_are_taken_and_one_more_is_refused(self, client: Client) -> None:
        taken = client.post("/library/desk/upload", data={"collection": "general"}, files=files(100))
        refused = client.post("/library/desk/upload", data={"collection": "general"}, files=files(101))
        far_more = client.post("/library/desk/upload", data={"collection": "general"}, files=files(300))

        assert taken.status_code == 303
        assert (refused.status_code, far_more.status_code) == (422, 422)
        assert "100" in refused.text
        assert "100" in far_more.text

    @pytest.mark.parametrize(("size", "status"), [(20_000_000, 303), (20_000_001, 413)])
    def test_a_file_may_have_twenty_megabytes(self, client: Client, size: int, status: int) -> None:
        # Not what its name says, so that it is soon read.
        sent = files(1, size, "pdf")
        answer = client.post("/library/desk/upload", data={"collection": "general"}, files=sent)

        assert answer.status_code == status
        assert status == 303 or "20 MB" in answer.text

    def test_a_body_over_the_cap_of_the_rule_is_not_read(self, client: Client) -> None:
        answer = client.post(
            "/library/desk/upload", {**SAME_SITE, "content-length": "500000001"}, content=b"x"
        )

        assert answer.status_code == 413
        assert "500,000,000" in answer.text

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_nothing_chosen_is_said_in_the_language_of_the_page(self, client: Client, lang: str) -> None:
        answer = client.post(f"/library/desk/upload?lang={lang}", data={"collection": "general"})

        assert answer.status_code == 422
        assert ("No file is chosen" if lang == "en" else "尚未选择文件") in answer.text


class TestWhereAFormComesFrom:
    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
            {"sec-fetch-site": "none"},
            {"origin": "http://127.0.0.1:9"},
            {"origin": "null"},
            {"origin": "http://evil.example", "sec-fetch-site": "same-origin"},
        ],
    )
    def test_a_form_that_is_not_ours_does_nothing(
        self, client: Client, desk: Desk, headers: dict[str, str]
    ) -> None:
        answer = client.post("/library/desk/index", headers)

        assert answer.status_code == 403
        assert desk.jobs(LOCAL_PERSON) == []

    @pytest.mark.parametrize(
        "headers",
        [
            {"sec-fetch-site": "same-origin"},
            {"origin": "http://127.0.0.1"},
            {"origin": "null", "sec-fetch-site": "same-origin"},
        ],
    )
    def test_a_form_of_ours_is_taken(self, client: Client, headers: dict[str, str]) -> None:
        assert client.post("/library/desk/index", headers).status_code == 303


class TestWho:
    ADDRESSES = (
        ("GET", "/library/desk"),
        ("GET", "/library/desk/findings"),
        ("GET", "/library/desk/jobs/1"),
        ("GET", "/library/desk/documents/0123456789abcdef"),
        ("POST", "/library/desk/upload"),
        ("POST", "/library/desk/approve"),
        ("POST", "/library/desk/discard"),
        ("POST", "/library/desk/index"),
        *(
            ("POST", f"/library/desk/documents/0123456789abcdef/{verb}")
            for verb in ("approve", "discard", "correct", "remove", "restore", "index")
        ),
    )

    @pytest.mark.parametrize(("person", "status"), [(None, 401), (READER, 403)])
    def test_a_reader_and_nobody_reach_none_of_it(
        self, stores: Stores, desk: Desk, home: Path, person: Person | None, status: int
    ) -> None:
        client = Client(stores, desk, home, person)

        answers = {
            client.send(method, path, headers=SAME_SITE).status_code for method, path in self.ADDRESSES
        }

        assert answers == {status}

    def test_a_document_of_another_collection_is_as_if_it_were_not_there(
        self, stores: Stores, desk: Desk, home: Path, client: Client
    ) -> None:
        client.post("/library/desk/upload", data={"collection": "secret"}, files=files(1))
        wait_for_the_last_job(desk)
        (waiting,) = desk.shelf(LOCAL_PERSON, "waiting")
        other = Client(stores, desk, home, TRADE)

        for path in (
            f"/library/desk/documents/{waiting.id}",
            "/library/desk/documents/0123456789abcdef",
            "/library/desk/jobs/1",
        ):
            answer = other.send("GET", path)
            assert answer.status_code == 404
            assert "f0" not in answer.text
        assert waiting.id not in other.send("GET", "/library/desk").text
        assert other.post(f"/library/desk/documents/{waiting.id}/approve").status_code == 404
        assert other.post("/library/desk/approve", data={"document": waiting.id}).status_code == 404
        assert (
            other.post("/library/desk/upload", data={"collection": "secret"}, files=files(1)).status_code
            == 404
        )

    def test_an_address_that_no_rule_names_is_not_there(self, client: Client) -> None:
        assert client.post("/library/desk/documents/0123456789abcdef/destroy").status_code == 404
        assert client.post("/library/desk/destroy").status_code == 404


@pytest.mark.parametrize(
    "name", ["../../x.txt", "<script>alert(1)</script>.txt", '"><img src=x onerror=1>.txt']
)
def test_a_name_is_words_wherever_it_is_shown(client: Client, desk: Desk, home: Path, name: str) -> None:
    sent = {"files": (name, io.BytesIO(f"Rules\n\n<script>{name}</script> is text.\n".encode()))}
    answer = client.post("/library/desk/upload", data={"collection": "general"}, files=sent)
    wait_for_the_last_job(desk)
    (waiting,) = desk.shelf(LOCAL_PERSON, "waiting")

    pages = [
        client.send("GET", path).text
        for path in (answer.headers["location"], "/library/desk", f"/library/desk/documents/{waiting.id}")
    ]

    for page in pages:
        scripts = page.count("<script")
        assert scripts == page.count('<script src="/page-files/library.js"') == 1
        assert "<img" not in page
    assert [path.parent for path in home.parent.rglob("*x.txt*")] == []


def test_a_reader_sees_nothing_of_another_collection(
    stores: Stores, desk: Desk, home: Path, client: Client
) -> None:
    for collection in ("trade", "secret"):
        text = f"Rules of {collection}\n\nThe fee of {collection} is 20 yuan.\n"
        sent = {"files": (f"{collection}.txt", io.BytesIO(text.encode()))}
        client.post("/library/desk/upload", data={"collection": collection}, files=sent)
        wait_for_the_last_job(desk)
    waiting = {one.collection: one.id for one in desk.shelf(LOCAL_PERSON, "waiting")}
    desk.approve(LOCAL_PERSON, list(waiting.values()))
    wait_for_the_last_job(desk)
    reader = Client(stores, desk, home, Person("rose", Role.READER, frozenset({"trade"})))

    for path in ("/library", "/library?words=rules&sort=-title", "/documents"):
        html = reader.send("GET", path).text
        assert "Rules of trade" in html
        assert "secret" not in html
        assert waiting["secret"] not in html
    assert "Documents: 1, passages: 1" in reader.send("GET", "/library").text
    own, other = waiting["trade"], waiting["secret"]
    assert reader.send("GET", f"/documents/{own}").status_code == 200
    for path in (f"/documents/{other}", f"/documents/{own}/diff?with={other}", f"/documents/{other}/diff"):
        assert reader.send("GET", path).status_code == 404
