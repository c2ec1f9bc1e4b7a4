"""Feeds of well-known sites whose pages do not name them, by the shape of a page's address. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from urllib.parse import parse_qs, quote, urlsplit

_CHANNEL_ID = re.compile(r"\"(?:channelId|externalId|browseId)\"\s*:\s*\"(UC[\w-]{22})\"|/channel/(UC[\w-]{22})")
_NOT_A_USER = frozenset(("search", "tag", "topics", "explore", "settings", "about", "login", "new", "m", "me", "p"))


def site_feeds(url: str) -> list[str]:
    """Where the feeds of a page are, the likeliest first; none when its site is not known."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return []
    steps = [step for step in parts.path.split("/") if step]
    root = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    for known, feeds in _SITES.items():
        if host == known or host.endswith(f".{known}"):
            return feeds(root, steps, parts.query)
    return _fediverse(root, steps)


def channel_addresses(url: str, page: str) -> tuple[str, ...]:
    """The channel that a page of YouTube belongs to, which its address (``/@name``) does not tell."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ()
    if host != "youtube.com" and not host.endswith(".youtube.com"):
        return ()
    found = next(islice(_CHANNEL_ID.finditer(page), 1), None)
    return (f"{url.partition('://')[0]}://{host}/channel/{found[1] or found[2]}",) if found else ()


def _youtube(root: str, steps: list[str], query: str) -> list[str]:
    feed = f"{root.replace('://m.', '://www.')}/feeds/videos.xml"
    if lists := parse_qs(query).get("list"):
        return [f"{feed}?playlist_id={quote(lists[0])}"]
    match steps:
        case ["channel", channel, *_]:
            return [f"{feed}?channel_id={quote(channel)}"]
        case ["user", user, *_]:
            return [f"{feed}?user={quote(user)}"]
    return []


def _github(root: str, steps: list[str], _: str) -> list[str]:
    match steps:
        case [owner]:
            return [f"{root}/{owner}.atom"]
        case [owner, name, "commits", branch]:
            return [f"{root}/{owner}/{name}/commits/{branch}.atom"]
        case [owner, name, "tags", *_]:
            return [f"{root}/{owner}/{name}/tags.atom"]
        case [owner, name, "discussions", *_]:
            return [f"{root}/{owner}/{name}/discussions.atom"]
        case [owner, name, "commits", *_]:
            return [f"{root}/{owner}/{name}/commits.atom"]
        case [owner, name, *_]:
            repository = f"{root}/{owner}/{name}"
            return [f"{repository}/{feed}.atom" for feed in ("releases", "tags", "commits")]
    return []


def _gitlab(root: str, steps: list[str], _: str) -> list[str]:
    if "-" in steps:
        at = steps.index("-")
        project, page = "/".join(steps[:at]), steps[at + 1 :]
        match page:
            case ["commits", *branch]:
                return [f"{root}/{project}/-/commits/{'/'.join(branch) or 'HEAD'}?format=atom"]
            case ["tags" | "releases" | "issues" as kind, *_]:
                return [f"{root}/{project}/-/{kind}{'.atom' if kind == 'issues' else '?format=atom'}"]
        steps = steps[:at]
    if len(steps) < 2:
        return [f"{root}/{step}.atom" for step in steps]
    project = "/".join(steps)
    return [
        f"{root}/{project}.atom",
        f"{root}/{project}/-/tags?format=atom",
        f"{root}/{project}/-/commits/HEAD?format=atom",
    ]


def _reddit(root: str, steps: list[str], query: str) -> list[str]:
    path = "/".join(steps)
    return [f"{root}/{path}/.rss{f'?{query}' if query else ''}" if path else f"{root}/.rss"]


def _medium(root: str, steps: list[str], _: str) -> list[str]:
    host = root.partition("://")[2]
    if host.removeprefix("www.") != "medium.com":
        return [f"{root}/feed"]
    match steps:
        case ["tag", tag, *_]:
            return [f"{root}/feed/tag/{tag}"]
        case [name, *_] if name not in _NOT_A_USER:
            return [f"{root}/feed/{name}"]
    return []


def _feed_at_root(root: str, *_: object) -> list[str]:
    return [f"{root}/feed"]


def _wordpress(root: str, steps: list[str], _: str) -> list[str]:
    match steps:
        case ["category" | "tag" | "author" as kind, name, *_]:
            return [f"{root}/{kind}/{name}/feed/", f"{root}/feed/"]
    return [f"{root}/feed/"]


def _tumblr(root: str, *_: object) -> list[str]:
    return [f"{root}/rss"]


def _bluesky(root: str, steps: list[str], _: str) -> list[str]:
    match steps:
        case ["profile", name, *_]:
            return [f"{root}/profile/{name}/rss"]
    return []


def _fediverse(root: str, steps: list[str]) -> list[str]:
    """A profile or a hashtag of Mastodon and its kin, on whatever host."""
    match steps:
        case [name, *_] if name.startswith("@") and len(name) > 1 and "@" not in name[1:]:
            return [f"{root}/{name}.rss"]
        case ["users", name, *_]:
            return [f"{root}/users/{name}.rss"]
        case ["tags", name]:
            return [f"{root}/tags/{name}.rss"]
    return []


_SITES: dict[str, Callable[[str, list[str], str], list[str]]] = {
    "youtube.com": _youtube,
    "github.com": _github,
    "gitlab.com": _gitlab,
    "reddit.com": _reddit,
    "medium.com": _medium,
    "substack.com": _feed_at_root,
    "wordpress.com": _wordpress,
    "tumblr.com": _tumblr,
    "bsky.app": _bluesky,
}
