"""newsboat's ``urls`` file, and plain lists of addresses, which are the simplest such files.

A line is an address and its tags, separated by blanks, quoted where they hold some. ``~Title`` names the feed,
``!`` hides it, ``query:Name:expression`` is a search; a word that begins with ``#`` begins a comment. What newsboat
has no words for (searches in our language, tags that begin with ``~`` or ``!``) is kept in comments that begin with
``#newsdash``: newsboat does not start with a query that it does not understand.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from store.errors import FeedError, NewsdashError
from store.feeds.import_plan import ImportPlan, PlanBuilder
from store.feeds.newsboat_queries import is_newsboat_query, translated
from store.text.decoding import decode

if TYPE_CHECKING:
    from store.models import Feed, SavedSearch

LONGEST_LINE = 10_000
OWN = "#newsdash "
MARKS = ("~", "!")
"""What makes another thing than a tag of a word."""
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


def read_urls(data: bytes) -> ImportPlan:
    """What a ``urls`` file or a plain list of addresses holds; FeedError when it is not text."""
    try:
        text = decode(data).text
    except NewsdashError:
        raise FeedError("This is not a list of feeds: it is not even text.") from None
    plan = PlanBuilder()
    more_tags: list[list[str]] = []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            plan.refuse(f"line {number}", "The line is too long.")
            continue
        try:
            own = line.startswith(OWN)
            words = split_line(line.removeprefix(OWN) if own else line)
        except ValueError:
            plan.refuse(f"line {number}", "A quotation mark is not closed.")
            continue
        if own and words and not words[0].startswith("query:"):
            more_tags.append(words)
        elif words and words[0] != "---":
            read_line(words, plan, ours=own)
    for address, *tags in more_tags:
        plan.add(address, tags=tags)
    return plan.plan()


def write_urls(feeds: Iterable[Feed], searches: Iterable[SavedSearch] = ()) -> bytes:
    """The list as newsboat reads it. It has no words for passwords, intervals and full text; those are left out."""
    lines: list[tuple[str, list[str]]] = []
    for feed in feeds:
        tags = [tag for tag in feed.tags if not tag.startswith(MARKS)]
        lines.append(("", [feed.url, f"~{feed.title}", *(["!"] if feed.hidden else []), *tags]))
        if odd := [tag for tag in feed.tags if tag.startswith(MARKS)]:
            lines.append((OWN, [feed.url, *odd]))
    lines += [(OWN, [f"query:{search.name}:{search.query}", *search.tags]) for search in searches]
    text = "".join(before + " ".join(map(quoted, words)) + "\n" for before, words in lines)
    return text.encode("utf-8", "replace")


def read_line(words: list[str], plan: PlanBuilder, *, ours: bool = False) -> None:
    """The words of one line into the plan; a query that is ``ours`` is in our language."""
    address, rest = words[0], words[1:]
    if address.startswith("query:"):
        name, colon, expression = address.removeprefix("query:").partition(":")
        if colon and name and expression:
            read_query(name, expression, rest, plan, ours=ours)
        else:
            plan.refuse(address, "The query has no name or no expression.")
        return
    titles = [word[1:] for word in rest if word.startswith("~")]
    hiding = [word[1:] for word in rest if word.startswith("!")]
    tags = [word for word in rest if not word.startswith(("~", "!"))]
    title = titles[0] if titles else ""
    plan.add(address, title=title, tags=[*tags, *hiding], hidden=bool(hiding), renamed=bool(title))


def read_query(name: str, expression: str, tags: list[str], plan: PlanBuilder, *, ours: bool) -> None:
    """A search into the plan, translated if it is in newsboat's language."""
    if ours or not is_newsboat_query(expression):
        plan.search(name, expression, tags)
        return
    try:
        plan.search(name, translated(expression), tags)
    except FeedError as error:
        plan.refuse(name, error.message)


def split_line(line: str) -> list[str]:
    """The words of a line, quotation marks and backslashes undone; ValueError when a quotation is not closed."""
    words: list[str] = []
    place = 0
    while True:
        while place < len(line) and line[place].isspace():
            place += 1
        if place >= len(line) or line[place] == "#":
            return words
        word = ""
        if line[place] == "~" and line[place + 1 : place + 2] == '"':
            word, place = "~", place + 1
        if line[place] == '"':
            inside, place = read_quoted(line, place + 1)
            word += inside
        else:
            start = place
            while place < len(line) and not line[place].isspace():
                place += 1
            word += line[start:place]
        words.append(word)


def read_quoted(line: str, place: int) -> tuple[str, int]:
    """What stands from ``place`` to the closing quotation mark, and where the line goes on after it."""
    pieces: list[str] = []
    while place < len(line):
        char = line[place]
        if char == '"':
            return "".join(pieces), place + 1
        if char == "\\" and place + 1 < len(line):
            place += 1
            char = _ESCAPES.get(line[place], line[place])
        pieces.append(char)
        place += 1
    raise ValueError("a quotation mark is not closed")


def quoted(word: str) -> str:
    """A word as it is written in a line: in quotation marks where it needs them."""
    if word and not any(char.isspace() or char in '"\\' for char in word) and not word.startswith("#"):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
