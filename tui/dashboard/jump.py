"""The half of the dashboard that jumps: labels on everything in sight, and their letters go there."""

from __future__ import annotations

from collections.abc import Sequence

from tui.dashboard.context import DashboardContext
from tui.dashboard.panes import PaneController
from tui.widgets.jump_labels import Jumpable, Target, labels


class JumpController:
    """Jump mode: from its key until a label is typed, or any other key pressed."""

    def __init__(self, context: DashboardContext, panes: PaneController) -> None:
        self._context = context
        self._panes = panes
        self._marked: Sequence[tuple[Jumpable, Target, str]] = ()
        self._letters = ""

    @property
    def is_on(self) -> bool:
        return bool(self._marked)

    def jump(self) -> None:
        """Put a label on every pane, headline, feed, person, quotation and link in sight."""
        seen = [
            widget
            for pane, widget in self._context.panes.items()
            if self._panes.sees(pane) and isinstance(widget, Jumpable)
        ]
        found = [(widget, target) for widget in seen for target in widget.jump_targets()]
        # Panes first, then from the top of the screen: those get the short labels.
        found.sort(key=lambda each: each[1].y)
        self._letters = ""
        names = labels(len(found))
        self._marked = [(*each, name) for each, name in zip(found, names, strict=False)]
        self._show()
        self._context.say("Type a label to go there. Esc stays here.")

    def press(self, key: str) -> None:
        """A key while labels are shown."""
        self._letters += key if len(key) == 1 else " "
        self._marked = [each for each in self._marked if each[2].startswith(self._letters)]
        chosen = next((target for _, target, name in self._marked if name == self._letters), None)
        if chosen is not None:
            self._marked = ()
        if not self._marked:
            self._context.say("")
        self._show()
        if chosen is not None:
            chosen.go()

    def stop(self) -> None:
        """Take the labels away, because what they stand on moved."""
        if self._marked:
            self._marked = ()
            self._show()

    def _show(self) -> None:
        for widget in self._context.panes.values():
            if isinstance(widget, Jumpable):
                widget.show_labels(
                    [(target, name[len(self._letters) :]) for owner, target, name in self._marked if owner is widget]
                )
