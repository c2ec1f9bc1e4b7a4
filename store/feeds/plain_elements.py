"""How an element of a plainly written feed is read, as feedparser has it.

Each handler puts one element into a :class:`Reading`, or raises :class:`Unsure` when it is not as simple as it should
be. feedparser's stranger ways are followed: a permanent guid is the link as long as there is none, a second summary is
the content, a person's address may turn up with the next person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Found = dict[str, Any]
"""What feedparser makes of an entry or of a feed."""

ATOM = "http://www.w3.org/2005/Atom"
RSS10 = "http://purl.org/rss/1.0/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
FEEDBURNER = "http://rssnamespace.org/feedburner/ext/1.0"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
MEDIA = "http://search.yahoo.com/mrss/"
SLASH = "http://purl.org/rss/1.0/modules/slash/"
SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/"
THREAD = "http://purl.org/syndication/thread/1.0"
WFW = "http://wellformedweb.org/CommentAPI/"
_TEXT_TYPES = {
    **dict.fromkeys(("text", "plain", "text/plain"), "text/plain"),
    **dict.fromkeys(("html", "text/html"), "text/html"),
}
_HTML_TYPES = ("text/html", "html", "application/xhtml+xml", "xhtml")
_LINK_ATTRIBUTES = {"href", "rel", "type", "title", "hreflang", "length", f"{{{THREAD}}}count", f"{{{THREAD}}}updated"}
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
"""In UTF-8."""
_MOST_TAGS = 100


class Unsure(Exception):  # noqa: N818 - no error: what is not plain is read by feedparser
    """feedparser might read this in another way."""


class Reading:
    """What was read of an entry or a head so far. ``language`` is that of its texts, None when nobody says."""

    def __init__(self, language: str | None) -> None:
        self.found: Found = {}
        self._language = language
        self._has_content = False

    def put_text(self, key: str, value: str, kind: str) -> None:
        self.found[key] = value
        self.found[f"{key}_detail"] = self._detail(value, kind)

    def put_content(self, value: str, kind: str) -> None:
        self._has_content = True
        self.found.setdefault("content", []).append(self._detail(value, kind))
        self.found.setdefault("summary", value)

    def put_summary(self, value: str, kind: str, *, second: str) -> None:
        """``second`` is the kind of a summary that comes after another one and so is the content."""
        if "summary" in self.found and not self._has_content:
            self.put_content(value, second)
        else:
            self.put_text("summary", value, kind)

    def put_link(self, **attributes: str | None) -> None:
        self.found.setdefault("links", []).append(attributes)

    def put_tag(self, term: str | None, label: str | None = None) -> None:
        tags = self.found.setdefault("tags", [])
        tags.append({"term": term, "label": label})
        if len(tags) > _MOST_TAGS:
            raise Unsure

    def put_author(self, name: str, email: str = "") -> None:
        before = self.found.get("author", "")
        if "@" in before or "@" in name:
            raise Unsure  # feedparser looks for addresses in names, and for those of one person in another
        self.found["author"] = f"{name} ({email})" if email else name
        person = {"name": name, "email": email}
        self.found.setdefault("authors", []).append({key: value for key, value in person.items() if value})

    def _detail(self, value: str, kind: str) -> Found:
        return {"type": kind, "language": self._language, "base": "", "value": value}


Handler = Callable[[Reading, Any], None]
Handlers = Mapping[str, Handler]


def text_of(element: Any, *attributes: str) -> str:
    """The text of an element that has nothing else but these attributes, when feedparser would leave it as it is."""
    if len(element) or any(key not in attributes for key in element.keys()):  # noqa: SIM118 - as above
        raise Unsure
    text: str = (element.text or "").strip()
    if not text.isascii():
        if _C1.search(text.encode()):
            raise Unsure
        try:
            text.encode("iso-8859-1").decode("utf-8")
        except UnicodeError:
            return text
        raise Unsure
    return text


def address_of(element: Any, *attributes: str) -> str:
    """The same of an address; feedparser mends slashes and ampersands in them."""
    text = text_of(element, *attributes)
    if ":///" in text or ("&" in text and ";" in text):
        raise Unsure
    return text


def typed(element: Any) -> tuple[str, str]:
    """The text of an Atom text construct and its type."""
    kind = _TEXT_TYPES.get(element.get("type", "text").lower())
    if kind is None:
        raise Unsure
    return text_of(element, "type"), kind


def title(reading: Reading, element: Any) -> None:
    if "title" in reading.found:
        raise Unsure
    reading.put_text("title", text_of(element), "text/plain")


def atom_title(reading: Reading, element: Any) -> None:
    if "title" in reading.found:
        raise Unsure
    reading.put_text("title", *typed(element))


def link(reading: Reading, element: Any) -> None:
    href = address_of(element)
    reading.put_link(rel="alternate", type="text/html", href=href or None)
    reading.found["link"] = href


def atom_link(reading: Reading, element: Any) -> None:
    keys = element.keys()
    if "href" not in keys or not _LINK_ATTRIBUTES.issuperset(keys) or len(element) or element.text:
        raise Unsure
    href, rel = element.get("href"), element.get("rel", "alternate").lower()
    kind = element.get("type", "application/atom+xml" if rel == "self" else "text/html").lower()
    if not href or ":///" in href:
        raise Unsure
    reading.put_link(rel=rel, type=kind, href=href, length=element.get("length"))
    if rel == "alternate" and kind in _HTML_TYPES:
        reading.found["link"] = href


def guid(reading: Reading, element: Any) -> None:
    permanent = element.get("isPermaLink", "true") == "true"
    value = address_of(element, "isPermaLink")
    reading.found["id"] = value
    if permanent:
        reading.found.setdefault("link", value)


def description(reading: Reading, element: Any) -> None:
    value = text_of(element)
    if "summary" in reading.found:
        _refuse_markup(value)
    reading.put_summary(value, "text/html", second="text/plain")


def itunes_summary(reading: Reading, element: Any) -> None:
    value = text_of(element)
    _refuse_markup(value)
    reading.put_summary(value, "text/plain", second="text/plain")


def _refuse_markup(value: str) -> None:
    """feedparser guesses whether a text that is said to be plain is HTML."""
    if "<" in value or "&" in value:
        raise Unsure


def atom_summary(reading: Reading, element: Any) -> None:
    value, kind = typed(element)
    reading.put_summary(value, kind, second=kind)


def encoded(reading: Reading, element: Any) -> None:
    reading.put_content(text_of(element), "text/html")


def atom_content(reading: Reading, element: Any) -> None:
    reading.put_content(*typed(element))


def author(reading: Reading, element: Any) -> None:
    reading.put_author(text_of(element))


def atom_author(reading: Reading, element: Any) -> None:
    parts = {child.tag: child for child in element if isinstance(child.tag, str)}
    if element.keys() or len(parts) != len(element) or not {_NAME, _URI, _EMAIL}.issuperset(parts):
        raise Unsure
    if next(iter(parts), "") != _NAME or any(
        text and not text.isspace() for text in (element.text, *(child.tail for child in element))
    ):
        raise Unsure
    name, email = (text_of(parts[tag]) if tag in parts else "" for tag in (_NAME, _EMAIL))
    if not name:
        raise Unsure
    if _URI in parts:
        text_of(parts[_URI])
    reading.put_author(name, email)


def category(reading: Reading, element: Any) -> None:
    if term := text_of(element, "domain"):
        reading.put_tag(term)


def atom_category(reading: Reading, element: Any) -> None:
    if text_of(element, "term", "scheme", "label"):
        raise Unsure
    reading.put_tag(element.get("term"), element.get("label"))


def keywords(reading: Reading, element: Any) -> None:
    for term in text_of(element).split(","):
        if term.strip():
            reading.put_tag(term.strip())


def enclosure(reading: Reading, element: Any) -> None:
    text_of(element, "url", "type", "length")
    kind = element.get("type")
    reading.put_link(
        rel="enclosure", href=element.get("url"), type=kind.lower() if kind else kind, length=element.get("length")
    )


def media_content(reading: Reading, element: Any) -> None:
    keys = element.keys()
    if len(element) or any(key.startswith("{") or key in ("base", "lang") for key in keys):
        raise Unsure
    found = {key.lower(): element.get(key) for key in keys}
    found["type"] = found["type"].lower() if found.get("type") else found.get("type")
    reading.found.setdefault("media_content", []).append(found)


def skip(_: Reading, element: Any) -> None:
    """Nothing of it is looked at."""


def skip_image(_: Reading, element: Any) -> None:
    """A feed's picture, which has a title and a link of its own."""
    if any(len(child) or child.keys() or child.tag not in _IMAGE_PARTS for child in element):
        raise Unsure


