"""What claims make of somebody."""

from typing import Any

import pytest

from assistant.errors import LogInRefused, PeopleError
from assistant.people.oidc_claims import claim_rules
from assistant.people.person import Role

TABLE = {
    "name": "preferred_username",
    "groups": "realm_access.roles",
    "roles": {"policy-office": "maintainer", "it": "admin", "staff": "reader"},
    "group_collections": {"policy-office": "all", "staff": ["general"], "trade": ["trade", "customs"]},
}


def claims(*groups: str, **more: Any) -> dict[str, Any]:
    return {"preferred_username": "ann", "realm_access": {"roles": list(groups)}} | more


@pytest.mark.parametrize(
    ("groups", "role", "collections"),
    [
        (("staff",), Role.READER, {"general"}),
        (("staff", "trade"), Role.READER, {"general", "trade", "customs"}),
        (("policy-office", "staff"), Role.MAINTAINER, None),
        (("it",), Role.ADMIN, set()),
    ],
)
def test_the_highest_role_and_all_collections_of_the_groups(
    groups: tuple[str, ...], role: Role, collections: set[str] | None
) -> None:
    person = claim_rules(TABLE, "users.toml").person(claims(*groups))

    assert (person.name, person.role, person.collections) == ("ann", role, collections)


@pytest.mark.parametrize("groups", [(), ("trade",), ("Staff",)])
def test_who_is_in_no_group_with_a_role_is_refused_or_gets_the_one_for_everybody(
    groups: tuple[str, ...],
) -> None:
    with pytest.raises(LogInRefused, match="none of the groups"):
        claim_rules(TABLE, "users.toml").person(claims(*groups))

    everybody = claim_rules(TABLE | {"role": "reader"}, "users.toml").person(claims(*groups))
    assert everybody.role is Role.READER


def test_nothing_is_readable_unless_it_is_said() -> None:
    rules = claim_rules({"name": "sub", "role": "reader"}, "users.toml")

    assert rules.person({"sub": "a1"}).collections == frozenset()


@pytest.mark.parametrize("value", [None, 3, {"x": 1}, [1, None], "staff"])
def test_groups_may_be_anything(value: object) -> None:
    rules = claim_rules({"name": "sub", "role": "reader", "roles": {"staff": "admin"}}, "users.toml")

    assert rules.person({"sub": "a", "groups": value}).role is (
        Role.ADMIN if value == "staff" else Role.READER
    )


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ([], "must be a table"),
        ({"x": 1}, "there is no 'x'"),
        ({"name": 3}, "names of claims"),
        ({"roles": []}, "roles must be a table"),
        ({"roles": {"it": "boss"}}, "roles, it: role must be one of"),
        ({"group_collections": {"it": 1}}, "collections must be"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(table: object, told: str) -> None:
    with pytest.raises(PeopleError, match=rf"\[oidc\] in users.toml.*{told}"):
        claim_rules(table, "users.toml")
