"""The half of the dashboard that tells the desktop, once a refresh, of what the user waits for."""

from __future__ import annotations

from store.models import News
from tui.dashboard.context import DashboardContext
from tui.external.desktop import Method, run, summary, terminal_text
from tui.textual_inside import write_to_terminal

NEWS = "news"


class NotificationController:
    """Tells the desktop what is new, as ``[notify]`` of config.toml asks for them."""

    def __init__(self, context: DashboardContext) -> None:
        self._context = context
        self._known: int | None = None
        """The greatest number of an article that was told or needs no telling."""

    def skip_news(self) -> None:
        """What is there now is not told."""

        def known(newest: int) -> None:
            self._known = newest

        if not self._context.library.read_only:
            self._context.jobs.start(NEWS, lambda _: self._context.library.notifications.newest_article(), known)

    def tell_news(self) -> None:
        """Tell what arrived since the last time; of what cannot be told the status line says why."""
        wishes, after = self._context.settings.notify, self._known
        method = Method(wishes.method)
        if self._context.library.read_only:
            return
        if method is Method.NONE or after is None:
            self.skip_news()
            return

        def look(_: object) -> News:
            news = self._context.library.notifications.news(after, people=wishes.people, names=wishes.searches)
            if news and method is Method.COMMAND and wishes.command:
                run(wishes.command, summary(news))
            return news

        def told(news: News) -> None:
            self._known = news.newest
            text = terminal_text(method, summary(news)) if news else ""
            if text:
                write_to_terminal(self._context.screen.app, text)

        self._context.jobs.start(NEWS, look, told)
