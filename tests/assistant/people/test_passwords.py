"""Passwords are kept as argon2id hashes and compared in constant effort."""

import pytest

from assistant.errors import PeopleError
from assistant.people.passwords import hash_password, is_password

PASSWORD = "密码 correct horse"  # noqa: S105


def test_a_password_is_recognised_by_its_hash() -> None:
    kept = hash_password(PASSWORD)

    assert kept.startswith("$argon2id$")
    assert is_password(PASSWORD, kept)
    assert not is_password(PASSWORD + " ", kept)
    assert hash_password(PASSWORD) != kept


@pytest.mark.parametrize("kept", [None, "", "plain", "$argon2id$damaged"])
@pytest.mark.parametrize("typed", ["", "x", "\0" * 1_001, "\ud800", PASSWORD])
def test_nothing_is_the_password_of_nobody(typed: str, kept: str | None) -> None:
    assert not is_password(typed, kept)


@pytest.mark.parametrize("password", ["", "too short", "x" * 1_001])
def test_a_password_has_a_length(password: str) -> None:
    with pytest.raises(PeopleError, match="10 to 1,000 characters"):
        hash_password(password)
