"""Tokens: shown once, kept as a hash, valid until their day."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import PeopleError
from assistant.people.tokens import Tokens

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_token_speaks_for_its_user_until_its_day(tmp_path: Path) -> None:
    times = [DAY]
    tokens = Tokens(tmp_path / "tokens.toml", lambda: times[0])
    text, kept = tokens.make("ann", 30)
    assert tokens.name_of(text) == "ann"
    assert kept.expires == DAY + timedelta(days=30)

    times[0] = DAY + timedelta(days=30) - timedelta(seconds=1)
    assert tokens.name_of(text) == "ann"
    times[0] += timedelta(seconds=1)
    assert tokens.name_of(text) is None


def test_the_token_itself_is_kept_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "tokens.toml"
    text, kept = Tokens(path).make("ann", 1)

    assert text.startswith("pa_")
    assert len(text) == 46
    assert text not in path.read_text()
    assert kept.sha256 in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("token", ["", "pa_", "x" * 10_000, "pa_\ud800", "王"])
def test_anything_else_is_none(tmp_path: Path, token: str) -> None:
    tokens = Tokens(tmp_path / "tokens.toml")
    _, kept = tokens.make("ann", 1)

    assert tokens.name_of(token) is None
    assert tokens.name_of(kept.sha256) is None


def test_tokens_are_revoked_one_by_one_or_all(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path / "tokens.toml")
    (first, kept), (second, _), (others, _) = (tokens.make(name, 1) for name in ("ann", "ann", "bob"))

    assert tokens.revoke("bob", kept.id) == []
    assert tokens.revoke("ann", kept.id) == [kept]
    assert [tokens.name_of(one) for one in (first, second, others)] == [None, "ann", "bob"]
    assert len(tokens.revoke("ann")) == 1
    assert [token.name for token in tokens.all()] == ["bob"]


@pytest.mark.parametrize(
    "text",
    ["tokens = 3", "[[tokens]]\nid = 'x'", "[[", "[[tokens]]\nid=1\nname=1\nsha256=1\nmade=1\nexpires=1"],
)
def test_a_damaged_file_lets_nobody_in_and_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tokens.toml"
    path.write_text(text)

    with pytest.raises(PeopleError, match=r"tokens.toml is damaged .*make the tokens anew"):
        Tokens(path).name_of("pa_x")
