"""What is typed to carry out every command of the dashboard, and what the terminal must show after each key.

A session is a row of steps. :func:`do` names a command: its first key is typed, or, when it has none, its title into
the command palette. :func:`press` and :func:`words` are the keys and texts that a dialog asks for. The word after them
is what must come into sight, or a condition for the whole screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tui.keys.commands import COMMANDS, Command

Shown = str | Callable[[str, str], bool]
"""What comes into sight, or a condition for the screen and the one before the key."""

OF_ID = {command.id: command for command in COMMANDS}


@dataclass(frozen=True)
class Step:
    """``command`` or ``key`` or ``text`` is typed; then ``shown`` is waited for."""

    shown: Shown
    command: Command | None = None
    key: str = ""
    text: str = ""


def do(command: str, shown: Shown, *, key: str = "") -> Step:
    """Carry out a command by its first key, or by another of its keys."""
    found = OF_ID[command]
    assert not key or key in found.keys
    return Step(shown, found, key or next(iter(found.keys), ""))


def press(key: str, shown: Shown) -> Step:
    return Step(shown, key=key)


def words(text: str, shown: Shown = "") -> Step:
    return Step(shown or text, text=text)


def without(*texts: str) -> Callable[[str, str], bool]:
    """None of these is in sight."""
    return lambda screen, _: not any(text in screen for text in texts)


def line_with(*texts: str) -> Callable[[str, str], bool]:
    """One line has all of these."""
    return lambda screen, _: any(all(text in line for text in texts) for line in screen.splitlines())


def no_line_with(*texts: str) -> Callable[[str, str], bool]:
    return lambda screen, before: not line_with(*texts)(screen, before)


def headlines_end_elsewhere(screen: str, before: str) -> bool:
    """The line below the headlines is on another line of the screen than before."""
    return screen.count("\n", 0, screen.find("╰")) != before.count("\n", 0, before.find("╰"))


def people_begin_elsewhere(screen: str, before: str) -> bool:
    """The line beside the people has moved to the left or right."""
    title = "╭─ People"
    beside, then = (next(line for line in each.splitlines() if title in line) for each in (screen, before))
    return beside.index(title) != then.index(title)


READING = (
    do("open", line_with("│    ", "Budget passed")),
    do("toggle-star", "★"),
    do("toggle-read", line_with("│ ●", "Budget passed")),
    do("undo", "Undone for 1 article"),
    do("undo", "Undone for 1 article", key="ctrl+z"),
    do("next-unread", "A fine day in the harbour"),
    do("advance", "Paragraph 12"),
    do("top", "Mayor Ana Horvat. See"),
    do("bottom", "It was late"),
    do("half-up", "Paragraph 30"),
    do("half-down", "It was late"),
    do("page-up", "Paragraph 25"),
    do("page-down", "It was late"),
    do("top", "Mayor Ana Horvat. See", key="home"),
    do("down", "Paragraph 8."),
    do("up", without("Paragraph 8.")),
    do("links", "https://two.example/b"),
    press("escape", without("https://two.example/b")),
    do("numbered-link", "Opened https://two.example/b", key="2"),
    do("open-link", "/page/0"),
    do("toggle-read", "Marked as unread"),
    do("open-and-mark", line_with("│    ", "Bridge opens")),
    do("copy-link", "Copied http://127.0.0.1"),
    do("copy-markdown", "Copied the article as Markdown"),
    do("pictures", "There are no pictures in this article."),
    do("find", "words of this article"),
    words("paragraph 33"),
    press("enter", line_with("Paragraph 33.", "The harbour")),
    press("escape", without("paragraph 33")),
    do("save-article", "Save"),
    press("enter", "Saved as"),
    do("pipe", "count: 89"),
    do("full-text", "The whole story from the page."),
    do("full-text", "The text of the feed."),
    do("next-unread", "It was old"),
    do("previous-unread", line_with("│    ", "Budget passed")),
    do("mute", "Muted;"),
    do("mute", "No longer muted."),
    do("mark-all-read", no_line_with("│ ●")),
    do("back", "Enter Open"),
    do("leave", "newsdash ended with 0"),
)
"""In the article."""

LISTS = (
    do("sort", "6  Most people quoted first"),
    press("6", "most people quoted first ─"),
    do("sort", "1  Newest first"),
    press("1", without("most people quoted first ─")),
    do("toggle-order", "oldest first ─"),
    do("toggle-order", without("oldest first ─")),
    do("group", "2  By feed"),
    press("2", "▾ Harbour News"),
    do("fold", line_with("▸")),
    do("fold", without("▸")),
    do("fold-all", without("▾")),
    do("fold-all", without("▸")),
    do("group", "1  "),
    press("1", without("▾ Harbour News")),
    do("filter", "3  Starred only"),
    press("3", "Nothing to list here"),
    do("filter", "1  "),
    press("1", "Budget passed"),
    do("toggle-filter", "unread only ─"),
    do("toggle-filter", without("unread only ─")),
    do("density", "One line a headline"),
    do("density", "Two lines a headline"),
    do("density", without("lines a headline")),
    do("search", "a phrase"),
    words("bridge"),
    press("enter", without("Budget passed")),
    do("save-search", "Save a search"),
    press("enter", "Saved as bridge"),
    do("back", "Budget passed"),
    do("left", "Harbour News  "),
    do("next-feed", "─ Unread ─"),
    do("previous-feed", "─ All ─"),
    do("bottom", line_with("│▌", "Harbour News")),
    do("open", "─ Harbour News ─"),
    do("search", "a phrase"),
    words("budget"),
    press("enter", without("Bridge opens")),
    do("search-everywhere", "Budget passed"),
    do("back", "Bridge opens"),
    do("quit-or-back", "newsdash ended with 0"),
)
"""In the headlines."""

SPOKEN = (
    do("next-quotation", "▎"),
    do("right", "i Why"),
    do("right", "Enter Open"),
    do("up", line_with("▌", "Ana Horvat")),
    do("explain", "Who is this?"),
    press("escape", without("Who is this?")),
    do("correct", "Correct the name"),
    words("Anna"),
    press("enter", "takes back"),
    do("undo", "Taken back"),
    do("same-person", "nobody else in this article"),
    do("split-person", "Split"),
    press("escape", without("Split off")),
    do("verb-class", "List what was"),
    press("escape", without("List what was")),
    do("down", line_with("▌", "We asked for more")),
    do("explain", "Why this speaker?"),
    press("escape", without("Why this speaker?")),
    do("previous-quotation", "This is the first quotation."),
    do("follow", "You follow Ana Horvat now"),
    do("directory", "People in all articles"),
    do("search", "a name or a role"),
    words("horvat"),
    press("enter", without("Rojansky")),
    do("open", "Budget passed"),
    do("printings", "Printed"),
    press("escape", without("Printed")),
    do("timeline", "oldest first ─"),
    do("timeline", without("oldest first ─")),
    do("side-by-side", "Words of the other name"),
    press("escape", without("Words of the other name")),
    do("compare-outlets", line_with("─ Council Post ─", "─ Harbour News ─")),
    do("back", without("─ Council Post ─")),
    do("same-person", "Words of the other name"),
    press("escape", without("Words of the other name")),
    do("filter", "Narrow the quotations"),
    press("escape", without("Narrow the quotations")),
    do("back", "People in all articles · “horvat”"),
    do("back", "Rojansky"),
    do("back", without("People in all articles")),
    do("quoted", "Who gets quoted"),
    do("back", without("Who gets quoted")),
    do("leave", "newsdash ended with 0"),
)
"""With the people of an article, and of all."""

FEEDS = (
    do("left", "─ Feeds ─"),
    do("bottom", line_with("▌", "Harbour News")),
    do("feed-page", "Address "),
    press("escape", without("Address ")),
    do("edit-feed", "─ Edit a feed ─"),
    press("escape", without("─ Edit a feed ─")),
    do("tags", "─ Tags of a feed ─"),
    words("sea"),
    press("enter", "▾ sea"),
    do("fold-folder", "▸ sea"),
    do("fold-folders", "▾ sea"),
    do("sort-feeds", "the most unread articles first"),
    do("only-unread-feeds", "Only feeds with unread articles"),
    do("hidden-feeds", "There are no hidden feeds"),
    do("import-feeds", "─ Import feeds ─"),
    press("escape", without("─ Import feeds ─")),
    do("export-feeds", "─ Export feeds ─"),
    press("escape", without("─ Export feeds ─")),
    do("refresh-feed", "Nothing new."),
    do("stop", "Nothing is being fetched."),
    do("refresh-all", "Nothing new."),
    do("rules", "─ Rules"),
    press("escape", without("─ Rules")),
    do("starter-feeds", "─ News to start with ─"),
    press("escape", without("─ News to start with ─")),
    do("add-feed", "The address of a feed"),
    press("escape", without("The address of a feed")),
    do("remove-feed", "─ Remove"),
    press("escape", without("─ Remove")),
    do("leave", "newsdash ended with 0"),
)
"""In the sidebar."""

SCREEN = (
    do("zoom", without("─ Article ─")),
    do("zoom", "─ Article ─"),
    do("hide-pane", without("─ All ─")),
    do("left", "─ All ─"),
    do("hide-pane", "Headlines: shown"),
    do("toggle-headlines", "Headlines: hidden"),
    do("toggle-headlines", "Headlines: shown"),
    do("toggle-article", "Article: hidden"),
    do("toggle-article", "Article: shown"),
    do("toggle-people", "People & quotes: hidden"),
    do("toggle-people", "People & quotes: shown"),
    do("toggle-feeds", "─ Feeds ─"),
    do("toggle-feeds", without("─ Feeds ─")),
    do("next-pane", "Why"),
    do("previous-pane", without("Why")),
    do("right", "Why"),
    do("left", without("Why")),
    do("grow-pane", headlines_end_elsewhere),
    do("shrink-pane", headlines_end_elsewhere),
    do("divider-down", headlines_end_elsewhere),
    do("divider-up", headlines_end_elsewhere),
    do("right", "i Why"),
    do("divider-right", people_begin_elsewhere),
    do("divider-left", people_begin_elsewhere),
    do("reset-layout", "The panes are arranged as at first"),
    do("jump", "Type a label"),
    press("escape", without("Type a label")),
    do("theme", "Search for themes"),
    press("escape", without("Search for themes")),
    do("log", "─ Log ─"),
    press("escape", without("─ Log ─")),
    do("welcome", "Welcome to newsdash"),
    press("escape", without("Welcome to newsdash")),
    do("help", "Keys ·"),
    press("escape", without("Keys ·")),
    do("commands", "Search for commands"),
    press("escape", without("Search for commands")),
    do("reload-config", "config.toml was read again"),
    do("leave", "newsdash ended with 0"),
)
"""Panes, dialogs and pages."""

SESSIONS = {"reading": READING, "lists": LISTS, "spoken": SPOKEN, "feeds": FEEDS, "screen": SCREEN}
