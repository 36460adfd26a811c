"""The only place that builds concrete things from Settings."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date

from assistant.assistant import Assistant
from assistant.chat_model import ChatModel
from assistant.checked_prose import CheckedProse
from assistant.checking import Checker
from assistant.claims.claim_support import ClaimChecker
from assistant.claims.claim_weights import claim_weights
from assistant.claims.judge import Judge, judge_of
from assistant.claims.sentence_checker import SentenceChecker
from assistant.desk.desk import Desk
from assistant.drafting import Drafting
from assistant.drafts.draft_citations import Evidence
from assistant.errors import EmptyLibrary, SettingsError
from assistant.language_model import LanguageModel
from assistant.people.audit import Audit
from assistant.quotes.weights import EvidenceWeights, evidence_weights
from assistant.quoting import Quoting
from assistant.records.records import Records
from assistant.records.retention import purged_daily
from assistant.restating import ModelRestating
from assistant.settings import IN_FOLDER, NONE, Settings
from assistant.store_assembly import (
    check_places,
    open_records_at,
    opened_indexes,
    opened_library,
)
from assistant.talk import talk_with
from knowledge.data_folder import DataFolder, hold_data_folder
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder, open_embedder
from knowledge.embedding.vector_cache import CachedEmbedder
from knowledge.files.uploads import Uploads
from knowledge.findable import Findable
from knowledge.indexing import Stores, check_index_matches
from knowledge.library import Library
from knowledge.reader import E5Reader
from knowledge.search import Search
from knowledge.validity.in_force import InForce

_JUDGED_WITHIN = 2.0  # seconds a sentence: what an answer may take beyond its time
# Files of the data folder that are no databases, by name, and go into a backup as they are.
_BACKED_UP_AS_THEY_ARE = ("audit.*",)
_OF_TIME_TO_RESTATE = 0.25  # of the time that a model has for a question


@contextmanager
def open_library(settings: Settings, purpose: str) -> Iterator[Library]:
    """Hold the data folder and open the library alone, which needs no index and no embedder."""
    with hold_data_folder(settings.home, purpose), opened_library(settings) as held:
        yield held.library


@contextmanager
def open_records(settings: Settings, purpose: str) -> Iterator[Records]:
    """Hold the data folder and open the records alone, as they are: nothing is purged."""
    with hold_data_folder(settings.home, purpose), records_beside(settings) as records:
        yield records


@contextmanager
def records_beside(settings: Settings) -> Iterator[Records]:
    """The same in a data folder that is held already."""
    with closing(open_records_at(settings, settings.keep_days)) as records:
        yield records


@contextmanager
def keeping_records(settings: Settings) -> Iterator[Records | None]:
    """The records of a data folder that is held already, purged now and daily; None where nothing is kept.

    Where nothing is kept any more, what was kept before is deleted.
    """
    if settings.keep_days == 0:
        if settings.records != IN_FOLDER or DataFolder(settings.home).records.exists():
            with closing(open_records_at(settings, 0)) as former:
                former.purge()
        yield None
        return
    with records_beside(settings) as records, purged_daily(records):
        yield records


@contextmanager
def open_stores(
    settings: Settings, purpose: str, *, fresh_indexes: bool = False, to_answer: bool = False
) -> Iterator[Stores]:
    """Hold the data folder and open what lies in it; `fresh_indexes` throws both indexes away first.

    They are thrown away only when everything that rebuilding them needs is there. With `to_answer` the reader
    begins to load beside what follows, so that the first question waits less.
    """
    with ExitStack() as stack:
        check_places(settings)
        folder = stack.enter_context(hold_data_folder(settings.home, purpose))
        reader = E5Reader(cache_folder=folder.cache)
        if to_answer:
            reader.load_ahead()
        held = stack.enter_context(opened_library(settings))
        stack.enter_context(held.serving(purpose, alone=fresh_indexes))
        model = open_embedder(settings.embedder, cache_folder=folder.cache)
        embedder = stack.enter_context(closing(CachedEmbedder(model, folder.cache / "vectors.sqlite")))
        dictionary = stack.enter_context(closing(ChineseDictionary(folder.cache)))
        indexes = opened_indexes(settings, folder, held, fresh=fresh_indexes)
        keyword_index, vector_index = stack.enter_context(indexes)
        following = held.following(keyword_index, folder, fresh=fresh_indexes)
        catch_up = stack.enter_context(following)
        yield Stores(
            held.library,
            keyword_index,
            vector_index,
            embedder,
            dictionary,
            reader,
            catch_up,
            held.writing,
        )


@contextmanager
def open_claim_checker(settings: Settings, purpose: str) -> Iterator[tuple[ClaimChecker, Embedder]]:
    """Hold the data folder and open a checker of claims on any texts, and the embedder it works with.

    Library and indexes are not touched; vectors lie in a file of their own, which may be deleted at any time.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(hold_data_folder(settings.home, purpose))
        model = open_embedder(settings.embedder, cache_folder=folder.cache)
        embedder = stack.enter_context(closing(CachedEmbedder(model, folder.cache / "claim-vectors.sqlite")))
        dictionary = stack.enter_context(closing(ChineseDictionary(folder.cache)))
        yield ClaimChecker(embedder, dictionary, claim_weights()), embedder


