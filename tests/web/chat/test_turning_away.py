"""Questions too many are turned away where they arrive, and nobody is counted for ever."""

import json

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.web.chat.turning_away import Arrivals, TurningAway
from assistant.web.words import Words

ASK, OTHER = 7, 8


def test_as_many_as_can_be_are_let_in_and_the_next_when_one_has_gone() -> None:
    arrivals = Arrivals(2, lambda: 0.0)

    assert [arrivals.came(window) for window in ("a", "b", "c")] == [True, True, False]
    arrivals.went("a")
    assert arrivals.came("c")
    assert not arrivals.came("d")


def test_a_window_is_counted_once_and_one_that_never_came_may_go() -> None:
    arrivals = Arrivals(2, lambda: 0.0)
    for _ in range(3):
        assert arrivals.came("a")
    arrivals.went("never seen")
    arrivals.went(None)

    assert arrivals.came("b")


def test_a_question_that_was_never_begun_is_forgotten_after_a_minute() -> None:
    now = [0.0]
    arrivals = Arrivals(1, lambda: now[0])
    assert arrivals.came("gone with its browser")

    now[0] = 59.0
    assert not arrivals.came("b")
    now[0] = 61.0
    assert arrivals.came("b")


async def echo(request: Request) -> Response:
    return Response(await request.body())


def test_only_a_question_too_many_is_refused_and_everything_else_comes_through_as_it_came() -> None:
    middleware = Middleware(TurningAway, arrivals=Arrivals(1, lambda: 0.0), asks=[ASK])
    page = TestClient(
        Starlette(
            routes=[Route("/gradio_api/queue/{rest}", echo, methods=["POST", "GET"])], middleware=[middleware]
        )
    )

    def joined(event: int, window: str) -> tuple[int, bytes]:
        sent = json.dumps({"fn_index": event, "session_hash": window, "data": ["问"]})
        answer = page.post("/gradio_api/queue/join", content=sent)
        if answer.status_code == 200:
            assert answer.content == sent.encode()
        return answer.status_code, answer.content

    assert joined(ASK, "a")[0] == 200
    status, refusal = joined(ASK, "b")
    assert status == 429
    assert json.loads(refusal)["detail"] == f"{Words('en')('running_busy')} {Words('zh')('running_busy')}"
    assert joined(OTHER, "b")[0] == 200
    assert page.post("/gradio_api/queue/join", content=b"[not json").content == b"[not json"
    assert page.get("/gradio_api/queue/data").status_code == 200
