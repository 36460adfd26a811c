import json
import shutil
from pathlib import Path

import pytest

from knowledge.errors import IndexDamaged
from knowledge.keyword_index import KeywordIndex
from tests.knowledge.made_documents import made_document, made_passages, one_passage
from tests.knowledge.opened_stores import keyword_ids


@pytest.fixture
def index(tmp_path: Path) -> KeywordIndex:
    return KeywordIndex(tmp_path / "keyword")


TARIFFS = one_passage("The importing company pays import tariffs to customs.", "tariffs")
VISAS = one_passage("Visas are issued to specialists who must travel.", "visas")
IMPORTS = one_passage("进口货物的收货人应当向海关申报。", "imports")
EXPORTS = one_passage("出口货物的发货人应当缴纳关税。", "exports")
ALL = [TARIFFS, VISAS, IMPORTS, EXPORTS]


def find(
    index: KeywordIndex, question: str, limit: int = 10, documents: list[str] | None = None
) -> list[str]:
    return [id_.partition(":")[0] for id_ in index.find(question, limit=limit, document_ids=documents)]


@pytest.mark.parametrize("question", ["import", "Imported", "IMPORTS", "importing tariff", "ｉｍｐｏｒｔｓ"])
def test_english_words_are_found_in_every_form(index: KeywordIndex, question: str) -> None:
    index.replace(ALL)
    assert find(index, question) == ["tariffs"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("收货人", ["imports", "exports"]),  # 发货人 shares a pair with it
        ("关税", ["exports"]),
        ("海关申报", ["imports"]),
        ("货物出口", ["exports", "imports"]),
        ("进口货物什么时候申报？", ["imports", "exports"]),
        ("税", []),  # a lone character is no word of the text: 关税 is indexed as a pair
        ("物货", []),
    ],
)
def test_chinese_is_found_by_pairs_of_characters(
    index: KeywordIndex, question: str, found: list[str]
) -> None:
    index.replace(ALL)
    assert find(index, question) == found


def test_a_passage_that_holds_more_of_the_words_comes_first(index: KeywordIndex) -> None:
    index.replace(
        [one_passage("visa fee", "both"), one_passage("visa term", "one"), one_passage("tax", "none")]
    )
    assert find(index, "visa fee") == ["both", "one"]


def test_words_of_the_passage_weigh_more_than_those_of_its_headings(index: KeywordIndex) -> None:
    titled = one_passage("other words stand here", "titled", title="visa rules")
    index.replace([titled, one_passage("visa words stand here", "own", title="other rules")])
    assert find(index, "visa") == ["own", "titled"]


def test_equal_scores_are_ordered_by_id_and_cut_at_the_limit(index: KeywordIndex) -> None:
    for name in ("c", "a", "b"):
        index.replace([one_passage("the same words", name)])
    assert find(index, "same words") == ["a", "b", "c"]
    assert len(find(index, "same words", limit=2)) == 2
    assert find(index, "same words", limit=10**9) == ["a", "b", "c"]
    assert find(index, "same words", limit=0) == []


def test_only_the_named_documents_are_searched(index: KeywordIndex) -> None:
    index.replace(ALL)
    assert find(index, "customs 海关", documents=["imports", "exports"]) == ["imports"]
    assert find(index, "customs", documents=["visas", "no such document"]) == []
    assert find(index, "customs", documents=[]) == []
    assert find(index, "customs", documents=[f"d{n}" for n in range(40_000)] + ["tariffs"]) == ["tariffs"]


def test_a_filter_does_not_change_the_order(index: KeywordIndex) -> None:
    index.replace([one_passage("visa " * n + "word " * (9 - n), f"d{n}") for n in range(1, 9)])
    everything = find(index, "visa")
    assert find(index, "visa", documents=[f"d{n}" for n in (2, 5, 7)]) == [
        name for name in everything if name in ("d2", "d5", "d7")
    ]


def test_a_question_of_function_words_alone_is_searched_by_them(index: KeywordIndex) -> None:
    index.replace(ALL)
    assert find(index, "Who are to the?") == ["visas", "tariffs"]


@pytest.mark.parametrize(
    "question",
    [
        "",
        " \n\t",
        "\0",
        "a\0b",
        '"',
        '"unclosed',
        "((((",
        "customs)",
        "AND",
        "customs AND OR NOT",
        "body:customs",
        "cust*",
        "?",
        "~1",
        "a^10",
        "[a TO b]",
        "\\",
        "/.*/",
        "😀👨‍👩‍👧",
        "\ud800",
        "\ufdfa" * 500,
        "。" * 100,
        "x" * 10_000,
        "customs " * 1_250,
        "进口" * 5_000,
        "".join(map(chr, range(0x4E00, 0x4E00 + 10_000))),
    ],
)
def test_no_question_is_an_error(index: KeywordIndex, question: str) -> None:
    index.replace(ALL)
    expected = {"customs": "tariffs", "进口": "imports"}
    found = find(index, question)
    for word, document in expected.items():
        assert (document in found) == (word in question)


