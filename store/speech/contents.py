"""What a speech verb reports: on which side of it the content stands, where it begins and where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from store.speech.cues import GERUND
from store.speech.frames import ACCORDING, COLON, DASH, VERB_KIND, Frame
from store.speech.layout import (
    AUXILIARY,
    BOX,
    CONJUNCTION,
    DAY,
    FINITE,
    MARK,
    PREPOSITION,
    SPEECH,
    SUBORDINATOR,
    Layout,
    Unit,
)
from store.speech.phrases import phrase_after
from store.speech.ranker import add_outcomes, choose, choose_extent, part, shared_part
from store.speech.subjects import Subject

SIDES = ("none", "left", "right", "both")
_CLAUSE_WORDS = frozenset(("that", "to", "whether", "if", "how", "why", "what"))
"""Words at which a content begins."""
_ENDING = frozenset((MARK, PREPOSITION, BOX, CONJUNCTION, SUBORDINATOR, DAY))
"""Tags of what a content ends before; it ends behind a quotation as well."""
_CLOSING = frozenset(".!?;,:…")
_LEADING = frozenset(("before", "apposed", "relative", "first", COLON))
_TRAILING = frozenset(("inverted", "by", ACCORDING, DASH))


class Tag(NamedTuple):
    """Subject and verb together: tokens ``[first, last)``; what is reported stands outside."""

    first: int
    last: int


class Piece(NamedTuple):
    """A run of reported text: tokens ``[first, last)``."""

    first: int
    last: int


def tag_of(frame: Frame, subject: Subject) -> Tag:
    """The tokens of the subject and the verb of ``frame``."""
    first, last = frame.start, frame.last
    if subject.phrase is not None:
        if subject.shape in _LEADING:
            first = min(first, subject.phrase.first)
        elif subject.shape in _TRAILING:
            last = max(last, subject.phrase.last)
    return Tag(first, last)


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
    before, after = layout.name(tag.first - 1, unit), layout.name(tag.last, unit)
    room, left = min(tag.first - unit.first, 12) // 3, min(unit.last - tag.last, 12) // 3
    return add_outcomes(
        _framed(shape, before, after),
        _followed(after, layout.name(tag.last + 1, unit)),
        _framed_for(cue.lemma, before, after, shape),
        _formed(cue.tense, shape, frame.passive, unit.titled, frame.kind),
        _roomed(room, left, _boxes(layout, tag.last, unit.last), before, after),
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


def left_starts(layout: Layout, unit: Unit, last: int) -> list[int]:
    """Where a content that ends before token ``last`` can begin."""
    starts = [unit.first] if unit.first < last else []
    for at in range(max(unit.first, last - 60), last - 1):
        tag = layout.tags[at]
        if tag == CONJUNCTION or (
            tag == MARK and layout.texts[at] in ",;:—–(" and not _is_paired(layout, at + 1, last)
        ):
            starts.append(at + 1)
        elif (tag == SUBORDINATOR and layout.lows[at] == "that") or (
            tag == BOX and at > unit.first and layout.box[at] != layout.box[at - 1]
        ):
            starts.append(at)
    return sorted(set(starts[:1] + starts[-9:]))


@part("left")
def _opened(opening: str, here: str, boxed: bool, verbs: bool, length: int, skipped: bool) -> list[str]:
    """``here`` is the first word, ``opening`` what stands before it; whether verbs are in it or ``skipped``."""
    return [
        f"opening={opening}",
        f"opening={opening} here={here}",
        f"opening={opening} here={here} boxed={boxed}",
        f"opening={opening} verbs={verbs} length={length}",
        f"skipped verbs={skipped} opening={opening}",
    ]


@part("left")
def _opened_for(opening: str, lemma: str) -> list[str]:
    return [f"opening={opening} lemma={lemma}"]


def left_score(layout: Layout, frame: Frame, unit: Unit, start: int, last: int) -> int:
    """How much speaks for a content that begins at ``start``."""
    boxed = layout.tags[last - 1] == BOX
    opening = "first" if start == unit.first else layout.name(start - 1, unit)
    verbs, skipped = layout.has_verb(start, last), layout.has_verb(unit.first, start)
    here = layout.name(start, unit)
    return _opened(opening, here, boxed, verbs, _bucket(last - start), skipped) + _opened_for(opening, frame.cue.lemma)


def _is_paired(layout: Layout, start: int, last: int) -> bool:
    """Whether the dash or bracket before ``start`` has its partner before ``last``: it opens a parenthesis."""
    before = layout.texts[start - 1] if start else ""
    if before not in ("—", "–", "--", "("):
        return False
    partner = ")" if before == "(" else before
    return any(layout.texts[at] == partner for at in layout.outside(start, last))


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


def right_starts(layout: Layout, frame: Frame, tag: Tag) -> list[int]:
    """Where a content behind ``tag`` can begin: at once, behind the hearer, an adverbial, a mark or at ``that``."""
    unit = layout.units[frame.unit]
    starts: list[int] = []
    texts, lows, tags = layout.texts, layout.lows, layout.tags
    limit = min(unit.last, tag.last + 24)
    if tag.last < limit:
        starts.append(tag.last)
        hearer = phrase_after(layout, tag.last, unit.last)
        if hearer is not None and hearer.last < unit.last:
            starts.append(hearer.last)
    for at in range(tag.last, limit):
        kind = tags[at]
        if kind == BOX:
            if at == tag.last or tags[at - 1] != BOX or layout.box[at] != layout.box[at - 1]:
                starts.append(at)
        elif kind == MARK:
            if texts[at] in ",:—–" and at + 1 < limit:
                starts.append(at + 1)
        elif lows[at] in _CLAUSE_WORDS:
            starts.append(at)
        elif at + 1 < limit and (
            (kind == PREPOSITION and at < tag.last + 10)
            or kind == DAY
            or (at == tag.last and lows[at] in ("him", "them", "me", "us", "her"))
        ):
            starts.append(at + 1)
    return sorted(set(starts))[:14]


@part("start")
def _at_start(here: str, before: str, verbs: bool, first: str, that: bool) -> list[str]:
    """``here`` is the first word, ``before`` what is skipped last and ``first`` what is skipped first."""
    return [
        f"here={here} before={before}",
        f"verbs={verbs} here={here}",
        f"verbs={verbs} first={first}",
        f"that={that} here={here}",
    ]


@part("start")
def _so_far(far: int, here: str, split: bool, before: str) -> list[str]:
    return [f"far={far} here={here}", f"far={far} split={split} before={before}"]


@part("start")
def _so_far_behind(shape: str, far: int, before: str) -> list[str]:
    return [f"shape={shape} far={far} before={before}"]


@part("start")
def _so_far_for(lemma: str, far: int) -> list[str]:
    return [f"far={far} lemma={lemma}"]


@part("start")
def _started_for(lemma: str, here: str) -> list[str]:
    return [f"lemma={lemma} here={here}"]


@part("start")
def _skipped_for(lemma: str, before: str) -> list[str]:
    return [f"lemma={lemma} before={before}"]


@part("start")
def _started_by(verb_class: str, before: str, here: str) -> list[str]:
    return [f"class={verb_class} before={before} here={here}"]


def start_scores(layout: Layout, frame: Frame, subject: Subject, tag: Tag, starts: list[int], split: bool) -> list[int]:
    """For each of ``starts`` how much speaks for a content that begins there."""
    names, base = layout.names, tag.last
    lemma, verb_class, shape = frame.cue.lemma, frame.cue.verb_class, subject.shape
    first = names[base]
    lows = layout.lows[base : starts[-1]]
    that = base + lows.index("that") if "that" in lows else starts[-1]
    scores: list[int] = []
    for start in starts:
        here, before = names[start], layout.name(start - 1, layout.units[frame.unit])
        offset = start - base
        far = offset if offset < 3 else 3 + min(offset, 24) // 5
        skipped = before if offset else "*"
        scores.append(
            _at_start(here, skipped, layout.has_verb(base, start), first, that < start)
            + _so_far(far, here, split, before)
            + _so_far_behind(shape, far, before)
            + _so_far_for(lemma, far)
            + _started_for(lemma, here)
            + _skipped_for(lemma, skipped)
            + _started_by(verb_class, skipped, here)
        )
    return scores


def right_ends(layout: Layout, frame: Frame, start: int, following: Frame | None) -> list[int]:
    """Where a content that begins at ``start`` can end: before marks, conjunctions, subordinators and the like.

    At the latest before ``and warned that …``, a second verb of the same subject.
    """
    unit = layout.units[frame.unit]
    end = unit.last
    if following is not None and start < following.start - 1 < end and following.cue.tense != GERUND:
        joined = following.start - 1
        if layout.tags[joined] == CONJUNCTION and (layout.has_verb(start, joined) or following.start < following.verb):
            end = joined
    while end > start + 1 and layout.tags[end - 1] == MARK and layout.texts[end - 1] in _CLOSING:
        end -= 1
    ends: list[int] = []
    prepositions = 0
    texts, tags = layout.texts, layout.tags
    for at in range(start + 1, min(end, start + 90)):
        tag, before = tags[at], tags[at - 1]
        if tag not in _ENDING and before != BOX:
            continue
        if before in (SPEECH, AUXILIARY) and at > start + 1:
            continue
        if tag == MARK:
            if texts[at] not in ",;—–:().-?!":
                continue
        elif tag == PREPOSITION:
            prepositions += 1
            if prepositions > 3:
                continue
        elif tag == BOX and (before == MARK or layout.box[at] == layout.box[at - 1]):
            continue
        ends.append(at)
    if end > start:
        ends.append(end)
    return ends if len(ends) <= 24 else ends[:23] + ends[-1:]


@part("end")
def _at_end(mark: str, beyond: str, opens: str, verbs: bool) -> list[str]:
    """``mark`` and ``beyond`` follow; ``opens`` is the form of a next speech verb."""
    return [
        f"at={mark}",
        f"at={mark} beyond={beyond} verbs={verbs}",
        f"at={mark} opens={opens}",
        f"at={mark} beyond={beyond} opens={opens}",
    ]


@part("end")
def _ended_after(mark: str, commas: int, verbs: bool, length: int, brackets: bool) -> list[str]:
    return [
        f"at={mark} commas={commas} verbs={verbs}",
        f"at={mark} length={length}",
        f"at={mark} brackets={brackets}",
    ]


@part("end")
def _so_long(length: int, here: str, verbs: bool) -> list[str]:
    return [f"length={length} here={here} verbs={verbs}"]


@part("end")
def _ended_for(mark: str, lemma: str) -> list[str]:
    return [f"at={mark} lemma={lemma}"]


@part("end")
def _ended_with(mark: str, before: str, boxed: bool) -> list[str]:
    return [f"at={mark} before={before} boxed={boxed}"]


@part("end")
def _ended_before(mark: str, beyond: str, third: str) -> list[str]:
    return [f"at={mark} beyond={beyond} third={third}"]


def end_scores(layout: Layout, frame: Frame, start: int, ends: list[int], following: Frame | None) -> list[int]:
    """For each of ``ends`` how much speaks for it."""
    names, texts, tags = layout.names, layout.texts, layout.tags
    edge = layout.units[frame.unit].last
    here, lemma, final = names[start], frame.cue.lemma, ends[-1]
    scores: list[int] = []
    commas = brackets = 0
    verbs = boxed = False
    at = start
    for end in ends:
        while at < end:
            tag = tags[at]
            if tag == MARK:
                text = texts[at]
                commas += text == ","
                brackets += (text == "(") - (text == ")")
            elif tag in FINITE:
                verbs = True
            elif tag == BOX:
                boxed = True
                at = layout.box_tokens[layout.box[at]][1]
                continue
            at += 1
        mark, beyond = "END", "-"
        if end != final:
            mark, beyond = names[end], names[end + 1] if end + 1 < edge else "-"
        length = _bucket(end - start)
        opens = "-"
        if following is not None and following.unit == frame.unit and end <= following.verb <= end + 6:
            opens = following.cue.tense if following.kind == VERB_KIND else following.kind
        scores.append(
            _at_end(mark, beyond, opens, verbs)
            + _ended_after(mark, min(commas, 3), verbs, length, brackets > 0)
            + _so_long(length, here, verbs)
            + _ended_for(mark, lemma)
            + _ended_with(mark, names[end - 1], boxed)
            + _ended_before(mark, beyond, names[end + 2] if end + 2 < edge else "-")
        )
    return scores


def _bucket(count: int) -> int:
    """A length on a coarse scale."""
    return count if count < 4 else 4 + (count >= 6) + (count >= 9) + (count >= 14) + (count >= 22) + (count >= 35)
