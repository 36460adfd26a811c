"""Questions with the sentences that answer them, from the seed cases and from public reading sets.

What `fit_evidence` learns from: for each question some passages, and which sentences of them are evidence.
"""

import hashlib
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from assistant.conversation_search import found_for, search_texts
from assistant.question import restate, topic_of
from assistant.quotes.weights import EvidenceWeights, LinearModel
from evals.cases.case import Case
from evals.datasets import mtrag
from evals.datasets.law_questions import is_fitted_on, law_documents, law_questions
from evals.datasets.policy_questions import policy_questions
from evals.public.laws import clause_rank
from evals.tasks.throwaway_library import assistant_over, throwaway_library
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from knowledge.passage_cutting import cut_passages
from knowledge.policy import Document, DocumentFacts, Language, Passage
from knowledge.sectioning import split_sections

_NO_MODEL = LinearModel(np.zeros(0), np.ones(0), np.zeros(0), 0.0)
_NO_WEIGHTS = EvidenceWeights(_NO_MODEL, _NO_MODEL, _NO_MODEL, 0.0)
HELD_OUT_ONE_IN = 8  # groups


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question, the passages it is asked over, and the character ranges that answer it."""

    question: str
    passages: tuple[Passage, ...]
    evidence: tuple[tuple[int, int], ...]  # offsets into the document; empty when nothing answers
    neutral: tuple[tuple[int, int], ...] = ()  # neither right nor wrong to quote
    topic: str = ""
    known_answerable: bool | None = None  # where the set says so and marks no sentence

    @property
    def answerable(self) -> bool:
        """Whether the passages answer the question."""
        return bool(self.evidence) if self.known_answerable is None else self.known_answerable


def held_out_from_reader(source: str, group: str) -> bool:
    """Whether a group (an article, a page, a rule text) of a public set was kept away from the reader.

    The reader was trained on the others, so only these may fit or measure what builds on it.
    """
    digest = hashlib.sha256(f"{source}\n{group}".encode()).digest()
    return digest[0] % HELD_OUT_ONE_IN == 0


def passages_of_text(
    text: str, language: Language, title: str, *, limit: int = 10_000
) -> tuple[Passage, ...]:
    """The passages of a bare text; by default one passage a section."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(digest[:16], DocumentFacts(title), text, language, digest, title)
    return tuple(p for section in split_sections(document) for p in cut_passages(section, limit=limit))


