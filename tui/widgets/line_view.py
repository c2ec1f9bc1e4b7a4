"""What the panes share: they scroll, draw their own lines, and say a sentence when there is nothing to draw."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.geometry import Region, Size, Spacing
from textual.reactive import Reactive
from textual.strip import Strip

from tui.keys.keyboard import Keyboard
from tui.text_cells import width_of, wrap
from tui.textual_inside import SizedScrollView
from tui.widgets.bounded_dict import BoundedDict
from tui.widgets.jump_labels import Target, labelled
from tui.widgets.scrollbar import PaneScrollBar
from tui.widgets.styles import ComponentStyles

KEPT_LINES = 512
"""Drawn lines kept; several screens of the largest terminals."""


class Frame(NamedTuple):
    """What surrounds the lines of a pane of a size."""

    size: Size
    gutter: Spacing
    left: Sequence[Segment]
    right: Sequence[Segment]
    width: int
    """Cells of a line between them."""
    filters: Sequence[LineFilter]
    """What makes the colours those that the terminal has."""
    background: Color


class Line(Strip):
    """A line of a pane. Undivided it is not kept in itself, as Textual has it, which would be one more cycle."""

    __slots__ = ()

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        cuts = list(cuts)
        return [self] if cuts == [self.cell_length] else super().divide(cuts)


class LineView(SizedScrollView, ComponentStyles, can_focus=True, inherit_bindings=False):
    """A scrolling pane drawn line by line."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--message", "lines--label"}

    DEFAULT_CSS = """
    LineView {
        overflow-x: hidden;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
    }
    """

    virtual_size = Reactive(Size(0, 0))
    """Textual lays out the whole screen when it changes; here only the scrollbar can have to do with it."""

    SCROLLBAR = PaneScrollBar

    HELP = ""
    """What this pane is, for the head of its help screen."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._drawn: BoundedDict[Hashable, Strip] = BoundedDict(KEPT_LINES)
        """The lines that were drawn, with their frame, by :meth:`line_key`."""
        self._frame: Frame | None = None
        self._top: list[Strip] | None = None
        self._bottom: list[Strip] | None = None
        self._set_for = Size(0, 0)
        """The columns and lines that the lines are set for."""

    keyboard = Keyboard()
    """The keys that its hints name."""
    _message = ""
    _title: tuple[str, str] = ("", "")
    _labels: Mapping[int, Sequence[tuple[int, str]]] = {}
    """Labels of jump mode by line of the window, each with its cell; those of line -1 stand in the border."""

    def watch_virtual_size(self, size: Size) -> None:
        height = self.content_height
        self.show_vertical_scrollbar = size.height > height
        if self.show_vertical_scrollbar:
            bar = self.vertical_scrollbar
            bar.window_virtual_size, bar.window_size = size.height, height
        self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def sized(self) -> None:
        self._fit()

    def on_resize(self) -> None:
        self._fit()

    def on_hide(self) -> None:
        """What comes meanwhile is set when the pane is seen again."""
        self._set_for = Size(0, 0)

    def _fit(self) -> None:
        """Set the lines for the room there is, unless they are set for it already."""
        if self._set_for != self._room:
            self._set_for = self._room
            self.room_changed()

    @property
    def _room(self) -> Size:
        return Size(self.content_width, self.content_height)

    @property
    def content_width(self) -> int:
        """Cells in a line. The scrollbar's column is always left free, so that its coming moves nothing."""
        return max(0, self.region.shrink(self.styles.gutter).width - self.styles.scrollbar_size_vertical)

    @property
    def content_height(self) -> int:
        """Lines in the window."""
        return max(0, self.region.shrink(self.styles.gutter).height)

    @property
    def page(self) -> int:
        """Lines that a page key moves by."""
        return max(1, self.content_height - 1)

    def say(self, message: str) -> None:
        """What to show when there is nothing else."""
        if message != self._message:
            self._message = message
            self.redraw()

    def title(self, text: str, aside: str = "") -> None:
        """Name the pane in its border; the text is shown as it is, never as markup."""
        before, self._title = self._title, (text, aside)
        if text != before[0]:
            self._draw_title()
        if aside != before[1]:
            self.border_subtitle = Content(aside) if aside else None
            self._bottom = None

    def _draw_title(self) -> None:
        text = self._title[0]
        labels = "".join(f" {label} " for _, label in self._labels.get(-1, ()))
        name = Content.assemble((labels, "reverse bold"), " " if labels else "", text)
        self.border_title = name if text else None
        self._top = None

    # --- jump mode ------------------------------------------------------------------------------------------

    def jump_targets(self) -> Iterable[Target]:
        """The pane itself, then what is seen in it."""
        yield Target(0, -1, self.focus)

    def show_labels(self, labels: Sequence[tuple[Target, str]]) -> None:
        """Draw labels over the content until others are given."""
        if not labels and not self._labels:
            return
        by_line: dict[int, list[tuple[int, str]]] = {}
        for target, label in labels:
            by_line.setdefault(target.y, []).append((target.x, label))
        self._labels = by_line
        self._draw_title()
        self.refresh()

    def with_labels(self, y: int, strip: Strip) -> Strip:
        """A line of the window with its labels."""
        marks = self._labels.get(y)
        return labelled(strip, marks, self.style("lines--label")) if marks else strip

    # --- drawing --------------------------------------------------------------------------------------------

    @abstractmethod
    def line(self, y: int, width: int) -> list[Segment]:
        """A line of the window, of exactly ``width`` cells."""

    @abstractmethod
    def line_key(self, y: int) -> Hashable:
        """What a line of the window shows; the same looks the same until :meth:`redraw`."""

    def redraw(self) -> None:
        """Draw everything anew, because what it shows changed."""
        self._drawn.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        self._frame = None
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """A line of the window without the frame."""
        return self.with_labels(y, Strip(self.line(y, self.content_width)))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The pane, its frame included.

        Textual puts every line together anew, from all the styles that can have to do with it, which takes longer than
        drawing it. Here a line is put together once and kept.
        """
        frame = self._framed()
        (width, height), (above, _, below, _) = frame.size, frame.gutter
        if self._top is None:
            self._top = super().render_lines(Region(0, 0, width, above))
        if self._bottom is None:
            self._bottom = super().render_lines(Region(0, height - below, width, below))
        inside = range(max(crop.y, above), min(crop.bottom, height - below))
        strips = [*self._top[crop.y :], *(self._line(y - above, frame) for y in inside)]
        strips += self._bottom[max(0, crop.y - height + below) :]
        # While the panes are being laid out, more can be asked for than there is.
        strips += [Strip.blank(width, self.base)] * (crop.height - len(strips))
        whole = crop.column_span == (0, width)
        return strips[: crop.height] if whole else [strip.crop(*crop.column_span) for strip in strips[: crop.height]]

    def _framed(self) -> Frame:
        """The frame as Textual draws it, taken from its first line."""
        size = self.region.size
        if self._frame is None or self._frame.size != size:
            gutter, width = self.styles.gutter, self.content_width
            (first,) = super().render_lines(Region(0, gutter.top, size.width, 1))
            left, right = first.crop(0, gutter.left), first.crop(gutter.left + width, size.width)
            filters, background = self.get_line_filters(), self.background_colors[1]
            self._frame = Frame(size, gutter, list(left), list(right), width, filters, background)
            self._top = self._bottom = None
            self._drawn.clear()
        return self._frame

    def _line(self, y: int, frame: Frame) -> Strip:
        if y in self._labels:
            return self._strip(list(self.render_line(y)), frame)
        key = self.line_key(y)
        strip = self._drawn.get(key)
        if strip is None:
            strip = self._drawn[key] = self._strip(self.line(y, frame.width), frame)
        return strip

    def _strip(self, segments: list[Segment], frame: Frame) -> Strip:
        """A line with its frame."""
        for each in frame.filters:
            segments = each.apply(segments, frame.background)
        return Line([*frame.left, *segments, *frame.right], frame.size.width)

    def set_lines(self) -> None:
        """Work out again all that follows from the content and the width.

        To be called whenever the content changes, even while the pane is out of sight and has no width: what would be
        left of the former content could be asked for as soon as the pane comes back.
        """
        self._set_for = self._room
        self.relayout()
        self.redraw()

    def relayout(self) -> None:
        """The part of :meth:`set_lines` that a subclass gives; without a width there need be no lines."""

    def room_changed(self) -> None:
        """The pane has other columns or lines than before, or came into sight."""
        self.set_anew()

    @abstractmethod
    def set_anew(self) -> None:
        """Set the lines again, and keep the place one is at: the size changed, or a setting."""

    def message_line(self, line: int, width: int) -> list[Segment]:
        """A line of the window while there is nothing but the message."""
        base = self.base
        lines = wrap(self._message, 0, len(self._message), max(width - 4, 8)) if self._message else []
        if not 1 <= line <= len(lines):
            return [Segment(" " * width, base)]
        start, end = lines[line - 1]
        text = Segment("  " + self._message[start:end], base + self.style("lines--message"))
        return padded([text], width, base)

    # --- keys -----------------------------------------------------------------------------------------------

    def scroll_line(self, line: int) -> None:
        """Put a line at the top of the window, at once."""
        self.scroll_to(y=max(0, line), animate=False, force=True)

    def go_by(self, lines: int) -> None:
        """Go down by so many lines, or up."""
        self.scroll_line(self.scroll_offset.y + lines)

    def action_down(self) -> None:
        self.go_by(1)

    def action_up(self) -> None:
        self.go_by(-1)

    def action_half_down(self) -> None:
        self.go_by(self.page // 2 or 1)

    def action_half_up(self) -> None:
        self.go_by(-(self.page // 2 or 1))

    def action_page_down(self) -> None:
        self.go_by(self.page)

    def action_page_up(self) -> None:
        self.go_by(-self.page)

    def action_top(self) -> None:
        self.scroll_line(0)

    def action_bottom(self) -> None:
        self.scroll_line(self.max_scroll_y)


def padded(segments: Sequence[Segment], width: int, style: Style) -> list[Segment]:
    """Segments in exactly ``width`` cells: cut, or filled up with spaces."""
    used = sum(width_of(text) for text, _, _ in segments)
    if used > width:
        return list(Strip(segments, used).crop(0, width))
    return [*segments, Segment(" " * (width - used), style)] if used < width else list(segments)
