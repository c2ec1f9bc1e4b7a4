"""The library's feeds: which are followed, adding and removing them, and what the user sets for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from store.errors import FeedError, FollowedError, NotFoundError
from store.models import SEEDS_URL, Counts, Feed, FeedEdit, FeedPage, FeedState, FeedSummary, Scope
from store.search.scopes import published_today
from store.text.clean import clean_line
from store.text.tags import clean_tags
from store.text.urls import same_feed

if TYPE_CHECKING:
    from store.feeds.credentials import Credentials
    from store.feeds.kept_answers import KeptAnswers
    from store.feeds.refresher import FetchedFeed
    from store.library.context import LibraryContext
    from store.library.network import NetworkAccess
    from store.library.refresh import FeedRefresher
    from store.models import Candidate, IsCancelled

SHORTEST, LONGEST = 5, 30 * 24 * 60
"""Minutes between refreshes that can be set."""
LONGEST_TITLE = 300
MOST_TRIED = 5
"""Feeds of a page that are tried until one can be read."""


class Feeds:
    """The feeds that are followed."""

    def __init__(self, context: LibraryContext, network: NetworkAccess, refresher: FeedRefresher) -> None:
        self._context = context
        self._database = context.database
        self._lock = context.lock
        self._network = network
        self._refresher = refresher
        self._found: KeptAnswers | None = None
        """The answers of addresses that were looked up, until one of them is added."""

    # --- reading --------------------------------------------------------------------------------------------

    def all(self) -> list[FeedSummary]:
        """All feeds with their counts: articles from files first, then by title."""
        with self._lock:
            counts = self._database.articles.counts()
            summaries = [
                FeedSummary(feed, self._database.feeds.shown_state(feed.id), *counts.get(feed.id, (0, 0)))
                for feed in self._database.feeds.all()
            ]
        return sorted(summaries, key=lambda row: (row.feed.url != SEEDS_URL, row.feed.title.casefold(), row.feed.id))

    def counts(self) -> Counts:
        """The numbers of the sidebar, from memory: quick enough to be asked for after each mark."""
        with self._lock:
            unread, hidden = self._database.articles.unread(), self._database.index.of_hidden_feeds()
            listed = unread - hidden if hidden else unread
            scopes = {
                Scope.UNREAD: len(listed),
                Scope.TODAY: len(listed & set(published_today(self._database))),
                Scope.STARRED: len(self._database.articles.starred()),
            }
            return Counts(self._database.articles.counts(), scopes)

    def page(self, feed_id: int) -> FeedPage:
        """Everything known of a feed.

        :raises NotFoundError: when there is no such feed.
        """
        with self._lock:
            feed = self._followed(feed_id)
            ids = set(newest_first := self._database.articles.ids_of_feed(feed_id))
            configured = self._network.settings.options(feed.url).interval
            total, unread = self._database.articles.counts().get(feed_id, (0, 0))
            return FeedPage(
                FeedSummary(feed, self._database.feeds.shown_state(feed_id), total, unread),
                starred=len(self._database.articles.starred() & ids),
                muted=len(self._database.index.muted() & ids),
                oldest=self._published(newest_first[-1]) if newest_first else None,
                newest=self._published(newest_first[0]) if newest_first else None,
                interval=configured or feed.interval,
                configured=bool(configured),
            )

    def find(self, name: str) -> Feed:
        """The feed with this number, address or title.

        :raises NotFoundError: when there is none, or several have that title.
        """
        with self._lock:
            feeds = self._database.feeds.all()
        address = same_feed(name)
        found = [feed for feed in feeds if str(feed.id) == name or same_feed(feed.url) == address]
        found = found or [feed for feed in feeds if feed.title.casefold() == name.casefold()]
        if len(found) != 1:
            raise NotFoundError(f"{'Several feeds are' if found else 'No feed is'} called “{name}”.")
        return found[0]

    def _followed(self, feed_id: int) -> Feed:
        """:raises NotFoundError: when no such feed is followed."""
        for feed in self._database.feeds.all():
            if feed.id == feed_id:
                return feed
        raise NotFoundError(f"There is no feed {feed_id}.")

    def _published(self, article_id: int) -> datetime | None:
        article = self._database.articles.get(article_id)
        return article.published if article else None

    # --- adding and removing --------------------------------------------------------------------------------

    def discover(self, url: str, cancelled: IsCancelled | None = None) -> list[Candidate]:
        """The feeds that an address offers, never none: itself when it is a feed, else those its page links to.

        :raises FollowedError: when the address is that of a feed that is followed.
        :raises FeedError: when the address cannot be fetched or offers no feed.
        """
        return self._discover(self._network.credentials_in(url), cancelled)

    def add(self, url: str, title: str = "", typed: str = "") -> Feed:
        """Follow the first feed that an address offers, and store its entries.

        ``typed`` is the address that led the user there, when it is another: a password in it is also used for ``url``
        if that has the same origin.

        :raises FeedError: when there is no feed, it cannot be read, or it is followed already.
        """
        self._database.require_writable()
        credentials = self._network.credentials_in(url)
        if typed and not credentials.userinfo:
            userinfo = self._network.credentials_in(typed).userinfo_for(credentials.url)
            credentials = replace(credentials, userinfo=userinfo)
        fetched = self._fetch_first(self._discover(credentials), credentials, title)
        feed = fetched.feed
        with self._lock:
            self._refuse_followed(fetched.feed.url)
            stored = self._database.feeds.add(replace(feed, interval=0))
        self._answers.forget()
        self._refresher.store([replace(fetched, feed=stored, state=replace(fetched.state, feed_id=stored.id))])
        with self._lock:
            return self._database.feeds.get(stored.id) or stored

    def _fetch_first(self, candidates: Sequence[Candidate], credentials: Credentials, title: str) -> FetchedFeed:
        """The first of these feeds that can be read; pages also name feeds that are gone.

        :raises FeedError: when none can be, for the reason of the first one.
        """
        failure = ""
        for candidate in candidates[:MOST_TRIED]:
            self._refuse_followed(candidate.url)
            feed = Feed(
                id=0,
                url=candidate.url,
                title=title or candidate.title or candidate.url,
                renamed=bool(title),
                added=datetime.now(UTC),
                credentials=credentials.userinfo_for(candidate.url),
            )
            fetched = self._refresher.fetch(feed, self._answers)
            if not fetched.error:
                return fetched
            failure = failure or fetched.error
        raise FeedError(failure)

    @property
    def _answers(self) -> KeptAnswers:
        from store.feeds.kept_answers import KeptAnswers

        if self._found is None:
            self._found = KeptAnswers(self._network.fetcher)
        return self._found

    def _discover(self, credentials: Credentials, cancelled: IsCancelled | None = None) -> list[Candidate]:
        """The feeds at the address that the credentials are for."""
        from store.feeds.discovery import discover

        self._refuse_followed(credentials.url)
        return discover(
            credentials.url, self._answers, self._network.pool, credentials=credentials, cancelled=cancelled
        )

    def follow(self, feeds: Iterable[Feed]) -> list[Feed]:
        """Follow feeds without fetching them; returns those that were not followed already."""
        self._database.require_writable()
        with self._lock:
            fresh, _ = self.partition(feeds)
            return [self._database.feeds.add(replace(feed, added=datetime.now(UTC))) for feed in fresh]

    def partition(self, feeds: Iterable[Feed]) -> tuple[list[Feed], list[Feed]]:
        """Those of these feeds that are not followed, each once, and those that are, perhaps in another spelling."""
        fresh: list[Feed] = []
        known: list[Feed] = []
        with self._lock:
            followed = {same_feed(feed.url) for feed in self._database.feeds.all()}
        for feed in feeds:
            key = same_feed(feed.url)
            (known if key in followed else fresh).append(feed)
            followed.add(key)
        return fresh, known

    def remove(self, feed_id: int) -> int:
        """Stop following a feed; its articles go, the starred ones stay. Returns how many articles went.

        :raises NotFoundError: when there is no such feed.
        :raises FeedError: when it is the built-in feed of articles from files.
        """
        with self._lock:
            feed = self._database.feeds.get(feed_id)
            if feed is None:
                raise NotFoundError(f"There is no feed {feed_id}.")
            if feed.url == SEEDS_URL:
                raise FeedError("Articles from files are not a feed and cannot be removed.")
            gone = self._database.feeds.remove(feed_id)
        self._context.derived.articles_removed()
        return gone

    def _refuse_followed(self, url: str) -> None:
        """:raises FollowedError: when this feed is followed already, perhaps in another spelling."""
        with self._lock:
            for feed in self._database.feeds.all():
                if same_feed(feed.url) == same_feed(url):
                    raise FollowedError(f"This feed is followed already: “{feed.title}”.", feed.id)

    # --- settings -------------------------------------------------------------------------------------------

    def edit(self, feed_id: int, edit: FeedEdit) -> Feed:
        """Change what the user sets for a feed: title, tags, interval, full texts, hidden.

        :raises NotFoundError: when there is no such feed.
        :raises FeedError: for a value that is not allowed.
        """
        with self._lock:
            feed, state = self._followed(feed_id), self._database.feeds.state(feed_id)
            changed, new_state = edited(feed, state, edit, self.tags())
            if changed != feed or new_state != state:
                self._database.feeds.save_states([new_state], [changed])
        return changed

    def tags(self) -> list[str]:
        """The tags of all feeds, those of most feeds first."""
        with self._lock:
            feeds = self._database.feeds.all()
        return [tag for tag, _ in Counter(tag for feed in feeds for tag in feed.tags).most_common()]

    def rename_tag(self, old: str, new: str) -> str:
        """Replace a tag on all feeds that have it. Returns the new tag in the spelling that feeds have already.

        :raises FeedError: when the new tag has no letter.
        """
        with self._lock:
            spelled = clean_tags([new], [tag for tag in self.tags() if tag != old])
            if not spelled:
                raise FeedError("A tag needs a name.")
            self._save_tags(old, lambda tags: clean_tags(spelled[0] if tag == old else tag for tag in tags))
        return spelled[0]

    def remove_tag(self, name: str) -> int:
        """Remove a tag from all feeds, which stay; returns how many had it."""
        with self._lock:
            return self._save_tags(name, lambda tags: tuple(tag for tag in tags if tag != name))

    def _save_tags(self, name: str, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> int:
        """Change the tags of the feeds that have this one; returns how many have it."""
        tagged = [feed for feed in self._database.feeds.all() if name in feed.tags]
        self._database.feeds.save_states((), [replace(feed, tags=change(feed.tags)) for feed in tagged])
        return len(tagged)


def edited(feed: Feed, state: FeedState, edit: FeedEdit, known_tags: Iterable[str]) -> tuple[Feed, FeedState]:
    """A feed and its state with the changes of an edit.

    :raises FeedError: for a value that is not allowed.
    """
    if feed.url == SEEDS_URL and (edit.interval or edit.full_text):
        raise FeedError("Articles from files are not fetched: an interval and full texts have no meaning for them.")
    changed = feed
    if edit.title is not None:
        title = clean_line(edit.title)[:LONGEST_TITLE]
        changed = replace(changed, title=title or feed.title, renamed=bool(title))
        if feed.renamed and not title:
            # Its own title is in the feed, which is fetched again as if for the first time.
            state = replace(state, etag="", last_modified="", body_hash="")
    if edit.tags is not None:
        changed = replace(changed, tags=clean_tags(edit.tags, known_tags))
    if edit.interval is not None:
        changed = replace(changed, interval=checked_interval(edit.interval))
        state = with_interval(state, edit.interval)
    if edit.full_text is not None:
        changed = replace(changed, full_text=edit.full_text)
    if edit.hidden is not None:
        changed = replace(changed, hidden=edit.hidden)
    return changed, state


def checked_interval(minutes: int) -> int:
    """:raises FeedError: when it is too short or too long."""
    if minutes and not SHORTEST <= minutes <= LONGEST:
        raise FeedError(f"A feed can be fetched every {SHORTEST} minutes to every 30 days, not every {minutes}.")
    return minutes


def with_interval(state: FeedState, minutes: int) -> FeedState:
    """The state with the next fetch at a new interval; a failing feed waits as before."""
    if not minutes or state.failures or state.checked is None:
        return state
    return replace(state, next_check=state.checked + timedelta(minutes=minutes))