def sentence_checker(stores: Stores, judge: Judge | None = None) -> SentenceChecker:
    """The checker of written sentences over stores that are already open, with the shipped weights.

    A verbatim quotation passes it without a dictionary look-up or an embedding.
    """
    return SentenceChecker(stores.embedder, stores.dictionary, claim_weights(), judge)


@contextmanager
def open_assistant(settings: Settings, purpose: str) -> Iterator[Assistant]:
    """An assistant over the data folder's library.

    Raises EmptyLibrary when nothing is indexed, IndexMismatch or IndexDamaged when the index does not
    belong to the settings or to the library, and what `hold_data_folder` raises.
    """
    with open_stores(settings, purpose, to_answer=True) as stores:
        check_index_matches(stores)
        _check_not_empty(stores.library)
        yield assemble(stores, settings, model=open_model(settings))


@contextmanager
def open_page(settings: Settings, purpose: str, audit: Audit) -> Iterator[tuple[Assistant, Desk]]:
    """An assistant and the maintainers' desk over the same library, which may be empty: the desk can fill it.

    Raises what `open_assistant` raises but for EmptyLibrary.
    """
    with open_stores(settings, purpose, to_answer=True) as stores:
        check_index_matches(stores)
        desk = Desk(stores, Uploads(DataFolder(settings.home).uploads), audit=audit)
        with closing(desk):
            yield assemble(stores, settings, model=open_model(settings)), desk


def open_model(settings: Settings) -> ChatModel | None:
    """The language model that the settings name; None for none. Nothing is asked of it yet.

    Raises SettingsError when its name, address, key or package is not what is needed.
    """
    url = None if settings.model_url == NONE else settings.model_url
    if settings.model == NONE:
        if url is not None:
            raise SettingsError("model_url is set but model is not; name a model, such as openai:NAME.")
        if settings.judge != NONE:
            raise SettingsError("judge is set but model is not; without a model there is nothing to judge.")
        return None
    return ChatModel(settings.model, url, settings.model_timeout)


def _open_judge(settings: Settings) -> Judge | None:
    if settings.judge == NONE:
        return None
    url = None if settings.judge_url == NONE else settings.judge_url
    return judge_of(ChatModel(settings.judge, url, _JUDGED_WITHIN, "judge"), _JUDGED_WITHIN)


def assemble(
    stores: Stores,
    settings: Settings,
    weights: EvidenceWeights | None = None,
    *,
    today: Callable[[], date] = date.today,
    model: LanguageModel | None = None,
    checker: Checker | None = None,
) -> Assistant:
    """An assistant over stores that are already open, with the shipped weights unless others are given.

    `today` is the clock that says which documents are in force; `checker` decides what of the model's
    sentences is shown, that of `sentence_checker` unless another is given.
    """
    weights = weights or evidence_weights()
    search = Search(
        stores.library,
        stores.keyword_index,
        stores.vector_index,
        stores.embedder,
        stores.dictionary,
        Findable(stores.library, InForce(stores.library, today)),
        catch_up=stores.catch_up,
    )
    quoting = Quoting(stores.embedder, stores.reader, stores.dictionary, weights, settings.quotes)
    # Programs have claims on any texts checked; those texts shall not fill the disk.
    kept = stores.embedder
    passing = kept.without_keeping() if isinstance(kept, CachedEmbedder) else kept
    claims = ClaimChecker(passing, stores.dictionary, claim_weights())
    if model is None:
        return Assistant(search, quoting, claims, settings.passages, talk_with(stores.dictionary))
    # The model has its time for a question once: a part to restate it, the rest to word the answer.
    to_restate = _OF_TIME_TO_RESTATE * settings.model_timeout
    restater = ModelRestating(model, stores.dictionary, to_restate)
    evidence = Evidence(stores.embedder, stores.dictionary, claim_weights())
    prose = CheckedProse(
        Drafting(model, evidence),
        checker or sentence_checker(stores, _open_judge(settings)),
        stores.embedder,
        settings.model_tokens,
        settings.model_timeout - to_restate,
    )
    talk = talk_with(stores.dictionary, restater)
    return Assistant(search, quoting, claims, settings.passages, talk, prose)


def _check_not_empty(library: Library) -> None:
    if library.passage_count():
        return
    if library.in_state("arriving"):
        raise EmptyLibrary(
            "An index run did not finish, so no document can be found yet; finish it with: "
            "policy-assistant index PATH"
        )
    raise EmptyLibrary("The library is empty; add documents with: policy-assistant index PATH")
