"""Every option of ``config.toml``, once: its name, type, default, allowed values and what it does.

The file that ``newsdash config --init`` writes, the tables of docs/CONFIG.md and the checks are all made from
these dataclasses. A field's name is the option's name; :func:`option` gives it its kind and its sentence.
"""

# ruff: noqa: RUF009 - option() makes a dataclasses.field

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from functools import cached_property
from typing import Any

from store.text.origin import same_origin
from store.text.urls import same_feed
from tui.config.value_types import (
    Command,
    Commands,
    Duration,
    Flag,
    Headers,
    Kind,
    Names,
    Number,
    OneOf,
    ProxyAddress,
    Query,
    Text,
)
from tui.external.desktop import Method
from tui.keys.presets import PRESETS

Keys = tuple[str, ...]
"""Key sequences of one command, each with its keys between spaces: ``("g g", "home")``."""


def option(default: Any, kind: Kind[Any], doc: str) -> Any:
    """A field of a section. ``doc`` is one or two sentences for the user."""
    metadata = {"kind": kind, "doc": doc}
    if isinstance(default, dict):
        return field(default_factory=dict, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class General:
    """The program as a whole."""

    theme: str = option(
        "",
        Text("the name of a theme"),
        "The colours. Without a name, the theme last chosen in the program (T lists them).",
    )
    view: str = option("all", OneOf(("all", "unread", "today", "starred")), "What is listed at the start.")
    mark_read_on_open: bool = option(True, Flag(), "Mark an article read when it is opened.")
    browser: tuple[str, ...] = option(
        (),
        Command(),
        "What opens links: a program and its arguments. The address takes the place of {url}, or comes "
        "last. Without a program, $BROWSER or the desktop's browser.",
    )
    pipe: Mapping[str, tuple[str, ...]] = option(
        {},
        Commands(),
        "Programs that an article can be sent to, by the names they are offered under. They get it as "
        "Markdown on their standard input, and are never started through a shell.",
    )
    proxy: str = option("", ProxyAddress(), "The proxy for all fetching.")
    refresh: timedelta = option(
        timedelta(0),
        Duration("never", timedelta(minutes=5), timedelta(days=30)),
        "Fetch all feeds by itself after this time, while the dashboard is open.",
    )
    time_format: str = option("24h", OneOf(("24h", "12h")), "How the time of day is written: 17:05 or 5:05pm.")


@dataclass(frozen=True, slots=True)
class Layout:
    """The panes and the text in them."""

    measure: int = option(78, Number(30, 200), "Most columns in a line of an article.")
    centred: bool = option(True, Flag(), "Put the text in the middle of a pane that is wider than the measure.")
    density: str = option(
        "auto", OneOf(("auto", "one", "two")), "Lines a headline takes; auto takes two where there is little room."
    )
    sidebar: str = option(
        "auto",
        OneOf(("auto", "shown", "hidden")),
        "The feeds at the left; auto remembers what you last did with b, and shows them at first where there is room.",
    )


@dataclass(frozen=True, slots=True)
class KeySettings:
    """Which keys do what: by command, one key or a list of them; a key may be several in turn, such as "g g"."""

    preset: str = option("newsdash", OneOf(tuple(PRESETS)), "The keys to begin with.")
    commands: Mapping[str, Keys] = field(default_factory=dict)
    """The commands that the file gives keys to, by id, in the file's order; () for a command without a key."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long articles are kept. Starred and corrected ones, and those that quote people you follow, always stay."""

    keep_for: timedelta = option(
        timedelta(0), Duration("ever", timedelta(days=1)), "Remove articles that are older than this."
    )
    keep_newest: int = option(0, Number(10, 1_000_000, "all"), "Keep only this many articles of each feed.")


@dataclass(frozen=True, slots=True)
class Notify:
    """Telling the desktop, once a refresh of the dashboard, what is new of that which you wait for."""

    method: str = option(
        "none",
        OneOf(tuple(Method)),
        "How: not at all, by the terminal's bell, by the terminal's own notifications (OSC 9 or OSC 777; inside of "
        "tmux they do not get through), or by a command.",
    )
    command: tuple[str, ...] = option(
        ("notify-send", "--app-name=newsdash", "{title}", "{text}"),
        Command(),
        "The program and its arguments for the method command, never started through a shell. The text takes the "
        "place of {text}, or comes last.",
    )
    people: bool = option(True, Flag(), "Tell about new quotations of people you follow.")
    searches: tuple[str, ...] = option(
        (), Names(), "Tell about new unread articles that these saved searches or rules find, by their names."
    )


@dataclass(frozen=True, slots=True)
class Themes:
    """Themes of your own."""

    file: str = option(
        "themes.toml",
        Text("the name of a file", empty=False),
        "A file of themes, beside this one if it is not a full path. It need not be there.",
    )


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """What holds for one feed only."""

    interval: timedelta = option(
        timedelta(0),
        Duration("how often the feed changes", timedelta(minutes=5), timedelta(days=30)),
        "Fetch it no more often than this.",
    )
    headers: Mapping[str, str] = option(
        {}, Headers(), "Header fields to send to its own scheme, host and port: for it, for full texts and pictures."
    )
    keep_for: timedelta = option(
        timedelta(0),
        Duration("what [retention] says", timedelta(days=1)),
        "Remove its articles that are older than this.",
    )
    keep_newest: int = option(0, Number(10, 1_000_000, "what [retention] says"), "Keep only this many of its articles.")


@dataclass(frozen=True, slots=True)
class Rule:
    """What is done with articles that arrive and match a query."""

    query: str = option("", Query(), "Which articles: a search as in the search box.")
    action: str = option(
        "read",
        OneOf(("read", "star", "mute", "tag")),
        "What is done with them: marked read, starred, kept out of all lists, or tagged.",
    )
    tag: str = option("", Text("a tag"), "The tag that the action tag gives.")
    name: str = option("", Text("a name"), "What it is called; without a name, by its query.")


@dataclass(frozen=True)
class Settings:
    """All that a configuration file says; without one, the defaults."""

    general: General = field(default_factory=General)
    layout: Layout = field(default_factory=Layout)
    keys: KeySettings = field(default_factory=KeySettings)
    retention: Retention = field(default_factory=Retention)
    notify: Notify = field(default_factory=Notify)
    themes: Themes = field(default_factory=Themes)
    feeds: Mapping[str, FeedSettings] = field(default_factory=dict)
    """By address, as written in the file."""
    rules: tuple[Rule, ...] = ()

    def feed(self, url: str) -> FeedSettings:
        """What holds for the feed at this address, however it is spelled; header fields for their own origin only."""
        written, found = self._by_feed.get(same_feed(url), (url, FeedSettings()))
        return found if same_origin(written, url) or not found.headers else replace(found, headers={})

    @cached_property
    def _by_feed(self) -> Mapping[str, tuple[str, FeedSettings]]:
        return {same_feed(url): (url, each) for url, each in self.feeds.items()}


SECTIONS: Mapping[str, type[Any]] = {
    "general": General,
    "layout": Layout,
    "keys": KeySettings,
    "retention": Retention,
    "notify": Notify,
    "themes": Themes,
}
"""The tables with a fixed set of options, in the order in which they are written."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option as the checks, the written file and the documentation see it."""

    name: str
    kind: Kind[Any]
    doc: str
    default: Any


def options(section: type[Any]) -> tuple[Option, ...]:
    """The options of a section, in their order."""
    defaults = section()
    return tuple(
        Option(each.name, each.metadata["kind"], each.metadata["doc"], getattr(defaults, each.name))
        for each in fields(section)
        if "kind" in each.metadata
    )
