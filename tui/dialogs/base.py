"""What the dialogs share: a box in the middle of the screen over the dimmed dashboard."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from tui.closing import Closing

Answer = TypeVar("Answer")


def plain(text: str | Content, classes: str = "", id: str | None = None) -> Static:
    """Text shown exactly as it is."""
    return Static(Content(text) if isinstance(text, str) else text, classes=classes, id=id, markup=False)


class Options(OptionList):
    """A list to choose from. Textual's own fails when a page key comes before it has room on the screen."""

    def action_page_up(self) -> None:
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]


class Dialog(Closing[Answer | None], ModalScreen[Answer | None], Generic[Answer]):
    """A dialog that Escape closes without an answer."""

    CSS_PATH = "../app.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel", show=False)]

    def action_cancel(self) -> None:
        self.dismiss(None)

    def box(self, title: str) -> Vertical:
        """The dialog's box, with its title in the border."""
        box = Vertical(classes="dialog")
        box.border_title = Content(title)
        return box
