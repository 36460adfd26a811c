"""Roles: each may do what those before it may."""

import pytest

from assistant.people.person import LOCAL_PERSON, Role


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.READER, {Role.READER}),
        (Role.MAINTAINER, {Role.READER, Role.MAINTAINER}),
        (Role.ADMIN, {Role.READER, Role.MAINTAINER, Role.ADMIN}),
    ],
)
def test_a_role_covers_those_before_it(role: Role, allowed: set[Role]) -> None:
    assert {least for least in Role if role.covers(least)} == allowed


def test_who_sits_at_the_machine_may_do_everything() -> None:
    assert LOCAL_PERSON.role is Role.ADMIN
    assert LOCAL_PERSON.collections is None
