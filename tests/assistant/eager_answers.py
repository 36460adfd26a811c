"""Answers for which the model is asked in any case, also where the product would decline first."""

from functools import partial

from assistant.answer import Answer, Draft
from assistant.answering import answer_question
from assistant.assistant import Assistant
from knowledge.passage_sentences import sentence_texts
from knowledge.policy import RetrievedPassage
from tests.assistant.small_documents import quoted


def asked(assistant: Assistant, question: str) -> Answer:
    """The answer to a question; the model of the assistant always writes something."""
    return answer_question(
        question,
        (),
        search=partial(assistant.search.distinct, limit=5),
        writer=partial(_eager, assistant),
        prose=assistant.prose,
    )


def _eager(assistant: Assistant, question: str, retrieved: list[RetrievedPassage]) -> Draft:
    draft = assistant.quoting(question, retrieved)
    if draft.sentences or not retrieved:
        return draft
    passage = retrieved[0].passage
    return Draft((quoted(passage.document, sentence_texts(passage)[0]),), draft.confidence)
