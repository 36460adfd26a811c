"""The files of deploy/ name only what exists: commands, settings, paths, port, the address to look at."""

import configparser
import re
import shlex
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.settings import PREFIX, Settings
from assistant.web.route_rules import ANYONE, rule_for
from assistant.web.running.stopping import PATIENCE
from evals.bench.own_nginx import as_on_this_machine
from knowledge.served_vectors import checked_url
from knowledge.stores.postgres_address import PostgresAddress
from tests.command_tree import ROOT, every_command

DEPLOY = ROOT / "deploy"
FILES = sorted(path.name for path in DEPLOY.iterdir())
COMMANDS = every_command()
PORT = Settings(Path()).port
DATA = "/data"


def text(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8")


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions with their arguments, lines joined, comments left out."""
    joined = re.sub(r"^#.*\n", "", text("Dockerfile"), flags=re.MULTILINE).replace("\\\n", " ")
    return [(line.split()[0], line.partition(" ")[2].strip()) for line in joined.splitlines() if line.strip()]


def composed() -> dict[str, Any]:
    page: dict[str, Any] = yaml.safe_load(text("compose.yaml"))["services"]["page"]
    return page


def unit() -> configparser.ConfigParser:
    class Repeated(dict[str, Any]):
        """Keeps every value of a key that comes more than once, as systemd does."""

        def __setitem__(self, key: str, value: Any) -> None:
            if isinstance(value, list) and key in self:
                value = [*self[key], *value]
            super().__setitem__(key, value)

    parsed = configparser.ConfigParser(strict=False, interpolation=None, dict_type=Repeated)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]  # keys as they are written
    parsed.read_string(text("policy-assistant.service"))
    return parsed


@pytest.mark.parametrize("name", FILES)
def test_every_command_that_is_typed_exists(name: str) -> None:
    typed = re.findall(r"policy-assistant ((?:index|chat|doctor|library|settings)(?: [a-z]+)?)", text(name))

    for words in typed:
        assert words in COMMANDS or words.split()[0] in COMMANDS


@pytest.mark.parametrize("name", FILES)
def test_every_setting_that_is_named_exists(name: str) -> None:
    named = set(re.findall(rf"{PREFIX}([A-Z_]+)", text(name)))

    assert named <= {field.name.upper() for field in fields(Settings)}


@pytest.mark.parametrize("name", FILES)
def test_every_port_is_that_of_the_page(name: str) -> None:
    allowed = {str(PORT)}
    if name == "compose-shared.yaml":  # a second page, PostgreSQL, Chroma
        allowed |= {str(PORT + 1), "5432", "8000"}

    assert set(re.findall(r"127\.0\.0\.1:(\d+)", text(name))) <= allowed


def test_the_image_copies_what_is_there_and_what_the_build_may_see() -> None:
    copied = [
        source
        for kind, rest in instructions()
        if kind == "COPY" and not rest.startswith("--from")
        for source in rest.split()[:-1]
    ]
    seen = (ROOT / ".dockerignore").read_text("utf-8").split()

    assert copied
    for source in copied:
        assert (ROOT / source).exists()
        assert f"!{source}" in seen


def test_the_image_has_every_room_of_the_wheel() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    rooms = re.search(r"\[tool\.hatch\.build\.targets\.wheel\]\npackages = \[(.*)\]", project)
    assert rooms is not None

    for room in re.findall(r'"(\w+)"', rooms[1]):
        assert ("COPY", f"{room} {room}") in instructions()


def test_the_image_runs_as_nobody_in_particular_and_keeps_its_data_in_a_volume() -> None:
    kinds = [kind for kind, _rest in instructions()]
    by_kind = dict(instructions())

    assert by_kind["USER"] == "policy-assistant"
    assert kinds.index("USER") > max(i for i, kind in enumerate(kinds) if kind == "RUN")
    assert by_kind["VOLUME"] == DATA
    assert f"{PREFIX}HOME={DATA}" in by_kind["ENV"]
    assert by_kind["CMD"] == '["policy-assistant", "chat"]'


def test_health_is_looked_at_where_anyone_may_look() -> None:
    path = re.search(rf"127\.0\.0\.1:{PORT}(/\w+)", dict(instructions())["HEALTHCHECK"])
    assert path is not None

    rule = rule_for("GET", path[1])

    assert rule is not None
    assert rule.least is ANYONE


def test_the_composition_builds_the_image_from_the_root_and_keeps_the_data() -> None:
    page = composed()

    assert (DEPLOY / page["build"]["context"]).resolve() == ROOT
    assert (ROOT / page["build"]["dockerfile"]).is_file()
    assert page["volumes"] == [f"data:{DATA}"]
    assert page["environment"][f"{PREFIX}PORT"] == str(PORT)
    assert page["read_only"]
    assert page["network_mode"] == "host"  # it listens on the machine's own loopback


def test_whoever_stops_it_waits_longer_than_running_answers_get() -> None:
    waits = [composed()["stop_grace_period"], unit()["Service"]["TimeoutStopSec"]]

    assert all(int(re.sub(r"\D", "", wait)) > PATIENCE + 2 for wait in waits)


def test_the_service_runs_commands_with_a_folder_that_it_makes() -> None:
    service = unit()["Service"]

    for key in ("ExecStartPre", "ExecStart"):
        program, command = shlex.split(service[key])
        assert program.endswith("/bin/policy-assistant")
        assert command in COMMANDS
    assert f"{PREFIX}HOME=/var/lib/{service['StateDirectory']}" in service["Environment"]
    assert service["KillSignal"] == "SIGTERM"


def test_what_is_shared_is_set_for_every_process_that_shares_it() -> None:
    services = yaml.safe_load(text("compose-shared.yaml"))["services"]
    sharing = {name: services[name]["environment"] for name in ("page-1", "page-2", "indexer")}
    places = [
        [one[f"{PREFIX}{name}"] for name in ("LIBRARY", "RECORDS", "VECTORS")] for one in sharing.values()
    ]
    ports = [sharing[name][f"{PREFIX}PORT"] for name in ("page-1", "page-2")]
    folders = [services[name]["volumes"][0] for name in sharing]

    assert places[0] == places[1] == places[2]
    assert checked_url(places[0][2]).rpartition(":")[2] in services["vectors"]["command"]
    assert PostgresAddress(places[0][0]).url == places[0][1]
    assert ports == [str(PORT), str(PORT + 1)]
    assert len(set(folders)) == 3
    assert f"127.0.0.1:{PORT + 1}/alive" in services["page-2"]["healthcheck"]["test"][3]


def test_the_proxy_of_several_lets_answers_stream_and_keeps_a_browser_at_one() -> None:
    said = text("nginx-shared.conf")

    assert "proxy_buffering off;" in said
    assert "hash $policy_route consistent;" in said
    here = as_on_this_machine(said, 8080, [7000, 7001])
    assert here.count("server 127.0.0.1:700") == 2
    assert "listen 127.0.0.1:8080;" in here
    assert "ssl" not in here
    assert "example.org" not in here


def test_the_proxy_lets_answers_stream() -> None:
    said = text("nginx.conf")

    assert "proxy_buffering off;" in said
    assert f"proxy_pass http://127.0.0.1:{PORT};" in said
