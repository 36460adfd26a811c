"""Builds from Settings what concerns people; all else is built by `assembly`."""

import os
from collections.abc import Mapping
from pathlib import Path

from assistant.errors import SettingsError
from assistant.people.ask_quota import AskQuota
from assistant.people.audit import AuditLog
from assistant.people.log_in import LogIn
from assistant.people.oidc import OidcLogIn
from assistant.people.oidc_provider import OidcProvider, is_safe
from assistant.people.people import Entrance, People
from assistant.people.sessions import KeptSessions, Sessions
from assistant.people.shared_sessions import SESSIONS_FAULTS, SESSIONS_SCHEMA, SharedSessions
from assistant.people.tokens import TOKENS, Tokens
from assistant.people.users_file import UsersFile
from assistant.settings import IN_FOLDER, NONE, PREFIX, Settings

USERS = Settings(Path()).users  # the users file where none is named


def users_file(settings: Settings) -> UsersFile:
    """The users file, which need not be there yet. Raises SettingsError when there is to be none."""
    if settings.users == NONE:
        raise SettingsError(f"users is {NONE}; set it to the path of a file, or take the setting out.")
    return UsersFile(settings.home / settings.users)


def open_tokens(settings: Settings) -> Tokens:
    """The tokens of the data folder."""
    return Tokens(settings.home / TOKENS)


def open_audit(settings: Settings) -> AuditLog:
    """The audit log of the data folder."""
    return AuditLog(settings.home)


def open_people(settings: Settings, environment: Mapping[str, str] = os.environ) -> People:
    """Who may use the page and what is written down of it; nothing here needs the lock of the data folder.

    There is a log-in as soon as there is a users file, even an empty one. Raises SettingsError, PeopleError.
    """
    audit = open_audit(settings)
    entrance = Entrance(
        hosts=frozenset(_listed(settings.hosts)),
        https=settings.https == "yes",
        proxies=",".join(_listed(settings.proxies)),
    )
    quota = AskQuota(settings.asks_per_minute)
    if settings.users == NONE or not users_file(settings).exists():
        if settings.oidc_issuer != NONE:
            raise SettingsError("oidc_issuer is set, but there is no users file with a table [oidc].")
        if settings.users not in (NONE, USERS):
            raise SettingsError(
                f"There is no users file {settings.home / settings.users}; "
                "make one with: policy-assistant users add NAME"
            )
        return People(quota=quota, audit=audit, entrance=entrance)
    users = users_file(settings)
    log_in = LogIn(
        users,
        open_tokens(settings),
        audit,
        _sessions(settings),
        oidc=_oidc(settings, users, environment.get(f"{PREFIX}OIDC_SECRET", "")),
    )
    return People(log_in, quota, audit, entrance)


def _sessions(settings: Settings) -> KeptSessions:
    minutes, hours = settings.session_idle_minutes, settings.session_hours
    if settings.records == IN_FOLDER:
        return Sessions(minutes, hours)
    from assistant.store_assembly import open_beside_records  # which loads the indexes' libraries

    return SharedSessions(open_beside_records(settings, SESSIONS_SCHEMA, SESSIONS_FAULTS), minutes, hours)


def _oidc(settings: Settings, users: UsersFile, secret: str) -> OidcLogIn | None:
    rules = users.read().oidc  # also finds out, before anything is served, whether the file can be read
    if settings.oidc_issuer == NONE:
        return None
    if settings.oidc_client_id == NONE:
        raise SettingsError("oidc_issuer is set but oidc_client_id is not; set it as the provider names it.")
    if not is_safe(settings.oidc_issuer):
        raise SettingsError("oidc_issuer must be an address that begins with https://.")
    if rules is None:
        raise SettingsError(
            f"oidc_issuer is set, but {users.path} has no table [oidc] that says who comes in."
        )
    provider = OidcProvider(settings.oidc_issuer, settings.oidc_client_id, secret)
    return OidcLogIn(provider, lambda: users.read().oidc)


def _listed(setting: str) -> list[str]:
    return [] if setting == NONE else [part.strip().lower() for part in setting.split(",") if part.strip()]
