"""What the claims of an OpenID Connect provider make of somebody: a name, a role, collections.

The table [oidc] of the users file says it:

    [oidc]
    name = "email"                # the claim that names the person
    groups = "groups"             # the claim whose values the tables below are about; a.b for b inside a
    role = "reader"               # of who is in none of the groups below; without it they are refused
    collections = ["general"]     # of who is in none of the groups below; without it they read nothing
    [oidc.roles]
    policy-office = "maintainer"
    [oidc.group_collections]
    policy-office = "all"
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.errors import LogInRefused, PeopleError
from assistant.people.person import Person, Role
from assistant.people.users import checked_name, collections_of, refuse_unknown, role_of

_KEYS = {"name", "groups", "role", "collections", "roles", "group_collections"}

Collections = frozenset[str] | None  # None for all


@dataclass(frozen=True, slots=True)
class ClaimRules:
    """The table [oidc], read."""

    name: str  # claim
    groups: str  # claim
    role: Role | None
    collections: Collections
    roles: Mapping[str, Role]
    group_collections: Mapping[str, Collections]

    def person(self, claims: Mapping[str, Any]) -> Person:
        """Who the claims are about. Raises LogInRefused when they may not come in."""
        groups = _groups(_claim(claims, self.groups))
        roles = [self.roles[group] for group in groups if group in self.roles]
        roles += [self.role] if self.role else []
        if not roles:
            raise LogInRefused("You are in none of the groups that may use this.", "no_group")
        widest = max(roles, key=list(Role).index)
        return Person(self._named(claims), widest, self._readable(groups))

    def _named(self, claims: Mapping[str, Any]) -> str:
        # An address that its owner has not shown to be theirs may be anybody's.
        if self.name == "email" and claims.get("email_verified") is False:
            raise LogInRefused("Your e-mail address has not been verified by the provider.", "unverified")
        try:
            return checked_name(_claim(claims, self.name), f"The claim {self.name}")
        except PeopleError as error:
            raise LogInRefused(f"The provider does not say who you are: {error}", "nameless") from None

    def _readable(self, groups: list[str]) -> Collections:
        named = [self.group_collections[group] for group in groups if group in self.group_collections]
        if not named:
            return self.collections
        readable: frozenset[str] = frozenset()
        for collections in named:
            if collections is None:
                return None
            readable |= collections
        return readable


def claim_rules(table: object, place: str) -> ClaimRules:
    """The rules in a table [oidc]. Raises PeopleError naming the place."""
    place = f"[oidc] in {place}"
    if not isinstance(table, Mapping):
        raise PeopleError(f"{place} must be a table.")
    refuse_unknown(table, _KEYS, place)
    name, groups = table.get("name", "email"), table.get("groups", "groups")
    if not isinstance(name, str) or not isinstance(groups, str):
        raise PeopleError(f"{place}: name and groups must be names of claims.")
    roles, readable = _table(table, "roles", place), _table(table, "group_collections", place)
    return ClaimRules(
        name,
        groups,
        role_of(table["role"], place) if "role" in table else None,
        collections_of(table.get("collections", []), place),
        {group: role_of(role, f"{place}, roles, {group}") for group, role in roles.items()},
        {group: collections_of(value, f"{place}, {group}") for group, value in readable.items()},
    )


def _table(table: Mapping[str, Any], key: str, place: str) -> Mapping[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, Mapping):
        raise PeopleError(f"{place}: {key} must be a table of groups.")
    return value


def _claim(claims: Mapping[str, Any], path: str) -> object:
    """The claim of that name; one with dots in its own name goes before one inside another."""
    if path in claims:
        return claims[path]
    found: object = claims
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _groups(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]
