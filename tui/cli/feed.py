"""``newsdash feed``: the page of one feed, and what is set for it."""

from __future__ import annotations

import argparse
import textwrap
from datetime import UTC, datetime, timedelta

from store.errors import ConfigError
from store.models import Feed, FeedEdit
from tui.cli.feeds import as_json
from tui.cli.output import library, print_json
from tui.config.problems import WrongValueError
from tui.config.value_types import Duration
from tui.wording.feeds import facts

MEASURE = 80
"""Columns of the page."""
INTERVAL = Duration("how often it changes", timedelta(minutes=5), timedelta(days=30))


def show_or_edit(options: argparse.Namespace) -> int:
    """Change what the options say, then print the feed's page."""
    with library(seeds=False) as opened:
        feed = opened.feeds.find(options.feed)
        edit = edit_of(options, feed)
        if edit != FeedEdit():
            feed = opened.feeds.edit(feed.id, edit)
        page = opened.feeds.page(feed.id)
    if options.json:
        print_json({**as_json(page.summary), "starred": page.starred, "muted": page.muted})
        return 0
    print(feed.title)
    for name, text in facts(page, datetime.now(UTC)):
        print("\n".join(textwrap.wrap(text, MEASURE, initial_indent=f"{name:<14}", subsequent_indent=" " * 14)))
    return 0


def edit_of(options: argparse.Namespace, feed: Feed) -> FeedEdit:
    """:raises ConfigError: for a time that is none."""
    tags = None
    if options.tag or options.untag:
        gone = {tag.casefold() for tag in options.untag}
        tags = (*(tag for tag in feed.tags if tag.casefold() not in gone), *options.tag)
    interval = None
    if options.interval is not None:
        try:
            interval = int(INTERVAL.read("" if options.interval == "auto" else options.interval).total_seconds() // 60)
        except WrongValueError as error:
            raise ConfigError(f"--interval: {error}.") from None
    return FeedEdit(options.title, tags, interval, options.full_text, options.hidden)
