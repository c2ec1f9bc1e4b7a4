"""Pictures, videos and sounds in a page: where they are, and in which words a text tells of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from store.text.clean import clean_line
from store.text.urls import absolute

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-url", "data-hi-res-src")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_PLACEHOLDER = re.compile(r"\s*(?:data:|about:|javascript:|blob:|$)", re.IGNORECASE)
_PLACEHOLDER_NAME = re.compile(
    r"(?:^|/)(?:blank|spacer|placeholder|transparent|pixel|1x1|loading|lazy|grey|gray)[\w-]*\.(?:gif|png|svg|jpe?g)",
    re.I,
)
_FILE_NAME = re.compile(r"[\w.%()@+ -]{1,100}\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?)", re.I)
_VIDEO_HOSTS = re.compile(
    r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|twitch\.tv|ted\.com|rutube\.ru|"
    r"bilibili\.com|wistia\.\w+|jwplatform\.com|brightcove\.net|streamable\.com)$"
)
_AUDIO_HOSTS = re.compile(
    r"(?:^|\.)(?:soundcloud\.com|open\.spotify\.com|mixcloud\.com|bandcamp\.com|podcasts\.apple\.com|megaphone\.fm|"
    r"anchor\.fm|simplecast\.com|buzzsprout\.com|podbean\.com|acast\.com|libsyn\.com)$"
)
LONGEST = 300


def picture_address(base: str, attributes: Mapping[str, str], source_set: str = "") -> str:
    """Where a picture is: its ``src``, or what a script would load in the place of an empty one; '' when unknown.

    ``source_set`` is the ``srcset`` of the ``source`` before it.
    """
    candidates = [attributes.get("src", "")]
    lazy = [attributes.get(name, "") for name in _LAZY]
    if any(lazy) and _PLACEHOLDER_NAME.search(candidates[0]):
        candidates = []
    candidates += lazy
    candidates += [first_of_set(attributes.get(name, "")) for name in _SETS]
    candidates += [first_of_set(source_set), attributes.get("src", "")]
    found = (absolute(base, each) for each in candidates if not _PLACEHOLDER.match(each))
    return next((address for address in found if address.startswith("http")), "")


def first_of_set(source_set: str) -> str:
    """The first address of a ``srcset``, which may have commas in it."""
    words = source_set.split(maxsplit=1)
    return words[0].rstrip(",") if words else ""


def is_tracker(attributes: Mapping[str, str]) -> bool:
    """Whether a picture is there to be fetched, not to be looked at: a dot of at most two pixels."""
    sizes = [attributes.get(name, "").strip().removesuffix("px") for name in ("width", "height")]
    return any(size in ("0", "1", "2") for size in sizes)


def picture_words(attributes: Mapping[str, str]) -> str:
    """What a picture says of itself, its ``alt`` and its ``title``; '' when that is nothing but a file's name."""
    words = [clean_line(attributes.get(name) or "") for name in ("alt", "title")]
    alt, title = ("" if _FILE_NAME.fullmatch(each) else each for each in words)
    if not alt or not title or title.casefold() in alt.casefold():
        return alt or title
    return title if alt.casefold() in title.casefold() else f"{alt} — {title}"


def name_of(address: str) -> str:
    """Words for an address that nothing is said of: the last part of its path, else its host."""
    parts = urlsplit(address)
    name = clean_line(unquote(parts.path.rstrip("/").rpartition("/")[2]))[:LONGEST]
    return name or parts.hostname or address


def place_of(address: str) -> str:
    """An address as short words: its host and path."""
    parts = urlsplit(address)
    return clean_line(unquote(f"{(parts.hostname or '').removeprefix('www.')}{parts.path}".rstrip("/")))[:LONGEST]


def label_of(tag: str, address: str, kind: str = "") -> str:
    """What an element that embeds something embeds, as a label."""
    main = kind.partition("/")[0]
    host = urlsplit(address).hostname or ""
    if tag in ("video", "audio"):
        return f"{tag}:"
    if main in ("video", "audio", "image"):
        return f"{main}:"
    if _VIDEO_HOSTS.search(host):
        return "video:"
    return "audio:" if _AUDIO_HOSTS.search(host) else "embedded:"
