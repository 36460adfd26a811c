"""Logging in by a provider: a real one on loopback, with real signatures, and all the ways it could lie."""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from assistant.errors import AssistantError, LogInRefused, ProviderFault
from assistant.people.oidc import OidcLogIn
from assistant.people.oidc_claims import claim_rules
from assistant.people.oidc_provider import OidcProvider, is_safe
from assistant.people.person import Person, Role
from tests.oidc_provider import CLIENT, SECRET, Provider, provided

BACK = "http://127.0.0.1:1/login/return"
RULES = claim_rules({"role": "reader", "collections": ["general"]}, "users.toml")


@pytest.fixture
def provider() -> Iterator[Provider]:
    with provided(Provider()) as provider:
        yield provider


def by(provider: Provider) -> OidcLogIn:
    return OidcLogIn(OidcProvider(provider.address, CLIENT, SECRET), lambda: RULES)


def log_in(oidc: OidcLogIn, **came: str) -> Person:
    """What becomes of a browser that is sent to the provider and comes back."""
    address, state = oidc.begin(BACK, "/documents")
    answer = httpx.get(address)
    back = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}
    person, wanted = oidc.finish(back | came, state)
    assert wanted == "/documents"
    return person


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_who_logs_in_at_the_provider_is_in(algorithm: str) -> None:
    with provided(Provider(algorithm=algorithm)) as provider:
        person = log_in(by(provider))

    assert person == Person("ann@example.org", Role.READER, frozenset({"general"}))
    assert provider.asked == ["/.well-known/openid-configuration", "/authorize", "/token", "/keys"]


def test_the_provider_is_not_asked_before_somebody_logs_in(provider: Provider) -> None:
    by(provider)

    assert provider.asked == []


def test_the_address_tells_the_provider_what_it_needs_and_no_secret(provider: Provider) -> None:
    address, state = by(provider).begin(BACK, "/")

    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert asked["state"] == state
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert (asked["client_id"], asked["redirect_uri"]) == (CLIENT, BACK)
    assert "openid" in asked["scope"].split()
    assert SECRET not in address


def test_discovery_and_keys_are_asked_for_once_and_new_keys_are_found(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    oidc = by(provider)
    log_in(oidc)
    log_in(oidc)
    assert provider.asked.count("/keys") == provider.asked.count("/.well-known/openid-configuration") == 1

    provider.change_keys()
    with pytest.raises(ProviderFault, match="signature"):  # within a minute they are not asked for again
        log_in(oidc)
    monkeypatch.setattr("assistant.people.oidc_provider._KEYS_AGAIN_SECONDS", 0)
    assert log_in(oidc).name == "ann@example.org"


@pytest.mark.parametrize(
    ("changes", "lies", "told"),
    [
        ({"iss": "https://other.example"}, {}, "for another provider"),
        ({"aud": "another-program"}, {}, "for another program"),
        ({"aud": [CLIENT, "another"]}, {}, "for several programs"),
        ({"azp": "another"}, {}, "for another program"),
        ({"nonce": "another"}, {}, "for another log-in"),
        ({"nonce": None}, {}, "for another log-in"),
        ({"exp": 1}, {}, "for another time"),
        ({"exp": None}, {}, "for another time"),
        ({"exp": "soon"}, {}, "for another time"),
        ({"iat": time.time() + 900}, {}, "for another time"),
        ({"nbf": time.time() + 900}, {}, "for later"),
        ({}, {"signature": "none"}, "signature"),
        ({}, {"signature": "secret"}, "signature"),
        ({}, {"signature": "other key"}, "signature"),
        ({}, {"token": {"access_token": "x"}}, "no ID token"),
        ({}, {"token": b"<html>"}, "not answer in JSON"),
        ({}, {"token": []}, "JSON object"),
        ({}, {"token": b'"' + b"x" * 1_000_001 + b'"'}, "too large"),
        ({}, {"token_status": 400}, "status 400"),
        ({}, {"token_status": 302}, "status 302"),
        ({}, {"back": {"iss": "https://other.example"}}, "Another provider"),
        ({}, {"discovery": {"issuer": "https://other.example"}}, "calls itself something else"),
        ({}, {"discovery": {"token_endpoint": "http://other.example/token"}}, "https"),
        ({}, {"discovery": {"jwks_uri": None}}, "https"),
        ({"email_verified": False}, {}, "not been verified"),
        ({"email": None}, {}, "does not say who you are"),
        ({"email": "a b"}, {}, "does not say who you are"),
        ({"email": "local"}, {}, "does not say who you are"),
    ],
)
def test_a_lie_is_found_and_told_without_a_secret(
    provider: Provider, changes: dict[str, Any], lies: dict[str, Any], told: str
) -> None:
    provider.changes, provider.lies = changes, lies

    with pytest.raises(AssistantError, match=told) as raised:
        log_in(by(provider))
    assert SECRET not in str(raised.value)


def test_a_provider_that_is_not_there_is_told(provider: Provider) -> None:
    oidc = OidcLogIn(OidcProvider("http://127.0.0.1:1", CLIENT, SECRET), lambda: RULES)

    with pytest.raises(ProviderFault, match="cannot be reached"):
        oidc.begin(BACK, "/")


class TestTheWayBack:
    @pytest.mark.parametrize("cookie", ["", "another", "\ud800"])
    def test_another_browser_does_not_get_in(self, provider: Provider, cookie: str) -> None:
        oidc = by(provider)
        _, state = oidc.begin(BACK, "/")

        with pytest.raises(LogInRefused, match="not begun in this browser"):
            oidc.finish({"state": state, "code": "x"}, cookie.encode("utf-8", "replace").decode())

    def test_it_is_gone_once(self, provider: Provider) -> None:
        oidc = by(provider)
        _, state = oidc.begin(BACK, "/")
        for told in ("did not log you in", "not begun"):
            with pytest.raises(LogInRefused, match=told):
                oidc.finish({"state": state, "error": "access_denied"}, state)

    def test_it_takes_ten_minutes_at_most(self, provider: Provider) -> None:
        now = [0.0]
        oidc = OidcLogIn(OidcProvider(provider.address, CLIENT, SECRET), lambda: RULES, lambda: now[0])
        _, state = oidc.begin(BACK, "/")
        now[0] = 601.0

        with pytest.raises(LogInRefused, match="too long ago"):
            oidc.finish({"state": state, "code": "x"}, state)

    def test_a_stolen_code_is_worth_nothing_without_the_verifier(self, provider: Provider) -> None:
        oidc = by(provider)
        address, _ = oidc.begin(BACK, "/")
        stolen = parse_qs(urlsplit(httpx.get(address).headers["location"]).query)["code"][0]

        with pytest.raises(ProviderFault, match="status 400"):
            log_in(oidc, code=stolen)

    def test_attempts_that_nobody_finishes_are_forgotten(self, provider: Provider) -> None:
        oidc = by(provider)
        for _ in range(1_050):
            oidc.begin(BACK, "/")

        assert len(oidc._attempts) == 1_000


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://login.example.org", True),
        ("http://127.0.0.1:8080", True),
        ("http://login.example.org", False),
        ("http://127.0.0.1.example.org", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_secrets_travel_over_https_alone(address: str, safe: bool) -> None:
    assert is_safe(address) is safe
