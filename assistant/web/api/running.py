"""What those who run it look at: whether it takes questions, whether it can answer, and its figures."""

from fastapi import FastAPI
from starlette.responses import Response

from assistant.web.api.asking_desk import AskingDesk
from assistant.web.api.error_forms import json_response
from assistant.web.api.metrics import MEDIA_TYPE
from assistant.web.api.responses import HealthAnswer, told
from knowledge.errors import KnowledgeError


def add_running_routes(app: FastAPI, desk: AskingDesk) -> None:
    """The addresses below /api/v1 for supervisors and for Prometheus."""

    @app.get(
        "/health", summary="Say whether it can answer: 200 with ready, or 503", responses=told(HealthAnswer)
    )
    def health() -> Response:
        # Nothing that the library holds is told here: who asks need not have logged in.
        try:
            desk.assistant.library.document("")
        except KnowledgeError:
            return json_response({"live": desk.is_live, "ready": False}, 503)
        return json_response({"live": desk.is_live, "ready": desk.is_live}, 200 if desk.is_live else 503)

    @app.get(
        "/health/live",
        summary="Say whether questions are taken on, as /alive does: 200, or 503 while it stops",
        responses=told(HealthAnswer),
    )
    def live() -> Response:
        return json_response({"live": desk.is_live}, 200 if desk.is_live else 503)

    @app.get("/metrics", summary="Figures in the form of Prometheus, for an admin")
    def metrics() -> Response:
        return Response(desk.metrics.as_text(), media_type=MEDIA_TYPE, headers={"cache-control": "no-store"})
