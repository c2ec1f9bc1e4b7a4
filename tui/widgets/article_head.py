"""What stands above an article's text: its title, where it is from, when, and notes on how it was read."""

from __future__ import annotations

from datetime import datetime

from store.models import OpenArticle
from tui.keys.keyboard import Keyboard
from tui.text_cells import clock_time, wrap

WORDS_A_MINUTE = 230


def head_lines(
    opened: OpenArticle, width: int, keyboard: Keyboard, *, twelve_hours: bool = False
) -> list[tuple[str, str]]:
    """What stands above the text: title, who and where from, when, and notes on how it was read."""
    article = opened.article
    title = article.title or "(no title)"
    entries = [(title, "article--title")]
    source = [opened.source, ", ".join(article.authors)]
    where = [article.place, article.agency]
    entries.append((" · ".join(part for part in (*source, "-".join(filter(None, where))) if part), "article--byline"))
    when = long_time(article.published, twelve_hours=twelve_hours)
    if article.date_guessed:
        when += " (not dated by its source)"
    entries.append((when, "article--byline"))
    if article.full_text:
        entries.append((keyboard.hint("Full text · {full-text} shows the feed’s own"), "article--note"))
    entries += [(f"Tags: {', '.join(opened.status.tags)}", "article--byline")] if opened.status.tags else []
    entries += [("Muted: it is in no list but this.", "article--note")] if opened.status.muted else []
    entries += [(note, "article--note") for note in article.notes]
    if not opened.document.text:
        entries.append(("", "article--note"))
        advice = keyboard.hint(" Press {open-link} to open its page.") if article.link else ""
        entries.append((f"This article has no text.{advice}", "article--note"))
    lines = [
        (text[start:end], name) for text, name in entries if text for start, end in wrap(text, 0, len(text), width)
    ]
    return [("", "article--byline"), *lines, ("", "article--byline")]


def long_time(when: datetime, *, twelve_hours: bool = False) -> str:
    """A moment written out in the zone it was published with."""
    offset = f"{when:%z}"
    zone = f"UTC{offset[:3]}:{offset[3:5]}" if offset and offset != "+0000" else "UTC"
    return f"{when:%A} {when.day} {when:%B %Y}, {clock_time(when, twelve_hours=twelve_hours)} ({zone})"


def reading_time(words: int) -> str:
    """About how long reading takes; nothing for texts of a few words."""
    return f"{max(1, round(words / WORDS_A_MINUTE))} min" if words > 20 else ""
