"""What the reader learns from: public questions over passages, under licences that allow it.

SQuAD 2.0 (CC BY-SA 4.0), CLAP NQ (Apache-2.0), DRCD (CC BY-SA 3.0), CMRC 2018 (CC BY-SA 4.0), OR-ShARC
(CC BY-SA 3.0), and questions of our own on policy texts. One group in eight (an article, a page, a rule text)
is held out, whatever is trained.
"""

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer

from evals.datasets.policy_questions import policy_questions
from knowledge.policy import Language
from training.reading_example import ReadingExample


def all_examples(public: Path) -> list[ReadingExample]:
    """Every example of the sets that lie in the folder `public`, always in the same order."""
    return [
        *squad_form("squad2", public / "squad2" / "dev-v2.0.json", "en", negative_share=0.15),
        *clapnq(public / "clapnq"),
        *squad_form("drcd", public / "drcd" / "DRCD_dev.json", "zh", negative_share=0.5, questions=1),
        *squad_form("cmrc2018", public / "cmrc2018" / "cmrc2018_trial.json", "zh", negative_share=0.4),
        *or_sharc(public / "or_sharc", negatives=2),
        *of_our_own(public),
    ]


def of_our_own(public: Path) -> Iterator[ReadingExample]:
    """The policy questions of `evals/datasets`; one passage is one group."""
    for one in policy_questions(public):
        answerable = bool(one.answers)
        yield ReadingExample(
            "policy", one.key, one.question, one.title, one.text, one.language, one.answers, answerable
        )


def squad_form(
    source: str, path: Path, language: Language, *, negative_share: float, questions: int = 99
) -> Iterator[ReadingExample]:
    """A set in SQuAD's form; some questions also over a paragraph near in words without the answer."""
    draw = random.Random(source)  # noqa: S311 (sampling data)
    paragraphs = [
        (str(article.get("title", "")).replace("_", " "), paragraph)
        for article in json.loads(path.read_text("utf-8"))["data"]
        for paragraph in article["paragraphs"]
    ]
    texts = [paragraph["context"] for _title, paragraph in paragraphs]
    near = _NearTexts(texts, language)
    for place, (title, paragraph) in enumerate(paragraphs):
        group = title or str(paragraph.get("id", place))
        for asked in paragraph["qas"][:questions]:
            impossible = bool(asked.get("is_impossible"))
            answers = [] if impossible else asked["answers"][:1]
            spans = tuple((a["answer_start"], a["answer_start"] + len(a["text"])) for a in answers)
            spans = tuple(span for span in spans if 0 <= span[0] < span[1] <= len(texts[place]))
            if not impossible and not spans:
                continue
            question = asked["question"]
            yield ReadingExample(
                source, group, question, title, texts[place], language, spans, not impossible, short=True
            )
            if spans and draw.random() < negative_share:
                answer = texts[place][slice(*spans[0])]
                other = near.without(question, answer, place)
                other_title, other_text = paragraphs[other][0], texts[other]
                yield ReadingExample(source, group, question, other_title, other_text, language, (), False)


def clapnq(folder: Path) -> Iterator[ReadingExample]:
    """CLAP NQ dev: whole sentences are marked."""
    for name in ("clapnq_dev_answerable.jsonl", "clapnq_dev_unanswerable.jsonl"):
        for row in _rows(folder / name):
            text, title = row["passages"][0]["text"], row["passages"][0]["title"]
            marked = [one.strip() for one in row["output"][0].get("selected_sentences") or []]
            found = [(text.find(one), text.find(one) + len(one)) for one in marked if one and one in text]
            answerable = "unanswerable" not in name
            if answerable and not found:
                continue
            yield ReadingExample("clapnq", title, row["input"], title, text, "en", tuple(found), answerable)


def or_sharc(folder: Path, *, negatives: int) -> Iterator[ReadingExample]:
    """OR-ShARC dev: a question (half of them with the asker's scenario) over its rule text and near ones."""
    draw = random.Random("or_sharc")  # noqa: S311 (sampling data)
    snippets: dict[str, str] = json.loads((folder / "id2snippet.json").read_text("utf-8"))
    ids = list(snippets)
    near = _NearTexts([snippets[one] for one in ids], "en")
    for row in _rows(folder / "open_retrieval_sharc_dev.json"):
        question, gold = row["question"], row["gold_snippet_id"]
        if row["scenario"] and draw.random() < 0.5:
            question = f"{row['scenario']} {question}"
        others = [ids[i] for i in near.order(question)[:12] if ids[i] != gold]
        for one in (gold, *draw.sample(others[:8], negatives)):
            yield ReadingExample("or_sharc", gold, question, "", snippets[one], "en", (), one == gold)


class _NearTexts:
    """Which texts share most words (Chinese: character pairs) with a question."""

    def __init__(self, texts: Sequence[str], language: Language) -> None:
        self._texts = texts
        kinds: dict[str, Any] = (
            {"analyzer": "char", "ngram_range": (2, 2)} if language == "zh" else {"stop_words": "english"}
        )
        self._vectorizer = TfidfVectorizer(sublinear_tf=True, **kinds)
        self._matrix = self._vectorizer.fit_transform(texts)

    def order(self, question: str) -> list[int]:
        scores = (self._matrix @ self._vectorizer.transform([question]).T).toarray().ravel()
        return [int(i) for i in (-scores).argsort(kind="stable")]

    def without(self, question: str, answer: str, place: int) -> int:
        """The nearest text other than the one at `place` that does not hold the answer."""
        order = self.order(question)
        return next(i for i in order if i != place and answer not in self._texts[i])


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
