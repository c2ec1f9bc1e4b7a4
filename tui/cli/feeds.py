"""``newsdash add | remove | feeds | refresh``."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from tui.cli.output import complain, count, library, print_columns, print_json
from tui.config.retention import expire_as_configured

if TYPE_CHECKING:
    from store.models import FeedResult, FeedSummary, Progress


def add(options: argparse.Namespace) -> int:
    """Follow a feed and say what it brought."""
    with library() as opened:
        feed = opened.feeds.add(options.url, options.title)
        opened.analysis.analyse_waiting()
        summary = next(row for row in opened.feeds.all() if row.feed.id == feed.id)
    if options.json:
        print_json(as_json(summary))
    else:
        print(f"Following “{feed.title}” ({feed.id}): {count(summary.total, 'article')}.")
    return 0


def remove(options: argparse.Namespace) -> int:
    """Stop following a feed."""
    with library() as opened:
        feed = opened.feeds.find(options.feed)
        removed = opened.feeds.remove(feed.id)
    print(f"“{feed.title}” is no longer followed; {count(removed, 'article')} removed.")
    return 0


def list_feeds(options: argparse.Namespace) -> int:
    """List the feeds; a feed that fails shows its reason."""
    from store.text.urls import shown

    with library() as opened:
        summaries = opened.feeds.all()
    if options.json:
        for summary in summaries:
            print_json(as_json(summary))
        return 0
    print_columns(
        [
            (
                str(row.feed.id),
                str(row.unread),
                str(row.total),
                row.feed.title,
                shown(row.feed.url) + (f"  ✗ {row.state.error}" if row.state.error else ""),
            )
            for row in summaries
        ],
        right=(0, 1, 2),
    )
    return 0


def refresh(options: argparse.Namespace) -> int:
    """Fetch feeds; the status is 1 when one failed."""
    progress = _show_progress if sys.stderr.isatty() else None
    with library(seeds=False) as opened:
        chosen = [opened.feeds.find(name).id for name in options.feed] if not options.all else []
        if options.due:
            due = opened.refresh.due()
            chosen = [feed for feed in chosen or due if feed in due]
        report = opened.refresh.run(chosen if options.due else chosen or None, on_progress=progress)
        if not options.no_analysis:
            opened.analysis.analyse_waiting(on_progress=progress)
        expire_as_configured(opened)
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    for result in report.results:
        if options.json:
            print_json(_result_as_json(result))
        elif result.error:
            complain(f"{result.title}: {result.error}")
        elif result.new or result.updated:
            print(f"{result.title}: {result.new} new, {result.updated} updated.")
    if options.json:
        print_json(
            {
                "feeds": len(report.results),
                "new": report.new,
                "updated": sum(result.updated for result in report.results),
                "unchanged": sum(result.unchanged for result in report.results),
                "failed": len(report.failed),
                "cancelled": report.cancelled,
            }
        )
    else:
        print(f"{count(len(report.results), 'feed')} refreshed, {count(report.new, 'new article')}.")
    return 1 if report.failed else 0


def _show_progress(progress: Progress) -> None:
    print(f"\r\x1b[K{progress.done}/{progress.total} {progress.label[:60]}", end="", file=sys.stderr, flush=True)


def _result_as_json(result: FeedResult) -> dict[str, Any]:
    return {
        "feed": result.feed_id,
        "title": result.title,
        "new": result.new,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "skipped": result.skipped,
        "error": result.error,
    }


def as_json(row: FeedSummary) -> dict[str, Any]:
    """A feed as scripts read it; passwords stay in the store."""
    return {
        "id": row.feed.id,
        "title": row.feed.title,
        "url": row.feed.url,
        "site": row.feed.site,
        "tags": row.feed.tags,
        "hidden": row.feed.hidden,
        "interval": row.feed.interval,
        "full_text": row.feed.full_text,
        "articles": row.total,
        "unread": row.unread,
        "checked": row.state.checked,
        "succeeded": row.state.succeeded,
        "next_check": row.state.next_check,
        "failures": row.state.failures,
        "error": row.state.error,
    }
