"""How a question becomes a checked answer: the whole product, in order."""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.answer import Answer, Conversation, Draft, Outcome, Sentence, Turn, Written
from assistant.checking import checked
from assistant.conversation_search import found_for, search_texts
from assistant.errors import BadQuestion
from assistant.question import topic_of
from assistant.scope import is_out_of_scope
from assistant.talk import Talk
from knowledge.language import language_of
from knowledge.policy import Language, RetrievedPassage

LONGEST_QUESTION = 2_000  # characters

SearchPassages = Callable[[str], list[RetrievedPassage]]
Writer = Callable[[str, list[RetrievedPassage]], Draft]
# Question, its language, what was found, the quotes that answer -> checked sentences, then the whole.
Prose = Callable[
    [str, Language, list[RetrievedPassage], tuple[Sentence, ...]], Generator[Sentence, None, Written]
]


@dataclass(frozen=True, slots=True)
class Sources:
    """The first step of an answer: what search found for the question as it was understood."""

    standalone_question: str
    passages: tuple[RetrievedPassage, ...]


Step = Sources | Sentence | Answer


def answer_question(
    question: str,
    conversation: Conversation,
    *,
    search: SearchPassages,
    writer: Writer,
    prose: Prose | None = None,
    talk: Talk = Talk(),  # noqa: B008 (frozen, no state)
) -> Answer:
    """Answer one question of a conversation; every sentence shown is supported by its citations.

    Raises BadQuestion when the question is empty, too long or not valid text.
    """
    steps = answer_in_steps(question, conversation, search=search, writer=writer, prose=prose, talk=talk)
    *_, answer = steps
    assert isinstance(answer, Answer)  # noqa: S101 (the last step by construction; narrows the type)
    return answer


def answer_in_steps(
    question: str,
    conversation: Conversation,
    *,
    search: SearchPassages,
    writer: Writer,
    prose: Prose | None = None,
    talk: Talk = Talk(),  # noqa: B008 (frozen, no state)
) -> Iterator[Step]:
    """The same, step by step: the sources, then each checked sentence, then the whole answer.

    Talk that no document answers is not searched. A clause that depends on something the asker has not said
    is asked back about; then, and where documents differ, their own words stand and no others. The answer
    repeats the sentences, unless a model's draft broke off half-way: it then stands in their place.

    BadQuestion is raised when the first step is asked for.
    """
    watch = _Stopwatch()
    question = accepted_question(question, conversation)
    if is_out_of_scope(question):
        yield Sources(question, ())
        yield Answer(Outcome.OUT_OF_SCOPE, question, question, language_of(question), confidence=0.0)
        return
    with watch.timing("restate"):
        standalone = talk.restate(question, conversation)
    with watch.timing("search"):
        topic = topic_of(standalone)
        retrieved = found_for(search_texts(question, standalone, conversation), search)
    yield Sources(standalone, tuple(retrieved))
    with watch.timing("writing"):
        draft = writer(topic, retrieved)  # verbatim quotes; none when the documents do not answer
    with watch.timing("checking"):
        drafted = talk.with_other_side(standalone, draft.sentences, retrieved)
        quotes = checked(drafted)
        asked_for = talk.clarify(standalone, (*conversation, Turn("user", question)), quotes)
        differences = talk.notes(standalone, quotes)
    if prose and quotes and not asked_for and not differences:
        words = prose(standalone, language_of(question), retrieved, quotes)
        written = yield from watch.pulling("drafting", words)
    else:
        yield from quotes
        written = Written(quotes, outcome=Outcome.ANSWERED if quotes else Outcome.NOT_IN_DOCUMENTS)
    yield Answer(
        outcome=Outcome.NEEDS_CLARIFICATION if asked_for else written.outcome,
        question=question,
        standalone_question=standalone,
        language=language_of(question),
        confidence=draft.confidence,
        sentences=written.sentences,
        considered=tuple(retrieved),
        clarification=asked_for,
        disagreements=differences,
        withheld=len(drafted) - len(quotes) + written.withheld,
        wording=written.wording,
        unknown_marks=written.unknown_marks,
        fault=written.fault,
        seconds=watch.laps,
    )


def accepted_question(question: str, conversation: Conversation = ()) -> str:
    """The question without outer white space; raises BadQuestion saying what to change when it is unfit."""
    question = question.strip()
    if not any(map(str.isalnum, question)):
        fault, chinese = ("holds no word", "没有文字") if question else ("is empty", "为空")
        raise BadQuestion(
            f"The question {fault}; write what you want to know.", f"问题{chinese}，请写明想了解的内容。"
        )
    if len(question) > LONGEST_QUESTION:
        raise BadQuestion(
            f"The question has {len(question):,} characters; {LONGEST_QUESTION:,} are allowed. "
            "Ask for one thing at a time.",
            f"问题有 {len(question):,} 个字符，最多 {LONGEST_QUESTION:,} 个；请一次只问一件事。",
        )
    try:
        "".join((question, *(turn.text for turn in conversation))).encode("utf-8")
    except UnicodeEncodeError:
        raise BadQuestion(
            "The question holds characters that are not valid text; type it again.",
            "问题含有无效字符，请重新输入。",
        ) from None
    return question


class _Stopwatch:
    """Adds up the time of each step; what goes by between steps belongs to the caller."""

    def __init__(self) -> None:
        self.laps: tuple[tuple[str, float], ...] = ()

    @contextmanager
    def timing(self, step: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.laps += ((step, time.perf_counter() - start),)

    def pulling(
        self, step: str, sentences: Generator[Sentence, None, Written]
    ) -> Generator[Sentence, None, Written]:
        """The same sentences and the same result; the lap is the time that was waited for them."""
        waited = 0.0
        while True:
            start = time.perf_counter()
            try:
                sentence = next(sentences)
            except StopIteration as end:
                written: Written = end.value
                self.laps += ((step, waited + time.perf_counter() - start),)
                return written
            waited += time.perf_counter() - start
            yield sentence
