"""Questions with the features of their sentences: what the models of quoting are fitted on."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from assistant.quotes.evidence import as_matrix, candidates
from assistant.quotes.second_look import answer_features, beside_features, second_look
from assistant.quotes.weights import ANSWER_FROM, DOUBT_FROM, LinearModel
from evals.fitting.question_sets import LabelledQuestion
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from knowledge.passage_sentences import sentence_texts
from knowledge.reader import Reader

_EMBEDDED_TOGETHER = 512  # texts

Rows = tuple[NDArray[np.float64], NDArray[np.float64]]  # features (n, f), label of each sentence (n,)


class Measured:
    """One question with the features of its sentences and which of them answer."""

    def __init__(
        self, asked: LabelledQuestion, embedder: Embedder, reader: Reader, dictionary: ChineseDictionary
    ) -> None:
        self._found = candidates(asked.question, asked.passages, embedder=embedder, dictionary=dictionary)
        self._question, self._reader = asked.question, reader
        self.topic, self.answerable = asked.topic, asked.answerable
        self.features = as_matrix(self._found)
        spans = [candidate.span for candidate in self._found]
        self.right = np.array([_touches(span, asked.evidence) for span in spans])
        self.neutral = np.array([_touches(span, asked.neutral) for span in spans])

    def sentence_rows(self) -> Rows:
        """The features of its sentences and whether each answers, without those quoted or not at will."""
        kept = ~self.neutral | self.right
        return self.features[kept], self.right[kept].astype(float)

    def answer_features(self, sentence: LinearModel) -> NDArray[np.float64]:
        """What its sentences together say of the question."""
        log_odds = sentence.log_odds(self.features)
        read = second_look(self._question, self._found, log_odds, self._reader)
        return answer_features(self.features, log_odds, read.answerable)

    def beside_rows(self, sentence: LinearModel, answer: LinearModel) -> Rows:
        """What speaks for quoting each sentence beside the best one, and whether it is evidence.

        Only passages that the product would read are read.
        """
        log_odds = sentence.log_odds(self.features)

        def in_doubt(answerable: NDArray[np.float64]) -> bool:
            confidence = answer.probability(answer_features(self.features, log_odds, answerable))
            return DOUBT_FROM < confidence < ANSWER_FROM

        read = second_look(self._question, self._found, log_odds, self._reader, in_doubt=in_doubt)
        kept = ~self.neutral | self.right
        kept[log_odds.argmax()] = False
        return beside_features(self._found, log_odds, read.evidence)[kept], self.right[kept].astype(float)


def embed_ahead(asked: Sequence[LabelledQuestion], embedder: Embedder) -> None:
    """Embed all sentences in large batches, as indexing does; one question at a time would take hours."""
    passages = {passage for one in asked for passage in one.passages}
    texts = sorted({text for passage in passages for text in sentence_texts(passage)})
    for first in tqdm(range(0, len(texts), _EMBEDDED_TOGETHER), desc="embedding", disable=None):
        embedder.embed_passages(texts[first : first + _EMBEDDED_TOGETHER])


def _touches(span: tuple[int, int], ranges: Sequence[tuple[int, int]]) -> bool:
    # A sentence is evidence when it holds a short answer, or most of a marked sentence.
    start, end = span
    return any(
        min(end, stop) - max(start, first) >= 0.5 * min(end - start, stop - first) for first, stop in ranges
    )
