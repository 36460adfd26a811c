"""Files out of a form, within the caps; and whether a form was sent from a page of ours."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from assistant.desk.desk import MOST_FILES
from assistant.web.words import Words
from knowledge.files.uploads import LARGEST_UPLOAD

if TYPE_CHECKING:
    from starlette.requests import Request

_MOST_FIELDS = 200


class Refused(Exception):
    """A request that is answered with this status and one sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class SentForm:
    """The fields and files of a form."""

    fields: dict[str, str]
    chosen: tuple[str, ...]  # every value of the field "document"
    files: tuple[tuple[str, BinaryIO], ...] = ()  # (name as it was sent, bytes)


@asynccontextmanager
async def sent_form(request: "Request", words: Words) -> AsyncIterator[SentForm]:
    """The form of a request, its files open within the block.

    Raises Refused for one from elsewhere, or over a cap.
    """
    from starlette.datastructures import UploadFile
    from starlette.exceptions import HTTPException

    _check_same_site(request, words)
    try:
        # One of the two pickers may be empty and still counts as a file.
        form = await request.form(max_files=MOST_FILES + 2, max_fields=_MOST_FIELDS)
    except HTTPException as error:
        raise Refused(422, words("desk_too_many", most=MOST_FILES)) from error
    try:
        files = [one for _name, one in form.multi_items() if isinstance(one, UploadFile) and one.filename]
        _check_caps([(one.filename or "", one.size or 0) for one in files], words)
        fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        chosen = tuple(value for value in form.getlist("document") if isinstance(value, str))
        yield SentForm(fields, chosen, tuple((one.filename or "", one.file) for one in files))
    finally:
        await form.close()


def _check_caps(files: Sequence[tuple[str, int]], words: Words) -> None:
    if len(files) > MOST_FILES:
        raise Refused(422, words("desk_too_many", most=MOST_FILES))
    for name, size in files:
        if size > LARGEST_UPLOAD:
            too_large = words("desk_too_large", megabytes=LARGEST_UPLOAD // 1_000_000)
            raise Refused(413, f"{name}: {too_large}")


def _check_same_site(request: "Request", words: Words) -> None:
    """A browser always says where a form comes from; what says nothing is not a form of ours."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    same = (
        site == "same-origin" if site else origin and urlsplit(origin).netloc == request.headers.get("host")
    )
    if not same:
        raise Refused(403, words("desk_foreign"))
