"""Who sent a request, found from its session cookie or its token."""

from starlette.requests import HTTPConnection
from starlette.types import Scope

from assistant.people.log_in import LogIn
from assistant.people.person import Person


class Identification:
    """An `Identify` for a page with a log-in. A token decides alone, so that a wrong one lets nobody in."""

    def __init__(self, log_in: LogIn, *, https: bool) -> None:
        self._log_in = log_in
        self._cookie = session_cookie(https=https)

    def __call__(self, scope: Scope) -> Person | None:
        """The person, or None for nobody that is known."""
        request = HTTPConnection(scope)
        authorization = request.headers.get("authorization")
        if authorization is not None:
            scheme, _, token = authorization.partition(" ")
            return self._log_in.of_token(token.strip()) if scheme.lower() == "bearer" else None
        session = request.cookies.get(self._cookie)
        return self._log_in.of_session(session) if session else None


def session_cookie(*, https: bool) -> str:
    """The name of the session cookie; over https one that a browser takes from this very host alone."""
    return "__Host-policy-assistant" if https else "policy-assistant"
