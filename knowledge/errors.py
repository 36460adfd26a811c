"""What can go wrong while reading, storing and searching documents.

KnowledgeError                  a sentence that names the thing and the remedy; never a bug in this code
├── UnreadableFile              the file's fault: empty, binary, unknown encoding, too large
├── NothingToIndex              the caller's: the path is missing or holds no document
├── CatalogError                the catalogue's: a line or key that cannot be understood
├── DataFolderBusy              another process holds the data folder
├── DataFolderUnusable          no permission, disk full, not a folder
├── BackupUnusable              a backup that is damaged, of another kind, or has nowhere to go
├── LibraryTooNew               the library was made by a newer version of the software
├── ServerUnreachable           a server of the library or of the vectors does not answer
├── LibraryBusy                 another process changes the shared library, or serves what is to be rebuilt
├── BadAddress                  the administrator's: an address of a server that cannot be one
├── IndexMismatch               the index was built with another embedder or other cutting parameters
├── IndexDamaged                an index does not hold what the library says; re-index
├── EmbedderUnavailable         the embedder's files are missing or are not the pinned ones
└── DictionaryUnavailable       the dictionary's file is missing or is not the pinned one

`str(error)` is the whole message for a user, and `chinese` the same in Chinese; nothing else needs to be
shown.
"""


class KnowledgeError(Exception):
    """Base of every error that a user of this package can meet and mend.

    `chinese` is the same sentence for a Chinese page, where the error is shown on one; empty elsewhere.
    """

    def __init__(self, sentence: str, chinese: str = "") -> None:
        super().__init__(sentence)
        self.chinese = chinese


class UnreadableFile(KnowledgeError):
    """A file that cannot be read as a document; the other files of the run are not affected."""


class NothingToIndex(KnowledgeError):
    """A path that does not exist or holds no document of a known format."""


class CatalogError(KnowledgeError):
    """A catalog.toml that cannot be understood."""


class DataFolderBusy(KnowledgeError):
    """Another process holds the data folder."""


class DataFolderUnusable(KnowledgeError):
    """The data folder cannot be written or read."""


class BackupUnusable(KnowledgeError):
    """A backup that cannot be written, or read, or put where it should go."""


class LibraryTooNew(KnowledgeError):
    """The library was written by a newer version of the software."""


class ServerUnreachable(KnowledgeError):
    """A server that holds the library or the vectors does not answer; it may do so a moment later."""


class LibraryBusy(KnowledgeError):
    """Another process does with the shared library what only one may do at a time."""


class BadAddress(KnowledgeError):
    """An address of a server that cannot be one, or that holds a secret."""


class IndexMismatch(KnowledgeError):
    """The index was built with another embedder or with other cutting parameters."""


class IndexDamaged(KnowledgeError):
    """An index does not hold what the library says it holds."""


class EmbedderUnavailable(KnowledgeError):
    """The embedder's weights are missing or are not the ones that are pinned."""


class DictionaryUnavailable(KnowledgeError):
    """The dictionary's entries are missing or are not the ones that are pinned."""
