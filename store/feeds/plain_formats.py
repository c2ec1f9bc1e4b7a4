"""Which elements plainly written feeds have in each format, and what each of them is to feedparser."""

from __future__ import annotations

from collections.abc import Mapping

from store.feeds import plain_elements as read
from store.feeds.plain_elements import (
    ATOM,
    CONTENT,
    DC,
    FEEDBURNER,
    ITUNES,
    MEDIA,
    RDF,
    RSS10,
    SLASH,
    SYNDICATION,
    THREAD,
    WFW,
    Handler,
    Handlers,
)


def _in(space: str, handlers: Mapping[str, Handler]) -> dict[str, Handler]:
    return {f"{{{space}}}{name}": handler for name, handler in handlers.items()}


def _each(handler: Handler, *names: str) -> dict[str, Handler]:
    return dict.fromkeys(names, handler)


_DUBLIN_CORE = _in(
    DC,
    {
        "creator": read.author,
        "date": read.kept("updated"),
        "subject": read.category,
        **_each(read.PLAIN, "language", "publisher", "rights", "identifier", "format", "type", "source"),
    },
)
_MODULES = {
    **_DUBLIN_CORE,
    **_in(CONTENT, {"encoded": read.encoded}),
    **_in(SLASH, _each(read.PLAIN, "comments", "section", "department", "hit_parade")),
    **_in(WFW, _each(read.PLAIN, "commentRss", "commentRSS", "comment")),
    **_in(THREAD, _each(read.ignored("ref", "href", "type", "source"), "total", "in-reply-to")),
    **_in(FEEDBURNER, _each(read.PLAIN, "origLink", "origEnclosureLink")),
    **_in(MEDIA, {"content": read.media_content, "thumbnail": read.ignored("url", "width", "height", "time")}),
}
_PODCAST = _in(
    ITUNES,
    {
        "author": read.author,
        "summary": read.itunes_summary,
        "keywords": read.keywords,
        "image": read.ignored("href"),
        **_each(read.PLAIN, "title", "subtitle", "duration", "explicit", "block"),
        **_each(read.PLAIN, "episode", "season", "episodeType", "order"),
    },
)
RSS_ENTRY: Handlers = {
    **_MODULES,
    **_PODCAST,
    "title": read.title,
    "link": read.link,
    "guid": read.guid,
    "description": read.description,
    "author": read.author,
    "category": read.category,
    "pubDate": read.kept("published"),
    "comments": read.address("comments"),
    "enclosure": read.enclosure,
    "source": read.ignored("url"),
    **_in(ATOM, {"link": read.atom_link, "updated": read.kept("updated")}),
}
RDF_ENTRY: Handlers = {
    **_MODULES,
    **_in(RSS10, {"title": read.title, "link": read.link, "description": read.description}),
}
ATOM_ENTRY: Handlers = {
    **_MODULES,
    **_in(
        ATOM,
        {
            "title": read.atom_title,
            "link": read.atom_link,
            "id": read.guid,
            "published": read.kept("published"),
            "updated": read.kept("updated"),
            "author": read.atom_author,
            "category": read.atom_category,
            "summary": read.atom_summary,
            "content": read.atom_content,
            "rights": read.ignored("type"),
        },
    ),
}
_HOW_OFTEN = _in(
    SYNDICATION,
    {
        "updatePeriod": read.kept("sy_updateperiod"),
        "updateFrequency": read.kept("sy_updatefrequency"),
        "updateBase": read.PLAIN,
    },
)
_RSS_HEAD: dict[str, Handler] = {
    **_HOW_OFTEN,
    **_in(DC, _each(read.PLAIN, "creator", "date", "rights", "publisher", "subject")),
    **_in(DC, {"language": read.kept("language")}),
    **_in(FEEDBURNER, {"info": read.ignored("uri")}),
    **_in(ITUNES, _each(read.PLAIN, "author", "subtitle", "explicit", "type", "keywords", "block", "title")),
    **_in(ITUNES, {"summary": read.head_summary, "image": read.ignored("href")}),
    **_in(ITUNES, _each(read.ignored_tree(ITUNES), "owner", "category")),
}
RSS_HEAD: Handlers = {
    **_RSS_HEAD,
    "title": read.title,
    "link": read.link,
    "language": read.kept("language"),
    "ttl": read.kept("ttl"),
    "image": read.skip_image,
    "generator": read.ignored("url", "uri", "version"),
    "category": read.ignored("domain"),
    "description": read.head_summary,
    **_each(read.PLAIN, "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate", "docs"),
    **_in(ATOM, {"link": read.atom_link, "updated": read.PLAIN}),
}
RDF_HEAD: Handlers = {
    **_RSS_HEAD,
    **_in(
        RSS10,
        {
            "title": read.title,
            "link": read.link,
            "description": read.head_summary,
            "items": read.ignored_tree(RDF),
            "image": read.ignored(f"{{{RDF}}}resource"),
        },
    ),
}
ATOM_HEAD: Handlers = {
    **_HOW_OFTEN,
    **_in(
        ATOM,
        {
            "title": read.atom_title,
            "link": read.atom_link,
            "id": read.guid,
            "author": read.atom_author,
            "generator": read.ignored("uri", "url", "version"),
            "category": read.ignored("term", "scheme", "label"),
            **_each(read.ignored("type"), "subtitle", "rights"),
            **_each(read.PLAIN, "updated", "icon", "logo"),
        },
    ),
}
