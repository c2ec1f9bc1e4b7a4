"""The headlines pane: a hundred thousand rows, drawn as they come into view."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from rich.style import Style
from textual.message import Message

from store.errors import NotFoundError
from store.models import ArticleList, Group, Headline, Snippet
from tui.text_cells import cut, fit, fit_right
from tui.widgets.bounded_dict import BoundedDict
from tui.widgets.grouped_rows import Sections
from tui.widgets.headline_line import details, one_line, title_of
from tui.widgets.row_list import Part, RowList
from tui.wording.counts import plural

ROOMY = 72
"""From this width on a headline takes one line; below it two."""
KEPT_HEADLINES = 2048
COUNT_WIDTH = 8
"""Cells for the number of a group's articles."""

RowOf = Callable[[int], Headline]
"""Gives the headline of an article id; raises NotFoundError when it is gone."""


def local_now() -> datetime:
    return datetime.now().astimezone()


class Headlines(RowList):
    """The list of articles."""

    HELP = (
        "The articles of a feed or view, newest first. ● is unread, ★ is starred, ❝ counts the people quoted, ▸ opens."
    )

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "headlines--unread",
        "headlines--read",
        "headlines--mark",
        "headlines--star",
        "headlines--aside",
        "headlines--group",
        "found",
    }

    class Moved(Message):
        """The cursor came to this article."""

        def __init__(self, article_id: int) -> None:
            super().__init__()
            self.article_id = article_id

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Headlines.Moved)

    class Opened(Message):
        """The user opened this article."""

        def __init__(self, article_id: int) -> None:
            super().__init__()
            self.article_id = article_id

    class PassagesWanted(Message):
        """Some rows in sight lack the passage that shows why a search found them: see :meth:`lacking`."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Headlines.PassagesWanted)

    def __init__(self, *, id: str, clock: Callable[[], datetime] = local_now) -> None:
        super().__init__(id=id)
        self._clock = clock
        self.density = "auto"
        """Lines a headline takes: ``one``, ``two``, or ``auto`` by the room there is."""
        self.twelve_hours = False
        self._ids: Sequence[int] = ()
        self._groups: Sequence[Group] = ()
        self._folds: dict[str, bool] = {}
        """The names of groups that the user folded or opened; the others are as they come."""
        self._sections = Sections()
        self._row_of: RowOf | None = None
        self._rows: BoundedDict[int, Headline | None] = BoundedDict(KEPT_HEADLINES)
        self._own_height = 1
        self._with_passages = False
        self._passages: BoundedDict[int, Snippet | None] = BoundedDict(KEPT_HEADLINES)

    # --- data -----------------------------------------------------------------------------------------------

    def load(
        self, listed: ArticleList, row_of: RowOf, *, keep_place: bool = False, with_passages: bool = False
    ) -> None:
        """Show these articles. ``keep_place`` leaves cursor and scroll on the article they were on.

        ``with_passages`` gives each a line more for why a search found it: see :class:`PassagesWanted`.
        """
        current, line, row = self.current, self.cursor_line, self.cursor
        seen = self._sections.group(row) is None if row >= 0 else True
        self._ids, self._groups = listed.ids, listed.groups
        self._row_of = row_of
        self._rows.clear()
        self._with_passages = with_passages
        self._passages.clear()
        self.set_lines()
        if keep_place and current is not None:
            found = index_of(self._ids, current)
            if found is not None and seen:
                self._open_around(found)
            self.rows_changed(row if found is None else self._sections.row(found), keep_line=line)
        else:
            self.rows_changed(row if keep_place else 0, keep_line=line if keep_place else None)

    @property
    def ids(self) -> Sequence[int]:
        return self._ids

    @property
    def current(self) -> int | None:
        """The id of the article under the cursor; of a folded story the first."""
        group = self._folded_here
        if group is not None:
            return self._ids[self._groups[group].start] if self._groups[group].outlets else None
        return self._ids[self.beyond(0)] if 0 <= self.cursor < self._sections.row_count else None

    @property
    def together(self) -> Sequence[int]:
        """The articles under the cursor: all those of a folded group, else one or none."""
        group = self._folded_here
        if group is None:
            return [] if self.current is None else [self.current]
        return [self._ids[place] for place in self._sections.members(group)]

    @property
    def on_folded_group(self) -> bool:
        return self._folded_here is not None

    @property
    def _folded_here(self) -> int | None:
        """The group whose heading the cursor is on."""
        return self._sections.group(self.cursor) if 0 <= self.cursor < self._sections.row_count else None

    def beyond(self, step: int) -> int:
        """The place in :attr:`ids` of the first article after (``step`` 1), at (0) or before (-1) the cursor."""
        row = max(0, self.cursor)
        place = self._sections.place(row)
        if place is not None:
            return place + step
        group = self._sections.groups[self._sections.group_around(row) or 0]
        return group.start if step >= 0 else group.start - 1

    def headline(self, article_id: int) -> Headline | None:
        """What the row of an article shows; None when the article is gone."""
        if article_id in self._rows:
            return self._rows[article_id]
        if self._row_of is None:
            return None
        try:
            row: Headline | None = self._row_of(article_id)
        except NotFoundError:
            row = None
        self._rows[article_id] = row
        return row

    def lacking(self) -> list[int]:
        """The articles in sight whose passages are not known yet."""
        top = self.scroll_offset.y
        lines = range(top, min(top + self.content_height, self.first_line(self.row_count())))
        places = dict.fromkeys(self._sections.place(self.row_at(line)[0]) for line in lines)
        ids = [self._ids[place] for place in places if place is not None]
        return [each for each in ids if each not in self._passages] if self._with_passages else []

    def show_passages(self, passages: Mapping[int, Snippet | None]) -> None:
        """Show why a search found these articles; None where nothing can be shown."""
        for article_id, passage in passages.items():
            self._passages[article_id] = passage
        self._redraw_articles(passages.keys())

    def _redraw_articles(self, ids: Collection[int]) -> None:
        def is_one(row: int) -> bool:
            place = self._sections.place(row)
            return place is not None and self._ids[place] in ids

        self.redraw_rows(is_one)

    def statuses_changed(self, ids: Collection[int] | None = None) -> None:
        """These articles were marked, or any: ask for their rows again."""
        if ids is None:
            self._rows.clear()
            self.redraw()
            return
        for article_id in ids:
            self._rows.pop(article_id, None)
        self._redraw_articles(ids)

    def select(self, article_id: int) -> None:
        """Put the cursor on an article of the list, without telling."""
        found = index_of(self._ids, article_id)
        if found is not None:
            self._open_around(found)
            self.move_to(self._sections.row(found), tell=False)

    # --- rows -----------------------------------------------------------------------------------------------

    def row_count(self) -> int:
        return self._sections.row_count

    def row_at(self, line: int) -> tuple[int, int]:
        return self._sections.row_at(line)

    def first_line(self, row: int) -> int:
        return self._sections.line(row)

    def can_stop_at(self, row: int) -> bool:
        """The cursor passes over the headings of open groups."""
        group = self._sections.group(row)
        return group is None or not self._sections.is_open(group)

    def relayout(self) -> None:
        roomy = self.content_width >= ROOMY
        self._own_height = {"one": 1, "two": 2}.get(self.density, 1 if roomy else 2)
        self._set_sections()

    def cursor_moved(self) -> None:
        if self.current is not None:
            self.post_message(self.Moved(self.current))

    def chosen(self) -> None:
        group = self._sections.group(self.cursor)
        if group is not None:
            self._fold(group, fold=False)
            self.cursor_moved()
        elif self.current is not None:
            self.post_message(self.Opened(self.current))

    # --- groups ---------------------------------------------------------------------------------------------

    def _set_sections(self) -> None:
        height = self._own_height + self._with_passages
        folded = {group.name for group in self._groups if self._is_folded(group)}
        self._sections = Sections(len(self._ids), self._groups, folded, height, self._own_height)

    def _is_folded(self, group: Group) -> bool:
        return group.heading and self._folds.get(group.name, bool(group.outlets))

    def _open_around(self, place: int) -> None:
        """Open the group of an article if only its heading is shown."""
        group = self._sections.group(self._sections.row(place))
        if group is not None:
            self._fold(group, fold=False)

    def _fold(self, group: int, *, fold: bool) -> None:
        """Show a group's heading alone, or its articles too; the heading stays on its line."""
        line = self.first_line(self._sections.heading(group)) - self.scroll_offset.y
        inside = self._sections.group_around(self.cursor) == group
        place = self._sections.place(self.cursor) if not inside else None
        self._folds[self._groups[group].name] = fold
        self._set_sections()
        heading = self._sections.heading(group)
        self.rows_changed(heading if place is None else self._sections.row(place))
        self.scroll_line(self.first_line(heading) - line)
        self.show_cursor()

    def action_fold(self) -> None:
        """Fold the group one is in, or open it."""
        group = self._sections.group_around(max(0, self.cursor))
        if group is not None:
            self._fold(group, fold=self._sections.is_open(group))
            self.cursor_moved()

    def action_fold_all(self) -> None:
        """Fold all groups, or open all when all are folded."""
        headed = [group for group in self._groups if group.heading]
        if not headed:
            return
        fold, place = not all(map(self._is_folded, headed)), self.beyond(0)
        self._folds = {group.name: fold for group in headed}
        self._set_sections()
        self.rows_changed(self._sections.row(place))
        self.cursor_moved()

    def pressed(self, row: int) -> None:
        group = self._sections.group(row)
        if group is None:
            super().pressed(row)
        else:
            self._fold(group, fold=self._sections.is_open(group))

    # --- drawing --------------------------------------------------------------------------------------------

    def draw(self, row: int, line: int, width: int) -> Sequence[Part]:
        aside = self.style("headlines--aside")
        place = self._sections.place(row)
        if place is None:
            return self._heading(row, line, width)
        headline, guide = self.headline(self._ids[place]), self._guide(row, place)
        if headline is None:
            return [("    (this article was removed)", aside)] if line == 0 else []
        read = headline.status.read
        title = self.style("headlines--read" if read else "headlines--unread")
        if line == self._own_height:
            return self._passage(headline, width)
        if line == 1:
            below = "│" if guide == "├" else " "
            return [("  " + below + cut(self._details(headline, headline.source), width - 4), aside)]
        marks = self._marks(headline, guide)
        if self._own_height == 2:
            return [*marks, (cut(title_of(headline), width - 4), title)]
        return [*marks, *self._one_line(headline, headline.source, width, title)]

    def _guide(self, row: int, place: int) -> str:
        """The line that holds the articles of an open story together; '' beside all others."""
        group = self._sections.group_around(row)
        if group is None or not self._groups[group].outlets:
            return ""
        return "╰" if place == self._sections.members(group)[-1] else "├"

    def _heading(self, row: int, line: int, width: int) -> list[Part]:
        group = self._sections.group(row) or 0
        members, outlets = self._sections.members(group), self._groups[group].outlets
        sign = "▾" if self._sections.is_open(group) else "▸"
        look, aside = self.style("headlines--group"), self.style("headlines--aside")
        if not outlets:
            title = fit(f"{sign} {self._groups[group].title or '(no title)'}", width - COUNT_WIDTH - 2)
            return [(title, look), (fit_right(f"{len(members):,}", COUNT_WIDTH), aside)]
        if self._sections.is_open(group):
            return [(cut(f" {sign} One story: {len(members):,} articles in {plural(outlets, 'outlet')}", width), look)]
        return self._folded_story(members, outlets, line, width)

    def _folded_story(self, members: range, outlets: int, line: int, width: int) -> list[Part]:
        """The first headline with how many tell the same; unread as long as one of them is."""
        headline = self.headline(self._ids[members[0]])
        if headline is None:
            return [("   (this article was removed)", self.style("headlines--aside"))]
        told = (self.headline(self._ids[place]) for place in members)
        unread = any(one is not None and not one.status.read for one in told)
        title, aside = self.style("headlines--unread" if unread else "headlines--read"), self.style("headlines--aside")
        marks = [("●" if unread else " ", self.style("headlines--mark")), ("▸ ", self.style("headlines--group"))]
        if self._own_height == 1:
            told_by = f"{len(members):,} in {plural(outlets, 'outlet')}"
            return [*marks, *self._one_line(headline, told_by, width, title)]
        if line == 0:
            return [*marks, (cut(title_of(headline), width - 4), title)]
        told_by = f"{len(members):,} articles in {plural(outlets, 'outlet')}"
        return [("   " + cut(self._details(headline, told_by), width - 4), aside)]

    def _passage(self, headline: Headline, width: int) -> list[Part]:
        """Why a search found it, with what fits marked."""
        article_id = headline.article.id
        if article_id not in self._passages:
            self.post_message(self.PassagesWanted())
        found = self._passages.get(article_id)
        if found is None:
            return []
        aside, marked = self.style("headlines--aside"), self.style("found")
        text = cut(found.text, width - 6)
        parts, at = [("     ", aside)], 0
        for span in found.spans:
            # What was cut away, and the sign that stands for it, is not marked.
            if span.end >= len(text):
                break
            parts += [(text[at : span.start], aside), (text[span.start : span.end], marked)]
            at = span.end
        return [*parts, (text[at:], aside)]

    def _marks(self, headline: Headline, guide: str) -> list[Part]:
        status = headline.status
        marks = [
            (" " if status.read else "●", self.style("headlines--mark")),
            (("★" if status.starred else " ") + " " * (not guide), self.style("headlines--star")),
        ]
        return [*marks, (guide, self.style("headlines--aside"))] if guide else marks

    def _one_line(self, headline: Headline, source: str, width: int, title: Style) -> list[Part]:
        aside = self.style("headlines--aside")
        return one_line(
            headline, source, width, self._clock(), twelve_hours=self.twelve_hours, title=title, aside=aside
        )

    def _details(self, headline: Headline, source: str) -> str:
        return details(headline, source, self._clock(), twelve_hours=self.twelve_hours)


def index_of(ids: Sequence[int], article_id: int) -> int | None:
    """Where an id stands in a list, None when it does not."""
    try:
        return ids.index(article_id)
    except ValueError:
        return None
