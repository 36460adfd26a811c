"""What a question of a conversation is searched with, beside its own words.

Questions of one conversation are mostly on one subject, and often too short to be found alone: "Regional
differences". So what leans on the conversation is searched with the beginning of the last answer and the
headings it cites; and a question that only goes on with the subject is also searched led by the question
before it, and both rankings count. What is searched is not shown, and no answer is read out of it.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant.answer import Conversation
from assistant.clause_pointing import cited_last
from assistant.contrast import with_word_exchanged
from assistant.question import topic_of
from knowledge.policy import RetrievedPassage
from knowledge.rank_fusion import reciprocal_ranks
from knowledge.terms import HAN_RUN, content_terms

_ANSWER_READ = 150  # characters of the last answer; of Chinese, which says more in each, a third
_FEW_WORDS = 3
_OF_SUBJECT = 1.2  # how much the second ranking counts, the first counting 1; chosen on MTRAG-UN

_Key = TypeVar("_Key", bound=Hashable)


def search_texts(question: str, standalone: str, conversation: Conversation) -> tuple[str, ...]:
    """One text, or two whose rankings are to be fused: the question, and the question led by the one before.

    `question` is as asked and `standalone` as restated from it.
    """
    topic = topic_of(standalone)
    asked = [turn.text for turn in conversation if turn.role == "user"]
    if not asked:
        return (topic,)
    if standalone != question and standalone == with_word_exchanged(asked[-1], question):
        return (topic,)  # it is about another thing than the last answer
    if standalone != question:
        return (" ".join((*_last_said(conversation), topic)),)
    return (topic, f"{asked[-1]} {topic}") if _goes_on(question, conversation) else (topic,)


def found_for(
    texts: Sequence[str], search: Callable[[str], list[RetrievedPassage]]
) -> list[RetrievedPassage]:
    """The passages found for one text, or for two, each passage once, as many as the first text found."""
    rankings = [search(text) for text in texts]
    if len(rankings) == 1:
        return rankings[0]
    known = {one.passage.id: one for ranking in reversed(rankings) for one in ranking}
    fused = fused_rankings([[one.passage.id for one in ranking] for ranking in rankings])
    return [replace(known[id_], score=score) for id_, score in fused][: max(map(len, rankings))]


def fused_rankings(rankings: Sequence[Sequence[_Key]]) -> list[tuple[_Key, float]]:
    """The rankings of `search_texts` as one, best first."""
    return reciprocal_ranks(rankings, (1.0, _OF_SUBJECT)[: len(rankings)])


def _goes_on(question: str, conversation: Conversation) -> bool:
    """Whether a question may go on with the subject: it has few words, or shares one with what was said."""
    own = set(content_terms(question))
    said = [turn.text for turn in conversation if turn.role == "user"][-1:]
    said += [turn.text for turn in conversation if turn.role == "assistant"][-1:]
    few = _FEW_WORDS * (2 if HAN_RUN.search(question) else 1)  # bigrams overlap
    return len(own) <= few or not own.isdisjoint(content_terms(" ".join(said)))


def _last_said(conversation: Conversation) -> list[str]:
    headings = dict.fromkeys(
        citation.passage.section.heading_path[-1]
        for citation in cited_last(conversation)[:1]
        if citation.passage.section.heading_path
    )
    answers = [turn.text for turn in conversation if turn.role == "assistant"][-1:]
    return [*headings, *(_beginning(text) for text in answers)]


def _beginning(text: str) -> str:
    if HAN_RUN.search(text[:_ANSWER_READ]):
        return text[: _ANSWER_READ // 3]
    return text if len(text) <= _ANSWER_READ else text[:_ANSWER_READ].rsplit(" ", 1)[0]
