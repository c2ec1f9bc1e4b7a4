"""The dialog that shows an article's pictures, one at a time, as well as the terminal can."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, ClassVar

from PIL import Image
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from store.errors import NewsdashError
from store.models import IsCancelled, Picture, Pixels
from tui.dialogs.base import Dialog, plain
from tui.jobs import Jobs

WIDGETS = "textual_image.widget"
MOST = (1600, 1200)
"""Pixels kept of a picture; more than a terminal shows."""

Get = Callable[[str, tuple[int, int], IsCancelled], Pixels]


class PictureScreen(Dialog[None]):
    """A picture with its alt text and caption. It is fetched when it is looked at."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,right,l,space", "step(1)", show=False),
        Binding("p,left,h", "step(-1)", show=False),
        Binding("o", "browse", show=False),
        Binding("q", "cancel", show=False),
    ]

    def __init__(self, pictures: Sequence[Picture], at: int, get: Get, browse: Callable[[str], object]) -> None:
        super().__init__()
        self._pictures, self._at = pictures, at
        self._get, self._browse = get, browse
        self.jobs = Jobs(self, self._failed)
        self._box = self.box("")

    def compose(self) -> ComposeResult:
        with self._box:
            yield Container(id="picture")
            yield plain("", "dialog--about", id="picture-text")
            ways = "n p the next, the previous · " if len(self._pictures) > 1 else ""
            yield plain(f"{ways}o opens it in the browser · Esc closes", "dialog--hint")

    def on_mount(self) -> None:
        self._show()

    def action_step(self, step: int) -> None:
        at = max(0, min(self._at + step, len(self._pictures) - 1))
        if at != self._at:
            self._at = at
            self._show()

    def action_browse(self) -> None:
        self._browse(self._pictures[self._at].url)

    def _show(self) -> None:
        picture, count = self._pictures[self._at], len(self._pictures)
        self._box.border_title = Content(f"Picture {self._at + 1} of {count}" if count > 1 else "Picture")
        texts = dict.fromkeys(filter(None, (picture.alt, picture.caption)))
        self.query_one("#picture-text", Static).update(Content("\n".join(texts) or picture.url))
        self._put(plain("Fetching the picture …"))
        self.jobs.start("picture", lambda stop: self._get(picture.url, MOST, stop), self._fetched)

    def _fetched(self, pixels: Pixels) -> None:
        picture = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.data)
        self._put(self._widget_class()(picture, id="pixels"))

    def _failed(self, error: NewsdashError) -> None:
        self._put(plain(error.message))

    def _put(self, widget: Any) -> None:
        container = self.query_one("#picture", Container)
        container.remove_children()
        container.mount(widget)

    def _widget_class(self) -> Any:
        """The widget for what the terminal can: Kitty's protocol, Sixel, or coloured half blocks.

        When it is first imported it asks the terminal, whose answer it can only read while Textual does not.
        """
        if WIDGETS not in sys.modules:
            # In a browser, or without a terminal, nobody can be asked.
            with suppress(SuspendNotSupported), self.app.suspend():
                import_module(WIDGETS)
        return import_module(WIDGETS).Image

    def on_unmount(self) -> None:
        self.jobs.cancel_all()
