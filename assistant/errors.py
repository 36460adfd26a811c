"""What can go wrong between a person and an answer.

AssistantError                  a sentence for the person who asked or started the program
├── BadQuestion                 the asker's: empty or too long
├── NoSuchDocuments             the asker's: filters that no document passes
├── EmptyLibrary                nothing has been indexed yet
├── SettingsError               an unknown key, a wrong value, an unreadable settings file
├── ReceiptUnreadable           a file that is no receipt, or one that was damaged or edited
├── TaskFileError               a file of tasks or claims that is not what it should be: see `json_lines`
├── CannotServe                 the page cannot start: port in use, host not allowed
├── Busy                        too many ask at once; `retry_after` says when to ask again
├── TooManyQuestions            a person's questions of a minute are used up; `seconds` says when to try again
└── ModelFault                  the language model did not answer; the answer is then in quotes

Expected ends of a question (not in the documents, out of scope) are not errors: see `answer.Outcome`.
What goes wrong with documents and indexes is in `knowledge.errors`.
"""


class AssistantError(Exception):
    """Base of every error whose text may be shown as it is."""


class BadQuestion(AssistantError):
    """A question that cannot be answered as it was sent."""


class NoSuchDocuments(AssistantError):
    """Filters that no document passes."""


class EmptyLibrary(AssistantError):
    """There is no document to answer from."""


class SettingsError(AssistantError):
    """A setting that cannot be understood."""


class CannotServe(AssistantError):
    """The page cannot be served as asked."""


class Busy(AssistantError):
    """No place is left in the queue of questions; `retry_after` is in seconds."""

    def __init__(self, sentence: str, retry_after: int = 1) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class TooManyQuestions(AssistantError):
    """More questions within a minute than one person may ask."""

    def __init__(self, limit: int, seconds: int) -> None:
        super().__init__(f"You may ask {limit} questions a minute; ask again in {seconds} seconds.")
        self.limit = limit
        self.seconds = seconds


class ReceiptUnreadable(AssistantError):
    """A file that cannot be taken for a receipt."""


class ModelFault(AssistantError):
    """The language model gave nothing that can be used; `reason` is a clause of our own words.

    Nothing that a server sent stands in it, so that no key and no foreign text travels with an error.
    """

    def __init__(self, reason: str, *, retryable: bool = False, wrote: bool = False) -> None:
        super().__init__(f"The language model gave no answer: {reason}.")
        self.reason = reason
        self.retryable = retryable  # the same request may succeed a moment later
        self.wrote = wrote  # it did write, but not what can be used
