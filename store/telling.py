"""What worker processes are given to do about who said what. A worker imports this first, so it imports little."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.models import Analysis
    from store.sources.drafts import ParsedFeed

MOST_ANALYSED = 60
"""Entries of one refresh of one feed that are analysed at once; a longer list is stored first and analysed later."""


def analyse_entries(parsed: ParsedFeed) -> Mapping[str, Analysis]:
    """Who said what in each new entry of a feed, by guid.

    Nothing when there are many: the caller stores the entries first and has them analysed after.
    """
    if not 0 < len(parsed.entries) <= MOST_ANALYSED:
        return {}
    from store.speech import analyse

    return {entry.guid: analyse(entry.document.prose, entry.title) for entry in parsed.entries}


def analyse_texts(texts: Sequence[tuple[str, str]]) -> list[Analysis]:
    """Who said what in each text, given with its title."""
    from store.speech import analyse

    return [analyse(text, title) for text, title in texts]
