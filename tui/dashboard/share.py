"""The half of the dashboard that takes articles elsewhere: browser, clipboard, files, other programs."""

from __future__ import annotations

import re
from pathlib import Path

from textual.app import SuspendNotSupported

from store.errors import NewsdashError
from tui.dashboard.context import DashboardContext
from tui.dashboard.marks import MarkController
from tui.dashboard.panes import PaneController
from tui.dialogs.ask import AskScreen, ChooseScreen
from tui.external.browser import check_web_address, open_in_browser
from tui.external.pipe import pipe_to
from tui.wording.markdown import article_markdown

LONGEST_NAME = 60
"""Characters of a title that a proposed file name has."""
_NO_NAME = re.compile(r"[^\w-]+")


class ShareController:
    """Opens links; copies, saves and pipes articles."""

    def __init__(self, context: DashboardContext, panes: PaneController, marks: MarkController) -> None:
        self._context = context
        self._panes = panes
        self._marks = marks

    # --- links ----------------------------------------------------------------------------------------------

    def _link(self) -> str:
        headline = self._panes.headline_here
        return headline.article.link if headline is not None else ""

    def open_link(self) -> None:
        if link := self._link():
            self.browse(link)
        else:
            self._context.say("This article has no link.")

    def browse(self, url: str) -> None:
        """Open a web page in the user's browser; a failure is told."""
        try:
            open_in_browser(
                check_web_address(url), self._context.settings.general.browser, self._context.screen.app.suspend
            )
        except NewsdashError as error:
            self._context.fail(error)
        except SuspendNotSupported:
            copies = self._context.keyboard.key_of("copy-link")
            self._context.say(f"There is no terminal here to give to a browser. {copies} copies the link instead.")
        else:
            self._context.say(f"Opened {url}")

    def open_and_mark(self) -> None:
        """Open the article's page and mark it read, without leaving the list."""
        current = self._panes.article_here
        if current is not None:
            self.open_link()
            self._marks.mark([current], read=True)

    def copy_link(self) -> None:
        if link := self._link():
            self._context.screen.app.copy_to_clipboard(link)
            self._context.say(f"Copied {link}")
        else:
            self._context.say("This article has no link.")

    def numbered_link(self) -> None:
        """Open the link with the number of the key that was pressed."""
        links = self._context.article.links
        number = self._context.last_key[-1:]
        if number.isdigit() and 1 <= int(number) <= len(links):
            self.browse(links[int(number) - 1].url)
        elif links:
            self._context.say(f"This article has {len(links)} {'link' if len(links) == 1 else 'links'}.")
        else:
            self._context.say("There are no links in this article.")

    def links(self) -> None:
        links = self._context.article.links
        if not links:
            self._context.say("There are no links in this article.")
            return

        def chosen(place: int | None) -> None:
            if place is not None:
                self.browse(links[place].url)

        choices = [f"{link.text}\n    {link.url}" for link in links]
        self._context.ask(ChooseScreen("Links", choices, "Enter or a number opens one · Esc closes"), chosen)

    # --- copies ---------------------------------------------------------------------------------------------

    def copy_markdown(self) -> None:
        if opened := self._panes.opened_here:
            self._context.screen.app.copy_to_clipboard(article_markdown(opened))
            self._context.say("Copied the article as Markdown.")

    def save_article(self) -> None:
        opened = self._panes.opened_here
        if opened is None:
            return
        text = article_markdown(opened)

        def answered(name: str | None) -> None:
            if name:
                self._context.jobs.start(
                    "save", lambda _: save_text(name, text), lambda path: self._context.say(f"Saved as {path}")
                )

        self._context.ask(
            AskScreen("Save as Markdown", "The file to write; one that is there already is kept:",
                      str(Path("~") / file_name(opened.article.title)), "Enter saves · Esc closes"),
            answered,
        )  # fmt: skip

    def pipe(self) -> None:
        opened = self._panes.opened_here
        if opened is None:
            return
        programs = list(self._context.settings.general.pipe.items())
        if not programs:
            self._context.say("No program is named under pipe in the [general] section of config.toml yet.")
            return

        def run(place: int | None) -> None:
            if place is None:
                return
            name, program = programs[place]
            text = article_markdown(opened)
            self._context.say(f"Sent to {name} …")
            self._context.jobs.start(
                "pipe",
                lambda stop: pipe_to(program, text, stop),
                lambda answer: self._context.say(f"{name}: {answer}" if answer else f"{name} has it."),
            )

        if len(programs) == 1:
            run(0)
        else:
            self._context.ask(ChooseScreen("Send the article to", [name for name, _ in programs]), run)


def file_name(title: str) -> str:
    """A file name from a title: letters, digits and hyphens only, so that no title names a folder or hides a file."""
    return f"{_NO_NAME.sub('-', title)[:LONGEST_NAME].strip('-_') or 'article'}.md"


def save_text(name: str, text: str) -> Path:
    """Write a new file; ``~`` is the home folder.

    :raises NewsdashError: when there is such a file already, or it cannot be written.
    """
    try:
        path = Path(name).expanduser().absolute()
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise NewsdashError(f"{path} is there already and was left as it is.") from error
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise NewsdashError(f"{name} cannot be written: {reason}.") from error
    return path
