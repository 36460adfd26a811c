"""The page with a log-in as a program of its own: whose address counts, and what it writes about people."""

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

from assistant.people.audit_chain import records
from tests.web.conftest import served
from tests.web.made_people import PASSWORD, MadePeople
from tests.web.test_server import fetch

FORM = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": "192.0.2.44"}


@pytest.mark.parametrize(("proxies", "counted"), [("none", "127.0.0.1"), ("127.0.0.1", "192.0.2.44")])
def test_an_address_is_believed_from_a_proxy_that_is_set_and_from_nobody_else(
    tmp_path: Path, proxies: str, counted: str
) -> None:
    home, errors = tmp_path / "home", tmp_path / "errors.txt"
    MadePeople(home)
    settings = {
        "POLICY_ASSISTANT_HOME": str(home),
        "POLICY_ASSISTANT_PROXIES": proxies,
        "OPENAI_API_KEY": "sk-canary-model-key",
    }
    with served(errors, "-m", "tests.web.people_page", "0", **settings) as address:
        form = urlencode({"name": "reader", "password": PASSWORD}).encode()
        status, headers, _ = fetch(address, "/login", "POST", form, **FORM)
        cookie = headers["set-cookie"].split(";")[0]
        crashed = fetch(address, "/guidance-file?description=crash&form=md", Cookie=cookie)

    assert status == 303
    assert "server" not in headers
    assert [record.object for record in records(home)] == [counted]
    assert (crashed[0], "secret detail" in crashed[2]) == (500, False)
    told = errors.read_text() + crashed[2] + "".join(path.read_text() for path in home.glob("audit*"))
    assert re.search("RuntimeError", told)
    assert [
        secret for secret in (PASSWORD, cookie, cookie.partition("=")[2], "sk-canary") if secret in told
    ] == []
