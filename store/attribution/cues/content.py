"""What a speech verb reports: on which side of it the content stands, and the pieces of text that it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from store.attribution.cues.clauses import BOX, MARK, Layout
from store.attribution.cues.content_bounds import (
    end_scores,
    left_score,
    left_starts,
    right_ends,
    right_starts,
    start_scores,
)
from store.attribution.cues.detection import Frame
from store.attribution.cues.subjects import Subject, Tag
from store.attribution.linear_model import add_outcomes, choose, choose_extent, shared_part

SIDES = ("none", "left", "right", "both")


class Piece(NamedTuple):
    """A run of reported text: tokens ``[first, last)``."""

    first: int
    last: int


class Content(NamedTuple):
    """The pieces that a frame reports, in text order, on which ``side`` of it, and how sure each choice is."""

    pieces: tuple[Piece, ...]
    side: str
    side_share: float
    edge_share: float


NOTHING = Content((), "none", 1.0, 1.0)


def choose_content(layout: Layout, frame: Frame, subject: Subject, tag: Tag, following: Frame | None) -> Content:
    """What ``frame`` reports; ``tag`` is it with its ``subject``, ``following`` the next frame of the text."""
    index, side_share = choose(side_scores(layout, frame, subject, tag))
    side = SIDES[index]
    pieces: list[Piece] = []
    edge_share = 1.0
    if side in ("left", "both"):
        left, edge_share = _left_piece(layout, frame, tag)
        pieces += left
    if side in ("right", "both"):
        right, share = _right_piece(layout, frame, subject, tag, following, split=side == "both")
        pieces += right
        edge_share = min(edge_share, share)
    return Content(tuple(pieces), side, side_share, edge_share)


@shared_part("side", SIDES)
def _framed(shape: str, before: str, after: str) -> list[str]:
    """What stands before subject and verb, and behind them."""
    return [f"shape={shape} before={before}", f"shape={shape} after={after}"]


@shared_part("side", SIDES)
def _followed(after: str, beyond: str) -> list[str]:
    return [f"after={after} beyond={beyond}"]


@shared_part("side", SIDES)
def _framed_for(lemma: str, before: str, after: str, shape: str) -> list[str]:
    return [f"lemma={lemma} before={before}", f"lemma={lemma} after={after}", f"lemma={lemma} shape={shape}"]


@shared_part("side", SIDES)
def _formed(tense: str, shape: str, passive: bool, titled: bool, kind: str) -> list[str]:
    return [f"tense={tense} shape={shape} passive={passive}", f"titled={titled} kind={kind}"]


@shared_part("side", SIDES)
def _roomed(room: int, left: int, boxes: str, before: str, after: str) -> list[str]:
    """How much room there is on both sides, and how a quotation follows."""
    return [
        f"room={room} before={before} after={after}",
        f"left={left} after={after}",
        f"boxes={boxes} before={before} after={after}",
    ]


def side_scores(layout: Layout, frame: Frame, subject: Subject, tag: Tag) -> Sequence[int]:
    """How much speaks for each of :data:`SIDES`."""
    unit = layout.units[frame.unit]
    shape, cue = subject.shape, frame.cue
    names, (first, last), low, high = layout.names, tag, unit.first, unit.last
    before, after = names[first - 1] if first > low else "-", names[last] if last < high else "-"
    beyond = names[last + 1] if last + 1 < high else "-"
    room, left = min(first - low, 12) // 3, min(high - last, 12) // 3
    return add_outcomes(
        _framed(shape, before, after),
        _followed(after, beyond),
        _framed_for(cue.lemma, before, after, shape),
        _formed(cue.tense, shape, frame.passive, unit.titled, frame.kind),
        _roomed(room, left, _boxes(layout, last, high), before, after),
    )


def _boxes(layout: Layout, first: int, last: int) -> str:
    """How a quotation follows: at once, later, or not."""
    following = layout.tags[first : min(last, first + 25)]
    if BOX not in following:
        return "no"
    return "near" if BOX in following[:3] else "far"


def _left_piece(layout: Layout, frame: Frame, tag: Tag) -> tuple[list[Piece], float]:
    """The content before ``tag``: at most one piece."""
    last = tag.first
    unit = layout.units[frame.unit]
    while last > unit.first and (
        (layout.tags[last - 1] == MARK and layout.texts[last - 1] in ",—–-―:(")
        or (layout.tags[last - 1] != BOX and layout.lows[last - 1] == "as")
    ):
        last -= 1
    starts = left_starts(layout, unit, last)
    if not starts:
        return [], 0.0
    scores = [left_score(layout, frame, unit, start, last) for start in starts]
    index, share = choose_extent(scores, [last - start for start in starts])
    return [Piece(starts[index], last)], share


def _right_piece(
    layout: Layout, frame: Frame, subject: Subject, tag: Tag, following: Frame | None, *, split: bool
) -> tuple[list[Piece], float]:
    """The content behind ``tag``: at most one piece. ``split`` when a part of it stands before the tag as well."""
    starts = right_starts(layout, frame, tag)
    if not starts:
        return [], 0.0
    index, share = choose(start_scores(layout, frame, subject, tag, starts, split))
    start = starts[index]
    ends = right_ends(layout, frame, start, following)
    scores = end_scores(layout, frame, start, ends, following)
    index, end_share = choose_extent(scores, [end - start for end in ends])
    return [Piece(start, ends[index])], share * end_share
