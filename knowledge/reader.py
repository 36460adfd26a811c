"""The reader: a small cross-encoder that reads a question together with a text and says where it answers.

Trained by `training/` on public questions; int8 ONNX beside this file. Its word vectors are those of
multilingual-e5-small and are looked up in that model's own weights file, so the file holds the layers alone.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.e5_embedder import E5_PACKAGE, E5_SHA256, installed_weights, prepared_text
from knowledge.embedding.e5_pieces import E5Pieces, opened_e5
from knowledge.embedding.weights_hash import check_pinned
from knowledge.errors import EmbedderUnavailable

READER_SHA256 = "df7a5c8808c808589623ad4602e149c58bf57cc15da2e2803445a6584a47ad0c"  # of reader.onnx
_WINDOW = 320  # tokens read together, as in training
_MOST_QUESTION = 64
_MOST_TITLE = 32
_REMEMBERED = 512  # readings, of a few kB: many people ask the same


@dataclass(frozen=True, slots=True)
class TextToRead:
    """A text in sentences, under a title that may be empty."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader says of one text, all in log-odds."""

    answerable: float  # that the text answers the question
    evidence: NDArray[np.float32]  # for each sentence, that it is among those that answer
    short_answer: NDArray[
        np.float32
    ]  # for each sentence, the best short answer in it against there being none


class Reader(Protocol):
    """Reads a question together with texts."""

    @property
    def name(self) -> str:
        """The model and the first 12 hex digits of its sha256."""

    def read(self, question: str, texts: Sequence[TextToRead]) -> list[Reading]:
        """One reading a text, in order."""


def reader_file() -> Path:
    """Where the reader's weights lie."""
    return Path(str(files("knowledge").joinpath("reader.onnx")))


class E5Reader:
    """The reader that ships with this version. Safe to share between threads."""

    def __init__(self, model: Path | None = None, *, cache_folder: Path | None = None) -> None:
        self.name = f"reader:{READER_SHA256[:12]}"
        self._model = model or reader_file()
        self._cache_folder = cache_folder
        self._loaded: _Loaded | None = None
        self._loading = threading.Lock()
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[str, TextToRead], Reading] = OrderedDict()

    def load_ahead(self) -> None:
        """Begin to load the model beside whatever follows; a fault is raised by the first reading."""

        def load() -> None:
            with suppress(EmbedderUnavailable):
                self._ready()

        threading.Thread(target=load, name="reader loads").start()

    def read(self, question: str, texts: Sequence[TextToRead]) -> list[Reading]:
        """One reading a text; the latest ones are remembered.

        The first call loads the model, 0.3 s. Raises EmbedderUnavailable when it cannot be loaded.
        """
        loaded = self._ready()
        with self._lock:
            found = {text: self._known.get((question, text)) for text in texts}
        unread = [text for text, reading in found.items() if reading is None]
        fresh = dict(zip(unread, loaded.read(question, unread), strict=True)) if unread else {}
        with self._lock:
            for text, reading in fresh.items():
                self._known[question, text] = reading
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return [found[text] or fresh[text] for text in texts]

    def _ready(self) -> "_Loaded":
        with self._loading:
            self._loaded = self._loaded or _load(self._model, self._cache_folder)
            return self._loaded


