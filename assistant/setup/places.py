"""The machine around the program: disk, port, clock, Chinese face, users file."""

import importlib.util
import os
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import CannotServe
from assistant.setup.finding import SetupFinding, error, fine, warning

_LITTLE_SPACE = 1_000_000_000  # bytes: a library of 10,000 passages with its indexes takes about 150 MB
_NO_SPACE = 200_000_000  # below it Chroma may fail to write its files anew
_DAY = 86_400
_FONT = ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf")


def check_disk(folder: Path) -> SetupFinding:
    """Whether the data folder can be written and its disk has room; the folder need not be there yet."""
    try:
        place = next(one for one in (folder, *folder.parents) if one.exists())
    except PermissionError:  # of a folder above it
        return _not_writable(folder)
    if not place.is_dir():
        return error(f"{place} is a file, so {folder} cannot be the data folder; set POLICY_ASSISTANT_HOME.")
    if not os.access(place, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        return _not_writable(folder)
    free = shutil.disk_usage(place).free
    where = (
        f"The data folder {folder} is on the disk mounted at {_mount(place)}, with {_gigabytes(free)} free"
    )
    if free < _NO_SPACE:
        return error(f"{where}, too little to write indexes; free space there.")
    if free < _LITTLE_SPACE:
        return warning(f"{where}; free space before indexing much more.")
    return fine(where)


def check_port(host: str, port: int, can_listen: Callable[[str, int], None]) -> SetupFinding:
    """Whether the page's port can be had; `can_listen` raises CannotServe when it cannot."""
    try:
        can_listen(host, port)
    except CannotServe as refusal:
        return warning(f"{refusal} (If that is this page, already running, all is well.)")
    return fine(f"Port {port} of {host} is free")


def check_clock(now: float, newest: Path) -> SetupFinding:
    """Whether the clock is later than a file that is known to be older; by it documents are in force."""
    try:
        written = newest.stat().st_mtime
    except OSError:
        written = 0.0
    today = datetime.fromtimestamp(now, UTC).date()
    if now + _DAY < written:
        return error(
            f"The clock says {today}, but {newest} was written later; set the clock, because it decides "
            "which documents are in force."
        )
    return fine(f"The clock says {today}, {time.strftime('%H:%M %Z', time.localtime(now))}")


def check_chinese_face() -> SetupFinding:
    """Whether the page can bring a Chinese face along to machines that have none."""
    package, file = _FONT
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None or not Path(found.origin).with_name(file).is_file():
        return warning(
            "The Chinese face is missing, so a browser without one shows boxes; install it with: "
            "pip install pylopdf-fonts-zh-cn"
        )
    return fine("A Chinese face for browsers without one is there")


def check_users_file(users: Path | None, *, is_local: bool) -> SetupFinding | None:
    """Whether the file that says who may log in can be read; None where nobody needs to log in."""
    if users is None or not users.exists():
        if is_local:
            return None
        where = f"there is no users file {users}" if users else "no users file is set"
        return error(f"The page is to be served beyond this machine, but {where}; make one first.")
    if not os.access(users, os.R_OK, effective_ids=os.access in os.supports_effective_ids):
        return error(
            f"The users file {users} cannot be read by this user; give the right with chmod or chown."
        )
    return fine(f"The users file {users} can be read")


def _not_writable(folder: Path) -> SetupFinding:
    return error(
        f"The data folder {folder} cannot be written by this user; give the rights with chmod or chown, "
        "or set POLICY_ASSISTANT_HOME to another folder."
    )


def _mount(place: Path) -> Path:
    return next(one for one in (place.resolve(), *place.resolve().parents) if one.is_mount())


def _gigabytes(count: int) -> str:
    return f"{count / 1_000_000_000:.1f} GB"
