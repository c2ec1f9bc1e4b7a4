"""Every error that newsdash raises on purpose: one root, a short title and one clear sentence.

The screen shows ``title`` and ``message``; the command line prints ``message`` on stderr. Anything that is
not a :class:`NewsdashError` is a bug.
"""

from __future__ import annotations


class NewsdashError(Exception):
    """Something the user should read: ``title`` in a few words, ``message`` in one sentence."""

    title = "Something went wrong"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message


class SeedError(NewsdashError):
    """A seed file that cannot become an article; the message names the file and the reason."""

    title = "File not taken in"


class StoreError(NewsdashError):
    """The store cannot be opened, read or written; what was stored stays as it was."""

    title = "Store"


class ReadOnlyError(StoreError):
    """A change was asked of a store that is open for reading only."""

    title = "Read-only"


class FeedError(NewsdashError):
    """A feed that cannot be fetched or understood; the message gives the reason in words."""

    title = "Feed"

    def __init__(self, message: str, *, status: int = 0, retry_after: float | None = None, gone: bool = False) -> None:
        super().__init__(message)
        self.status = status
        """The HTTP status that was the reason, or 0."""
        self.retry_after = retry_after
        """Seconds that the server asked us to wait, if it did."""
        self.gone = gone
        """True when the server said 410: the feed ended for good."""


class FollowedError(FeedError):
    """A feed that was to be added is followed already, as number ``feed_id``, perhaps in another spelling."""

    def __init__(self, message: str, feed_id: int) -> None:
        super().__init__(message)
        self.feed_id = feed_id


class NotAFeedError(FeedError):
    """The document was fetched and is no feed (an HTML page, an empty body, something else)."""

    title = "Not a feed"


class QueryError(NewsdashError):
    """A search that cannot be understood; ``position`` is the offset of the trouble in the query."""

    title = "Search"

    def __init__(self, message: str, position: int = 0) -> None:
        super().__init__(message)
        self.position = position


class ConfigError(NewsdashError):
    """A configuration or command-line value that is not allowed."""

    title = "Configuration"


class NotFoundError(NewsdashError):
    """Something named by the user that the store does not have."""

    title = "Not found"


class Cancelled(NewsdashError):  # noqa: N818 - not an error to the user: the work was stopped as asked
    """Raised inside long work when the user cancelled it; what had arrived is kept."""

    title = "Cancelled"

    def __init__(self, message: str = "Cancelled.") -> None:
        super().__init__(message)