class _Sessions:
    """The model, opened once for each number of processors that a window is run on. Shared by threads."""

    def __init__(self, model: Path) -> None:
        self.processors = len(os.sched_getaffinity(0))  # of this process; fewer than the machine's where held
        self._model = model
        self._opened: dict[int, Any] = {}
        self._reading = 0
        self._lock = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[int]:
        """Say that somebody reads, until the block ends; how many others do when it begins."""
        with self._lock:
            others = self._reading
            self._reading += 1
        try:
            yield others
        finally:
            with self._lock:
                self._reading -= 1

    def on(self, processors: int) -> Any:
        """An onnxruntime session that runs a window on so many."""
        with self._lock:
            if processors not in self._opened:
                self._opened[processors] = _session(self._model, processors)
            return self._opened[processors]


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The model with what its inputs are made from."""

    pieces: E5Pieces
    word_vectors: Callable[[NDArray[np.int64]], NDArray[np.float32]]
    sessions: _Sessions
    threads: ThreadPoolExecutor  # one a processor; questions that are read at the same time share them

    def read(self, question: str, texts: Sequence[TextToRead]) -> list[Reading]:
        written = [question]
        for text in texts:
            written += [text.title, *text.sentences]
        encoded = iter(self.pieces.token_ids([prepared_text(one) for one in written]))
        asked = next(encoded)[:_MOST_QUESTION]
        windows: list[_Window] = []
        for number, text in enumerate(texts):
            title = next(encoded)[:_MOST_TITLE]
            sentences = [next(encoded) for _ in text.sentences]
            windows += _windows(number, asked, title, sentences, self.pieces.vocabulary)
        outputs = self._run(windows)
        return [_reading(number, len(text.sentences), outputs) for number, text in enumerate(texts)]

    def _run(self, windows: "Sequence[_Window]") -> "list[tuple[_Window, float, NDArray[np.float32]]]":
        with self.sessions.reading() as others:
            if len(windows) == 1 and not others:  # 1.5 times as fast on two, for a seventh more work
                return [self._run_one(windows[0], self.sessions.on(self.sessions.processors))]
            # Each on one processor: in a batch the longest would decide the work, and processors that share a
            # window wait for one another.
            return list(self.threads.map(lambda window: self._run_one(window, self.sessions.on(1)), windows))

    def _run_one(self, window: "_Window", session: Any) -> "tuple[_Window, float, NDArray[np.float32]]":
        ids = np.array(window.ids)
        answerable, tokens = session.run(
            None,
            {
                "word_vectors": self.word_vectors(ids)[None],
                "types": np.array([window.types], dtype=np.int64),
                "mask": np.ones((1, len(ids)), dtype=np.int64),
            },
        )
        return window, float(answerable[0]), tokens[0]


@dataclass(frozen=True, slots=True)
class _Window:
    text: int
    ids: list[int]
    types: list[int]
    owners: list[int]  # the sentence of each token, -1 for others


def _windows(
    number: int, asked: list[int], title: list[int], sentences: Sequence[list[int]], vocabulary: Any
) -> list[_Window]:
    """The text's sentences in as few windows as hold them; a sentence longer than a window is cut."""
    start, end = vocabulary.start, vocabulary.end
    head = [start, *asked, end, end]
    types = [0] * len(head)
    if title:
        head += [*title, end]
        types += [1] * (len(title) + 1)
    room = _WINDOW - len(head) - 1
    windows: list[_Window] = []
    inside: list[int] = []
    owners: list[int] = []

    def close() -> None:
        ids = [*head, *inside, end]
        owned = [-1] * len(head) + owners + [-1]
        windows.append(_Window(number, ids, types + [1] * (len(inside) + 1), owned))

    for place, sentence in enumerate(sentences):
        some = sentence[:room]
        if inside and len(inside) + len(some) > room:
            close()
            inside, owners = [], []
        inside += some
        owners += [place] * len(some)
    close()
    return windows


def _reading(
    number: int, sentences: int, outputs: "Sequence[tuple[_Window, float, NDArray[np.float32]]]"
) -> Reading:
    mine = [output for output in outputs if output[0].text == number]
    evidence = np.full(sentences, -12.0, dtype=np.float32)  # a sentence without a token says nothing
    short = np.full(sentences, -24.0, dtype=np.float32)
    for window, _answerable, tokens in mine:
        owners = np.array(window.owners)
        none = tokens[0, 0] + tokens[0, 1]  # the first token stands for "no short answer"
        for place in {owner for owner in window.owners if owner >= 0}:
            own = tokens[owners == place]
            evidence[place] = own[:, 2].mean()
            # The best end at or after each beginning.
            best_end = np.maximum.accumulate(own[::-1, 1])[::-1]
            short[place] = (own[:, 0] + best_end).max() - none
    return Reading(max(answerable for _window, answerable, _tokens in mine), evidence, short)


def _load(model: Path, cache_folder: Path | None) -> _Loaded:
    sessions = _Sessions(model)
    sessions.on(sessions.processors)  # first, as it leaves the interpreter to others
    weights_file = installed_weights()
    check_pinned(weights_file, E5_SHA256, package=E5_PACKAGE, cache_folder=cache_folder)
    weights, pieces = opened_e5(weights_file)
    word_vectors = weights.rows("emb.word", weights.shape.hidden)
    threads = ThreadPoolExecutor(sessions.processors, thread_name_prefix="reader")
    return _Loaded(pieces, word_vectors, sessions, threads)


def _session(model: Path, processors: int) -> Any:
    import onnxruntime  # type: ignore[import-untyped]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = processors
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # others want the processors
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as fault:
        raise EmbedderUnavailable(f"The reader {model} cannot be loaded: {fault}") from fault
