"""Logging in and out over HTTP: sessions, throttling, where one is led, and what never leaks."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import process_time

import pytest

import assistant.people
from assistant.people.people import Entrance
from assistant.people.person import Role
from assistant.people.users import User
from assistant.web.people.login_routes import local
from assistant.web.server import build_app
from assistant.web.site import Site
from assistant.web.words import Words
from tests.web.asgi_client import AsgiClient, Reply
from tests.web.made_people import HASH, PASSWORD, MadePeople
from tests.web.scripted_assistant import ScriptedAssistant

HTML = "text/html,application/xhtml+xml"
EN, ZH = Words("en"), Words("zh")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadePeople:
    return MadePeople(tmp_path_factory.mktemp("people"))


@pytest.fixture(scope="module")
def one_client(made: MadePeople) -> Iterator[AsgiClient]:
    client = AsgiClient(lambda: build_app(Site(ScriptedAssistant(), people=made.people())))
    yield client
    client.close()


@pytest.fixture
def client(one_client: AsgiClient, made: MadePeople) -> AsgiClient:
    """Asks two minutes after the test before, when nothing is counted any more."""
    made.clock.seconds += 120
    one_client.address = "127.0.0.1"
    return one_client


def log_in(client: AsgiClient, name: str = "reader", password: str = PASSWORD, **fields: str) -> Reply:
    return client.post("/login", {"name": name, "password": password} | fields)


class TestTheWayIn:
    def test_a_browser_is_led_to_the_log_in_and_back_to_what_it_wanted(self, client: AsgiClient) -> None:
        led = client.get("/documents?lang=zh", accept=HTML)
        assert (led.status, led.header("location")) == (303, "/login?next=%2Fdocuments%3Flang%3Dzh")

        page = client.get(led.header("location"), accept=HTML)
        assert page.status == 200
        assert ZH("people_password") in page.text
        (wanted,) = re.findall(r'name="next" value="([^"]*)"', page.text)

        entered = log_in(client, next=wanted, lang="zh")
        assert (entered.status, entered.header("location")) == (303, "/documents?lang=zh")
        assert client.get("/documents", cookie=entered.cookie).status == 200

    def test_what_is_no_browser_is_told_how_to_come_in(self, client: AsgiClient) -> None:
        for reply in (
            client.get("/documents"),
            client.get("/documents", accept=HTML, authorization="Bearer pa_wrong"),
            client.get("/documents", authorization="Basic cmVhZGVyOng="),
            client.send("POST", "/gradio_api/queue/join", {"accept": HTML}),
        ):
            assert (reply.status, reply.header("www-authenticate")) == (401, "Bearer")

    def test_a_token_speaks_for_its_user_until_it_is_revoked_or_the_user_is_gone(
        self, client: AsgiClient, made: MadePeople
    ) -> None:
        made.users.add(User("passing", Role.READER, None, HASH))
        first, _ = made.tokens.make("passing", 1)
        second, kept = made.tokens.make("passing", 1)
        asks = [{"authorization": f"Bearer {token}"} for token in (first, second)]
        assert [client.get("/documents", **one).status for one in asks] == [200, 200]

        made.tokens.revoke("passing", kept.id)
        assert [client.get("/documents", **one).status for one in asks] == [200, 401]

        made.users.remove("passing")
        assert [client.get("/documents", **one).status for one in asks] == [401, 401]

    def test_who_is_in_is_not_asked_again(self, client: AsgiClient) -> None:
        cookie = log_in(client).cookie

        assert client.get("/login?next=/documents", cookie=cookie).header("location") == "/documents"

    def test_after_a_link_on_another_site_the_session_still_counts(self, client: AsgiClient) -> None:
        page = client.get("/login?next=/documents", accept=HTML, sec_fetch_site="cross-site")

        assert 'http-equiv="refresh" content="0;url=/login?next=%2Fdocuments&amp;lang=en"' in page.text

    @pytest.mark.parametrize(
        "address",
        ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "", "x", "/a b",
         "/login?next=/", "/logout", "/a\r\nset-cookie: x=1", "/\t/evil.example"],
    )  # fmt: skip
    def test_nobody_is_led_to_another_site(self, client: AsgiClient, address: str) -> None:
        assert local(address) == "/"
        assert log_in(client, next=address).header("location") == "/"

    @pytest.mark.parametrize("address", ["/", "/documents/0f?start=1&end=2&lang=zh#quote", "/文件"])
    def test_all_pages_of_our_own_can_be_wanted(self, address: str) -> None:
        assert local(address) == address


class TestSessions:
    def test_the_cookie_is_for_this_site_alone_and_no_script_reads_it(self, client: AsgiClient) -> None:
        entered = log_in(client)

        parts = entered.header("set-cookie").lower().split("; ")
        assert {"httponly", "samesite=strict", "path=/"} <= set(parts)
        assert "secure" not in parts
        assert entered.cookie.partition("=")[2] not in entered.header("location")

    def test_over_https_it_goes_nowhere_else(self, tmp_path: Path) -> None:
        entrance = Entrance(hosts=frozenset({"policy.example.org"}), https=True)
        people = MadePeople(tmp_path, entrance=entrance).people()
        client = AsgiClient(lambda: build_app(Site(ScriptedAssistant(), people=people)))

        entered = client.post("/login", {"name": "reader", "password": PASSWORD}, host="policy.example.org")
        other = client.get("/login", host="rebound.example.org")
        client.close()

        assert entered.header("set-cookie").startswith("__Host-")
        assert "Secure" in entered.header("set-cookie")
        assert (other.status, "setting hosts" in other.text) == (400, True)

    def test_a_session_that_somebody_else_has_set_is_not_taken_over(self, client: AsgiClient) -> None:
        before = log_in(client)
        planted = client.post("/login", {"name": "reader", "password": PASSWORD}, cookie=before.cookie)
        invented = client.post(
            "/login", {"name": "reader", "password": PASSWORD}, cookie="policy-assistant=x"
        )

        assert len({before.cookie, planted.cookie, invented.cookie}) == 3
        assert client.get("/documents", cookie=before.cookie).status == 401
        assert client.get("/documents", cookie="policy-assistant=x").status == 401
        assert client.get("/documents", cookie=planted.cookie).status == 200

    def test_logging_out_ends_it(self, client: AsgiClient, made: MadePeople) -> None:
        cookie = log_in(client).cookie

        left = client.post("/logout", {"lang": "zh"}, cookie=cookie)

        assert (left.status, left.header("location")) == (303, "/login?lang=zh")
        assert "Max-Age=0" in left.header("set-cookie")
        assert client.get("/documents", cookie=cookie).status == 401
        assert made.audit.log.read_text().count('"logged out"') >= 1

    def test_it_ends_when_it_is_not_used_and_at_the_latest_after_hours(
        self, client: AsgiClient, made: MadePeople
    ) -> None:
        idle, used = log_in(client).cookie, log_in(client).cookie
        for _ in range(2):
            made.clock.seconds += 59 * 60
            assert client.get("/documents", cookie=used).status == 200
        assert client.get("/documents", cookie=idle).status == 401
        for _ in range(11):
            made.clock.seconds += 59 * 60
            status = client.get("/documents", cookie=used).status
        assert status == 401

    def test_another_password_another_role_or_no_user_count_at_once(
        self, client: AsgiClient, made: MadePeople
    ) -> None:
        made.users.add(User("moving", Role.READER, None, HASH))
        cookie = log_in(client, "moving").cookie
        assert client.get("/documents", cookie=cookie).status == 200

        made.users.set_password("moving", HASH[:-1] + ("A" if HASH[-1] != "A" else "B"))
        assert client.get("/documents", cookie=cookie).status == 401
        made.users.remove("moving")
        assert client.get("/documents", cookie=cookie).status == 401

    def test_what_was_read_is_not_kept_by_the_browser(self, client: AsgiClient) -> None:
        cookie = log_in(client).cookie

        assert client.get("/documents", cookie=cookie).header("cache-control") == "no-store"
        assert client.get("/page-files/people.css").header("cache-control") == "no-cache"


class TestThrottling:
    def test_guessing_is_slowed_down_and_the_right_password_works_afterwards(
        self, client: AsgiClient, made: MadePeople
    ) -> None:
        replies = [log_in(client, password=f"wrong {number}") for number in range(100)]

        refused = [reply for reply in replies if reply.status == 429]
        assert len(refused) >= 90
        assert {reply.status for reply in replies} == {401, 429}
        assert refused[0].header("retry-after") == "60"
        assert "60 seconds" in refused[0].text
        assert log_in(client).status == 429
        made.clock.seconds += 61
        assert log_in(client).status == 303

    def test_many_names_from_one_address_are_slowed_down_and_others_are_not(self, client: AsgiClient) -> None:
        statuses = [log_in(client, f"guess{number}", "wrong password").status for number in range(100)]
        assert statuses.count(429) >= 90

        client.address = "192.0.2.7"
        assert log_in(client).status == 303

    def test_the_time_does_not_say_which_names_there_are(self, client: AsgiClient, made: MadePeople) -> None:
        times: dict[str, list[float]] = {"reader": [], "nobody": []}
        for _ in range(10):
            for name, measured in times.items():
                made.clock.seconds += 120
                begun = process_time()  # of this process alone: other programs' work is not measured
                assert log_in(client, name, "wrong password").status == 401
                measured.append(process_time() - begun)

        known, unknown = (median(measured) for measured in times.values())
        assert abs(known - unknown) / known < 0.10

    def test_the_page_says_the_same_for_both(self, client: AsgiClient) -> None:
        known, unknown = (log_in(client, name, "wrong", lang="zh").text for name in ("reader", "nobody"))

        assert ZH("people_refused_wrong") in known
        assert known.replace("reader", "nobody") == unknown


class TestWhatNeverLeaks:
    def test_secrets_stand_in_no_answer_no_log_and_no_audit(
        self,
        client: AsgiClient,
        made: MadePeople,
        caplog: pytest.LogCaptureFixture,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        caplog.set_level(logging.DEBUG)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-canary-model-key")
        monkeypatch.setenv("POLICY_ASSISTANT_OIDC_SECRET", "canary-oidc-secret")
        token, _ = made.tokens.make("reader", 1)
        entered = log_in(client)
        session = entered.cookie.partition("=")[2]
        wrong = "canary wrong password"
        replies = [
            log_in(client, "reader", wrong),
            log_in(client, wrong, wrong),  # typed into the wrong box
            client.send("POST", "/login", {"content-type": "application/json"}, wrong.encode()),
            client.send("POST", "/login", {"content-type": "multipart/form-data; boundary=x"}, b"--x"),
            client.get("/documents", cookie=entered.cookie, authorization=f"Bearer {token}x"),
            client.get("/documents", authorization=f"Bearer {token}"),
            client.get("/documents/0123", cookie=entered.cookie),
            client.get("/guidance-file?description=x&form=xx", cookie=entered.cookie),
            client.post("/logout", {}, cookie=entered.cookie),
        ]

        secrets = [PASSWORD, wrong, token, session, HASH, "sk-canary-model-key", "canary-oidc-secret"]
        files = [path.read_text() for path in made.home.glob("audit*")]
        told = [reply.text + str(reply.headers) for reply in replies[2:-1]] + [caplog.text, *files]
        told.append(replies[0].text)
        assert [secret for secret in secrets for text in told if secret in text] == []

    def test_a_failed_log_in_is_written_down_under_a_name_that_exists_alone(
        self, client: AsgiClient, made: MadePeople
    ) -> None:
        log_in(client, "reader", "wrong password")
        log_in(client, "my secret password", "wrong password")

        last = made.audit.log.read_text().splitlines()[-2:]
        assert '"person": "reader", "action": "log-in failed"' in last[0]
        assert '"person": "unknown name", "action": "log-in failed"' in last[1]


class TestOtherSites:
    @pytest.mark.parametrize(
        "headers",
        [
            {"origin": "https://evil.example"},
            {"origin": "null"},
            {"origin": "null", "sec_fetch_site": "cross-site"},
            {"sec_fetch_site": "cross-site"},
            {"sec_fetch_site": "same-site", "origin": "http://127.0.0.1:9999"},
        ],
    )
    def test_a_post_from_another_site_is_refused_also_with_a_cookie(
        self, client: AsgiClient, headers: dict[str, str]
    ) -> None:
        cookie = log_in(client).cookie

        for path in ("/logout", "/login", "/gradio_api/queue/join", "/gradio_api/cancel"):
            assert client.post(path, {"name": "x"}, cookie=cookie, **headers).status == 403
        assert client.get("/documents", cookie=cookie).status == 200

    def test_a_form_of_our_own_is_taken(self, client: AsgiClient) -> None:
        fields = {"name": "reader", "password": PASSWORD}
        for headers in (
            {"origin": "http://127.0.0.1"},
            {"origin": "null", "sec_fetch_site": "same-origin"},
        ):
            assert client.post("/login", fields, **headers).status == 303


def test_without_users_there_is_nothing_to_log_in_to() -> None:
    client = AsgiClient(lambda: build_app(Site(ScriptedAssistant())))

    assert client.get("/documents").status == 200
    assert client.get("/login").header("location") == "/"
    assert client.post("/login", {"name": "x", "password": "y"}).header("location") == "/"
    assert client.post("/logout", {}).status == 303
    client.close()


def test_everything_strange_in_the_form_is_a_wrong_password(client: AsgiClient, made: MadePeople) -> None:
    for name in (
        "\0",
        "x" * 5_000,
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "<script>",
        "",
    ):
        made.clock.seconds += 120
        reply = log_in(client, name, "y" * 3_000)
        assert reply.status == 401
        assert "<script>" not in reply.text
    assert client.send("POST", "/login", {}, b"&".join([b"a=1"] * 2_000)).status == 401
    assert client.send("POST", "/login", {}, b"name=" + b"x" * 10_000).status == 413


def test_each_reason_has_a_sentence_in_both_languages() -> None:
    sources = (
        Path(assistant.people.__file__).parent / name for name in ("oidc.py", "oidc_claims.py", "log_in.py")
    )
    refusals = [
        one for path in sources for one in re.findall(r"LogInRefused\((.*)\)", path.read_text("utf-8"))
    ]
    reasons = {found[1] for one in refusals if (found := re.search(r'", "(\w+)"$', one))}

    assert len(reasons) == 6
    for words in (EN, ZH):
        assert all(words(f"people_refused_{reason}") for reason in reasons | {"wrong"})
