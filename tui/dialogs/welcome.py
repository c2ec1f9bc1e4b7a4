"""The card of the first start: what the panes are, and the keys that matter."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content

from tui.dialogs.base import Dialog, plain
from tui.keys.commands import PANE_TITLES, Pane
from tui.keys.keyboard import Keyboard
from tui.text_cells import fit

PANES = {
    Pane.FEEDS: "where the articles come from",
    Pane.HEADLINES: "what came in, the newest first",
    Pane.ARTICLE: "the text, with what people said in their colours",
    Pane.PEOPLE: "who is in the article, and what they said",
}
KEYS = {
    "open": "opens what the cursor is on; {back} goes back",
    "next-pane": "goes from pane to pane",
    "search": "searches, {next-quotation} goes to the next quotation",
    "starter-feeds": "offers news to start with, {add-feed} adds any site",
    "directory": "lists who is quoted anywhere, {toggle-star} stars an article",
    "theme": "changes the colours",
    "help": "shows all keys, {commands} finds any command",
}
FOLLOWED = {
    "next-pane", "search", "next-quotation", "starter-feeds", "add-feed", "directory", "toggle-star", "theme", "help",
    "commands",
}  # fmt: skip
"""Commands of the card whose keys do at once what it says of them. Keys that open or go back only close it."""


class WelcomeScreen(Dialog[str]):
    """Any key closes it; the answer is the key when it is one that the card names, to be pressed again, else ''."""

    def __init__(self, keyboard: Keyboard) -> None:
        super().__init__()
        self._keyboard = keyboard

    def compose(self) -> ComposeResult:
        with self.box("Welcome to newsdash"):
            yield plain("A reader that shows who said what. These are its panes:", "dialog--text")
            yield plain("")
            for pane, text in PANES.items():
                yield plain(Content.assemble((fit(PANE_TITLES[pane], 17), "bold $primary"), text))
            yield plain("")
            for command, text in KEYS.items():
                key = fit(self._keyboard.key_of(command), 17)
                yield plain(Content.assemble((key, "bold $accent"), self._keyboard.hint(text)))
            yield plain(
                self._keyboard.hint("Any key closes this; those above but {open} then do what they say."),
                "dialog--hint",
            )

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        _, command = self._keyboard.press(Pane.HEADLINES, event.key)
        self._keyboard.forget()
        self.dismiss(event.key if command is not None and command.id in FOLLOWED else "")

    def on_click(self) -> None:
        self.dismiss("")
