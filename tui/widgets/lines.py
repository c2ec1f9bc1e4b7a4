"""What the panes share: they scroll, draw their own lines, and say a sentence when there is nothing to draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.content import Content
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.keyboard import Keyboard
from tui.widgets.cells import wrap
from tui.widgets.jumping import Target, labelled
from tui.widgets.looks import Looks


class LineView(ScrollView, Looks, can_focus=True, inherit_bindings=False):
    """A scrolling pane drawn line by line."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--message", "lines--label"}

    DEFAULT_CSS = """
    LineView {
        overflow-x: hidden;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
    }
    """

    HELP = ""
    """What this pane is, for the head of its help screen."""

    keyboard = Keyboard()
    """The keys that its hints name."""
    _message = ""
    _title: tuple[str, str] = ("", "")
    _labels: Mapping[int, Sequence[tuple[int, str]]] = {}
    """Labels of jump mode by line of the window, each with its cell; those of line -1 stand in the border."""

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
            self.refresh()

    def title(self, text: str, aside: str = "") -> None:
        """Name the pane in its border; the text is shown as it is, never as markup."""
        self._title = text, aside
        labels = "".join(f" {label} " for _, label in self._labels.get(-1, ()))
        name = Content.assemble((labels, "reverse bold"), " " if labels else "", text)
        self.border_title = name if text else None
        self.border_subtitle = Content(aside) if aside else None

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
        self.title(*self._title)
        self.refresh()

    def with_labels(self, y: int, strip: Strip) -> Strip:
        """A line of the window with its labels."""
        marks = self._labels.get(y)
        return labelled(strip, marks, self.style("lines--label")) if marks else strip

    def scroll_line(self, line: int) -> None:
        """Put a line at the top of the window, at once."""
        self.scroll_to(y=max(0, line), animate=False, force=True)

    def set_anew(self) -> None:
        """Set the lines again, after a setting changed."""
        raise NotImplementedError

    def message_line(self, line: int) -> Strip:
        """A line of the window while there is nothing but the message."""
        width, base = self.content_width, self.base
        lines = wrap(self._message, 0, len(self._message), max(width - 4, 8)) if self._message else []
        if not 1 <= line <= len(lines):
            return Strip.blank(width, base)
        start, end = lines[line - 1]
        text = Segment("  " + self._message[start:end], base + self.style("lines--message"))
        return Strip([text]).adjust_cell_length(width, base)
