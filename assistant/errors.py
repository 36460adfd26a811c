"""What can go wrong between a person and an answer.

AssistantError                  a sentence for the person who asked or started the program
├── BadQuestion                 the asker's: empty or too long
├── NoSuchDocuments             the asker's: filters that no document passes
├── EmptyLibrary                nothing has been indexed yet
├── SettingsError               an unknown key, a wrong value, an unreadable settings file
├── ReceiptUnreadable           a file that is no receipt, or one that was damaged or edited
├── TaskFileError               a file of tasks or claims that is not what it should be: see `json_lines`
├── DeskBusy                    the desk has more work waiting than it takes
├── NotAtTheDesk                a document that is not there, not as it was, or not for this person
├── CannotServe                 the page cannot start: port in use, host not allowed
├── PeopleError                 the administrator's: a file of users or tokens, a name that is not there
│   └── SessionsUnreachable     log-ins are on a server that does not answer
├── LogInRefused                nobody comes in so: wrong name or password, or not let in by the provider
│   └── TooManyAttempts         too many wrong ones within a minute; `seconds` says when to try again
├── ProviderFault               the OpenID Connect provider did not answer as it should
├── TooManyQuestions            a person's questions of a minute are used up; `seconds` as above
├── Busy                        too many ask at once, or the program is being stopped: try again
├── RecordsUnusable             the file of conversations is damaged, full, locked or too new
└── ModelFault                  the language model did not answer; the answer is then in quotes

Expected ends of a question (not in the documents, out of scope) are not errors: see `answer.Outcome`.
What goes wrong with documents and indexes is in `knowledge.errors`.
"""


class AssistantError(Exception):
    """Base of every error whose text may be shown as it is.

    `chinese` is the same sentence for a Chinese page; it is empty for what only those meet who start or run
    the program.
    """

    def __init__(self, sentence: str, chinese: str = "") -> None:
        super().__init__(sentence)
        self.chinese = chinese


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


class PeopleError(AssistantError):
    """What is written down about people cannot be read or changed as asked."""


class SessionsUnreachable(PeopleError):
    """Who has logged in cannot be looked up now; it may be a moment later."""


class LogInRefused(AssistantError):
    """A log-in that is not let in; the sentence does not say whether there is such a name."""

    def __init__(self, sentence: str, reason: str = "wrong") -> None:
        super().__init__(sentence)
        self.reason = reason  # under which the page has a sentence in its own language


class TooManyAttempts(LogInRefused):
    """Log-ins that were wrong too often within a minute."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many attempts to log in; try again in {seconds} seconds.", "too_many")
        self.seconds = seconds


class ProviderFault(AssistantError):
    """The OpenID Connect provider gave nothing that can be used; nothing that it sent stands in the text."""


class TooManyQuestions(AssistantError):
    """More questions within a minute than one person may ask."""

    def __init__(self, limit: int, seconds: int) -> None:
        super().__init__(f"You may ask {limit} questions a minute; ask again in {seconds} seconds.")
        self.limit = limit
        self.seconds = seconds


class Busy(AssistantError):
    """A question that is not taken on now; the same one may be, `retry_after` seconds later."""

    def __init__(self, sentence: str, retry_after: int = 1, *, stopping: bool = False) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after
        self.stopping = stopping


class DeskBusy(AssistantError):
    """The desk takes no more work now."""


class NotAtTheDesk(AssistantError):
    """A document with which that cannot be done."""


class ReceiptUnreadable(AssistantError):
    """A file that cannot be taken for a receipt."""


class RecordsUnusable(AssistantError):
    """What is kept of conversations cannot be read or written."""


class ModelFault(AssistantError):
    """The language model gave nothing that can be used; `reason` is a clause of our own words.

    Nothing that a server sent stands in it, so that no key and no foreign text travels with an error.
    """

    def __init__(self, reason: str, *, retryable: bool = False, wrote: bool = False) -> None:
        super().__init__(f"The language model gave no answer: {reason}.")
        self.reason = reason
        self.retryable = retryable  # the same request may succeed a moment later
        self.wrote = wrote  # it did write, but not what can be used