def from_cases(
    cases: list[Case], document: Document, restate: Callable[[Case], str]
) -> list[LabelledQuestion]:
    """The seed cases over the passages of their document."""
    passages = tuple(p for section in split_sections(document) for p in cut_passages(section))

    def ranges(sentences: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
        starts = ((document.text.index(sentence), len(sentence)) for sentence in sentences)
        return tuple((start, start + length) for start, length in starts)

    return [
        LabelledQuestion(restate(case), passages, ranges(case.gold), ranges(case.also_fine), case.topic)
        for case in cases
    ]


def clapnq(folder: Path) -> Iterator[LabelledQuestion]:
    """CLAP NQ dev, what the reader never saw: natural questions over one passage."""
    for name in ("clapnq_dev_answerable.jsonl", "clapnq_dev_unanswerable.jsonl"):
        for row in _rows(folder / name):
            text, title = row["passages"][0]["text"], row["passages"][0]["title"]
            if not held_out_from_reader("clapnq", title):
                continue
            marked = row["output"][0].get("selected_sentences") or []
            evidence = [(text.find(one.strip()), len(one.strip())) for one in marked if one.strip() in text]
            yield LabelledQuestion(
                row["input"],
                passages_of_text(text, "en", title),
                tuple((start, start + length) for start, length in evidence),
            )


def squad2(folder: Path, *, paragraphs: int, seed: int = 0) -> Iterator[LabelledQuestion]:
    """SQuAD 2.0 dev, what the reader never saw: every question of a random sample of paragraphs."""
    articles = json.loads((folder / "dev-v2.0.json").read_text("utf-8"))["data"]
    all_paragraphs = [
        (title, paragraph)
        for article in articles
        if held_out_from_reader("squad2", title := article["title"].replace("_", " "))
        for paragraph in article["paragraphs"]
    ]
    for title, paragraph in random.Random(seed).sample(all_paragraphs, min(paragraphs, len(all_paragraphs))):  # noqa: S311 (sampling data)
        text = paragraph["context"]
        passages = passages_of_text(text, "en", title)
        for asked in paragraph["qas"]:
            spans = [] if asked["is_impossible"] else asked["answers"][:1]
            evidence = tuple(
                (span["answer_start"], span["answer_start"] + len(span["text"])) for span in spans
            )
            yield LabelledQuestion(asked["question"], passages, evidence)


def drcd(folder: Path, *, paragraphs: int, seed: int = 0) -> Iterator[LabelledQuestion]:
    """DRCD dev (Traditional Chinese), what the reader never saw: over the paragraph and over the next one."""
    articles = json.loads((folder / "DRCD_dev.json").read_text("utf-8"))["data"]
    pairs = [
        (article["title"], here, there)
        for article in articles
        if held_out_from_reader("drcd", article["title"])
        for here, there in zip(article["paragraphs"], article["paragraphs"][1:], strict=False)
    ]
    for title, here, there in random.Random(seed).sample(pairs, min(paragraphs, len(pairs))):  # noqa: S311 (sampling data)
        for asked in here["qas"][:3]:
            answer = asked["answers"][0]
            span = (answer["answer_start"], answer["answer_start"] + len(answer["text"]))
            yield LabelledQuestion(asked["question"], passages_of_text(here["context"], "zh", title), (span,))
            if answer["text"] not in there["context"]:
                yield LabelledQuestion(asked["question"], passages_of_text(there["context"], "zh", title), ())


def mtrag_un(
    folder: Path, *, passages: int, embedder: Embedder, dictionary: ChineseDictionary
) -> Iterator[LabelledQuestion]:
    """MTRAG-UN: the last question of each conversation over what our own search finds for it in the pool."""
    conversations = mtrag.mtrag_un(folder)
    pool = conversations.retrieval.passages
    # Only its search is asked, and the shipped weights may be for other features than those being fitted.
    with throwaway_library(pool, embedder=embedder, dictionary=dictionary, weights=_NO_WEIGHTS) as library:
        for query in conversations.retrieval.queries:
            label = conversations.answerability[query.id]
            if label in ("ANSWERABLE", "UNANSWERABLE"):
                standalone = restate(query.text.strip(), query.conversation)
                found = found_for(
                    search_texts(query.text.strip(), standalone, query.conversation),
                    partial(library.assistant.search, limit=passages),
                )
                yield LabelledQuestion(
                    topic_of(standalone),
                    tuple(one.passage for one in found),
                    (),
                    known_answerable=label == "ANSWERABLE",
                )


def laws(
    folder: Path, *, passages: int, embedder: Embedder, dictionary: ChineseDictionary
) -> Iterator[LabelledQuestion]:
    """Half of our questions on the trade laws, over what our own search finds for them in all laws.

    A question whose article is not found teaches nothing about answering and is left out. The other half is
    for measuring.
    """
    documents = law_documents(folder)
    distinct = list({law.id: law for law in documents}.values())
    with assistant_over(distinct, embedder=embedder, dictionary=dictionary, weights=_NO_WEIGHTS) as assistant:
        for one in law_questions(documents):
            found = assistant.search(one.question, limit=passages)
            if is_fitted_on(one.id) and (not one.gold or clause_rank(one, found) is not None):
                yield LabelledQuestion(
                    one.question, tuple(hit.passage for hit in found), (), known_answerable=bool(one.gold)
                )


def policy(public: Path) -> Iterator[LabelledQuestion]:
    """Questions of our own on statutes and government pages that the reader never saw, half near misses."""
    for one in policy_questions(public):
        if held_out_from_reader("policy", one.key):
            yield LabelledQuestion(
                one.question, passages_of_text(one.text, one.language, one.title), one.answers
            )


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
