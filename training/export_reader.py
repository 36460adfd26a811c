"""Write the trained reader as int8 ONNX: `python -m training.export_reader FOLDER/reader.pt TARGET.onnx`.

Word vectors come in from outside, so the file holds the encoder's layers and the two heads alone. Weights
are 8-bit integers a channel; activations are quantised as they come (dynamic quantisation).
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]

from knowledge.embedding.e5_embedder import installed_weights
from knowledge.embedding.e5_weights import read_e5_weights
from training.reader_model import Reader

OPSET = 18


def main(words: Sequence[str] | None = None) -> int:
    """Export and say how large the file is."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args(words)
    model = Reader(read_e5_weights(installed_weights()))
    trained = torch.load(options.trained, weights_only=True)
    missing, unexpected = model.load_state_dict(trained, strict=False)
    if unexpected or any("word_embeddings" not in name for name in missing):
        raise ValueError(f"{options.trained} holds another model: {missing} {unexpected}")
    model.eval()
    example = (
        torch.zeros(2, 24, 384),
        torch.zeros(2, 24, dtype=torch.long),
        torch.ones(2, 24, dtype=torch.long),
    )
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "reader.onnx"
        torch.onnx.export(
            model,
            example,
            str(whole),
            input_names=["word_vectors", "types", "mask"],
            output_names=["answerable", "tokens"],
            dynamic_axes={
                "word_vectors": {0: "b", 1: "t"}, "types": {0: "b", 1: "t"}, "mask": {0: "b", 1: "t"},
                "answerable": {0: "b"}, "tokens": {0: "b", 1: "t"},
            },
            opset_version=OPSET,
            dynamo=False,
        )  # fmt: skip
        quantize_dynamic(whole, options.target, weight_type=QuantType.QInt8, per_channel=True)
    sys.stdout.write(f"{options.target}: {options.target.stat().st_size / 1e6:.1f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
