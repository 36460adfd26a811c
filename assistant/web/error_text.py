"""An error as the sentence that a page shows, in the language of the page."""

from assistant.errors import AssistantError, Busy, TooManyQuestions
from assistant.web.words import Words
from knowledge.errors import (
    DataFolderUnusable,
    DictionaryUnavailable,
    EmbedderUnavailable,
    IndexDamaged,
    IndexMismatch,
    KnowledgeError,
    ServerUnreachable,
)

# What can go wrong with a question once the page is served; the English sentence is the error's own.
_KEYS: dict[type[KnowledgeError], str] = {
    DataFolderUnusable: "ask_folder_unusable",
    ServerUnreachable: "ask_server_unreachable",
    IndexDamaged: "ask_index_damaged",
    IndexMismatch: "ask_index_damaged",
    EmbedderUnavailable: "ask_model_files_missing",
    DictionaryUnavailable: "ask_model_files_missing",
}


def error_text(error: AssistantError | KnowledgeError, words: Words) -> str:
    """The error's own sentence on an English page; on a Chinese one its Chinese, or that of its kind."""
    if isinstance(error, TooManyQuestions):
        return words("people_too_many_questions", limit=error.limit, seconds=error.seconds)
    if isinstance(error, Busy):
        return words("running_stopping" if error.stopping else "running_busy")
    if words.language == "en":
        return str(error)
    if error.chinese or isinstance(error, AssistantError):
        return error.chinese or words("failed")
    return words(next((key for kind, key in _KEYS.items() if isinstance(error, kind)), "failed"))
