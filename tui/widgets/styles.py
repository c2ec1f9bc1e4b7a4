"""Styles for widgets that draw their own lines."""

from __future__ import annotations

from rich.style import Style
from textual.color import Color

from tui.textual_inside import LazyComponentStyles


class ComponentStyles(LazyComponentStyles):
    """Gives the styles of component classes, with colours as they come out on this widget's background."""

    _looks: dict[str, Style] | None = None
    _base: Style | None = None

    @property
    def base(self) -> Style:
        """The look of the widget itself; Textual works it out anew from all its ancestors for each line."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def style(self, name: str) -> Style:
        """The look of a component class; it has a background only if the style sheet gives it one.

        Textual's partial component styles leave translucent and automatic colours unresolved, and its full ones
        always have a background, which would hide the cursor's.
        """
        if self._looks is None:
            self._looks = {}
        look = self._looks.get(name)
        if look is None:
            full = self.get_component_rich_style(name)
            own = self.get_component_styles(name)
            look = Style(
                color=full.color if own.has_rule("color") or own.has_rule("auto_color") else None,
                bgcolor=full.bgcolor if own.has_rule("background") else None,
                bold=full.bold or None,
                italic=full.italic or None,
                underline=full.underline or None,
                dim=full.dim or None,
                reverse=full.reverse or None,
            )
            self._looks[name] = look
        return look

    def speaker(self, colour: int) -> Style:
        """The colour of a speaker; 0 stands for those who are not known.

        Taken from the theme's variables ``speaker-1`` … rather than from component classes: so many of those would
        be felt at every start.
        """
        if self._looks is None:
            self._looks = {}
        name = f"speaker-{colour}"
        look = self._looks.get(name)
        if look is None:
            value = self.app.theme_variables.get(name)
            look = Style(color=Color.parse(value).rich_color) if value else self.style("speaker--unknown")
            self._looks[name] = look
        return look

    def notify_style_update(self) -> None:
        self._looks = self._base = None
        super().notify_style_update()
