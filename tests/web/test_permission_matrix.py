"""Who may send what where: every route of the application with every kind of asker, and nothing forgotten."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from assistant.desk.desk import Desk
from assistant.people.audit import Unrecorded
from assistant.people.person import Role
from assistant.records.records import Records
from assistant.web.route_rules import ANYONE, rule_for
from assistant.web.server import build_app
from assistant.web.site import Site
from knowledge.dictionary import ChineseDictionary
from knowledge.files.uploads import Uploads
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.opened_stores import opened_stores
from tests.web.asgi_client import AsgiClient
from tests.web.every_route import every_route
from tests.web.made_people import MadePeople
from tests.web.scripted_assistant import ScriptedAssistant

ASKERS = ("none", "wrong", "expired", *Role)
DAY = 86_400


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadePeople:
    return MadePeople(tmp_path_factory.mktemp("people"))


@pytest.fixture(scope="module")
def client(made: MadePeople, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AsgiClient]:
    """The whole application, with a history and a desk."""
    home = tmp_path_factory.mktemp("home")
    with (
        closing(ChineseDictionary(home)) as dictionary,
        opened_stores(home / "data", BagOfTermsEmbedder(), dictionary) as stores,
        closing(Records(home / "records.sqlite", 90)) as records,
        closing(Desk(stores, Uploads(home / "uploads"), audit=Unrecorded())) as desk,
    ):
        site = Site(ScriptedAssistant(), people=made.people(), records=records, desk=desk)
        client = AsgiClient(lambda: build_app(site))
        yield client
        client.close()


@pytest.fixture(scope="module")
def headers(made: MadePeople) -> dict[str, dict[str, str]]:
    """What each kind of asker sends along."""
    expired, _ = made.tokens.make("admin", 1)
    made.clock.seconds = 2 * DAY
    tokens = {str(role): made.tokens.make(str(role), 30)[0] for role in Role}
    tokens |= {"wrong": "pa_" + "x" * 43, "expired": expired}
    sent: dict[str, dict[str, str]] = {"none": {}} | {
        asker: {"authorization": f"Bearer {token}"} for asker, token in tokens.items()
    }
    return {asker: of | {"sec-fetch-site": "same-origin"} for asker, of in sent.items()}


def test_every_route_answers_those_alone_who_may_use_it(
    client: AsgiClient, headers: dict[str, dict[str, str]]
) -> None:
    unintended, tried, let_in = [], 0, 0
    for route in every_route(client.app):
        rule = rule_for(route.method, route.path)
        for asker in ASKERS:
            reply = client.send(route.method, route.path, headers[asker])
            status = reply.status
            tried += 1
            if rule is None:
                right = status == 404
            elif rule.least is ANYONE:
                right = status != 403 and reply.text != "Log in first."
            elif asker not in set(Role):
                right = status == 401
            elif not Role(asker).covers(rule.least):
                right = status == 403
            else:
                right = status not in (401, 403)
                let_in += 1
            if not right:
                unintended.append(f"{asker}: {route.method} {route.path} -> {status}")

    assert unintended == []
    print(f"\n{tried} tried, {let_in} let in by their role")  # noqa: T201
    assert tried > 600
    assert let_in > 60


def test_every_route_of_our_own_has_a_rule(client: AsgiClient) -> None:
    own = [route for route in every_route(client.app) if route.own]

    assert [route for route in own if rule_for(route.method, route.path) is None] == []


def test_a_route_that_is_added_without_a_rule_is_found_and_not_there(made: MadePeople) -> None:
    def build() -> Any:
        app = build_app(Site(ScriptedAssistant(), people=made.people()))
        app.router.routes.insert(0, _forgotten())
        return app

    client = AsgiClient(build)

    forgotten = [one for one in every_route(client.app) if one.own and not rule_for(one.method, one.path)]
    status = client.get("/forgotten/1").status
    client.close()

    assert {route.path for route in forgotten} == {"/forgotten/0123456789abcdef"}
    assert status == 404


def _forgotten() -> Any:
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    return Route("/forgotten/{number}", lambda _request: PlainTextResponse("here"), methods=["GET"])
