"""A small OpenID Connect provider on loopback, with real keys and signatures; it can be told to misbehave.

Whoever asks it to log in is logged in at once, as `claims` say.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeyParameters, KeySet, OctKey, RSAKey

CLIENT, SECRET = "policy-assistant", "canary-oidc-secret"


def _new_key(kind: str) -> RSAKey | ECKey:
    made: KeyParameters = {"kid": secrets.token_hex(4), "use": "sig", "alg": kind}
    return RSAKey.generate_key(2048, made) if kind == "RS256" else ECKey.generate_key("P-256", made)


@dataclass
class Provider:
    """What the provider is and does; `changes` alter the claims of the ID token, `lies` the rest."""

    address: str = ""  # of the machine, filled in once it listens
    algorithm: str = "RS256"
    claims: dict[str, Any] = field(
        default_factory=lambda: {"sub": "42", "email": "ann@example.org", "groups": ["trade"]}
    )
    changes: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)  # paths, in order
    codes: dict[str, dict[str, str]] = field(default_factory=dict)  # what was asked with each code

    def __post_init__(self) -> None:
        self.key = _new_key(self.algorithm)

    def change_keys(self) -> None:
        """Sign with another key from now on, as providers do now and then."""
        self.key = _new_key(self.algorithm)

    def discovery(self) -> dict[str, Any]:
        """The discovery document."""
        document = {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": [self.algorithm],
        }
        return {**document, **self.lies.get("discovery", {})}

    def keys(self) -> dict[str, Any]:
        """The public keys."""
        return dict(KeySet([self.key]).as_dict(private=False))

    def id_token(self, nonce: str) -> str:
        """A signed token for who has just logged in."""
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        said = {
            key: value for key, value in (claims | self.claims | self.changes).items() if value is not None
        }
        if self.lies.get("signature") == "none":
            parts = [json.dumps(part).encode() for part in ({"alg": "none"}, said)]
            return ".".join([*(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts), ""])
        if self.lies.get("signature") == "secret":
            return jwt.encode({"alg": "HS256"}, said, OctKey.import_key(SECRET), algorithms=["HS256"])
        key = _new_key(self.algorithm) if self.lies.get("signature") == "other key" else self.key
        header = {"alg": self.algorithm, "kid": self.key.kid}
        return jwt.encode(header, said, key, algorithms=[self.algorithm])


@contextmanager
def provided(provider: Provider, host: str = "127.0.0.1") -> Iterator[Provider]:
    """Serve the provider until the block ends; `host` is how it calls itself."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            provider.asked.append(parts.path)
            if parts.path == "/authorize":
                return self._send_back({name: values[0] for name, values in parse_qs(parts.query).items()})
            if parts.path == "/.well-known/openid-configuration":
                return self._json(provider.discovery())
            return self._json(provider.keys())

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            fields = {name: values[0] for name, values in parse_qs(body).items()}
            given = provider.codes.pop(fields.get("code", ""), None)
            basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
            challenge = hashlib.sha256(fields.get("code_verifier", "").encode()).digest()
            right = (
                given is not None
                and self.headers.get("authorization") == f"Basic {basic}"
                and fields.get("grant_type") == "authorization_code"
                and fields.get("redirect_uri") == given["redirect_uri"]
                and base64.urlsafe_b64encode(challenge).decode().rstrip("=") == given["code_challenge"]
            )
            if "token_status" in provider.lies:
                return self._json({"error": SECRET}, provider.lies["token_status"])
            if given is None or not right:
                return self._json({"error": "invalid_grant"}, 400)
            token = {
                "access_token": "x",
                "token_type": "Bearer",
                "id_token": provider.id_token(given["nonce"]),
            }
            return self._json(provider.lies.get("token", token))

        def _send_back(self, asked: dict[str, str]) -> None:
            code = secrets.token_urlsafe(16)
            provider.codes[code] = asked
            back = {"code": code, "state": asked["state"], "iss": provider.address}
            back |= provider.lies.get("back", {})
            self.send_response(302)
            self.send_header("location", f"{asked['redirect_uri']}?{urlencode(back)}")
            self.end_headers()

        def _json(self, value: object, status: int = 200) -> None:
            body = value if isinstance(value, bytes) else json.dumps(value).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Nothing on standard error."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        provider.address = f"http://{host}:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
