"""HTML of articles to readable blocks: what a browser would show as text, without what surrounds an article.

libxml2 reads the markup and reports it as events; no tree is built, because its tree ends at a depth of some
hundred elements and needs quadratic time for an element of many attributes, while its events do neither.
"""

from __future__ import annotations

import html as entities
import re
import threading
from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from store.models import Document
from store.text.clean import clean_line
from store.text.document_builder import Passage, document_of
from store.text.html_elements import BLOCKS
from store.text.html_reader import HtmlReader
from store.text.shifted import shift

_STRAY_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
_TAG_NAMES = "p|br|div|a|b|i|em|strong|ul|ol|li|blockquote|h[1-6]|span|img"
_MARKUP_FIRST = re.compile(rf"\s*<(?:{_TAG_NAMES}|figure|table|section|article)\b[^<>]{{0,2000}}>", re.I)
_PARAGRAPHS = re.compile(r"<br\s?/?>|</p>", re.I)
_NO_TAG = re.compile(
    rf"<(?!!--|/?(?:{_TAG_NAMES}|abbr|acronym|bdi|bdo|big|cite|code|center|del|dfn|font|ins|kbd|mark|nobr|q|r[bpt]|ruby|s|"
    r"samp|script|small|strike|style|su[bp]|time|tt|u|var|wbr)(?:[\s/>]|$))",
    re.I,
)
"""What begins no tag that a title may be written with."""
_CDATA = re.compile(r"<!\[CDATA\[((?:(?!\]\]>).)*)(?:\]\]>)?", re.S)


def to_document(html: str, base_url: str = "") -> Document:
    """The readable text of an HTML fragment or page; links are made absolute against ``base_url``.

    Never raises: markup that cannot be understood gives what text there is.
    """
    document = build(_passages(html, base_url))
    if len(document.blocks) == 1 and not document.marks and "<" not in html and _escaped_twice(document.text):
        # The whole body was escaped twice: what should be markup came out as text.
        document = build(_passages(document.text, base_url))
    return document


def build(passages: Sequence[Passage]) -> Document:
    """The document that passages read from HTML make."""
    return document_of(passages, _unescape)


def to_line(html: str) -> str:
    """A title or name that may hold tags and entities, as one plain line.

    Tags are only those that a line may be written with: ``Vec<String>`` and ``</mainframe>`` are words.
    """
    if "<" not in html and "&" not in html:
        return clean_line(html)
    html = _NO_TAG.sub("&lt;", html)
    reader = _LineReader()
    parse(html, reader)
    return clean_line(_unescape("".join(reader.pieces)))


def parse(html: str, target: Any) -> None:
    """Report the markup to ``target``: ``start(tag, attributes)``, ``end(tag)``, ``data(text)``."""
    source = _take(_Relay)
    source.target.to = target
    source.read(html)
    source.target.to = None


def _passages(html: str, base_url: str) -> list[Passage]:
    source = _take(HtmlReader)
    source.target.begin(base_url)
    source.read(html)
    passages = source.target.finish()
    source.target.begin()
    return passages


class _Relay:
    """A parser's target that passes on what is reported."""

    to: Any = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.to.start(tag, attributes)

    def end(self, tag: str) -> None:
        self.to.end(tag)

    def data(self, text: str) -> None:
        self.to.data(text)

    def comment(self, text: str) -> None:
        """Comments are not text."""

    def close(self) -> None:
        """Nothing to give back."""


Target = TypeVar("Target")


class _Source(Generic[Target]):
    """libxml2's parser and its target: it has one for good, and making one takes as long as a page."""

    def __init__(self, target: Target) -> None:
        from lxml import etree

        self.target: Target = target
        untyped: Any = target
        self._parser = etree.HTMLParser(target=untyped, encoding="utf-8", no_network=True, recover=True, huge_tree=True)

    def read(self, html: str) -> None:
        """Report the markup to the target; when the parser breaks down, what was reported so far stands."""
        from lxml import etree

        html = html.replace("\0", "")
        if "<![CDATA[" in html:
            html = _CDATA.sub(r"\1", html)
        if html and not html.isspace():
            try:
                data = html.encode()
            except UnicodeEncodeError:
                data = html.encode("utf-8", "replace")
            try:
                self._parser.feed(data)
                self._parser.close()
            except etree.LxmlError:
                return  # It is not used again.
        _kept.sources[type(self.target)] = self


class _Kept(threading.local):
    """The sources of each thread that read nothing now."""

    def __init__(self) -> None:
        self.sources: dict[type, Any] = {}


_kept = _Kept()


def _take(target: type[Target]) -> _Source[Target]:
    source: _Source[Target] | None = _kept.sources.pop(target, None)
    return source or _Source(target())


class _LineReader:
    """Target of the parser for titles: only the text."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._skipping = 0
        self._shifted: list[tuple[str, int]] = []
        """Open ``sup`` and ``sub`` elements, each with the number of its first piece."""

    def start(self, tag: str, _: Mapping[str, str]) -> None:
        if self._skipping or tag in ("script", "style", "rp"):
            self._skipping += 1
        elif tag in ("sup", "sub"):
            self._shifted.append((tag, len(self.pieces)))
        elif tag == "rt":
            self.pieces.append("(")
        elif tag in BLOCKS or tag == "br":
            self.pieces.append(" ")

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif tag == "rt":
            self.pieces.append(")")
        elif tag in ("sup", "sub") and self._shifted:
            opened, first = self._shifted.pop()
            shift(self.pieces, first, opened)

    def data(self, text: str) -> None:
        if not self._skipping:
            self.pieces.append(text)


def _escaped_twice(text: str) -> bool:
    """Whether a text is markup as a whole: one that only speaks of tags does not begin with one or end paragraphs."""
    return ">" in text and (_MARKUP_FIRST.match(text) is not None or len(_PARAGRAPHS.findall(text)) > 1)


def _unescape(text: str) -> str:
    """Entities that were escaped twice (``AT&amp;amp;T``); a lone ampersand stays."""
    return _STRAY_ENTITY.sub(lambda entity: entities.unescape(entity[0]), text) if "&" in text else text
