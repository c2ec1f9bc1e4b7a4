"""A whole web page as an article: its title, date and author from where pages state them, and its main text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.models import BlockKind, Document
from store.text.clean import clean_line
from store.text.dates import parse_date
from store.text.document_builder import Passage, without_blocks
from store.text.html import build, parse
from store.text.html_reader import HtmlReader
from store.text.urls import absolute, is_web

_AROUND = frozenset(("footer", "aside"))
"""What stands around a page's article, beyond what is never part of one."""
_BODIES = {"articlebody": 3, "article": 2, "main": 1}
_MAIN_SHARE = 0.25
"""An ``article`` with less of the page's text than this is a teaser, not the article."""
_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date"),
    *("dc.date.issued", "dcterms.created", "dc.date", "pubdate", "publishdate", "date"),
)
_AUTHOR = ("author", "article:author", "parsely-author", "dc.creator", "byl")
_MAX_JSON = 500_000
_MAX_NODES = 2_000


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of its article; '' and None for what it does not say."""

    title: str
    document: Document
    published: datetime | None = None
    authors: tuple[str, ...] = ()
    language: str = ""
    link: str = ""


def read_page(html: str, base_url: str = "") -> Page:
    """Read a page. Never raises; a page without any text has an empty document."""
    reader = _PageReader(base_url)
    parse(html, reader)
    document = build(reader.main_passages())
    title = reader.title()
    linked = list(reader.linked_data())
    return Page(
        title=title,
        document=_without_title(document, title),
        published=reader.published(linked),
        authors=reader.authors(linked),
        language=clean_line(reader.language)[:35],
        link=reader.link,
    )


class _PageReader(HtmlReader):
    """Reads the article as usual and notes what the page says about it."""

    def __init__(self, base_url: str) -> None:
        super().__init__(base_url)
        self.language = ""
        self.link = ""
        self._meta: dict[str, str] = {}
        self._heads: list[str] = []
        self._titles: list[str] = []
        self._scripts: list[str] = []
        self._times: list[str] = []
        self._capturing: list[str] | None = None
        self._capture_into: list[str] = []
        self._capture_tag = ""
        self._total = 0
        self._open_bodies: list[tuple[str, int, int, int]] = []
        """Tag, rank, passages and characters before it."""
        self._bodies: list[tuple[int, int, int, int]] = []
        """Finished candidates for the article: rank, size, first passage, last + 1."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "meta":
            self._note_meta(attributes)
        elif tag == "html":
            self.language = attributes.get("lang", "") or attributes.get("xml:lang", "")
        elif tag == "link" and attributes.get("rel", "").lower() == "canonical" and not self.link:
            self.link = absolute(self.base_url, attributes.get("href", ""))
        elif tag == "time" and len(self._times) < 20:
            self._times.append(attributes.get("datetime", ""))
        self._maybe_capture(tag, attributes)
        if tag in _AROUND and not self._skipping:
            self._skipping = 1
            return
        super().start(tag, attributes)
        kind = "articlebody" if attributes.get("itemprop", "").lower() == "articlebody" else tag
        if kind in _BODIES and not self._skipping:
            self.flush()
            self._open_bodies.append((tag, _BODIES[kind], len(self.passages), self._total))

    def end(self, tag: str) -> None:
        if tag == self._capture_tag:
            self._end_capture()
        super().end(tag)
        if self._open_bodies and self._open_bodies[-1][0] == tag and not self._skipping:
            self._end_body()

    def data(self, text: str) -> None:
        if self._capturing is not None:
            self._capturing.append(text)
        super().data(text)

    def main_passages(self) -> list[Passage]:
        passages = self.finish()
        whole = sum(passage.size for passage in passages)
        large = [body for body in self._bodies if body[1] >= _MAIN_SHARE * whole]
        if not large:
            return passages
        _, _, first, last = max(large, key=lambda body: body[:2])
        return passages[first:last]

    def title(self) -> str:
        """The headline: what the page's own heading and its metadata agree on, else the first that there is."""
        heading = next((head for head in map(clean_line, self._heads) if head), "")
        shared = clean_line(self._meta.get("og:title", "") or self._meta.get("twitter:title", ""))
        page_title = clean_line(self._titles[0]) if self._titles else ""
        for stated in (shared, page_title):
            if heading and stated.casefold().startswith(heading.casefold()):
                return heading
        site = clean_line(self._meta.get("og:site_name", ""))
        if site and page_title.endswith(site):
            page_title = page_title.removesuffix(site).rstrip(" |-–—·:»")
        return shared or heading or page_title

    def published(self, linked: list[Mapping[str, Any]]) -> datetime | None:
        stated = [self._meta.get(name, "") for name in _PUBLISHED]
        stated += [str(node.get("datePublished", "")) for node in linked]
        return next((date for text in (*stated, *self._times) if text and (date := parse_date(text))), None)

    def authors(self, linked: list[Mapping[str, Any]]) -> tuple[str, ...]:
        names = [clean_line(self._meta.get(name, "")) for name in _AUTHOR]
        for node in linked:
            authors = node.get("author")
            for author in authors if isinstance(authors, list) else [authors]:
                name = author.get("name") if isinstance(author, dict) else author
                names.append(clean_line(name) if isinstance(name, str) else "")
        return next(((name,) for name in names if name and len(name) <= 200 and not is_web(name)), ())

    def linked_data(self) -> Iterator[Mapping[str, Any]]:
        """The JSON-LD objects of the page, nested ones too, that speak of a publication."""
        waiting: list[Any] = []
        for script in self._scripts:
            try:
                waiting.append(json.loads(script))
            except (ValueError, RecursionError):
                continue
        for _ in range(_MAX_NODES):
            if not waiting:
                return
            node = waiting.pop()
            if isinstance(node, dict):
                if "datePublished" in node or "author" in node:
                    yield node
                waiting += node.values()
            elif isinstance(node, list):
                waiting += node[:_MAX_NODES]

    def _note_meta(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        self._meta.setdefault(name.lower(), attributes.get("content", "")[:2_000])

    def _maybe_capture(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._capturing is not None:
            return
        if tag == "title" and not self._titles and not self._skipping:
            into = self._titles
        elif tag == "h1" and not self._skipping:
            into = self._heads
        elif tag == "script" and attributes.get("type", "").strip().lower() == "application/ld+json":
            into = self._scripts
        else:
            return
        self._capturing, self._capture_into, self._capture_tag = [], into, tag

    def _end_capture(self) -> None:
        text = "".join(self._capturing or ())
        if len(text) <= _MAX_JSON:
            self._capture_into.append(text)
        self._capturing, self._capture_tag = None, ""

    def _end_body(self) -> None:
        self.flush()
        _, rank, first, total = self._open_bodies.pop()
        if len(self._bodies) < 200:
            self._bodies.append((rank, self._total - total, first, len(self.passages)))

    def _emit(self, passage: Passage) -> None:
        super()._emit(passage)
        self._total += passage.size


def _without_title(document: Document, title: str) -> Document:
    """The headline is shown above the text, so the heading that repeats it goes."""
    for number, block in enumerate(document.blocks[:5]):
        if block.kind is BlockKind.HEADING and document.text[block.start : block.end].casefold() == title.casefold():
            return without_blocks(document, number, number + 1)
    return document
