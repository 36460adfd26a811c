"""No stored or downloaded data can bring code along: nothing is unpickled, no model runs code of its own."""

import ast

import pytest

from tests.source_tree import imports, parsed, room_files

UNPICKLERS = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
LOADERS_OF_OBJECTS = ("langchain_core.load", "langchain.load", "langchain_community")


def calls(path: str) -> list[ast.Call]:
    return [node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("path", sorted(room_files()))
def test_nothing_is_unpickled(path: str) -> None:
    imported = imports(path)

    assert not {name.split(".")[0] for name in imported} & UNPICKLERS
    assert not [name for name in imported if name.startswith(LOADERS_OF_OBJECTS)]


@pytest.mark.parametrize("path", sorted(room_files()))
def test_no_model_brings_code_and_weights_are_read_as_numbers_only(path: str) -> None:
    for call in calls(path):
        given = {word.arg: word.value for word in call.keywords}
        for name in ("trust_remote_code", "allow_pickle", "allow_dangerous_deserialization"):
            value = given.get(name)
            assert value is None or (isinstance(value, ast.Constant) and value.value is False), (
                f"{path}: {name}"
            )
        if ast.unparse(call.func) in ("torch.load", "th.load"):
            safe = given.get("weights_only")
            assert isinstance(safe, ast.Constant), path
            assert safe.value is True, path
        if ast.unparse(call.func).endswith(("SentenceTransformer", ".from_pretrained")):
            code = given.get("trust_remote_code")
            assert code is None or (isinstance(code, ast.Constant) and code.value is False), path
