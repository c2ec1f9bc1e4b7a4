"""A sample of what is wrong in who said what, to be read and sorted by cause. It goes to the terminal only.

An error is a gold statement of the SPEECH view that nothing matches (missed, or extent when some statement overlaps
it), one that a statement of somebody else matches (speaker), or a statement that no gold statement overlaps (taken).
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any, NamedTuple

AROUND = 130
"""Characters of the text that are shown on both sides."""
SEED = 3


class Error(NamedTuple):
    """One error: its sort, the article, and the gold statement and ours with their offsets; one may be None."""

    sort: str
    article: str
    text: str
    gold: tuple[int, int, str] | None
    ours: tuple[int, int, str] | None


def find_errors(scorer: ModuleType, golds: Sequence[Any], predictions: Mapping[str, Any]) -> Iterator[Error]:
    """All errors, in the order of the articles. ``scorer`` has ``expand``, ``match`` and ``same_speaker``."""
    for record in golds:
        text, name = record["text"], record["id"]
        gold = scorer.expand(record, record["quotes"], "SPEECH", True)
        ours = scorer.expand(record, predictions[name]["quotes"], "SPEECH", False)
        matched = {right: left for left, right in scorer.match(text, gold, ours, True).items()}
        for number, (start, end, _, quote, counted) in enumerate(gold):
            if not counted:
                continue
            wanted = start, end, f"{quote['speaker']} ({quote['speaker_name'] or '-'}), {quote['cue']}"
            if number in matched:
                mine = ours[matched[number]]
                if not scorer.same_speaker(mine[3], quote):
                    yield Error("speaker", name, text, wanted, _shown(mine))
                continue
            free = [mine for at, mine in enumerate(ours) if at not in matched.values() and _common(mine, wanted)]
            if free:
                yield Error("extent", name, text, wanted, _shown(max(free, key=lambda mine: _common(mine, wanted))))
            else:
                yield Error("missed", name, text, wanted, None)
        for number, mine in enumerate(ours):
            if number not in matched.values() and not any(_common(mine, item) for item in gold):
                yield Error("taken", name, text, None, _shown(mine))


def _shown(item: Sequence[Any]) -> tuple[int, int, str]:
    return item[0], item[1], str(item[3]["speaker"])


def _common(one: Sequence[Any], other: Sequence[Any]) -> int:
    """How many characters the two have in common."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def print_sample(errors: Sequence[Error], count: int) -> None:
    """``count`` errors drawn by :data:`SEED`, each with the text around; gold stands in [[ ]], ours in {{ }}."""
    print(f"\n{len(errors)} errors in the SPEECH view:", dict(Counter(error.sort for error in errors)))
    for number, error in enumerate(random.Random(SEED).sample(errors, min(count, len(errors))), 1):
        spans = [span for span in (error.gold, error.ours) if span is not None]
        print(
            f"\n{number}. {error.sort}, {error.article}",
            *(f"{who} {start}-{end}" for start, end, who in spans),
            sep=" | ",
        )
        print("  ", _around(error))


def _around(error: Error) -> str:
    """The text with the marks of both statements, on one line."""
    marks: list[tuple[int, int, str]] = []
    for span, opens, closes in ((error.gold, "[[", "]]"), (error.ours, "{{", "}}")):
        if span is not None:
            marks += [(span[0], 1, opens), (span[1], 0, closes)]
    first, last = max(0, min(marks)[0] - AROUND), max(marks)[0] + AROUND
    shown: list[str] = []
    at = first
    for place, _, mark in sorted(marks):
        shown += [error.text[at:place], mark]
        at = place
    return re.sub(r"\s*\n\s*", " ¶ ", "".join([*shown, error.text[at:last]]))