def test_terms_are_found_as_they_are(index: KeywordIndex) -> None:
    index.replace(ALL)
    assert [id_.partition(":")[0] for id_, _score in index.scored_terms(["关税"], limit=10)] == ["exports"]
    assert index.scored_terms(["importing"], limit=10) == []  # a term is a stem
    assert index.scored_terms([], limit=10) == []


def test_it_says_how_many_passages_hold_a_term_in_their_own_words(index: KeywordIndex) -> None:
    index.replace([*ALL, one_passage("Nothing of that.", "titled", title="Import tariffs")])
    assert {term: index.passages_with(term) for term in ("import", "货物", "rule", "nowhere", "")} == {
        "import": 1,
        "货物": 2,
        "rule": 0,
        "nowhere": 0,
        "": 0,
    }


def test_replacing_takes_out_all_that_the_document_had(index: KeywordIndex) -> None:
    index.replace([*made_passages(made_document("Old one.\n\nOld two.\n\nOld three.", id="d")), VISAS])
    index.replace(made_passages(made_document("New one.", id="d")))
    assert find(index, "old") == []
    assert find(index, "new one") == ["d"]
    assert len(index) == len(keyword_ids(index)) == 2


def test_documents_that_are_gone_are_taken_out(index: KeywordIndex) -> None:
    index.replace(ALL)
    index.replace([], gone=["tariffs", "imports", "no such document"])
    assert sorted(id_.partition(":")[0] for id_ in keyword_ids(index)) == ["exports", "visas"]
    index.replace([TARIFFS], gone=["visas"])
    assert sorted(id_.partition(":")[0] for id_ in keyword_ids(index)) == ["exports", "tariffs"]


def test_everything_is_there_when_the_folder_is_opened_again(tmp_path: Path) -> None:
    folder = tmp_path / "odd #?% 名" / "keyword"
    KeywordIndex(folder).replace(ALL)
    again = KeywordIndex(folder)
    assert len(again) == 4
    assert find(again, "customs") == ["tariffs"]


@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt])
def test_an_interrupted_replacement_changes_nothing_and_can_be_repeated(
    index: KeywordIndex, fault: type[BaseException]
) -> None:
    index.replace([TARIFFS])

    def interrupted() -> object:
        yield one_passage("half of it", "tariffs")
        raise fault

    with pytest.raises(fault) as kept:  # as a debugger or a log may keep it
        index.replace(interrupted())  # type: ignore[arg-type]
    assert find(index, "customs") == ["tariffs"]
    index.replace([VISAS])
    assert find(index, "half") == []
    assert find(index, "visas") == ["visas"]
    assert kept.value


def test_an_empty_index_finds_nothing(index: KeywordIndex) -> None:
    assert len(index) == 0
    assert find(index, "customs") == []


@pytest.mark.parametrize("damage", ["meta.json", "*.term", "*.store"])
def test_a_damaged_folder_is_named_with_the_remedy(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "keyword"
    KeywordIndex(folder).replace(ALL)
    (victim,) = folder.glob(damage)
    victim.write_bytes(b"\xff" * 100)
    with pytest.raises(IndexDamaged, match=r"keyword cannot be read .*policy-assistant index --rebuild"):
        KeywordIndex(folder).find("customs", limit=1)


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "keyword").write_text("")
    with pytest.raises(IndexDamaged, match="keyword cannot be read or written"):
        KeywordIndex(tmp_path / "keyword")


def test_a_folder_that_vanishes_is_named(tmp_path: Path, index: KeywordIndex) -> None:
    index.replace(ALL)
    shutil.rmtree(tmp_path / "keyword")
    with pytest.raises(IndexDamaged, match="keyword cannot be read or written"):
        index.replace([VISAS])


def test_files_that_a_killed_run_left_are_cleared_before_the_next_writes(tmp_path: Path) -> None:
    folder = tmp_path / "keyword"
    KeywordIndex(folder).replace([TARIFFS])
    left = folder / f"{'0' * 32}.9.del"
    left.write_bytes(b"")
    managed = folder / ".managed.json"
    managed.write_text(json.dumps([*json.loads(managed.read_text()), left.name]))

    KeywordIndex(folder).replace([VISAS])

    assert not left.exists()
    assert find(KeywordIndex(folder), "tariffs") == ["tariffs"]
