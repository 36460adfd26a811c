"""Write the graph by which questions are embedded: `python -m training.export_question_layers [TARGET.onnx]`.

The graph is that of multilingual-e5-small behind its word vectors: twelve BERT layers, the mean over all
tokens, length 1. It holds no weights. Whoever opens it gives them, as they lie in the embedder's own file, in
blocks of 32 weights of 4 bits; onnxruntime multiplies by those blocks as they are (MatMulNBits).
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onnx import ModelProto, NodeProto, TensorProto, helper

from knowledge.embedding.e5_layers import graph_file
from knowledge.embedding.e5_weights import E5Shape

_FUSED = "com.microsoft"  # onnxruntime's own operators
_BLOCK = 32
_E5_SMALL = E5Shape(384, 12, 12, 1536, 250037, 512, 2, 1e-12)


class _Graph:
    """Nodes one after the other, each result under the name it is given."""

    def __init__(self, shape: E5Shape) -> None:
        self.shape = shape
        self.nodes: list[NodeProto] = []
        self.given: list[TensorProto] = []

    def add(self, operator: str, inputs: list[str], result: str, **attributes: Any) -> str:
        domain = "" if operator in ("Add", "LayerNormalization", "ReduceMean", "LpNormalization") else _FUSED
        self.nodes.append(helper.make_node(operator, inputs, [result], domain=domain, **attributes))
        return result

    def weights(self, name: str, dimensions: list[int], kind: int) -> str:
        """A tensor whose values are given when the graph is opened."""
        tensor = TensorProto(name=name, data_type=kind, dims=dimensions, data_location=TensorProto.EXTERNAL)
        tensor.external_data.add(key="location", value="given")
        self.given.append(tensor)
        return name

    def floats(self, name: str, *dimensions: int) -> str:
        return self.weights(name, list(dimensions), TensorProto.FLOAT)

    def multiplied(self, states: str, name: str, inputs: int, outputs: int, result: str) -> str:
        """The states times a weight matrix of 4 bits, without its bias."""
        blocks = inputs // _BLOCK
        packed = self.weights(f"{name}.blocks", [outputs, blocks, _BLOCK // 2], TensorProto.UINT8)
        scales = self.floats(f"{name}.scales", outputs * blocks)
        # Level 4: what is multiplied is rounded to 8 bits, as the package's own engine does.
        settings = {"K": inputs, "N": outputs, "bits": 4, "block_size": _BLOCK, "accuracy_level": 4}
        return self.add("MatMulNBits", [states, packed, scales], result, **settings)

    def joined(self, made: str, before: str, bias: str, norm: str, result: str) -> str:
        """What a part of a layer made, added to what went into it, and normalised."""
        hidden = self.shape.hidden
        inputs = [made, before, *(self.floats(f"{norm}.{kind}", hidden) for kind in "wb")]
        inputs.append(self.floats(bias, hidden))
        epsilon = self.shape.layer_norm_epsilon
        return self.add("SkipLayerNormalization", inputs, result, epsilon=epsilon)


def question_layers(shape: E5Shape) -> ModelProto:
    """The model: word, position and type vectors added up, (1, t, hidden) -> the vector (1, hidden)."""
    graph, hidden, wide = _Graph(shape), shape.hidden, shape.feed_forward
    first = ["embedded", *(graph.floats(f"emb.ln.{kind}", hidden) for kind in "wb")]
    states = graph.add("LayerNormalization", first, "states", epsilon=shape.layer_norm_epsilon)
    for layer in (f"l{number}" for number in range(shape.layers)):
        looked = []
        for part in "qkv":
            made = graph.multiplied(states, f"{layer}.{part}.w", hidden, hidden, f"{layer}.{part}.made")
            bias = graph.floats(f"{layer}.{part}.b", hidden)
            looked.append(graph.add("Add", [made, bias], f"{layer}.{part}"))
        seen = graph.add("MultiHeadAttention", looked, f"{layer}.seen", num_heads=shape.heads)
        made = graph.multiplied(seen, f"{layer}.ao.w", hidden, hidden, f"{layer}.ao.made")
        middle = graph.joined(made, states, f"{layer}.ao.b", f"{layer}.aln", f"{layer}.middle")
        made = graph.multiplied(middle, f"{layer}.fi.w", hidden, wide, f"{layer}.fi.made")
        bent = graph.add("BiasGelu", [made, graph.floats(f"{layer}.fi.b", wide)], f"{layer}.bent")
        made = graph.multiplied(bent, f"{layer}.fo.w", wide, hidden, f"{layer}.fo.made")
        states = graph.joined(made, middle, f"{layer}.fo.b", f"{layer}.oln", f"{layer}.states")
    mean = graph.add("ReduceMean", [states], "mean", axes=[1], keepdims=0)
    graph.add("LpNormalization", [mean], "vector", axis=-1, p=2)
    tokens = helper.make_tensor_value_info("embedded", TensorProto.FLOAT, [1, "tokens", hidden])
    vector = helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, hidden])
    whole = helper.make_graph(graph.nodes, "multilingual-e5-small", [tokens], [vector], graph.given)
    operators = [helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)]
    return helper.make_model(whole, opset_imports=operators, ir_version=8, producer_name="policy-assistant")


def main(words: Sequence[str] | None = None) -> int:
    """Write the graph where the embedder looks for it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("target", type=Path, nargs="?", default=graph_file())
    target: Path = parser.parse_args(words).target
    target.write_bytes(question_layers(_E5_SMALL).SerializeToString(deterministic=True))
    sys.stdout.write(f"{target}: {target.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
