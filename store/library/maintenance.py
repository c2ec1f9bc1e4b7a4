"""Keeping the library well: settings, checks, backups, and which articles may go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.database import Database
from store.models import SEEDS_URL, RetentionRule
from store.paths import Places

if TYPE_CHECKING:
    from store.library.context import LibraryContext
    from store.models import Problem


class Maintenance:
    """Settings, checks, backups, retention."""

    def __init__(self, context: LibraryContext) -> None:
        self._context = context
        self._database = context.database
        self._lock = context.lock

    def setting(self, name: str, default: object = None) -> Any:
        """A small remembered value, such as the theme."""
        with self._lock:
            return self._database.settings.get(name, default)

    def save_setting(self, name: str, value: object) -> None:
        """Remember a small JSON value. A read-only store silently forgets it: settings are a convenience."""
        with self._lock:
            if not self._database.read_only:
                self._database.settings.save(name, value)

    def doctor(self, *, repair: bool = False) -> list[Problem]:
        """Check every stored record and reference; one problem for each that is damaged or refers to nothing.

        With ``repair`` what is damaged is set aside and what refers to nothing removed, so that the next check is good.

        :raises ReadOnlyError: when a read-only store is to be repaired.
        """
        with self._lock:
            return self._database.check(repair)

    def compact(self) -> None:
        """Rewrite the store without what is no longer used; a crash meanwhile loses nothing."""
        with self._lock:
            self._database.compact()

    def backup(self, file: Path) -> None:
        """Write everything into one zip file; articles can be read and changed meanwhile.

        :raises StoreError: when it cannot be written; a file of that name is then as it was.
        """
        self._database.backup(file)

    def expire(
        self,
        overall: RetentionRule,
        by_feed: Mapping[int, RetentionRule] | None = None,
        being_read: Callable[[], Collection[int]] = tuple,
    ) -> int:
        """Remove the articles that these rules do not keep; returns how many. None of them comes back as unread.

        A feed's own rule goes before the overall one. Always kept are articles that are starred or corrected, that
        quote somebody you follow, and those from files; for now also those that ``being_read`` gives, which is called
        as late as possible.

        :raises StoreError: when it cannot be known whom the articles quote; then all stay.
        """
        self._database.require_writable()
        rules = self._rules_by_feed(overall, by_feed or {})
        if not rules:
            return 0
        people = self._context.derived.people
        quoting = people.quoting_followed()

        def protected(article_id: int) -> bool:
            return (
                article_id in quoting or article_id in being_read() or bool(self._database.corrections.of(article_id))
            )

        gone = 0
        for feed_id, rule in rules.items():
            with self._lock:
                gone += self._database.articles.expire(
                    feed_id, older_than=rule.newer_than, keep=rule.newest, protected=protected
                )
        if gone:
            self._context.derived.articles_removed()
        return gone

    def _rules_by_feed(self, overall: RetentionRule, by_feed: Mapping[int, RetentionRule]) -> dict[int, RetentionRule]:
        """The rule of each feed that has one."""
        with self._lock:
            feeds = [feed.id for feed in self._database.feeds.all() if feed.url != SEEDS_URL]
        rules = {feed_id: by_feed.get(feed_id, RetentionRule()).over(overall) for feed_id in feeds}
        return {feed_id: rule for feed_id, rule in rules.items() if rule != RetentionRule()}


def restore_backup(file: Path, places: Places | None = None) -> Path:
    """Put a backup in place of the store, which must not be open. Returns where the old one is kept.

    :raises StoreError: when the file is no whole backup or the store is in use; then nothing has changed.
    """
    from store.search.index_keeper import FILE

    places = places or Places.find()
    kept = Database.restore(places.database, file)
    for index in places.cache.glob(f"{FILE}*"):
        index.unlink(missing_ok=True)  # it is of the other articles, and built again when first needed
    return kept
