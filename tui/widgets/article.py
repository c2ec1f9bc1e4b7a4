"""The article pane: a text of any length, drawn line by line, its quotations coloured by speaker."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from functools import partial
from itertools import pairwise
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message

from store.models import OpenArticle, QuoteKind, Span
from tui.text_cells import width_of
from tui.widgets.article_head import head_lines, reading_time
from tui.widgets.jump_labels import Target
from tui.widgets.line_view import LineView, padded
from tui.widgets.links import SUPERSCRIPTS, Link, links_of
from tui.widgets.speakers import SpeakerList
from tui.widgets.text_layout import BLOCK_STYLES, MARK_STYLES, Line, Ranges, blocks_of, typeset

MEASURE = 78
"""Cells in a line of text; longer lines tire the eye."""
GUTTER = 3
"""Cells left of the text for a speaker's letter and bar."""
MARGIN = 4
"""Cells kept free right of the text, for the numbers of links."""
QUOTATION_MARKS = frozenset("“”„‟«»‹›‘’‚‛\"'「」『』")


class ArticleView(LineView, inherit_bindings=False):
    """The text of one article."""

    HELP = "The article. Quotations carry their speaker's colour, and his or her letter at the left edge."

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article--title",
        "article--byline",
        "article--note",
        "article--label",
        "article--heading",
        "article--blockquote",
        "article--code",
        "article--caption",
        "article--link",
        "article--strong",
        "article--emphasis",
        "article--chosen",
        "found",
        "speaker--unknown",
    }

    class LinkChosen(Message):
        """The user clicked a link of the text."""

        def __init__(self, url: str) -> None:
            super().__init__()
            self.url = url

    class PassageChosen(Message):
        """The user clicked a quotation; ``quote`` indexes the analysis's quotations."""

        def __init__(self, quote: int) -> None:
            super().__init__()
            self.quote = quote

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.measure = MEASURE
        """Most cells in a line of text."""
        self.centred = True
        self.twelve_hours = False
        self._opened: OpenArticle | None = None
        self._cast = SpeakerList()
        self._head: list[tuple[str, str]] = []
        """The lines above the text: each with the component class of its style."""
        self._lines: list[Line] = []
        self._line_starts: list[int] = []
        """Where each line's text begins, gaps counted with the line before: for finding a passage's line."""
        self._marks = Ranges(())
        self._quoted = Ranges(())
        self._found = Ranges(())
        self._chosen: tuple[Span, ...] = ()
        self.links: tuple[Link, ...] = ()
        """The links of the text, in its order; the first nine have a key."""
        self._width = 0
        self._awaited: int | None = None
        """The text offset to scroll to when there are lines again."""

    # --- data -----------------------------------------------------------------------------------------------

    @property
    def opened(self) -> OpenArticle | None:
        return self._opened

    def show(self, opened: OpenArticle, cast: SpeakerList) -> None:
        """Show an article from its top; the same text again keeps its place."""
        before = self._opened
        same = before is not None and (before.article.id, before.article.text_digest) == (
            opened.article.id,
            opened.article.text_digest,
        )
        place = self._place if same else None
        self._opened, self._cast = opened, cast
        if not same:
            self._chosen, self._found = (), Ranges(())
        document = opened.document
        self.links = links_of(document)
        self._marks = Ranges((mark.start, mark.end, index) for index, mark in enumerate(document.marks))
        self._quoted = Ranges(
            (span.start, span.end, index) for index, quote in enumerate(cast.quotes) for span in quote.spans
        )
        self.set_lines()
        self._awaited = None if self._lines else place
        if not same:
            self.scroll_line(0)

    def clear(self, message: str) -> None:
        """Show no article, but a sentence on what to do."""
        self._opened, self._cast = None, SpeakerList()
        self.say(message)
        self._chosen, self.links, self._awaited = (), (), None
        self._marks = self._quoted = self._found = Ranges(())
        self.set_lines()
        self.scroll_line(0)

    def mark_found(self, spans: Sequence[Span]) -> None:
        """Mark what a search found in the text."""
        if spans or self._found:
            self._found = Ranges((span.start, span.end, 0) for span in spans)
            self.redraw()

    def highlight(self, spans: Sequence[Span]) -> None:
        """Mark a passage and scroll to it, if it is not in sight already."""
        self._chosen = tuple(spans)
        self.redraw()
        if not spans or not self._lines:
            return
        first = self._line_of(spans[0].start)
        last = max(first, self._line_of(max(spans[0].start, spans[0].end - 1)))
        height = self.content_height
        top = self.scroll_offset.y
        if first < top + 1 or last >= top + height - 1:
            self.scroll_line(first - height // 4)

    def find(self, words: str) -> tuple[Span, ...]:
        """Mark every place that has these words, whatever their case; returns the places in text order."""
        spans = tuple(Span(*found.span()) for found in re.finditer(re.escape(words), self._text, re.I)) if words else ()
        self.mark_found(spans)
        self.highlight(())
        return spans

    def return_to(self, offset: int | None) -> None:
        """Scroll to the line of a text offset, at once or when the pane is seen; None stays above the text."""
        self._awaited = None if self._lines else offset
        if offset is not None and self._lines:
            self.scroll_line(self._line_of(offset))

    @property
    def _place(self) -> int | None:
        """The text offset that one is at; None above the text."""
        if not self._lines:
            return self._awaited
        return self.first_offset if self.scroll_offset.y > len(self._head) else None

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return self.scroll_offset.y >= self.max_scroll_y

    @property
    def first_offset(self) -> int:
        """The text offset of the first line in sight."""
        if not self._lines:
            return self._awaited or 0
        index = self.scroll_offset.y - len(self._head)
        return self._line_starts[min(index, len(self._line_starts) - 1)] if index >= 0 and self._line_starts else 0

    # --- layout ---------------------------------------------------------------------------------------------

    def relayout(self) -> None:
        """Wrap everything for the present width."""
        self._width = self.content_width
        self._head, self._lines = [], []
        if self._opened is not None and self._width:
            measure = self._measure
            self._head = head_lines(self._opened, measure, self.keyboard, twelve_hours=self.twelve_hours)
            self._lines = typeset(self._opened.document, measure)
        self._line_starts, at = [], 0
        for line in self._lines:
            at = line.start if line.pieces else at
            self._line_starts.append(at)
        self.virtual_size = Size(self._width, len(self._head) + len(self._lines) + 1 if self._opened else 0)
        self._show_title()

    @property
    def _measure(self) -> int:
        return max(8, min(self.measure, self._width - GUTTER - MARGIN))

    @property
    def _left(self) -> int:
        """Empty cells left of the gutter: the text stands in the middle of a wide pane."""
        return max(0, (self._width - self._measure - GUTTER) // 2) if self.centred else 0

    def _line_of(self, offset: int) -> int:
        return len(self._head) + max(0, bisect_right(self._line_starts, offset) - 1)

    def room_changed(self) -> None:
        if self.content_width != self._width:
            self.set_anew()

    def set_anew(self) -> None:
        place = self._place
        self.set_lines()
        if self._chosen and self._lines:
            self.highlight(self._chosen)
        else:
            self.return_to(place)

    def _show_title(self) -> None:
        minutes = ""
        if self._opened is not None:
            minutes = reading_time(self._opened.article.words)
        self.title("Article", minutes)

    # --- drawing --------------------------------------------------------------------------------------------

    def line_key(self, y: int) -> Hashable:
        return y + self.scroll_offset.y

    def line(self, y: int, width: int) -> list[Segment]:
        line, base = y + self.scroll_offset.y, self.base
        if self._opened is None:
            return self.message_line(line, width)
        segments = [Segment(" " * self._left, base)]
        if line < len(self._head):
            text, name = self._head[line]
            segments += [Segment(" " * GUTTER, base), Segment(text, base + self.style(name))]
        elif line - len(self._head) < len(self._lines):
            segments += self._draw_text(self._lines[line - len(self._head)], base)
        return padded(segments, width, base)

    def _draw_text(self, line: Line, base: Style) -> list[Segment]:
        segments = [self._draw_gutter(line, base)]
        look = base + self._block_style(line.block) + (self.style("article--strong") if line.strong else Style.null())
        label = base + self.style("article--label")
        runs = [
            (at, width_of(self._text[start:end]), self._draw_piece(start, end, look)) for at, start, end in line.pieces
        ]
        if line.label:
            runs.append((line.label_x, width_of(line.label), [Segment(line.label, label)]))
        x = 0
        for at, width, drawn in sorted(runs, key=lambda run: run[0]):
            segments += [Segment(" " * max(0, at - x), base), *drawn]
            x = max(at, x) + width
        if numbers := self._link_numbers(line):
            segments.append(Segment(" " + numbers, label))
        return segments

    def _link_numbers(self, line: Line) -> str:
        """The numbers of the links that begin in a line: their keys, at its end, where they move no text."""
        return "".join(
            SUPERSCRIPTS[number]
            for number, link in enumerate(self.links[: len(SUPERSCRIPTS)])
            if line.pieces and line.start <= link.start < line.end
        )

    def _draw_gutter(self, line: Line, base: Style) -> Segment:
        """The letter of the speaker where a quotation begins, a bar where it goes on."""
        quotes = self._quoted.touching(line.start, line.end) if line.pieces else []
        if not quotes:
            return Segment(" " * GUTTER, base)
        begins = [item for item in quotes if line.start <= item[0] == self._cast.quotes[item[2]].start]
        index = (begins or quotes)[0][2]
        voice = self._cast.voice(index)
        bar = "┊" if self._cast.quotes[index].kind is QuoteKind.INDIRECT else "▎"
        return Segment((voice.mark if begins else " ") + bar + " ", base + self.speaker(voice.colour))

    def _draw_piece(self, start: int, end: int, base: Style) -> list[Segment]:
        """A run of text, cut where its look changes."""
        text = self._text
        layers = self._layers(start, end)
        if not layers:
            return [Segment(text[start:end], base)]
        cuts = sorted({start, end, *(at for first, last, _ in layers for at in (first, last) if start < at < end)})
        segments = []
        for first, last in pairwise(cuts):
            style = base
            for layer_start, layer_end, look in layers:
                if layer_start <= first and last <= layer_end:
                    style += look
            segments.append(Segment(text[first:last], style))
        return segments

    def _layers(self, start: int, end: int) -> list[tuple[int, int, Style]]:
        """What changes the look of this run, the strongest last."""
        assert self._opened is not None
        marks = self._opened.document.marks
        layers = [
            (*self._with_marks(first, last), self.speaker(self._cast.voice(index).colour))
            for first, last, index in self._quoted.touching(start - 1, end + 1)
            if self._cast.quotes[index].kind is not QuoteKind.INDIRECT
        ]
        layers += [
            (first, last, self.style(MARK_STYLES[marks[index].kind]))
            for first, last, index in self._marks.touching(start, end)
        ]
        layers += [(first, last, self.style("found")) for first, last, _ in self._found.touching(start, end)]
        layers += [(span.start, span.end, self.style("article--chosen")) for span in self._chosen]
        # Clipped to the run and without repetitions, so that marks heaped on one place cost little.
        return list(dict.fromkeys((max(first, start), min(last, end), look) for first, last, look in layers))

    def _with_marks(self, start: int, end: int) -> tuple[int, int]:
        """A quotation's range with the quotation marks around it, which belong to it for the eye."""
        text = self._text
        return start - (text[start - 1 : start] in QUOTATION_MARKS), end + (text[end : end + 1] in QUOTATION_MARKS)

    def _block_style(self, index: int) -> Style:
        assert self._opened is not None
        name = BLOCK_STYLES.get(blocks_of(self._opened.document)[index].kind)
        return self.style(name) if name else Style.null()

    @property
    def _text(self) -> str:
        return self._opened.document.text if self._opened else ""

    # --- mouse and jump mode --------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        offset = self._offset_at(place.x, place.y) if place is not None else None
        if offset is not None:
            self._chosen_at(offset)

    def _chosen_at(self, offset: int) -> None:
        """The user wants the link or the quotation at a place of the text."""
        if self._opened is None:
            return
        for _, _, index in self._marks.touching(offset, offset + 1):
            if url := self._opened.document.marks[index].href:
                self.post_message(self.LinkChosen(url))
                return
        for _, _, index in self._quoted.touching(offset, offset + 1):
            self.post_message(self.PassageChosen(index))
            return

    def jump_targets(self) -> Iterable[Target]:
        """The links and quotations that begin in sight."""
        yield from super().jump_targets()
        if self._opened is None:
            return
        top, marks = self.scroll_offset.y - len(self._head), self._opened.document.marks
        for y in range(self.content_height):
            if not 0 <= top + y < len(self._lines):
                continue
            for at, start, end in self._lines[top + y].pieces:
                for first, _, index in self._marks.touching(start, end):
                    if first >= start and marks[index].href:
                        yield Target(self._cell(at, start, first), y, partial(self._jump_to, first))
                for first, _, _ in self._quoted.touching(start, end):
                    if first >= start:
                        yield Target(self._cell(at, start, first), y, partial(self._jump_to, first))

    def _cell(self, at: int, start: int, offset: int) -> int:
        """The cell of a text offset in a piece that begins at a cell."""
        return self._left + GUTTER + at + width_of(self._text[start:offset])

    def _jump_to(self, offset: int) -> None:
        self.focus()
        self._chosen_at(offset)

    def _offset_at(self, x: int, y: int) -> int | None:
        """The text offset under a cell of the pane, None where there is no text."""
        index = y + self.scroll_offset.y - len(self._head)
        if not 0 <= index < len(self._lines):
            return None
        x -= self._left + GUTTER
        for at, start, end in self._lines[index].pieces:
            for offset in range(start, end):
                if at <= x < at + width_of(self._text[start : offset + 1]):
                    return offset
        return None
