"""What ``[retention]`` of the configuration says, done: old articles go after a refresh."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from store.models import RetentionRule

if TYPE_CHECKING:
    from store.library import Library
    from tui.config.settings import FeedSettings, Retention, Settings


def expire(opened: Library, settings: Settings, being_read: Callable[[], Collection[int]] = tuple) -> int:
    """Remove what the configuration lets go, but for now nothing of ``being_read``; returns how many articles went.

    :raises StoreError: when that cannot be decided or stored; then all stay.
    """
    own = {row.feed.id: as_rule(settings.feed(row.feed.url)) for row in opened.feeds.all()}
    return opened.maintenance.expire(as_rule(settings.retention), own, being_read)


def expire_as_configured(opened: Library) -> int:
    """The same by the configuration's file; nothing, at once, when there is none: by default all articles stay."""
    if not opened.places.config_file.exists():
        return 0
    from tui.config.load import load

    return expire(opened, load(opened.places.config_file).settings)


def as_rule(settings: Retention | FeedSettings) -> RetentionRule:
    """In the settings 0 stands for no limit."""
    return RetentionRule(settings.keep_for if settings.keep_for > timedelta(0) else None, settings.keep_newest or None)
