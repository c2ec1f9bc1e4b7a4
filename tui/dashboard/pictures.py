"""The half of the dashboard that shows the pictures of the open article."""

from __future__ import annotations

from importlib.util import find_spec

from tui.dashboard.parts import Parts

NEEDED = ("PIL", "textual_image")
MISSING = "Pictures need newsdash[images]: install it with pipx or pip, for example `pipx install 'newsdash[images]'`."


class Viewing(Parts, inherit_bindings=False):
    """Pictures; nothing of them is fetched or imported before they are asked for."""

    def action_pictures(self) -> None:
        """Show the picture that is in sight, or the first after it; the others are a key away."""
        session, opened = self.session, self.article.opened
        if session is None or opened is None or opened.article.id != self.current:
            self.say("Open an article first.")
            return
        pictures = session.library.pictures.of(opened)
        if not pictures:
            self.say("There are no pictures in this article.")
        elif not all(map(find_spec, NEEDED)):
            self.say(MISSING)
        else:
            from tui.dialogs.picture import PictureScreen

            here = self.article.first_offset
            at = next((place for place, picture in enumerate(pictures) if picture.start >= here), len(pictures) - 1)
            library, article_id = session.library, opened.article.id
            self.app.push_screen(
                PictureScreen(
                    pictures,
                    at,
                    lambda url, most, stop: library.pictures.fetch(article_id, url, most, stop),
                    self.browse,
                )
            )
