"""Serving: a port and a host that can be had, headers on everything, and doors that stay shut."""

import http.client
import re
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from assistant.errors import CannotServe
from assistant.people.people import Entrance, People
from assistant.web.server import check_address, serve
from assistant.web.site import Site
from tests.web.made_people import MadePeople
from tests.web.scripted_assistant import ScriptedAssistant, hostile_sections, seed_sections


def fetch(
    address: str, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], str]:
    """Status, headers by lower-case name, and text of one answer."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text
    finally:
        connection.close()


class TestStarting:
    def test_a_port_in_use_is_named_with_the_remedy(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as holder:
            port = holder.getsockname()[1]

            with pytest.raises(CannotServe, match=rf"Port {port} of 127\.0\.0\.1 .*--port"):
                serve(Site(ScriptedAssistant()), port=port)

    @pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::", "example.org"])  # noqa: S104 (is refused)
    def test_a_host_beyond_this_machine_is_refused(self, host: str) -> None:
        with pytest.raises(CannotServe, match=r"Nobody has to log in.*127.*users add"):
            serve(Site(ScriptedAssistant()), host=host)

    def test_with_users_it_may_be_served_anywhere_under_names_that_are_set(self, tmp_path: Path) -> None:
        named = Entrance(hosts=frozenset({"policy.example.org"}))

        with pytest.raises(CannotServe, match=r"set hosts to the names"):
            check_address("0.0.0.0", 0, MadePeople(tmp_path / "a").people())  # noqa: S104
        check_address("0.0.0.0", 0, MadePeople(tmp_path / "b", entrance=named).people())  # noqa: S104

    def test_names_of_other_machines_without_users_are_refused(self) -> None:
        with pytest.raises(CannotServe, match=r"hosts is set, but nobody has to log in"):
            check_address("127.0.0.1", 0, People(entrance=Entrance(hosts=frozenset({"policy.example.org"}))))

    def test_a_free_port_is_left_free(self) -> None:
        check_address("127.0.0.1", 0)

    def test_the_port_is_checked_before_anything_slow_is_loaded(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as holder:
            program = (
                "import sys; from assistant.web.server import check_address; from assistant.errors import *\n"
                f"try: check_address('127.0.0.1', {holder.getsockname()[1]})\n"
                "except CannotServe: print(sorted({'gradio', 'fastapi', 'uvicorn'} & set(sys.modules)))"
            )

            done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

        assert done.stdout.strip() == "[]"


class TestDoors:
    @pytest.mark.parametrize(
        "path",
        [
            "/",
            "/documents",
            "/documents/0000",
            "/page-files/page.js",
            "/page-files/chinese.otf",
            "/config",
            "/gradio_api/upload",
            "/nothing",
        ],
    )
    def test_every_answer_carries_the_security_headers(self, scripted_page: str, path: str) -> None:
        _, headers, _ = fetch(scripted_page, path)

        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "default-src" in headers["content-security-policy"]
        assert "frame-ancestors 'self'" in headers["content-security-policy"]

    def test_no_script_runs_that_is_not_ours(self, scripted_page: str) -> None:
        _, headers, text = fetch(scripted_page, "/")

        policy = dict(
            part.strip().split(" ", 1)
            for part in headers["content-security-policy"].split(";")
            if part.strip()
        )
        assert "'unsafe-inline'" not in policy["script-src"]
        nonce = policy["script-src"].split("'nonce-")[1].split("'")[0]
        assert text.count("<script") == text.count(f'<script nonce="{nonce}"')
        assert nonce not in fetch(scripted_page, "/")[2]

    def test_the_page_names_no_other_machine(self, scripted_page: str) -> None:
        _, _, text = fetch(scripted_page, "/")

        assert {urlsplit(url).hostname for url in re.findall(r"https?://[^\s\"'<>]+", text)} == {"127.0.0.1"}

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("POST", "/gradio_api/upload"),
            ("GET", "/gradio_api/file=/etc/passwd"),
            ("GET", "/gradio_api/proxy=http://example.org/"),
            ("GET", "/gradio_api/info"),
            ("POST", "/gradio_api/run/predict"),
            ("POST", "/gradio_api/vibe-edit"),
            ("GET", "/monitoring"),
            ("GET", "/docs"),
            ("GET", "/openapi.json"),
            ("GET", "/page-files/texts.toml"),
            ("GET", "/documents/..%2f..%2fetc"),
        ],
    )
    def test_what_the_page_does_not_use_is_shut(self, scripted_page: str, method: str, path: str) -> None:
        assert fetch(scripted_page, path, method)[0] == 404

    def test_another_name_for_this_machine_is_refused(self, scripted_page: str) -> None:
        status, _, text = fetch(scripted_page, "/documents", Host="rebound.example.org")

        assert status == 400
        assert "this machine only" in text

    def test_a_request_from_another_site_is_refused(self, scripted_page: str) -> None:
        status, _, _ = fetch(
            scripted_page, "/gradio_api/queue/join", "POST", b"{}", Origin="https://example.org"
        )

        assert status == 403

    def test_a_body_without_bound_is_refused(self, scripted_page: str) -> None:
        status, _, text = fetch(scripted_page, "/gradio_api/queue/join", "POST", b"x" * 1_000_001)

        assert status == 413
        assert "1,000,000" in text


class TestDocuments:
    def test_a_document_opens_at_its_quote_without_a_script(self, scripted_page: str) -> None:
        seed = seed_sections()[0].document

        status, headers, text = fetch(scripted_page, f"/documents/{seed.id}?start=0&end=12&lang=zh")

        assert status == 200
        assert ">On August 26</mark>" in text
        assert "文件库" in text
        assert "script" not in headers["content-security-policy"]
        assert "<script" not in text

    def test_a_hostile_document_is_text(self, scripted_page: str) -> None:
        _, _, text = fetch(scripted_page, f"/documents/{hostile_sections()[0].document.id}")

        assert "<script" not in text
        assert "&lt;script&gt;" in text

    @pytest.mark.parametrize(
        "query", ["start=x&end=9", "start=5", "end=9999999", "start=-1&end=4", "start=²&end=4"]
    )
    def test_an_odd_place_opens_the_whole_text_with_a_word_about_it(
        self, scripted_page: str, query: str
    ) -> None:
        seed = seed_sections()[0].document

        status, _, text = fetch(scripted_page, f"/documents/{seed.id}?{query.replace('²', '%C2%B2')}&lang=xx")

        assert status == 200
        assert "<mark" not in text
        assert "highlighted place is not in this document" in text

    def test_an_unknown_document_is_a_page_that_says_so(self, scripted_page: str) -> None:
        status, _, text = fetch(scripted_page, "/documents/0123456789abcdef")

        assert status == 404
        assert "not in the library any more" in text
