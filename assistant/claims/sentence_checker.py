"""The checker of written sentences: hard rules first, then a calibrated score, then a judge where there is one.

See docs/decisions/0012: a rule that refuses is final. What no rule refuses passes from the fitted threshold on.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Sentence, Verdict
from assistant.checking import citations_stand, verdict_of
from assistant.claims.claim_alignment import SourceText, align
from assistant.claims.claim_evidence import sentences_that_say_most
from assistant.claims.claim_features import nearness
from assistant.claims.claim_support import ClaimChecker, SentenceSupport
from assistant.claims.claim_weights import ClaimWeights
from assistant.claims.judge import Judge
from assistant.rules.all_rules import refusal
from assistant.rules.shown_facts import shown_facts
from assistant.rules.statement import statement_of
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder

NOT_CITED = "it has no citation that quotes whole sentences of a document"
DOUBTED = "a second opinion does not find it in what is cited"
SUPPORTED = "what is cited says so"


class SentenceChecker:
    """Checks one sentence against what it cites, in either language; safe to share between threads."""

    def __init__(
        self,
        embedder: Embedder,
        dictionary: ChineseDictionary,
        weights: ClaimWeights,
        judge: Judge | None = None,
    ) -> None:
        self._embedder, self._dictionary, self._judge = embedder, dictionary, judge
        self._scorer = ClaimChecker(embedder, dictionary, weights)

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
        aligned = align(text, sources, self._dictionary)
        if not aligned.comparable:
            support = self._scorer.judged((0, len(text)), aligned)
            return False, str(support.reason)
        evidence = sentences_that_say_most(aligned, nearness(aligned, self._embedder))
        statement = statement_of(text, evidence, quotes, facts, self._dictionary)
        refused = refusal(statement, self._dictionary)
        if refused is not None:
            return False, refused
        return self._scored(self._scorer.judged((0, len(text)), aligned), quotes)

    def _scored(self, support: SentenceSupport, quotes: Sequence[str]) -> tuple[bool, str]:
        if not support.supported:
            return False, str(support.reason)
        if self._judge is not None and self._judge(support.text, quotes) is False:
            return False, DOUBTED
        return True, SUPPORTED
