"""An OpenID Connect provider: found by its issuer address, asked for a token, and its signature checked.

OpenID Connect Core 1.0 and Discovery 1.0, authorization code with PKCE (RFC 7636). It is contacted when
somebody logs in and never before.
"""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from assistant.errors import ProviderFault

# Only what a provider signs with a key of its own; "none" and what a shared secret signs are no signatures.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_LARGEST = 1_000_000  # bytes of an answer
_KEPT_SECONDS = 3_600  # what discovery said, and the keys
_KEYS_AGAIN_SECONDS = 60  # at the earliest, for a token that none of the keys has signed


@dataclass(frozen=True, slots=True)
class Places:
    """Where the provider is asked for what, as its discovery document says."""

    authorization: str
    token: str
    keys: str
    secret_in_body: bool  # it does not take the secret as basic authentication


class OidcProvider:
    """One provider for one client of it. Safe to use from several threads.

    Every method may raise ProviderFault; nothing that the provider sent, and no secret, stands in its text.
    """

    def __init__(self, issuer: str, client_id: str, secret: str) -> None:
        self.issuer = issuer
        self.client_id = client_id
        self._secret = secret
        self._lock = threading.Lock()
        self._places: tuple[float, Places] | None = None
        self._keys: tuple[float, KeySet] | None = None

    def places(self) -> Places:
        """Where to send people and requests."""
        with self._lock:
            if self._places is None or monotonic() - self._places[0] > _KEPT_SECONDS:
                self._places = monotonic(), self._discovered()
            return self._places[1]

    def claims(self, code: str, verifier: str, redirect: str) -> dict[str, Any]:
        """What the provider says of who came back with that code: claims whose signature is the provider's.

        Issuer, audience, times and nonce are not looked at; see `oidc.checked`.
        """
        places = self.places()
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": redirect,
            "client_id": self.client_id,
        }
        if places.secret_in_body or not self._secret:
            asked |= {"client_secret": self._secret} if self._secret else {}
            answer = self._fetched("POST", places.token, data=asked)
        else:
            basic = httpx.BasicAuth(*(_escaped(part) for part in (self.client_id, self._secret)))
            answer = self._fetched("POST", places.token, data=asked, auth=basic)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise ProviderFault("The log-in provider gave no ID token.")
        return self._signed(token, places.keys)

    def _signed(self, token: str, where: str) -> dict[str, Any]:
        for keys in (self._known_keys(where), self._newer_keys(where)):
            if keys is None:
                continue
            try:
                return dict(jwt.decode(token, keys, algorithms=_ALGORITHMS).claims)
            except (JoseError, ValueError):  # ValueError: a key of that name is not there
                continue  # the provider may have changed its keys
        raise ProviderFault("The signature of the log-in provider's ID token is not right.")

    def _known_keys(self, where: str) -> KeySet:
        with self._lock:
            if self._keys is None or monotonic() - self._keys[0] > _KEPT_SECONDS:
                self._keys = monotonic(), self._key_set(where)
            return self._keys[1]

    def _newer_keys(self, where: str) -> KeySet | None:
        with self._lock:
            if self._keys is not None and monotonic() - self._keys[0] < _KEYS_AGAIN_SECONDS:
                return None
            self._keys = monotonic(), self._key_set(where)
            return self._keys[1]

    def _key_set(self, where: str) -> KeySet:
        try:
            return KeySet.import_key_set(self._fetched("GET", where))  # type: ignore[arg-type]
        except (JoseError, ValueError, KeyError, TypeError):
            raise ProviderFault("The log-in provider's keys cannot be read.") from None

    def _discovered(self) -> Places:
        document = self._fetched("GET", f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if document.get("issuer") != self.issuer:
            raise ProviderFault("The log-in provider calls itself something else than oidc_issuer.")
        names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        found = [document.get(name) for name in names]
        if not all(isinstance(place, str) and is_safe(place) for place in found):
            raise ProviderFault("The log-in provider does not say where it is asked over https.")
        methods = document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        authorization, token, keys = (str(place) for place in found)
        return Places(authorization, token, keys, "client_secret_basic" not in methods)

    def _fetched(self, method: str, where: str, **asked: Any) -> Mapping[str, Any]:
        """The JSON object at an address, which is not left for another and must come within seconds."""
        try:
            with (
                httpx.Client(timeout=10, follow_redirects=False) as client,
                client.stream(method, where, headers={"accept": "application/json"}, **asked) as answer,
            ):
                if answer.status_code != httpx.codes.OK:
                    raise ProviderFault(f"The log-in provider answered with status {answer.status_code}.")
                body = b""
                for part in answer.iter_bytes():
                    body += part
                    if len(body) > _LARGEST:
                        raise ProviderFault("The log-in provider's answer is too large.")
            held = json.loads(body)
        except httpx.HTTPError as error:
            raise ProviderFault(f"The log-in provider cannot be reached ({type(error).__name__}).") from None
        except (ValueError, RecursionError):
            raise ProviderFault("The log-in provider did not answer in JSON.") from None
        if not isinstance(held, dict):
            raise ProviderFault("The log-in provider did not answer with a JSON object.")
        return held


def is_safe(address: str) -> bool:
    """Whether what is sent there is read by nobody else: https, or this machine itself."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
    )


def _escaped(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")  # RFC 6749, 2.3.1
