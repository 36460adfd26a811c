"""Log-in attempts are slowed down by name and by address, so that guessing leads nowhere."""

from collections.abc import Callable
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from time import monotonic

from assistant.errors import TooManyAttempts
from assistant.people.sliding_window import SlidingWindow

_BY_NAME, _BY_ADDRESS = 5, 10  # wrong ones a minute; an office behind one address shares the second


class LogInThrottle:
    """Refuses attempts once too many of a minute were wrong, also with the right password.

    An attempt is counted before the password is compared, so that many at once are no way around.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._names = SlidingWindow(_BY_NAME, clock=clock)
        self._addresses = SlidingWindow(_BY_ADDRESS, clock=clock)

    def attempt(self, name: str, address: str) -> None:
        """Count an attempt. Raises TooManyAttempts."""
        network = _network(address)
        seconds = self._addresses.take(network)
        if seconds:
            raise TooManyAttempts(seconds)
        seconds = self._names.take(_key(name))
        if seconds:
            self._addresses.give_back(network)
            raise TooManyAttempts(seconds)

    def succeeded(self, name: str, address: str) -> None:
        """Take back what was counted of an attempt that was right."""
        self._names.clear(_key(name))
        self._addresses.give_back(_network(address))


def _key(name: str) -> bytes:
    # Of whatever length it was typed, and no list of typed names in memory.
    return sha256(name.casefold().encode("utf-8", "replace")).digest()


def _network(address: str) -> str:
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    # Who has one address of IPv6 has the 2**64 beside it.
    return str(int(ip) >> 64) if isinstance(ip, IPv6Address) and not ip.ipv4_mapped else str(ip)
