"""Logging in and out, and who sends a request: passwords, sessions and tokens put together."""

import logging
import unicodedata
from dataclasses import dataclass, field

from assistant.errors import LogInRefused, PeopleError
from assistant.people.audit import Action, Audit
from assistant.people.oidc import OidcLogIn
from assistant.people.passwords import is_password
from assistant.people.person import Person
from assistant.people.sessions import KeptSessions, Sessions, rest_of
from assistant.people.throttle import LogInThrottle
from assistant.people.tokens import Tokens
from assistant.people.users import User
from assistant.people.users_file import UsersFile

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LogIn:
    """Who may come in. What a file of people says counts from the next request on."""

    users: UsersFile
    tokens: Tokens
    audit: Audit
    sessions: KeptSessions = field(default_factory=Sessions)
    throttle: LogInThrottle = field(default_factory=LogInThrottle)
    oidc: OidcLogIn | None = None  # None: with passwords alone

    def with_password(self, name: str, password: str, address: str) -> str:
        """The id of a new session. Raises LogInRefused, and TooManyAttempts also for the right password."""
        self.throttle.attempt(name, address)
        user = self.users.user(unicodedata.normalize("NFC", name.strip()))
        # Compared for unknown names as well, so that the time says nothing of which names there are.
        if not is_password(password, user.password if user else None) or user is None:
            # A password that was typed in the wrong box would stand in the log: only names that exist do.
            self.audit.record(user.name if user else "unknown name", Action.LOG_IN_FAILED, address)
            raise LogInRefused("The name or the password is wrong.")
        self.throttle.succeeded(name, address)
        self.audit.record(user.name, Action.LOGGED_IN, address)
        return self.sessions.begin(user.person, user.password)

    def with_provider(self, person: Person, address: str) -> str:
        """The id of a new session of somebody for whom the provider speaks. Raises LogInRefused."""
        if any(name.casefold() == person.name.casefold() for name in self.users.read().users):
            # Whoever may choose a name at the provider must not become a user of ours.
            self.audit.record(person.name, Action.LOG_IN_FAILED, address)
            raise LogInRefused("Your name at the provider is that of another user here.", "name_taken")
        self.audit.record(person.name, Action.LOGGED_IN, f"{address}, by the provider")
        return self.sessions.begin(person, None)

    def log_out(self, session_id: str) -> None:
        """End a session, if it is one."""
        session = self.sessions.end(session_id)
        if session is not None:
            self.audit.record(session.person.name, Action.LOGGED_OUT)

    def of_session(self, session_id: str) -> Person | None:
        """Who has this session, with the role and the collections that they have now."""
        session = self.sessions.of(session_id)
        if session is None or session.rest is None:
            return session.person if session else None
        user = self._user(session.person.name)
        # Removed, or with another password: the log-in counts no more.
        return user.person if user is not None and rest_of(user.password) == session.rest else None

    def of_token(self, token: str) -> Person | None:
        """For whom a token speaks."""
        try:
            name = self.tokens.name_of(token)
        except PeopleError:
            log.exception("Nobody is let in by a token.")
            return None
        user = self._user(name) if name is not None else None
        return user.person if user else None

    def _user(self, name: str) -> User | None:
        try:
            return self.users.user(name)
        except PeopleError:
            log.exception("Nobody is let in.")
            return None
