"""Lists of feeds from other programs, read into a plan that can be shown before anything is done.

Nothing here fetches, opens or runs what a list names: commands (newsboat's ``exec:`` and ``filter:``, Liferea's
``|``), files and other schemes are refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit, urlunsplit

from store.errors import FeedError
from store.feeds.entries import LONGEST_NAME, shorten
from store.models import Feed, Problem, SavedSearch
from store.text.clean import clean_line
from store.text.urls import is_web, normalise, shown, split_credentials

MOST_FEEDS = 20_000
_SCHEME = re.compile(r"feeds?:|https?:|([A-Za-z][A-Za-z0-9+.-]{0,30}):", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What taking in a list would do: feeds to follow (``id`` 0), searches to keep, and what is refused and why.

    The searches' queries are as the list has them, in the language of the program it came from.
    """

    feeds: tuple[Feed, ...] = ()
    searches: tuple[SavedSearch, ...] = ()
    refused: tuple[Problem, ...] = ()


class PlanBuilder:
    """Collects the lines or outlines of a list; a feed that stands in it twice is one feed with the tags of both."""

    def __init__(self) -> None:
        self._feeds: dict[str, Feed] = {}
        self._searches: dict[str, SavedSearch] = {}
        self._refused: list[Problem] = []

    def add(self, address: str, title: str = "", tags: Iterable[str] = (), site: str = "", **settings: object) -> None:
        """A feed as the list names it; refused, with the reason, when it is none that can be followed."""
        reason = why_not(address) or ("There are too many feeds in the list." if len(self._feeds) >= MOST_FEEDS else "")
        try:
            url, credentials = split_credentials(listed_address(address)) if not reason else ("", "")
        except FeedError as error:
            reason = error.message
        if reason:
            self.refuse(title or address, reason)
            return
        title = one_name(title)
        found = self._feeds.get(url) or Feed(
            0,
            url,
            title or shown(url),
            site=split_credentials(site)[0] if is_web(site) else "",
            credentials=credentials,
            **settings,  # type: ignore[arg-type]
        )
        self._feeds[url] = replace(found, tags=tuple(dict.fromkeys((*found.tags, *filter(None, map(one_name, tags))))))

    def search(self, name: str, query: str, tags: Iterable[str] = ()) -> None:
        name = one_name(name)
        self._searches.setdefault(name, SavedSearch(name, clean_line(query), tuple(filter(None, map(one_name, tags)))))

    def refuse(self, name: str, reason: str) -> None:
        self._refused.append(Problem(shorten(shown(name), LONGEST_NAME) or "(empty)", reason))

    def plan(self) -> ImportPlan:
        return ImportPlan(tuple(self._feeds.values()), tuple(self._searches.values()), tuple(self._refused))


def why_not(address: str) -> str:
    """Why an address out of a list is not followed, as far as its beginning tells; '' when it may be."""
    address = address.strip()
    if not address:
        return "It has no address."
    if address.startswith("|"):
        return "Commands (|) are never run."
    scheme = _SCHEME.match(address)
    if scheme is None:
        return "It is not a web address."
    match (scheme[1] or "").lower():
        case "":
            return ""
        case "exec" | "filter":
            return f"Commands ({scheme[1].lower()}:) are never run."
        case "file":
            return "Files (file:) are not read as feeds."
        case "query":
            return "A query is not a feed."
        case other:
            return f"Only http and https addresses can be followed, not {other}:."


def listed_address(address: str) -> str:
    """The address in one spelling: host in lower case, no default port, no fragment; FeedError if it is no good."""
    parts = urlsplit(normalise(address.strip()))
    if parts.port == _DEFAULT_PORTS.get(parts.scheme):
        parts = parts._replace(netloc=parts.netloc.rpartition(":")[0])
    return urlunsplit(parts)


def one_name(name: str) -> str:
    """A title, tag or folder as one clean line."""
    return shorten(clean_line(name), LONGEST_NAME)
