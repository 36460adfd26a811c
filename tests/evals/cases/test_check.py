import json
from dataclasses import replace
from pathlib import Path

from evals.cases.check import file_problems
from knowledge.policy import Document, Section
from knowledge.sectioning import split_sections
from tests.assistant.small_documents import LAW, MEASURES, make_document
from tests.evals.cases.test_case import LINE, write
from tests.evals.seed_answers import ENVIRONMENT, MARKET, SEED_PATH, document

LAW_DOCUMENT = replace(make_document(LAW), path="/documents/law.md")
MEASURES_DOCUMENT = replace(make_document(MEASURES, language="zh"), path="/documents/measures.txt")
DOCUMENTS = [document(), LAW_DOCUMENT, MEASURES_DOCUMENT]


def sections(document_id: str) -> list[Section]:
    (found,) = [one for one in DOCUMENTS if one.id == document_id]
    return list(split_sections(found))


def problems(path: Path, documents: list[Document] | None = None) -> list[str]:
    _count, found = file_problems(path, DOCUMENTS if documents is None else documents, sections)
    return [str(problem).removeprefix(f"{path}, ") for problem in found]


def test_a_file_without_a_fault_has_no_problem(tmp_path: Path) -> None:
    clause = {"gold": [], "gold_clauses": ["Article 3"], "documents": ["law.md"], "id": "b"}
    path = write(tmp_path / "cases.jsonl", LINE, LINE | clause)
    assert file_problems(path, DOCUMENTS, sections) == (2, [])


def test_a_stale_sentence_is_told_with_the_nearest_present_one(tmp_path: Path) -> None:
    former = ENVIRONMENT.replace("specialized professionals", "experts")
    path = write(tmp_path / "cases.jsonl", LINE, LINE | {"id": "b", "gold": [former], "also_fine": [MARKET]})
    (told,) = problems(path)
    assert told.startswith(f"line 2: field 'gold' is stale: none of its documents holds {former!r}.")
    assert told.endswith(f"% alike) is {ENVIRONMENT!r}; copy it if it answers.")


def test_a_sentence_is_looked_for_in_the_documents_that_the_case_names(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.jsonl", LINE | {"documents": ["law.md"]})
    (told,) = problems(path)
    assert "is stale" in told
    assert problems(write(path, LINE | {"documents": ["law.md", SEED_PATH.name]})) == []


def test_an_absent_document_and_an_absent_clause_are_told(tmp_path: Path) -> None:
    path = write(
        tmp_path / "cases.jsonl",
        LINE | {"id": "a", "documents": ["gone.txt"]},
        LINE
        | {"id": "b", "documents": ["law.md"], "gold": [], "gold_clauses": ["Article 33", "Article 2.1"]},
        LINE | {"id": "c", "documents": ["measures.txt"], "gold": [], "gold_clauses": ["第二条", "第九条"]},
    )
    assert problems(path) == [
        "line 1: field 'documents' names 'gone.txt', which is not in the library; index it.",
        "line 2: field 'gold_clauses' names 'Article 33', which heads nothing there; correct it.",
        "line 3: field 'gold_clauses' names '第九条', which heads nothing there; correct it.",
    ]


def test_problems_of_form_and_of_gold_come_by_line(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    stale = json.dumps(LINE | {"gold": ["Not there."]})
    path.write_text(f"{stale}\nnot JSON\n{json.dumps(LINE | {'id': 'c', 'split': 'x'})}\n", "utf-8")
    assert [told.split(" ", 3)[1] for told in problems(path)] == ["1:", "2:", "3:"]


def test_without_a_library_only_the_form_is_checked(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.jsonl", LINE | {"gold": ["Not there."]})
    assert file_problems(path, [], sections) == (1, [])


def test_a_document_without_a_sentence_offers_none(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.jsonl", LINE)
    (told,) = problems(path, [document("")])
    assert told.endswith("Correct or remove the case.")


def test_a_sentence_that_stands_only_in_what_has_ended_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.jsonl", LINE)
    ended = {document().id: "superseded"}
    _count, (problem,) = file_problems(path, DOCUMENTS, sections, ended)
    assert f"stands only in {SEED_PATH.name}, which is superseded" in str(problem)
    copy = replace(document(), id="copy")
    assert file_problems(path, [*DOCUMENTS, copy], sections, ended)[1] == []
