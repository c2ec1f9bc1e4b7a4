"""Articles from plain files: text, Markdown with front matter, and saved web pages.

:func:`read_seed` reads one file, :func:`parse_seed` its bytes; finding the files is ``store.files.finder``.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from store.errors import SeedError
from store.files.datelines import Dateline, read_dateline
from store.files.finder import MAX_BYTES, name_of, too_large, walk
from store.files.front_matter import Fields, split_front_matter
from store.files.layout import cut, make_title, read_shape
from store.models import Document, Entry
from store.text.clean import Decoded, NotTextError, clean_line, clean_text, decode, strip_controls
from store.text.dates import read_moment
from store.text.mojibake import doubtful_pairs
from store.text.plain_text import markdown_to_document, plain_to_document
from store.text.urls import absolute
from store.text.web_page import Page, read_page

__all__ = ["parse_seed", "read_seed", "walk"]

_MARKDOWN = (".md", ".markdown", ".mdown")
_HTML = (".html", ".htm", ".xhtml")
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,1000}-->\s*)?<(?:!doctype html|html)\b", re.IGNORECASE
)
_FEED_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,1000}-->\s*)?<(?:rss|feed|rdf:RDF|opml)\b", re.IGNORECASE
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_CHARSET_WITHIN = 4096
_LONGEST_AUTHOR = 200
_LONGEST_STATED_TITLE = 1_000


@dataclass(slots=True)
class _Draft:
    """An entry in the making."""

    title: str = ""
    document: Document = field(default_factory=Document)
    published: datetime | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str = ""
    link: str = ""
    notes: list[str] = field(default_factory=list)


def read_seed(path: Path) -> Entry:
    """Read one file, of any name. Raises :class:`SeedError`, which names the file, for what cannot be an article.

    Only regular files are opened: a FIFO or a device could block for ever. Nothing over ``MAX_BYTES`` is read.
    """
    name = name_of(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise SeedError(f"{name}: it is not a regular file.")
        # Between the two checks the file may have been replaced; opened so, even a FIFO cannot block.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            info = os.fstat(file.fileno())
            if not stat.S_ISREG(info.st_mode):
                raise SeedError(f"{name}: it is not a regular file.")
            if info.st_size > MAX_BYTES:
                raise SeedError(too_large(name, info.st_size))
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise SeedError(f"{name}: {_reason(error)}.") from None
    if len(data) > MAX_BYTES:
        raise SeedError(too_large(name, len(data)))
    return parse_seed(data, str(path), _file_time(info.st_mtime))


def parse_seed(data: bytes, name: str, modified: datetime) -> Entry:
    """The article in a file's bytes. ``name`` is its path, or any name; ``modified`` stands in for a date not given.

    The entry's ``digest`` depends on title, text and stated date alone: line ends, encoding and place of the
    file do not matter. Raises :class:`SeedError` when the file is empty or holds no text.
    """
    shown = name_of(Path(name))
    suffix = Path(name).suffix.lower()
    if not data:
        raise SeedError(f"{shown}: it is empty.")
    try:
        decoded = decode(data, _declared(data))
    except NotTextError:
        raise SeedError(f"{shown}: it is not text.") from None
    text = clean_text(decoded.text)
    if not text.strip():
        raise SeedError(f"{shown}: it holds nothing but blanks.")
    if _FEED_START.match(text):
        raise SeedError(f"{shown}: it is a feed or a list of feeds, not an article.")
    if suffix in _HTML or _HTML_START.match(text):
        draft = _from_page(read_page(text))
        if not draft.document.text and not draft.title:
            raise SeedError(f"{shown}: it is a web page without any text.")
        dateline = read_dateline(draft.document.text)
    else:
        draft, dateline = _from_text(text, markdown=suffix in _MARKDOWN)
    draft.notes = _notes_on_reading(decoded, text) + draft.notes
    return _finish(draft, dateline, name, modified)


def _from_text(text: str, *, markdown: bool) -> tuple[_Draft, Dateline]:
    fields, rest = split_front_matter(text.lstrip("\n"))
    draft = _from_fields(fields)
    shape = read_shape(rest, title=draft.title)
    draft.title = shape.title
    draft.document = markdown_to_document(shape.body) if markdown or fields else plain_to_document(shape.body)
    draft.authors = draft.authors or shape.authors
    if shape.moment and not draft.published:
        draft.published = shape.moment.when
        if not shape.moment.has_zone:
            draft.notes.append("The date names no zone; UTC is assumed.")
    elif shape.bad_date:
        draft.notes.append(f"The date cannot be right: {shape.bad_date}.")
    dateline = read_dateline(draft.document.text)
    if not draft.title:
        draft.title = make_title(draft.document.text, dateline.end)
    return draft, dateline


def _from_fields(fields: Fields) -> _Draft:
    def first(*names: str) -> str:
        return next((fields[name][0] for name in names if fields.get(name)), "")

    authors = next((fields[name] for name in ("authors", "author", "by") if fields.get(name)), ())
    moment = read_moment(first("date", "published", "pubdate", "created"))
    draft = _Draft(
        title=cut(first("title", "headline"), _LONGEST_STATED_TITLE),
        published=moment.when if moment else None,
        authors=tuple(author for author in authors if author and len(author) <= _LONGEST_AUTHOR)[:20],
        categories=(fields.get("tags") or fields.get("categories") or fields.get("keywords") or ())[:50],
        language=first("lang", "language")[:35],
        link=absolute("", first("link", "url", "source", "canonical")),
    )
    if moment and not moment.has_zone:
        draft.notes.append("The date names no zone; UTC is assumed.")
    return draft


def _from_page(page: Page) -> _Draft:
    return _Draft(
        title=cut(page.title, _LONGEST_STATED_TITLE) or make_title(page.document.text),
        document=page.document,
        published=page.published,
        authors=page.authors,
        language=page.language,
        link=page.link,
    )


def _finish(draft: _Draft, dateline: Dateline, name: str, modified: datetime) -> Entry:
    title = draft.title or cut(clean_line(Path(name).stem), 80) or "Untitled"
    text = draft.document.text
    if not text:
        draft.notes.append("No text.")
    if not draft.published:
        draft.notes.append("Date taken from the file.")
    stated = draft.published.astimezone(UTC).isoformat() if draft.published else ""
    digest = blake2b("\0".join((title, text, stated)).encode(), digest_size=16).hexdigest()
    return Entry(
        guid=f"seed:{digest}",
        title=title,
        document=draft.document,
        digest=digest,
        link=draft.link,
        authors=draft.authors,
        categories=draft.categories,
        published=draft.published or modified,
        date_guessed=draft.published is None,
        place=dateline.place,
        agency=dateline.agency,
        language=draft.language,
        notes=tuple(draft.notes),
        path=strip_controls(name),
    )


def _notes_on_reading(decoded: Decoded, cleaned: str) -> list[str]:
    notes = []
    if decoded.guessed:
        notes.append(f"Encoding guessed: {decoded.encoding}.")
    if "\ufffd" in decoded.text:
        notes.append("Some characters could not be read.")
    if doubtful_pairs(cleaned) < doubtful_pairs(decoded.text):
        notes.append("Repaired mis-decoded characters.")
    return notes


def _declared(data: bytes) -> str:
    """The encoding that an XML declaration or a ``meta`` element near the start of a web page names."""
    start = data[:_CHARSET_WITHIN]
    if not start.lstrip().startswith(b"<"):
        return ""
    found = _ENCODING.match(start.lstrip()) or _CHARSET.search(start)
    label = found[1].decode("ascii", "ignore") if found else ""
    # A page that can be searched for ASCII letters is not in UTF-16, whatever it says (WHATWG HTML, 13.2.3.2).
    return "" if label.lower().startswith("utf-16") else label


def _file_time(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return datetime.now(UTC)


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "it may not be read"
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return "its links lead in a circle"
    return f"it cannot be read ({clean_line(str(getattr(error, 'strerror', None) or error))})"
