"""The command palette: every command, and every view and feed to go to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial

from textual import on
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import FuzzySearch
from textual.message import Message
from textual.widgets import Input, OptionList

from tui.closing import Closing
from tui.dashboard.screen import DashboardScreen
from tui.people_pages.base import PageScreen
from tui.textual_inside import ignore_stale_clicks

ignore_stale_clicks()

IN_EXPLANATION = 0.01
"""The score of a command whose explanation alone has what was typed: after those whose titles fit."""

Action = Callable[[], Awaitable[None] | None]


class Palette(Closing[None], CommandPalette):
    """A list that is narrowed as one types. One choice is carried out, however often Enter is pressed."""

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def _once(self, event: Message) -> None:
        if self.closed:
            event.stop()
            event.prevent_default()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A page key that comes before the list has room on the screen would end the program."""
        if not super().check_action(action, parameters):
            return False
        return action != "command_list" or bool(self.query_one(CommandList).scrollable_content_region)


class CommandsProvider(Provider):
    """What can be done on the dashboard. All texts are shown as they are; a feed's title is no markup."""

    async def discover(self) -> Hits:
        for title, text, action in self._entries():
            yield DiscoveryHit(Content(title), action, text=title, help=text)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for title, text, action in self._entries():
            score = matcher.match(title)
            if score > 0:
                yield Hit(score, self._highlighted(title, query), action, text=title, help=text)
            elif query.casefold() in text.casefold():
                yield Hit(IN_EXPLANATION, Content(title), action, text=title, help=text)

    def _entries(self) -> Iterator[tuple[str, str, Action]]:
        """Title, explanation and action of everything on offer."""
        screen = self.screen
        if isinstance(screen, DashboardScreen):
            keyboard, offers, run = screen.context.keyboard, screen.controllers.offers, screen.controllers.run
        elif isinstance(screen, PageScreen):
            keyboard, offers, run = screen.keyboard, screen.offers, screen.run_command
        else:
            return
        for command in keyboard.commands:
            if offers(command):
                keys = f" (Key: {command.keys_text})" if command.keys else ""
                # Explanations are parsed as markup by Textual; a key such as [ must not begin a tag.
                text = f"{command.help}{keys}".replace("[", r"\[")
                yield command.title, text, partial(run, command)
        if isinstance(screen, DashboardScreen):
            for view, title in screen.context.feeds.views():
                show = partial(screen.controllers.headline_list.show, view, title)
                yield f"Go to {title}", "Show these articles.", show

    def _highlighted(self, title: str, query: str) -> Content:
        """The title with what matched marked; Textual's own highlighter would parse the title as markup."""
        content = Content(title)
        _, offsets = FuzzySearch().match(query, title)
        for offset in offsets:
            content = content.stylize(self.match_style or "bold", offset, offset + 1)
        return content
