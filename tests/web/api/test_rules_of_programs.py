"""Every route for programs has a rule: one that is added without is found here, and is not there."""

import re

import pytest
from fastapi import FastAPI
from starlette.routing import Mount, Route

from assistant.people.person import Person, Role
from assistant.web.route_rules import ANYONE, rule_for
from tests.web.api.served_app import application, client_of
from tests.web.scripted_assistant import ScriptedAssistant

FREE = {"/api/v1/health", "/api/v1/health/live"}
FOR_ADMINS = {"/api/v1/metrics"}
PEOPLE = [Person(role.value, role) for role in Role]


def routes_of(app: FastAPI, prefix: str = "") -> list[tuple[str, str]]:
    """(method, an address) of every route, those of mounted applications too."""
    found: list[tuple[str, str]] = []
    for route in app.routes:
        if isinstance(route, Mount) and isinstance(route.app, FastAPI):
            found += routes_of(route.app, prefix + route.path)
        elif isinstance(route, Route):
            address = prefix + re.sub(r"{\w+}", "0123456789abcdef", route.path)
            found += [(method, address) for method in sorted(route.methods or {"POST"}) if method != "HEAD"]
    return found


ROUTES = routes_of(application(ScriptedAssistant()))


def test_all_routes_are_found() -> None:
    assert len(ROUTES) == 17
    assert ("POST", "/mcp") in ROUTES


@pytest.mark.parametrize(("method", "address"), ROUTES)
def test_a_route_has_the_rule_that_it_should_have(method: str, address: str) -> None:
    rule = rule_for(method, address)

    assert rule is not None, "add a rule to route_rules.py"
    expected = ANYONE if address in FREE else Role.ADMIN if address in FOR_ADMINS else Role.READER
    assert rule.least is expected


def test_nobody_gets_more_than_the_rule_says() -> None:
    with client_of(application(ScriptedAssistant(), *PEOPLE)) as client:
        for method, address in ROUTES:
            for name in ("", "stranger", *(person.name for person in PEOPLE)):
                answered = client.request(method, address, headers={"x-person": name} if name else {})
                known = next((person for person in PEOPLE if person.name == name), None)
                least = None if address in FREE else Role.ADMIN if address in FOR_ADMINS else Role.READER
                if least is None or (known is not None and known.role.covers(least)):
                    assert answered.status_code not in (401, 403), (method, address, name)
                else:
                    assert answered.status_code == (401 if known is None else 403), (method, address, name)
