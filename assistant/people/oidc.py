"""Logging in by an OpenID Connect provider: sending somebody there, and reading who comes back."""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from assistant.errors import LogInRefused, ProviderFault
from assistant.people.oidc_claims import ClaimRules
from assistant.people.oidc_provider import OidcProvider
from assistant.people.person import Person

_MINUTES = 10  # to log in at the provider
_MOST = 1_000  # attempts under way at once
_LEEWAY = 60  # seconds by which clocks may differ


@dataclass(frozen=True, slots=True)
class Attempt:
    """One log-in under way; the browser keeps `state` in a cookie, and must bring it back."""

    state: str
    nonce: str
    verifier: str  # of PKCE; only its hash travels
    redirect: str
    next: str  # where to go afterwards
    began: float


class OidcLogIn:
    """Log-ins by one provider. Safe to use from several threads."""

    def __init__(
        self,
        provider: OidcProvider,
        rules: Callable[[], ClaimRules | None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._provider = provider
        self._rules = rules  # read at each log-in: the users file may have changed
        self._clock = clock
        self._attempts: dict[str, Attempt] = {}
        self._lock = threading.Lock()

    def begin(self, redirect: str, next_page: str) -> tuple[str, str]:
        """The address to send a browser to, and the state for its cookie. Raises ProviderFault."""
        place = self._provider.places().authorization
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        with self._lock:
            now = self._clock()
            for one in [one for one in self._attempts.values() if now - one.began > _MINUTES * 60]:
                del self._attempts[one.state]
            while len(self._attempts) >= _MOST:
                del self._attempts[next(iter(self._attempts))]
            self._attempts[state] = Attempt(state, nonce, verifier, redirect, next_page, now)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
        asked = {
            "response_type": "code",
            "client_id": self._provider.client_id,
            "redirect_uri": redirect,
            "scope": "openid email profile",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge.decode(),
            "code_challenge_method": "S256",
        }
        return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}", state

    def finish(self, came: Mapping[str, str], cookie: str) -> tuple[Person, str]:
        """Who came back, and where they wanted to go. Raises LogInRefused and ProviderFault.

        `came` are the parameters of the address, `cookie` the state that this browser kept.
        """
        state = came.get("state", "")
        if not cookie or not secrets.compare_digest(state.encode(), cookie.encode()):
            raise LogInRefused("This log-in was not begun in this browser, or too long ago.", "begin_again")
        with self._lock:
            attempt = self._attempts.pop(state, None)  # once
        if attempt is None or self._clock() - attempt.began > _MINUTES * 60:
            raise LogInRefused("This log-in was not begun in this browser, or too long ago.", "begin_again")
        if came.get("iss", self._provider.issuer) != self._provider.issuer:  # RFC 9207
            raise LogInRefused("Another provider than the one that was asked has answered.", "begin_again")
        if "code" not in came:
            raise LogInRefused("The provider did not log you in.", "not_there")
        claims = self._provider.claims(came["code"], attempt.verifier, attempt.redirect)
        checked(claims, self._provider.issuer, self._provider.client_id, attempt.nonce, self._clock())
        rules = self._rules()
        if rules is None:
            raise LogInRefused("The users file does not say who may come in by the provider.", "no_group")
        return rules.person(claims), attempt.next


def checked(claims: Mapping[str, Any], issuer: str, client_id: str, nonce: str, now: float) -> None:
    """Raise ProviderFault unless the claims are for this client, log-in and time (Core, 3.1.3.7)."""
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    for right, what in (
        (claims.get("iss") == issuer, "another provider"),
        (client_id in audiences, "another program"),
        (claims.get("azp", client_id) == client_id, "another program"),
        (len(audiences) == 1 or "azp" in claims, "several programs"),
        (secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()), "another log-in"),
        (_is_time(claims.get("exp")) and now < claims["exp"] + _LEEWAY, "another time"),
        (_is_time(claims.get("iat")) and claims["iat"] - _LEEWAY <= now, "another time"),
        (claims.get("nbf") is None or (_is_time(claims["nbf"]) and claims["nbf"] - _LEEWAY <= now), "later"),
    ):
        if not right:
            raise ProviderFault(f"The log-in provider's ID token is for {what}.")


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
