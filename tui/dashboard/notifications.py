"""The half of the dashboard that tells the desktop, once a refresh, of what the user waits for."""

from __future__ import annotations

from store.models import News
from tui.dashboard.parts import Parts
from tui.external.desktop import Method, run, summary, terminal_text

NEWS = "news"


class Notifying(Parts, inherit_bindings=False):
    """Notifications, as ``[notify]`` of config.toml asks for them."""

    _known: int | None = None
    """The greatest number of an article that was told or needs no telling."""

    def pass_over_news(self) -> None:
        """What is there now is not told."""
        session = self.session

        def known(newest: int) -> None:
            self._known = newest

        if session is not None and not session.library.read_only:
            self.jobs.start(NEWS, lambda _: session.library.notifications.newest_article(), known)

    def tell_news(self) -> None:
        """Tell what arrived since the last time; of what cannot be told the status line says why."""
        session, wishes, after = self.session, self.settings.notify, self._known
        method = Method(wishes.method)
        if session is None or session.library.read_only:
            return
        if method is Method.NONE or after is None:
            self.pass_over_news()
            return

        def look(_: object) -> News:
            news = session.library.notifications.news(after, people=wishes.people, names=wishes.searches)
            if news and method is Method.COMMAND and wishes.command:
                run(wishes.command, summary(news))
            return news

        def told(news: News) -> None:
            self._known = news.newest
            text = terminal_text(method, summary(news)) if news else ""
            if text and self.app._driver is not None:
                self.app._driver.write(text)
                self.app._driver.flush()

        self.jobs.start(NEWS, look, told)
