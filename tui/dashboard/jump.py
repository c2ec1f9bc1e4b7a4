"""The half of the dashboard that jumps: labels on everything in sight, and their letters go there."""

from __future__ import annotations

from collections.abc import Sequence

from tui.dashboard.parts import Parts
from tui.widgets.jump_labels import Jumpable, Target, labels


class Jumping(Parts, inherit_bindings=False):
    """Jump mode: from its key until a label is typed, or any other key pressed."""

    _marked: Sequence[tuple[Jumpable, Target, str]] = ()
    _letters = ""

    @property
    def jumping(self) -> bool:
        return bool(self._marked)

    def action_jump(self) -> None:
        """Put a label on every pane, headline, feed, person, quotation and link in sight."""
        seen = [widget for pane, widget in self.panes.items() if self.sees(pane) and isinstance(widget, Jumpable)]
        found = [(widget, target) for widget in seen for target in widget.jump_targets()]
        # Panes first, then from the top of the screen: those get the short labels.
        found.sort(key=lambda each: each[1].y)
        self._letters = ""
        names = labels(len(found))
        self._marked = [(*each, name) for each, name in zip(found, names, strict=False)]
        self._show()
        self.say("Type a label to go there. Esc stays here.")

    def jump_key(self, key: str) -> None:
        """A key while labels are shown."""
        self._letters += key if len(key) == 1 else " "
        self._marked = [each for each in self._marked if each[2].startswith(self._letters)]
        chosen = next((target for _, target, name in self._marked if name == self._letters), None)
        if chosen is not None:
            self._marked = ()
        if not self._marked:
            self.say("")
        self._show()
        if chosen is not None:
            chosen.go()

    def stop_jumping(self) -> None:
        """Take the labels away, because what they stand on moved."""
        if self._marked:
            self._marked = ()
            self._show()

    def _show(self) -> None:
        for widget in self.panes.values():
            if isinstance(widget, Jumpable):
                widget.show_labels(
                    [(target, name[len(self._letters) :]) for owner, target, name in self._marked if owner is widget]
                )
