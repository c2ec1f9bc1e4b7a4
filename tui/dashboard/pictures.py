"""The half of the dashboard that shows the pictures of the open article."""

from __future__ import annotations

from importlib.util import find_spec

from tui.dashboard.context import DashboardContext
from tui.dashboard.panes import PaneController
from tui.dashboard.share import ShareController

NEEDED = ("PIL", "textual_image")
MISSING = "Pictures need newsdash[images]: install it with pipx or pip, for example `pipx install 'newsdash[images]'`."


class PictureController:
    """Pictures; nothing of them is fetched or imported before they are asked for."""

    def __init__(self, context: DashboardContext, panes: PaneController, share: ShareController) -> None:
        self._context = context
        self._panes = panes
        self._share = share

    def pictures(self) -> None:
        """Show the picture that is in sight, or the first after it; the others are a key away."""
        opened = self._panes.opened_here
        if opened is None:
            return
        pictures = self._context.library.pictures.of(opened)
        if not pictures:
            self._context.say("There are no pictures in this article.")
        elif not all(map(find_spec, NEEDED)):
            self._context.say(MISSING)
        else:
            from tui.dialogs.picture import PictureScreen

            here = self._context.article.first_offset
            at = next((place for place, picture in enumerate(pictures) if picture.start >= here), len(pictures) - 1)
            library, article_id = self._context.library, opened.article.id
            self._context.ask(
                PictureScreen(
                    pictures,
                    at,
                    lambda url, most, stop: library.pictures.fetch(article_id, url, most, stop),
                    self._share.browse,
                )
            )
