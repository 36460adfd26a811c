"""The graph that embeds questions is the one that its exporter writes."""

from pathlib import Path

from knowledge.embedding.e5_layers import graph_file
from training.export_question_layers import main


def test_the_graph_that_ships_is_the_exported_one(tmp_path: Path) -> None:
    assert main([str(tmp_path / "again.onnx")]) == 0

    assert (tmp_path / "again.onnx").read_bytes() == graph_file().read_bytes()
