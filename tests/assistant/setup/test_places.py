"""The machine around the program: each check says what is there, or what is wrong and what to do."""

import os
import socket
from pathlib import Path

import pytest

from assistant.setup.finding import SetupFinding, Weight
from assistant.setup.model_address import check_model
from assistant.setup.places import (
    check_chinese_face,
    check_clock,
    check_disk,
    check_port,
    check_users_file,
)
from assistant.web.server import check_address
from tests.assistant.permissions import closed


def said(finding: SetupFinding | None) -> tuple[Weight, str]:
    assert finding is not None
    return finding.weight, finding.sentence


def test_a_folder_that_is_not_there_yet_is_judged_by_what_it_will_lie_in(tmp_path: Path) -> None:
    weight, sentence = said(check_disk(tmp_path / "new" / "home"))

    assert weight is not Weight.ERROR
    assert "GB free" in sentence


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    with closed(folder):
        weight, sentence = said(check_disk(folder))

    assert weight is Weight.ERROR
    assert str(folder) in sentence
    assert "chmod" in sentence


def test_a_file_in_its_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("no folder")

    assert said(check_disk(tmp_path / "home" / "below"))[0] is Weight.ERROR


def test_a_port_in_use_is_a_warning_because_the_page_itself_may_have_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        taken = said(check_port("127.0.0.1", port, check_address))
    free = said(check_port("127.0.0.1", port, check_address))

    assert taken[0] is Weight.WARNING
    assert f"Port {port}" in taken[1]
    assert free[0] is Weight.FINE


def test_a_clock_behind_a_file_that_was_written_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    file.write_text("x")
    os.utime(file, (2_000_000_000, 2_000_000_000))

    assert said(check_clock(1_000_000_000, file))[0] is Weight.ERROR
    assert said(check_clock(2_000_000_100, file))[0] is Weight.FINE


def test_the_chinese_face_is_installed() -> None:
    assert said(check_chinese_face())[0] is Weight.FINE


def test_beyond_this_machine_a_users_file_is_needed_and_must_be_readable(tmp_path: Path) -> None:
    users = tmp_path / "users.toml"

    assert check_users_file(None, is_local=True) is None
    assert said(check_users_file(None, is_local=False))[0] is Weight.ERROR
    assert said(check_users_file(users, is_local=False))[0] is Weight.ERROR
    assert check_users_file(users, is_local=True) is None
    users.write_text("")
    assert said(check_users_file(users, is_local=True))[0] is Weight.FINE


def test_a_model_that_does_not_listen_is_a_warning_naming_where() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        there = said(check_model("openai:m", f"http://127.0.0.1:{port}/v1"))
    gone = said(check_model("openai:m", f"http://ann:secret@127.0.0.1:{port}/v1"))

    assert there[0] is Weight.FINE
    assert gone[0] is Weight.WARNING
    assert f"127.0.0.1:{port}" in gone[1]
    assert "secret" not in gone[1]


@pytest.mark.parametrize("weight", list(Weight))
def test_every_weight_is_a_word(weight: Weight) -> None:
    assert weight.isalpha()
