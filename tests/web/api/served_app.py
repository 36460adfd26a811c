"""The ways in for programs without the page: an application, the people who may use it, and a port for it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import Scope

from assistant.admission import Admission as Door
from assistant.people.person import LOCAL_PERSON, Person
from assistant.records.records import Records
from assistant.web.api.adding import add_api
from assistant.web.api.api_assistant import ApiAssistant
from assistant.web.api.asking_desk import Admission, everybody
from assistant.web.protection import Protection

WHO = b"x-person"  # the header by which a test says who asks


def application(
    assistant: ApiAssistant,
    *people: Person,
    admit: Admission = everybody,
    records: Records | None = None,
    door: Door | None = None,
) -> FastAPI:
    """The application; without people whoever asks is the one who sits at this machine."""
    known = {person.name: person for person in people}

    def identify(scope: Scope) -> Person | None:
        name = dict(scope["headers"]).get(WHO, b"").decode()
        return known.get(name) if people else LOCAL_PERSON

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Protection, identify=identify)
    add_api(app, assistant, admit, records=records, door=door)
    return app


@contextmanager
def client_of(app: FastAPI) -> Iterator[TestClient]:
    """A client in this process; a fault of the program is a 500, as over a port."""
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of the application on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)
