"""Who said what: people, and the statements that are theirs, in any text. Pure functions, no I/O but word lists.

``analyse(text)`` gives an :class:`~store.models.Analysis` whose offsets are all into ``text``. Importing this
package is cheap; word lists and weights are read on the first call.
"""

from __future__ import annotations

from store.models import Analysis

ENGINE_VERSION = 12
"""Stored with each analysis; an article analysed by an older engine is analysed again."""

__all__ = ["ENGINE_VERSION", "analyse"]


def analyse(text: str, title: str = "") -> Analysis:
    """People and statements of ``text``; ``title`` is its headline, read for names only.

    Any ``str`` is accepted and nothing is raised; every offset lies inside ``text``; the same text gives the same
    answer. Takes time linear in the length of the text.
    """
    from store.attribution.pipeline import run

    return run(text, title, ENGINE_VERSION)
