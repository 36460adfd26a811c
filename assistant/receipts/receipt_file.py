"""Receipts as JSON files: receipt.schema.json says what one holds.

The seal is the sha256 of all the rest, so that a file which was damaged or edited is told from one that was
written. It is no signature: who edits a file on purpose can seal it anew, but not make its quotes stand.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.errors import ReceiptUnreadable
from assistant.receipts.receipt import FORMAT, VERSION, Receipt
from assistant.typed_json import built

_LARGEST = 20_000_000  # bytes


def as_object(receipt: Receipt) -> dict[str, Any]:
    """What the file holds, sealed, ready to be written as JSON."""
    held = {**asdict(receipt), "index": dict(receipt.index), "software": dict(receipt.software)}
    return {**held, "seal": seal_of(held)}


def as_json(receipt: Receipt) -> str:
    """The text of the file, sealed."""
    return json.dumps(as_object(receipt), ensure_ascii=False, indent=2) + "\n"


def write_receipt(receipt: Receipt, path: Path) -> None:
    """Write the file; its folder is made. May raise OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_json(receipt).encode())


def read_receipt(path: Path) -> Receipt:
    """The receipt in a file. Raises ReceiptUnreadable saying what is wrong with it, and OSError."""
    if path.stat().st_size > _LARGEST:
        raise ReceiptUnreadable(
            f"{path} is too large to be a receipt; name the file that `ask --receipt` wrote."
        )
    try:
        held = json.loads(path.read_bytes().decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ReceiptUnreadable(
            f"{path} is no receipt: it is not JSON in UTF-8 ({_first_line(error)})."
        ) from None
    return receipt_from(held, str(path))


def receipt_from(held: object, where: str) -> Receipt:
    """The receipt that a JSON value holds; raises ReceiptUnreadable, which names it by `where`."""
    if not isinstance(held, dict) or held.get("format") != FORMAT:
        raise ReceiptUnreadable(f'{where} is no receipt: it does not say "format": "{FORMAT}".')
    if held.get("version") != VERSION:
        raise ReceiptUnreadable(
            f"{where} is a receipt of version {held.get('version')!r}; this program reads version {VERSION}."
        )
    sealed = {name: value for name, value in held.items() if name != "seal"}
    if type(sealed.get("confidence")) is int:  # 1.0 that a program which knows one kind of number sent on
        sealed["confidence"] = float(sealed["confidence"])
    if held.get("seal") != seal_of(sealed):
        raise ReceiptUnreadable(
            f"{where} has been damaged or edited since it was written: "
            "its seal does not agree with its content."
        )
    try:
        pairs = {name: _pairs(sealed.get(name)) for name in ("index", "software")}
        return built(Receipt, {**sealed, **pairs})
    except TypeError as error:
        raise ReceiptUnreadable(f"{where} is no whole receipt: {error}.") from None


def seal_of(held: Mapping[str, Any]) -> str:
    """64 hex digits over everything but the seal itself."""
    plain = json.dumps(held, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _pairs(value: object) -> object:
    return [list(pair) for pair in sorted(value.items())] if isinstance(value, dict) else value


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or ["too deep"])[0]
