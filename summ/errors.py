"""The one error tree of summ.

    SummError                    1
    ├── UsageError               2   a flag or argument that can't be meant
    ├── InputError               3   an article that can't be read
    │   └── NotAReportError          JSON that is no report of summ
    ├── ConfigError              3   a setting, or the set-up, that can't be used
    ├── PromptError              3   a prompt file that can't be used
    ├── EndpointError            4   no usable answer from the other side
    │   ├── AuthError                the key is missing or refused
    │   ├── UnknownModelError        the endpoint does not know the model
    │   ├── ContextTooLongError      the request is larger than the model's context
    │   ├── RateLimitedError         too many requests, or no quota left
    │   ├── EndpointTimeoutError     the wall-clock deadline of a call has passed
    │   ├── UnreachableError         no connection, or it broke
    │   ├── EndpointDownError        it has failed so often that nothing more is sent
    │   └── FetchError               a model file could not be fetched or verified
    ├── ReplyError               5   an answer that can't be used
    │   ├── RefusalError             the model declined
    │   ├── EmptyReplyError          no text in it
    │   ├── TruncatedReplyError      cut at the token limit
    │   └── MalformedReplyError      not the JSON that was asked for
    ├── CapReachedError          6   --max-cost, --max-calls or --max-tokens allows no more
    ├── ChecksFailedError        7   --strict or verify, and a check fails
    ├── PartFailedError          8   some of several inputs failed
    └── OutputError              9   the result could not be written

Every message is one sentence for the person at the keyboard; `hint`, when there is
one, says what to do. Neither ever holds a key or the text of an article.
"""

from __future__ import annotations

from typing import ClassVar


class SummError(Exception):
    """Root of the tree: carries what happened, what to do, and the exit code.

    Attributes:
        exit_code: the process's exit code, 1 to 9, documented in README.
        hint: what the user can do about it; may be empty.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the sentence (`message`) and the advice (`hint`)."""
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Message and hint as one line."""
        return f"{self.message} {self.hint}".strip()


class UsageError(SummError):
    """A flag or argument that can't be meant."""

    exit_code = 2


class InputError(SummError):
    """An article that can't be read: missing, empty, binary, undecodable."""

    exit_code = 3


class NotAReportError(InputError):
    """JSON that does not meet the schema of a report.

    Attributes:
        pointer: JSON Pointer to what is wrong; empty for the document itself.
    """

    def __init__(self, message: str, hint: str = "", pointer: str = "") -> None:
        """Keep the sentence, the advice and the place."""
        super().__init__(message, hint)
        self.pointer = pointer


class ConfigError(SummError):
    """A setting that can't be used, or a part of the set-up that is missing."""

    exit_code = 3


class PromptError(SummError):
    """A prompt file that is missing, malformed, or lacks a variable."""

    exit_code = 3


class EndpointError(SummError):
    """The endpoint refused, failed, or gave no answer that counts.

    Attributes:
        status: HTTP status, or None when no response came.
        retry_after: seconds that the server asked us to wait, or None.
    """

    exit_code = 4

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        """Keep the HTTP status and the server's wish beside the sentence."""
        super().__init__(message, hint)
        self.status = status
        self.retry_after = retry_after


class AuthError(EndpointError):
    """The key is missing, or the endpoint refused it."""


class UnknownModelError(EndpointError):
    """The endpoint does not know the model."""


class ContextTooLongError(EndpointError):
    """The request is larger than the model's context."""


class RateLimitedError(EndpointError):
    """Too many requests, or no quota left."""


class EndpointTimeoutError(EndpointError):
    """The wall-clock deadline of a call has passed."""


class UnreachableError(EndpointError):
    """No connection could be made, or it broke."""


class EndpointDownError(EndpointError):
    """The endpoint has failed so often, or in such a way, that nothing more is sent to it."""


class FetchError(EndpointError):
    """A model file could not be fetched, or is not the file it should be."""


class ReplyError(SummError):
    """An answer that can't be used, after repair.

    Attributes:
        text: what the model wrote, for repair; never shown as it is.
        usage: a `summ.model.Usage` of the calls that led here; None when not known. (Of
            no closer type: this module knows nothing of summ's values.)
        replies: keys of what the model wrote, in the store of replies.
    """

    exit_code = 5

    def __init__(self, message: str, hint: str = "", *, text: str = "") -> None:
        """Keep the reply's text for one attempt at repair."""
        super().__init__(message, hint)
        self.text = text
        self.usage: object = None
        self.replies: tuple[bytes, ...] = ()


class RefusalError(ReplyError):
    """The model declined to answer."""


class EmptyReplyError(ReplyError):
    """The reply holds no text."""


class TruncatedReplyError(ReplyError):
    """The reply was cut at the token limit."""


class MalformedReplyError(ReplyError):
    """The reply is not the JSON that was asked for."""


class CapReachedError(SummError):
    """A cap of the user's allows no further call; what is finished is kept."""

    exit_code = 6


class ChecksFailedError(SummError):
    """With `--strict`: a check still fails."""

    exit_code = 7


class PartFailedError(SummError):
    """Some of several inputs failed; the others are done."""

    exit_code = 8


class OutputError(SummError):
    """The result could not be written."""

    exit_code = 9
