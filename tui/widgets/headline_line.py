"""A headline's line or two: the title, and beside or below it when, where and how many people are quoted."""

from __future__ import annotations

from datetime import datetime

from rich.style import Style

from store.models import Headline
from tui.text_cells import clock_time, fit, fit_right
from tui.widgets.row_list import Part

WIDE = 96
"""From this width on dates are written out and sources have more room."""
MARKS_WIDTH = 3
COUNT_WIDTH = 6
"""Cells for the number of people quoted."""


def title_of(headline: Headline) -> str:
    return headline.article.title or "(no title)"


def one_line(
    headline: Headline, source: str, width: int, now: datetime, *, twelve_hours: bool, title: Style, aside: Style
) -> list[Part]:
    """All of a headline in one line of ``width`` cells, of which the first three are left to its marks."""
    wide = width >= WIDE
    when_width, source_width = (11, 20) if wide else (7 if twelve_hours else 6, 14)
    quoted = headline.article.quoted
    when = short_time(headline.article.published, now, wide=wide, twelve_hours=twelve_hours)
    return [
        (fit(when, when_width) + "  " + fit(source, source_width) + "  ", aside),
        (fit(title_of(headline), width - MARKS_WIDTH - when_width - 2 - source_width - 2 - COUNT_WIDTH), title),
        (fit_right(f"{quoted} ❝" if quoted else "", COUNT_WIDTH), aside),
    ]


def details(headline: Headline, source: str, now: datetime, *, twelve_hours: bool) -> str:
    """What stands below the title when a headline takes two lines."""
    parts = [short_time(headline.article.published, now, wide=True, twelve_hours=twelve_hours), source]
    if headline.article.quoted:
        parts.append(f"{headline.article.quoted} ❝")
    return " · ".join(part for part in parts if part)


def short_time(when: datetime, now: datetime, *, wide: bool, twelve_hours: bool = False) -> str:
    """The local time of today's articles, the day of others: in 7 cells, or 11 when ``wide``."""
    try:
        local = when.astimezone(now.tzinfo)
    except (OverflowError, ValueError):
        local = when
    if local.date() == now.date():
        return clock_time(local, twelve_hours=twelve_hours)
    if local.year == now.year:
        return f"{local:%d %b}"
    return f"{local:%d %b %Y}" if wide else f"{local:%b}’{local.year % 100:02}"
