"""The checker of written sentences: hard rules, then a calibrated score, then a judge where there is one.

A rule that refuses is final; what none refuses passes from the fitted threshold on. See docs/decisions/0012.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Sentence, Verdict
from assistant.checking import citations_stand, verdict_of
from assistant.claims.claim_alignment import SourceText, align
from assistant.claims.claim_evidence import sentences_that_say_most
from assistant.claims.claim_features import measure, nearness, overlap_matrix
from assistant.claims.claim_support import Reason
from assistant.claims.claim_weights import ClaimWeights
from assistant.claims.judge import Judge
from assistant.claims.once_embedded import OnceEmbedded
from assistant.rules.all_rules import refusal
from assistant.rules.shown_facts import shown_facts, without_shown
from assistant.rules.statement import MARK, statement_of
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder

NOT_CITED = "it has no citation that quotes whole sentences of a document"
DOUBTED = "a second opinion does not find it in what is cited"
SUPPORTED = "what is cited says so"
# Of the threshold. A dictionary finds fewer shared words than there are: in the other language most true
# sentences score above .3, and those on other matters below .25.
_ACROSS = 0.5


class SentenceChecker:
    """Checks one sentence against what it cites, in either language; safe to share between threads."""

    def __init__(
        self,
        embedder: Embedder,
        dictionary: ChineseDictionary,
        weights: ClaimWeights,
        judge: Judge | None = None,
    ) -> None:
        self._embedder, self._dictionary = embedder, dictionary
        self._weights, self._judge = weights, judge

    def __call__(self, sentence: Sentence) -> Sentence:
        """The sentence with this checker's verdict, and as the reason one clause that may be shown."""
        if verdict_of(sentence) is Verdict.QUOTED:
            return replace(sentence, verdict=Verdict.QUOTED, reason="")
        if not citations_stand(sentence):
            return replace(sentence, verdict=Verdict.UNSUPPORTED, reason=NOT_CITED)
        quotes = list(dict.fromkeys(citation.quote for citation in sentence.citations))
        supported, reason = self.check(sentence.text, quotes, shown_facts(sentence.citations))
        verdict = Verdict.SUPPORTED if supported else Verdict.UNSUPPORTED
        return replace(sentence, verdict=verdict, reason=reason)

    def check(self, text: str, quotes: Sequence[str], facts: str = "") -> tuple[bool, str]:
        """Whether quotes, with the facts shown beside them, support a sentence; and why or why not."""
        sources = [SourceText(str(number), quote) for number, quote in enumerate(quotes, start=1)]
        aligned = align(without_shown(MARK.sub("", text), facts), sources, self._dictionary)
        if not aligned.comparable:
            return False, Reason.NOTHING_TO_COMPARE.value
        embedder = OnceEmbedded(self._embedder)
        near = nearness(aligned, embedder)
        evidence = sentences_that_say_most(aligned, near)
        statement = statement_of(text, evidence, quotes, facts, self._dictionary)
        refused = refusal(statement, self._dictionary)
        if refused is not None:
            return False, refused
        # The rules have judged what differs, more strictly than the score would; it says how much is said.
        overlap = overlap_matrix([measure(aligned, near, embedder, self._dictionary)])
        score = float(self._weights.support.overlap_alone(overlap)[0])
        if score < self._weights.supported_from * (_ACROSS if statement.across else 1):
            return False, Reason.NOT_TOGETHER.value
        if self._judge is not None and self._judge(statement.text, quotes) is False:
            return False, DOUBTED
        return True, SUPPORTED
