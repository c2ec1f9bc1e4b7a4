"""OPML (opml.org, 1.0 and 2.0): lists of feeds as nearly every feed reader writes and reads them.

Folders are tags, nested ones one tag a level; a feed with several tags stands in several folders. What OPML has
no words for (hidden, interval, full text, saved searches) is kept in attributes of a namespace of our own,
which other programs leave alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.entities import html5
from typing import TYPE_CHECKING, Any

from store.errors import FeedError, NewsdashError
from store.feeds.import_plan import ImportPlan, PlanBuilder
from store.feeds.safe_xml import to_safe_xml
from store.text.clean import clean_line
from store.text.urls import split_credentials

if TYPE_CHECKING:
    from store.models import Feed, SavedSearch

NAMESPACE = "urn:newsdash:opml"
_OWN = f"{{{NAMESPACE}}}"
NOT_FEEDS = ("html", "json")
"""Beginnings of FreshRSS's outline types for pages that it scrapes: "HTML+XPath", "JSON+DotNotation"."""
MOST_ATTRIBUTES = 1_000
"""Of one element. The parser compares each of them with all the others."""
_BARE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]{1,9}|#x[0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});)")
_NAMED_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})


def read_opml(data: bytes) -> ImportPlan:
    """What an OPML list holds. A damaged one is read as far as it can be.

    Raises FeedError when it is no OPML.
    """
    root = parse(data)
    if root is None or local_name(root).lower() != "opml":
        raise FeedError("This is not an OPML list.")
    body = next((child for child in root if local_name(child).lower() == "body"), None)
    if body is None:
        raise FeedError("This OPML list has no body.")
    plan = PlanBuilder()
    for outline, folders in outlines(body):
        read_outline(outline, folders, plan)
    return plan.plan()


def write_opml(feeds: Iterable[Feed], searches: Iterable[SavedSearch] = (), *, with_passwords: bool = False) -> bytes:
    """The list as OPML 2.0. Passwords are left out unless asked for."""
    from lxml import etree

    root = etree.Element("opml", {"version": "2.0"}, nsmap={"newsdash": NAMESPACE})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = "newsdash feeds"
    body = etree.SubElement(root, "body")
    folders: dict[str, Any] = {}
    for feed in feeds:
        for tag in feed.tags or ("",):
            if tag and tag not in folders:
                folders[tag] = etree.SubElement(body, "outline", {"text": tag, "title": tag})
            etree.SubElement(folders.get(tag, body), "outline", feed_attributes(feed, with_passwords=with_passwords))
    for search in searches:
        own = {f"{_OWN}query": search.query, f"{_OWN}tags": "\n".join(search.tags)}
        etree.SubElement(
            body, "outline", {"text": search.name, **{name: value for name, value in own.items() if value}}
        )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def feed_attributes(feed: Feed, *, with_passwords: bool) -> dict[str, str]:
    url = feed.url
    if with_passwords and feed.credentials:
        scheme, _, rest = url.partition("://")
        url = f"{scheme}://{feed.credentials}@{rest}"
    attributes = {"text": feed.title, "title": feed.title, "type": "rss", "xmlUrl": url}
    if feed.site:
        attributes["htmlUrl"] = split_credentials(feed.site)[0]
    if feed.interval:
        attributes[f"{_OWN}interval"] = str(feed.interval)
    for name, value in (("hidden", feed.hidden), ("fullText", feed.full_text), ("renamed", feed.renamed)):
        if value:
            attributes[_OWN + name] = "true"
    return attributes


def parse(data: bytes) -> Any:
    """The root element, or None; entities are not expanded, nothing is loaded, what is broken is mended.

    :raises FeedError: when it is not even text, or has far too many attributes.
    """
    from lxml import etree

    try:
        text = to_safe_xml(data, "").decode()
    except NewsdashError:
        raise FeedError("This is not an OPML list: it is not even text.") from None
    if any(piece.count("=") > MOST_ATTRIBUTES for piece in text.split("<")):
        raise FeedError("This OPML list has an element with too many attributes.")
    text = _NAMED_ENTITY.sub(_as_character, _BARE_AMPERSAND.sub("&amp;", text))
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True, remove_comments=True
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def local_name(element: Any) -> str:
    """An element's name without its namespace; '' for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def outlines(body: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """All outlines in document order, each with the names of the folders it is in."""
    waiting: list[tuple[Any, tuple[str, ...]]] = [(child, ()) for child in reversed(body)]
    while waiting:
        outline, folders = waiting.pop()
        if local_name(outline).lower() != "outline":
            continue
        yield outline, folders
        name = name_of(outline)
        inside = (*folders, name) if name and len(folders) < 16 else folders
        waiting += [(child, inside) for child in reversed(outline)]


def read_outline(outline: Any, folders: tuple[str, ...], plan: PlanBuilder) -> None:
    """One outline into the plan: a feed, a saved search, or a folder, which is only a name."""
    name = name_of(outline)
    if query := outline.get(f"{_OWN}query"):
        plan.search(name, query, outline.get(f"{_OWN}tags", "").split("\n"))
        return
    address = attribute(outline, "xmlurl")
    if address is None:
        return
    kind = (attribute(outline, "type") or "").lower()
    if kind.startswith(NOT_FEEDS):
        plan.refuse(name or address, "It is a page that is scraped, not a feed.")
        return
    interval = outline.get(f"{_OWN}interval", "")
    plan.add(
        address,
        title=name,
        tags=(*folders, *categories(attribute(outline, "category") or "")),
        site=(attribute(outline, "htmlurl") or "").strip(),
        interval=int(interval) if interval.isascii() and interval.isdecimal() and len(interval) < 7 else 0,
        hidden=outline.get(f"{_OWN}hidden") == "true",
        full_text=outline.get(f"{_OWN}fullText") == "true",
        renamed=outline.get(f"{_OWN}renamed") == "true",
    )


def name_of(outline: Any) -> str:
    """The name of an outline: ``title``, else ``text``."""
    return clean_line(attribute(outline, "title") or "") or clean_line(attribute(outline, "text") or "")


def attribute(outline: Any, name: str) -> str | None:
    """An attribute whatever its letters' case, as programs differ in that."""
    for key, value in outline.attrib.items():
        if isinstance(key, str) and key.lower() == name:
            return str(value)
    return None


def categories(value: str) -> list[str]:
    """The names in a ``category`` attribute: separated by commas, a leading slash is syntax (OPML 2.0)."""
    return [name.strip().lstrip("/") for name in value.split(",")]


def _as_character(match: re.Match[str]) -> str:
    """An entity that HTML knows and XML does not, as its character; others as text."""
    name = match[1]
    if name in _XML_ENTITIES:
        return match[0]
    character = html5.get(f"{name};")
    return character if character and not set(character) & set("<>&\"'") else f"&amp;{name};"
