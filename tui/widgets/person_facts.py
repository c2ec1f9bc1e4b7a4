"""What is known of one person over all articles, but the quotations: roles, company, topics, outlets, weeks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual.message import Message

from store.models import Companion, Outlet, PersonPage, RoleHeld
from tui.text_cells import cut, fit, fit_right, width_of
from tui.widgets.graphs import sparkline
from tui.widgets.people import shortened
from tui.widgets.row_list import Part, RowList
from tui.wording.counts import plural

MOST_FORMS = 8
MOST_ROLES = 12
COUNT_WIDTH = 6
LABEL_WIDTH = 8

Choosable = Companion | Outlet | str
"""What of the facts can be chosen: somebody in the same articles, an outlet, a topic."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of texts with the component class of each; with ``chosen`` the cursor can be on it."""

    parts: tuple[tuple[str, str], ...]
    chosen: Choosable | None = None


class PersonFacts(RowList):
    """A person's facts. Company, topics and outlets can be chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "people--name",
        "people--quote",
        "people--role",
        "people--heading",
        "people--followed",
        "people--graph",
        "people--count",
    }

    class Chosen(Message):
        """The user chose one of the facts."""

        def __init__(self, what: Companion | Outlet | str) -> None:
            super().__init__()
            self.what = what

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._page: PersonPage | None = None
        self._topics: Sequence[str] = ()
        self._rows: list[Row] = []

    def load(self, page: PersonPage, *, keep_place: bool = False) -> None:
        self._page = page
        here = self._here
        self.set_lines()
        self.rows_changed(self._row_of(here) if keep_place else 0)
        self.title(page.entry.name)

    def add_topics(self, topics: Sequence[str]) -> None:
        """What he or she often speaks of, which is known later than the rest."""
        if topics != self._topics:
            self._topics = topics
            self.set_anew()

    @property
    def _here(self) -> Choosable | None:
        """What the cursor is on."""
        return self._rows[self.cursor].chosen if 0 <= self.cursor < len(self._rows) else None

    def _row_of(self, what: Choosable | None) -> int:
        return next((place for place, row in enumerate(self._rows) if what and row.chosen == what), 0)

    def set_anew(self) -> None:
        """The rows before the cursor's can become more or fewer; the cursor stays on what it is on."""
        here = self._here
        self.set_lines()
        self.rows_changed(self._row_of(here))

    # --- rows -----------------------------------------------------------------------------------------------

    def relayout(self) -> None:
        self._rows = list(self._build(self._page, max(16, self.content_width - 2))) if self._page else []

    def row_count(self) -> int:
        return len(self._rows)

    def can_stop_at(self, row: int) -> bool:
        return self._rows[row].chosen is not None

    def chosen(self) -> None:
        what = self._rows[self.cursor].chosen
        if what is not None:
            self.post_message(self.Chosen(what))

    def draw(self, row: int, line: int, width: int) -> Sequence[Part]:  # noqa: ARG002
        return [(text, self.style(name)) for text, name in self._rows[row].parts]

    def _build(self, page: PersonPage, width: int) -> Iterator[Row]:
        entry = page.entry
        if entry.followed:
            yield _row("✱ You follow this person", "people--followed")
        for line in shortened(entry.role, width, 3) if entry.role else ():
            yield _row(line, "people--name")
        counts = (f"quoted {entry.quotes:,} ×", f"named {entry.mentions:,} ×", plural(entry.articles, "article"))
        for line in _packed([*counts, _span(entry.first, entry.last)], width):
            yield _row(line, "people--role")
        yield from self._weeks(page, width)
        yield from _listed("Also printed as", page.forms[1 : 1 + MOST_FORMS], width)
        if page.roles:
            yield from _heading("Roles, newest first")
            for held in page.roles[:MOST_ROLES]:
                yield from _held(held, width)
        yield from _counted("In the same articles", [(each, each.name, each.articles) for each in page.companions],
                            width)  # fmt: skip
        if self._topics:
            yield from _heading("Often speaks of")
            for topic in self._topics:
                yield Row(((cut(topic, width), "people--quote"),), topic)
        yield from _counted("Quoted by", [(each, each.source or "a source that is gone", each.quotes)
                                          for each in page.outlets], width)  # fmt: skip

    def _weeks(self, page: PersonPage, width: int) -> Iterator[Row]:
        if not page.weeks:
            return
        mentions, quotes = [week.mentions for week in page.weeks], [week.quotes for week in page.weeks]
        room = width - LABEL_WIDTH
        named = sparkline(mentions, room)
        yield from _heading("By week" if len(page.weeks) <= room else "Over time")
        yield Row(((fit("Named", LABEL_WIDTH), "people--role"), (named, "people--graph")))
        yield Row(((fit("Quoted", LABEL_WIDTH), "people--role"), (sparkline(quotes, room), "people--graph")))
        first, last = f"{page.weeks[0].start:%b %Y}", f"{page.weeks[-1].start:%b %Y}"
        between = len(named) - width_of(first) - width_of(last)
        dates = first + " " * between + last if between > 0 else first if first == last else f"{first} – {last}"
        yield _row(" " * LABEL_WIDTH + cut(dates, room), "people--role")


def _row(text: str, name: str) -> Row:
    return Row(((text, name),))


def _heading(text: str) -> Iterator[Row]:
    yield _row("", "people--heading")
    yield _row(text, "people--heading")


def _packed(parts: Sequence[str], width: int) -> list[str]:
    """The parts in as few lines as they fit, none of them broken."""
    lines: list[str] = []
    for part in parts:
        if lines and width_of(lines[-1]) + 3 + width_of(part) <= width:
            lines[-1] += f" · {part}"
        else:
            lines.append(cut(part, width))
    return lines


def _listed(heading: str, texts: Sequence[str], width: int) -> Iterator[Row]:
    if texts:
        yield from _heading(heading)
        for text in texts:
            yield _row(cut(text, width), "people--quote")


def _counted(heading: str, found: Sequence[tuple[Companion | Outlet, str, int]], width: int) -> Iterator[Row]:
    if found:
        yield from _heading(heading)
        for what, name, count in found:
            number = fit_right(f"{count:,}" if count else "", COUNT_WIDTH)
            yield Row(((fit(name, width - COUNT_WIDTH), "people--quote"), (number, "people--count")), what)


def _held(held: RoleHeld, width: int) -> Iterator[Row]:
    for line in shortened(", ".join(filter(None, (held.role, held.affiliation))), width, 2):
        yield _row(line, "people--quote")
    yield _row(cut(f"  {_span(held.first, held.last)}", width), "people--role")


def _span(first: datetime | None, last: datetime | None) -> str:
    """From a day to a day."""
    days = list(dict.fromkeys(f"{when.day} {when:%b %Y}" for when in (first, last) if when is not None))
    return " – ".join(days)
