"""The library's tasks for worker processes: analysing who said what, and preparing articles for the store.

A worker imports this first, so it imports little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.database.prepared import Prepared
    from store.feeds.entries import ParsedFeed
    from store.models import Analysis

MOST_ANALYSED = 60
"""Entries of one refresh of one feed that are analysed at once; a longer list is stored first and analysed later."""


def prepare_entries(parsed: ParsedFeed) -> list[Prepared]:
    """The new entries of a feed, ready to be stored; they are analysed later."""
    from store.database.prepared import prepare
    from store.models import Analysis

    return [prepare(entry, Analysis()) for entry in parsed.entries]


def prepare_and_analyse(parsed: ParsedFeed) -> list[Prepared]:
    """The same with the analysis of each, unless there are many: these are stored first and analysed later."""
    if len(parsed.entries) > MOST_ANALYSED:
        return prepare_entries(parsed)
    from store.attribution import analyse
    from store.database.prepared import prepare

    return [prepare(entry, analyse(entry.document.prose, entry.title)) for entry in parsed.entries]


def analyse_texts(texts: Sequence[tuple[str, str]]) -> list[Analysis]:
    """Who said what in each text, given with its title."""
    from store.attribution import analyse

    return [analyse(text, title) for text, title in texts]