def kept(key: str) -> Handler:
    def keep(reading: Reading, element: Any) -> None:
        reading.found[key] = text_of(element)

    return keep


def address(key: str) -> Handler:
    def keep(reading: Reading, element: Any) -> None:
        reading.found[key] = address_of(element)

    return keep


def ignored(*attributes: str) -> Handler:
    """Nothing that is looked at, as long as it is simple."""

    def ignore(_: Reading, element: Any) -> None:
        if len(element) or any(key not in attributes for key in element.keys()):  # noqa: SIM118 - as above
            raise Unsure

    return ignore


def ignored_tree(space: str) -> Handler:
    """Nothing that is looked at, as long as all in it is of one namespace."""

    def ignore(_: Reading, element: Any) -> None:
        if any(not str(child.tag).startswith(f"{{{space}}}") for child in element.iterdescendants()):
            raise Unsure

    return ignore


def head_summary(reading: Reading, element: Any) -> None:
    """A second summary of a feed would have feedparser read the first entry in another way."""
    if "summary" in reading.found:
        raise Unsure
    PLAIN(reading, element)
    if element.tag == f"{{{ITUNES}}}summary":
        reading.found["summary"] = ""


_IMAGE_PARTS = {f"{space}{name}" for name in ("url", "title", "link") for space in ("", f"{{{RSS10}}}")}
_IMAGE_PARTS |= {"width", "height", "description"}
_NAME, _URI, _EMAIL = f"{{{ATOM}}}name", f"{{{ATOM}}}uri", f"{{{ATOM}}}email"
PLAIN = ignored()
