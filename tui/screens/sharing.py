"""The half of the dashboard that takes articles elsewhere: browser, clipboard, files, other programs."""

from __future__ import annotations

import re
from pathlib import Path

from textual.app import SuspendNotSupported

from store.errors import NewsdashError
from store.models import OpenArticle
from tui.browser import check_web_address, open_in_browser
from tui.markdown import article_markdown
from tui.piping import pipe_to
from tui.screens.ask import AskScreen, ChooseScreen
from tui.screens.parts import Parts
from tui.widgets.article import ArticleView

LONGEST_NAME = 60
"""Characters of a title that a proposed file name has."""
_NO_NAME = re.compile(r"[^\w-]+")


class Sharing(Parts, inherit_bindings=False):
    """Links, copies and files."""

    # --- links ----------------------------------------------------------------------------------------------

    def _link(self) -> str:
        headline = self.headlines.headline(self.current) if self.current is not None else None
        return headline.article.link if headline is not None else ""

    def action_open_link(self) -> None:
        if link := self._link():
            self.browse(link)
        else:
            self.say("This article has no link.")

    def on_article_view_link_chosen(self, message: ArticleView.LinkChosen) -> None:
        self.browse(message.url)

    def browse(self, url: str) -> None:
        """Open a web page in the user's browser; a failure is told."""
        try:
            open_in_browser(check_web_address(url), self.settings.general.browser, self.app.suspend)
        except NewsdashError as error:
            self.fail(error)
        except SuspendNotSupported:
            copies = self.keyboard.key_of("copy-link")
            self.say(f"There is no terminal here to give to a browser. {copies} copies the link instead.")
        else:
            self.say(f"Opened {url}")

    def action_copy_link(self) -> None:
        if link := self._link():
            self.app.copy_to_clipboard(link)
            self.say(f"Copied {link}")
        else:
            self.say("This article has no link.")

    def action_numbered_link(self) -> None:
        """Open the link with the number of the key that was pressed."""
        links = self.article.links
        number = self.typed[-1:]
        if number.isdigit() and 1 <= int(number) <= len(links):
            self.browse(links[int(number) - 1].url)
        elif links:
            self.say(f"This article has {len(links)} {'link' if len(links) == 1 else 'links'}.")
        else:
            self.say("There are no links in this article.")

    def action_links(self) -> None:
        links = self.article.links
        if not links:
            self.say("There are no links in this article.")
            return

        def chosen(place: int | None) -> None:
            if place is not None:
                self.browse(links[place].url)

        choices = [f"{link.text}\n    {link.url}" for link in links]
        self.app.push_screen(ChooseScreen("Links", choices, "Enter or a number opens one · Esc closes"), chosen)

    # --- copies ---------------------------------------------------------------------------------------------

    def _shown(self) -> OpenArticle | None:
        """The article that is open, if it is the one that is meant."""
        opened = self.article.opened
        if opened is None or opened.article.id != self.current:
            self.say("Open an article first.")
            return None
        return opened

    def action_copy_markdown(self) -> None:
        if opened := self._shown():
            self.app.copy_to_clipboard(article_markdown(opened))
            self.say("Copied the article as Markdown.")

    def action_save_article(self) -> None:
        opened = self._shown()
        if opened is None:
            return
        text = article_markdown(opened)

        def answered(name: str | None) -> None:
            if name:
                self.jobs.start("save", lambda _: save_text(name, text), lambda path: self.say(f"Saved as {path}"))

        self.app.push_screen(
            AskScreen("Save as Markdown", "The file to write; one that is there already is kept:",
                      str(Path("~") / file_name(opened.article.title)), "Enter saves · Esc closes"),
            answered,
        )  # fmt: skip

    def action_pipe(self) -> None:
        opened = self._shown()
        if opened is None:
            return
        programs = list(self.settings.general.pipe.items())
        if not programs:
            self.say("No program is named under pipe in the [general] section of config.toml yet.")
            return

        def run(place: int | None) -> None:
            if place is None:
                return
            name, program = programs[place]
            text = article_markdown(opened)
            self.say(f"Sent to {name} …")
            self.jobs.start(
                "pipe",
                lambda stop: pipe_to(program, text, stop),
                lambda answer: self.say(f"{name}: {answer}" if answer else f"{name} has it."),
            )

        if len(programs) == 1:
            run(0)
        else:
            self.app.push_screen(ChooseScreen("Send the article to", [name for name, _ in programs]), run)


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
