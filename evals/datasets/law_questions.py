"""Questions of our own on the statutes of zh_trade_laws, in English and Chinese, with the right articles.

`law_questions.jsonl` holds no word of the laws: each right article is a file name and the article's number.
A name stands for every file of that name; a law that is there in two versions with one rule is named twice.
Questions without a right article are near misses: the laws touch their matter and do not answer them.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.json_lines import Record, TaskFileError, read_json_lines, unique
from knowledge.errors import UnreadableFile
from knowledge.files.document_reading import read_document
from knowledge.files.file_finding import FoundFile
from knowledge.language import language_of
from knowledge.policy import Document, Language

QUESTIONS = Path(__file__).with_name("law_questions.jsonl")

_ARTICLE = re.compile(r"^[ \u3000]*(第[一二三四五六七八九十百千零〇]+条)(?=[ \u3000\n])", re.MULTILINE)
_HEADING = re.compile(r"^#", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article that answers, at its place: `text[start:end]` of the document that has this id."""

    file: str
    article: str  # as it is written: "第二十四条"
    document_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LawQuestion:
    """A question over all laws, and the articles any of which answers it; none for a near miss."""

    id: str
    question: str
    language: Language  # of the question
    gold: tuple[GoldArticle, ...]


def is_fitted_on(id_: str) -> bool:
    """Whether the fit of the answer model may see a question; the other half is for measuring."""
    return hashlib.sha256(id_.encode()).digest()[0] % 2 == 0


def law_documents(folder: Path) -> list[Document]:
    """The laws under the folder as indexing reads them, in path order; twins with one text have one id.

    What lies in the folder itself tells of the data set and is no law. Raises TaskFileError.
    """
    paths = sorted(path for path in folder.rglob("*.md") if path.parent != folder)
    if not paths:
        raise TaskFileError(f"{folder} holds no folder with laws (.md); restore the data set.")
    try:
        return [read_document(FoundFile(path.resolve(), None)) for path in paths]
    except UnreadableFile as error:
        raise TaskFileError(str(error)) from error


def law_questions(laws: Iterable[Document], questions: Path = QUESTIONS) -> tuple[LawQuestion, ...]:
    """Every question of the file with its articles found in the laws.

    Raises TaskFileError naming file, line and field, also for a law or an article that is not there.
    """
    by_name: dict[str, list[Document]] = {}
    for law in laws:
        by_name.setdefault(Path(law.path).name, []).append(law)
    return unique(
        ((_question(record, by_name), record.where) for record in read_json_lines(questions)), "question"
    )


def _question(record: Record, by_name: dict[str, list[Document]]) -> LawQuestion:
    question = record.text("question")
    if not question.strip():
        raise record.wrong("question", "be a text that is not empty")
    gold = tuple(article for named in record.records("gold") for article in _articles(named, by_name))
    return LawQuestion(record.identity("id"), question, language_of(question), gold)


def _articles(named: Record, by_name: dict[str, list[Document]]) -> Iterator[GoldArticle]:
    file, article = named.identity("file"), named.identity("article")
    if file not in by_name:
        raise named.wrong("file", f"name a file of the laws, which {file!r} is not")
    for law in by_name[file]:
        places = article_ranges(law.text, article)
        if len(places) != 1:
            raise named.wrong(
                "article", f"stand once in {law.path}, where {article!r} stands {len(places)} times"
            )
        yield GoldArticle(file, article, law.id, *places[0])


def article_ranges(text: str, article: str) -> Sequence[tuple[int, int]]:
    """Where the articles of this number stand, each up to the next article or Markdown heading."""
    starts = [match.start(1) for match in _ARTICLE.finditer(text)]
    stops = sorted([*starts, *(match.start() for match in _HEADING.finditer(text)), len(text)])
    found = [match.start(1) for match in _ARTICLE.finditer(text) if match[1] == article]
    ends = [next(stop for stop in stops if stop > start) for start in found]
    return [(start, start + len(text[start:end].rstrip())) for start, end in zip(found, ends, strict=True)]
