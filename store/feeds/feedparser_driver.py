"""feedparser, run over a document and told to do only what is needed here.

It is given bytes that :mod:`store.feeds.safe_xml` made safe, never an address, a path or text: it opens what it is
given. Cleaning and resolving of HTML is off; ``store.text`` does both, faster. Dates are read by ``store.text.dates``.
"""

from __future__ import annotations

from functools import cache, partialmethod
from io import BytesIO
from typing import Any
from xml.sax.expatreader import ExpatParser

from store.errors import FeedError

_HEADERS = {"content-type": "application/xml; charset=utf-8"}
_NO_DATE = (1970, 1, 1, 0, 0, 0, 3, 1, 0)
_USUAL_CHARACTERS = range(0x2E80)
"""All alphabets and punctuation; what comes after them are the characters of East Asia."""
_FAILURES = (RecursionError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, LookupError)


def run_feedparser(document: bytes) -> Any:
    """What feedparser makes of a document in UTF-8.

    :raises FeedError: when feedparser breaks down over it.
    """
    try:
        return feedparser().parse(
            BytesIO(document), response_headers=_HEADERS, sanitize_html=False, resolve_relative_uris=False
        )
    except _FAILURES:
        raise FeedError("The feed is broken in a way that cannot be read.") from None


@cache
def feedparser() -> Any:
    """The module, set up for this process."""
    import feedparser
    import feedparser.api
    import feedparser.html

    feedparser.api.PREFERRED_XML_PARSERS[:] = [__name__]
    feedparser.registerDateHandler(lambda _: _NO_DATE)
    # feedparser looks up each character of a text in a table of the 27 that it replaces. A miss costs as much as an
    # exception, which is a third of its time, so the table is told that the usual characters stay as they are.
    table: dict[int, Any] = getattr(feedparser.html, "_cp1252", {})
    for character in _USUAL_CHARACTERS:
        table.setdefault(character, character)
    keep_texts_apart()
    return feedparser


def keep_texts_apart() -> None:
    """Have feedparser keep texts of other namespaces under names of their own.

    By itself it lists what describes a picture (Media RSS), and second descriptions of podcasts and Dublin Core, among
    the contents of an entry, and takes titles of pictures for that of the entry.
    """
    from feedparser.namespaces import dc, itunes, mediarss

    for namespace, element in (
        (mediarss.Namespace, "media_description"),
        (mediarss.Namespace, "media_title"),
        (itunes.Namespace, "itunes_summary"),
        (itunes.Namespace, "itunes_subtitle"),
        (itunes.Namespace, "itunes_title"),
        (dc.Namespace, "dc_description"),
    ):
        setattr(namespace, f"_start_{element}", partialmethod(_start_text, element))
        setattr(namespace, f"_end_{element}", partialmethod(_end_text, element))


def _start_text(parser: Any, element: str, attributes: dict[str, str]) -> None:
    parser.push_content(element, attributes, "text/plain", 1)


def _end_text(parser: Any, element: str) -> None:
    parser.pop_content(element)


class _BufferingParser(ExpatParser):
    """expat that hands on a text as a whole: escaped HTML comes in hundreds of pieces otherwise."""

    _parser: Any

    def reset(self) -> None:
        super().reset()
        self._parser.buffer_size = 1 << 16
        self._parser.buffer_text = True


def create_parser() -> ExpatParser:
    """The parser that feedparser is to use; :func:`xml.sax.make_parser` looks for a function of this name."""
    return _BufferingParser()
