"""The rules of HTTP that a reader of feeds needs, as pure functions: addresses, redirects, headers, statuses."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from store.errors import FeedError

LONGEST_WAIT = 86400.0
"""Most seconds that a Retry-After header is obeyed for (one day)."""
LONGEST_VALIDATOR = 1024
"""An ETag or Last-Modified longer than this is dropped: it would only make the next request fail."""
LONGEST_HEADER = 8192
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
GOOD = frozenset({200, 203, 226})

# --- addresses ------------------------------------------------------------------------------------------------


def split_web(url: str) -> SplitResult:
    """The parts of an http(s) address; FeedError naming the scheme when it is another."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise FeedError("The address cannot be understood.") from None
    if parts.scheme not in ("http", "https"):
        scheme = "".join(char for char in parts.scheme if char.isalnum())[:20]
        raise FeedError(f"Addresses that begin with {scheme}: are not opened, only http and https.")
    if not parts.hostname:
        raise FeedError("The address names no host.")
    return parts


def without_credentials(url: str) -> tuple[str, str]:
    """An http(s) address without the ``user:password`` in it, and that; FeedError when it is no web address."""
    parts = split_web(url)
    userinfo, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=host, fragment="")), userinfo


def redirect_target(url: str, location: str) -> str:
    """Where a Location header leads, absolute, without user and password; FeedError when it is not to be followed."""
    location = header_text(location)
    if not location:
        raise FeedError("The server redirects without saying where to.")
    try:
        target = urljoin(url, quote(location, safe="%/:=&?~#+!$,;'@()*[]|"))
    except ValueError:
        raise FeedError("The server redirects to an address that cannot be understood.") from None
    return without_credentials(target)[0]


# --- headers --------------------------------------------------------------------------------------------------


def header_text(value: str) -> str:
    """A header's value, of a bounded length: UTF-8 where it is that, control characters out."""
    value = value[:LONGEST_HEADER]
    try:
        value = value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        pass
    return "".join(char for char in value if char.isprintable()).strip()


def usable_validator(value: str) -> str:
    """An ETag or Last-Modified that can be sent back, or ''."""
    return value if len(value) <= LONGEST_VALIDATOR and value.isascii() and value.isprintable() else ""


def retry_after(value: str, now: datetime | None = None) -> float | None:
    """Seconds to wait by a Retry-After header (RFC 9110, 10.2.3), at most a day; None when it says nothing usable."""
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return min(float(value[:12]), LONGEST_WAIT)
    try:
        when = parsedate_to_datetime(value)
        seconds = (when.replace(tzinfo=when.tzinfo or UTC) - (now or datetime.now(UTC))).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(seconds, LONGEST_WAIT) if seconds > 0 else None


def refused(status: int, retry: str, *, asked: bool) -> FeedError:
    """The error that a status other than success stands for."""
    wait = retry_after(retry)
    match status:
        case HTTPStatus.UNAUTHORIZED:
            message = "The name or password was not accepted (401)." if asked else "The feed needs a password (401)."
        case HTTPStatus.FORBIDDEN:
            message = "The server does not allow this feed to be read (403)."
        case HTTPStatus.NOT_FOUND:
            message = "There is nothing at this address (404)."
        case HTTPStatus.GONE:
            message = "The feed has ended: the server says it is gone for good (410)."
        case HTTPStatus.TOO_MANY_REQUESTS:
            message = "The server asks to be read less often (429)."
        case _:
            message = f"The server answered with status {status}{_phrase(status)}."
    return FeedError(message, status=status, retry_after=wait, gone=status == HTTPStatus.GONE)


def _phrase(status: int) -> str:
    try:
        return f" ({HTTPStatus(status).phrase})"
    except ValueError:
        return ""
