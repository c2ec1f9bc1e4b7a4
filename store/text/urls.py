"""Addresses: which may be opened, how they are shown, when two mean the same feed (RFC 3986, RFC 3987)."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from store.errors import FeedError
from store.text.clean import clean_line, strip_controls
from store.text.origin import DEFAULT_PORTS, ascii_host

MAX_LENGTH = 4096
_WEB = ("http://", "https://")
_OPENABLE = (*_WEB, "mailto:")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,30}:", re.IGNORECASE)
_FEED_SCHEME = re.compile(r"feeds?:", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"[^/?#:@]+:\d{1,5}(?:[/?#]|$)")
_INVISIBLE = re.compile(r"[\s\x00-\x20\x7f-\xa0]")
_PARTS = re.compile(r"(\w+://)([^/?#]*)(.*)", re.DOTALL)
_PLAIN_URL = re.compile(r"(https?://[a-z0-9-]{1,200}(?:\.[a-z0-9-]{1,200}){0,8})(?:/[!-~]{0,1000})?")
_PLAIN_PATH = re.compile(r"/(?![/.])(?:[\w.~%+-]|/(?!\.)){0,500}(?:\?[\w.~%+=&/-]{1,500})?", re.ASCII)
"""Addresses that need no work, which most are: whole ones, and paths that do not go up or round."""
_NEVER_IN_A_HOST = re.compile(r"[\"'<>\\^`{|}%&$;()]")


def is_web(url: str) -> bool:
    """True for an absolute http or https address with a host."""
    if not url[:8].lower().startswith(_WEB) or len(url) > MAX_LENGTH or _INVISIBLE.search(url):
        return False
    return bool(_host(url))


def absolute(base: str, url: str) -> str:
    """``url`` as an absolute http, https or mailto address, seen from ``base``; '' for every other kind.

    Whitespace at the ends and newlines and tabs inside are dropped, as browsers do; other spaces are encoded.
    Scheme and host are in lower case; a name and password are dropped, which links in a text have no use for.
    """
    if _PLAIN_URL.fullmatch(url):
        return url
    if _PLAIN_PATH.fullmatch(url) and (root := _root(base)):
        return root + url
    if len(url) > MAX_LENGTH:
        return ""
    url = strip_controls(url.replace("\n", "").replace("\r", "").replace("\t", "")).strip()
    if not url:
        return ""
    if not url.lower().startswith(_OPENABLE):
        if _SCHEME.match(url) or not base:
            return ""
        try:
            url = urljoin(base, url)
        except ValueError:
            return ""
    url = _INVISIBLE.sub(lambda space: quote(space[0]), url)
    if url[:7].lower() == "mailto:":
        return url if "@" in url else ""
    parts = _PARTS.fullmatch(url)
    if parts is None:
        return ""
    url = f"{parts[1].lower()}{parts[2].rpartition('@')[2].lower()}{parts[3]}"
    return url if is_web(url) else ""


@lru_cache(maxsize=64)
def _root(base: str) -> str:
    """Scheme and host of a web address; '' for any other, and for a very long one."""
    if plain := _PLAIN_URL.fullmatch(base):
        return plain[1]
    # Not "/": that is one of the addresses which are joined to what this gives.
    return absolute(base, "/?").rstrip("/") if len(base) < 1000 else ""


def split_credentials(url: str) -> tuple[str, str]:
    """The address without user and password, and those two as ``user:password`` ('' when there are none)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url, ""
    credentials, at, host = parts.netloc.rpartition("@")
    if not at:
        return url, ""
    return urlunsplit(parts._replace(netloc=host)), credentials


def shown(url: str) -> str:
    """The address as a reader may see it: no password, no control characters, one line."""
    return clean_line(split_credentials(url)[0])


def same_feed(url: str) -> str:
    """A key that is equal for addresses that mean one feed.

    Not seen: http or https, case of scheme and host, the default port, a slash at the end, user, fragment.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS:
        return url.strip()
    host = ascii_host(parts.hostname or "")
    if port and port != DEFAULT_PORTS[scheme]:
        host += f":{port}"
    return urlunsplit(("", host, parts.path.rstrip("/"), parts.query, ""))


def normalise(user_typed: str) -> str:
    """What the user typed as an address that can be fetched: ``https://`` added, host in ASCII (IDNA).

    Raises :class:`FeedError` with a sentence for what is no http or https address. User and password stay.
    """
    typed = clean_line(user_typed).strip("<>\"'“”‘’ ")
    name = shown(typed)[:80]
    if not typed:
        raise FeedError("There is no address to add.")
    if len(typed) > MAX_LENGTH:
        raise FeedError(f"The address is longer than {MAX_LENGTH} characters.")
    if scheme := _FEED_SCHEME.match(typed):
        typed = typed[scheme.end() :].removeprefix("//")
    if typed.startswith("//"):
        typed = "https:" + typed
    if not typed.lower().startswith(_WEB):
        scheme = _SCHEME.match(typed)
        if scheme and not _HOST_AND_PORT.match(typed):
            raise FeedError(f"Only http and https addresses can be followed, not {scheme[0][:-1].lower()}: {name}")
        typed = "https://" + typed
    try:
        parts = urlsplit(typed)
        port = parts.port
    except ValueError:
        raise FeedError(f"This is not an address that can be fetched: {name}") from None
    host = ascii_host(parts.hostname or "")
    if not _plausible_host(host):
        raise FeedError(f"This is not an address that can be fetched: {name}")
    credentials = parts.netloc.rpartition("@")[0]
    netloc = (f"{credentials}@" if credentials else "") + host + (f":{port}" if port is not None else "")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]")
    return urlunsplit((parts.scheme.lower(), netloc, path, query, ""))


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for a port that is no number
        host = parts.hostname or ""
    except ValueError:
        return ""
    return "" if _NEVER_IN_A_HOST.search(host) else host


def _plausible_host(host: str) -> bool:
    if host.startswith("["):
        return True
    labels = host.rstrip(".").split(".")
    if not host or any(not label or len(label) > 63 for label in labels):
        return False
    return (len(labels) > 1 or host == "localhost") and re.fullmatch(r"[a-z0-9._-]{1,253}", host) is not None
