"""The scrollbar of a pane, which changes with every article that is opened."""

from __future__ import annotations

from rich.segment import Segment
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip


class PaneScrollBar(ScrollBar):
    """Looks and works as Textual's own, which draws each of its cells as it would a line of text."""

    def render_lines(self, crop: Region) -> list[Strip]:
        bar = self.render()
        assert isinstance(bar, ScrollBarRender)
        style = self.app.console.get_style(bar.style)
        cells = bar.render_bar(
            self.region.height,
            bar.virtual_size,
            bar.window_size,
            bar.position,
            back_color=style.bgcolor or self.background_colors[1].rich_color,
            bar_color=style.color or self.colors[1].rich_color,
        ).segments
        # It has few different cells, each of which stands in many lines.
        strips: dict[int, Strip] = {}
        for cell in cells:
            if id(cell) not in strips:
                strips[id(cell)] = self._strip(cell)
        return [strips[id(cell)] for cell in list(cells)[crop.y : crop.bottom]]

    def _strip(self, cell: Segment) -> Strip:
        segments = [cell]
        for each in self.get_line_filters():
            segments = each.apply(segments, self.background_colors[1])
        return Strip(segments, 1)
