"""What a speech verb reports: on which side of it the content stands, where it begins and where it ends."""

from __future__ import annotations

from typing import NamedTuple

from store.speech.cues import Tense
from store.speech.frames import ACCORDING, COLON, DASH, Frame
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
from store.speech.ranker import best, best_extent, choose, score, weights, weights_about
from store.speech.subjects import Subject

SIDES = ("none", "left", "right", "both")
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


def choose_content(layout: Layout, frame: Frame, subject: Subject, following: Frame | None) -> Content:
    """What ``frame`` reports; ``following`` is the next frame of the text."""
    tag = tag_of(frame, subject)
    base = side_features(layout, frame, subject, tag)
    tables = weights_about("side")
    index, side_share = choose([score(base, tables.get(side, {})) for side in SIDES])
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


def side_features(layout: Layout, frame: Frame, subject: Subject, tag: Tag) -> list[str]:
    """What tells the side, to be read together with each of :data:`SIDES`."""
    unit = layout.units[frame.unit]
    shape = subject.shape
    before, after = layout.name(tag.first - 1, unit), layout.name(tag.last, unit)
    beyond = layout.name(tag.last + 1, unit)
    room = tag.first - unit.first
    boxes = _boxes(layout, tag.last, unit.last)
    return [
        f"shape={shape} before={before}",
        f"shape={shape} after={after}",
        f"after={after} beyond={beyond}",
        f"lemma={frame.cue.lemma} before={before}",
        f"lemma={frame.cue.lemma} after={after}",
        f"lemma={frame.cue.lemma} shape={shape}",
        f"tense={frame.cue.tense.value} shape={shape} passive={frame.passive}",
        f"room={min(room, 12) // 3} before={before} after={after}",
        f"left={min(unit.last - tag.last, 12) // 3} after={after}",
        f"boxes={boxes} before={before} after={after}",
        f"titled={unit.titled} kind={frame.kind}",
    ]


def _boxes(layout: Layout, first: int, last: int) -> str:
    """How a quotation follows: at once, later, or not."""
    for at in range(first, min(last, first + 25)):
        if layout.tags[at] == BOX:
            return "near" if at - first < 3 else "far"
    return "no"


def _left_piece(layout: Layout, frame: Frame, tag: Tag) -> tuple[list[Piece], float]:
    """The content before ``tag``: at most one piece."""
    last = tag.first
    unit = layout.units[frame.unit]
    while last > unit.first and (
        (layout.tags[last - 1] == MARK and layout.tokens[last - 1].text in ",—–-―:(")
        or (layout.tags[last - 1] != BOX and layout.tokens[last - 1].low == "as")
    ):
        last -= 1
    starts = left_starts(layout, unit, last)
    if not starts:
        return [], 0.0
    rows = [left_features(layout, frame, unit, start, last) for start in starts]
    index, share = best_extent(rows, [last - start for start in starts], weights("left"))
    return [Piece(starts[index], last)], share


def left_starts(layout: Layout, unit: Unit, last: int) -> list[int]:
    """Where a content that ends before token ``last`` can begin."""
    starts = [unit.first] if unit.first < last else []
    for at in range(max(unit.first, last - 60), last - 1):
        tag = layout.tags[at]
        if tag == CONJUNCTION or (
            tag == MARK and layout.tokens[at].text in ",;:—–(" and not _is_paired(layout, at + 1, last)
        ):
            starts.append(at + 1)
        elif (tag == SUBORDINATOR and layout.tokens[at].low == "that") or (
            tag == BOX and at > unit.first and layout.box[at] != layout.box[at - 1]
        ):
            starts.append(at)
    return sorted(set(starts[:1] + starts[-9:]))


def left_features(layout: Layout, frame: Frame, unit: Unit, start: int, last: int) -> list[str]:
    """What speaks for a content that begins at ``start``."""
    here, before = layout.name(start, unit), layout.name(start - 1, unit)
    boxed = layout.tags[last - 1] == BOX
    opening = "first" if start == unit.first else f"{before}"
    return [
        f"opening={opening}",
        f"opening={opening} here={here}",
        f"opening={opening} here={here} boxed={boxed}",
        f"opening={opening} lemma={frame.cue.lemma}",
        f"opening={opening} verbs={layout.has_verb(start, last)} length={_bucket(last - start)}",
        f"skipped verbs={layout.has_verb(unit.first, start)} opening={opening}",
    ]


def _is_paired(layout: Layout, start: int, last: int) -> bool:
    """Whether the dash or bracket before ``start`` has its partner before ``last``: it opens a parenthesis."""
    before = layout.tokens[start - 1].text if start else ""
    if before not in ("—", "–", "--", "("):
        return False
    partner = ")" if before == "(" else before
    return any(layout.tokens[at].text == partner for at in layout.outside(start, last))


def _right_piece(
    layout: Layout, frame: Frame, subject: Subject, tag: Tag, following: Frame | None, *, split: bool
) -> tuple[list[Piece], float]:
    """The content behind ``tag``: at most one piece. ``split`` when a part of it stands before the tag as well."""
    starts = right_starts(layout, frame, tag)
    if not starts:
        return [], 0.0
    index, share = best([start_features(layout, frame, subject, tag, s, split) for s in starts], weights("start"))
    start = starts[index]
    ends = right_ends(layout, frame, start, following)
    rows = end_features(layout, frame, start, ends, following)
    index, end_share = best_extent(rows, [end - start for end in ends], weights("end"))
    return [Piece(start, ends[index])], share * end_share


def right_starts(layout: Layout, frame: Frame, tag: Tag) -> list[int]:
    """Where a content behind ``tag`` can begin: at once, behind the hearer, an adverbial, a mark or at ``that``."""
    unit = layout.units[frame.unit]
    starts: list[int] = []
    tokens, tags = layout.tokens, layout.tags
    limit = min(unit.last, tag.last + 24)
    if tag.last < limit:
        starts.append(tag.last)
        hearer = phrase_after(layout, tag.last, unit.last)
        if hearer is not None and hearer.last < unit.last:
            starts.append(hearer.last)
    for at in range(tag.last, limit):
        kind = tags[at]
        if kind == BOX:
            starts.append(at)
            if at > tag.last and tags[at - 1] == BOX and layout.box[at] == layout.box[at - 1]:
                starts.pop()
        elif kind == MARK and tokens[at].text in ",:—–" and at + 1 < limit:
            starts.append(at + 1)
        elif tokens[at].low in ("that", "to", "whether", "if", "how", "why", "what"):
            starts.append(at)
        elif (
            (kind == PREPOSITION and at < tag.last + 10 and at + 1 < limit)
            or (kind == DAY and at + 1 < limit)
            or (tokens[at].low in ("him", "them", "me", "us", "her") and at == tag.last and at + 1 < limit)
        ):
            starts.append(at + 1)
    return sorted(set(starts))[:14]


def start_features(layout: Layout, frame: Frame, subject: Subject, tag: Tag, start: int, split: bool) -> list[str]:
    """What speaks for a content that begins at ``start``."""
    unit = layout.units[frame.unit]
    here, before = layout.name(start, unit), layout.name(start - 1, unit)
    offset = start - tag.last
    lemma = frame.cue.lemma
    first = layout.name(tag.last, unit)
    far = offset if offset < 3 else 3 + min(offset, 24) // 5
    verbs = layout.has_verb(tag.last, start)
    return [
        f"here={here} before={before if offset else '*'}",
        f"far={far} here={here}",
        f"far={far} lemma={lemma}",
        f"lemma={lemma} here={here}",
        f"lemma={lemma} before={before if offset else '*'}",
        f"far={far} split={split} before={before}",
        f"verbs={verbs} here={here}",
        f"verbs={verbs} first={first}",
        f"shape={subject.shape} far={far} before={before}",
        f"class={frame.cue.verb_class} before={before if offset else '*'} here={here}",
        f"that={_skipped_that(layout, tag.last, start)} here={here}",
    ]


def _skipped_that(layout: Layout, first: int, start: int) -> bool:
    return any(layout.tokens[at].low == "that" for at in range(first, start))


def right_ends(layout: Layout, frame: Frame, start: int, following: Frame | None) -> list[int]:
    """Where a content that begins at ``start`` can end: before marks, conjunctions, subordinators and the like.

    At the latest before ``and warned that …``, a second verb of the same subject.
    """
    unit = layout.units[frame.unit]
    end = unit.last
    if following is not None and start < following.start - 1 < end and following.cue.tense is not Tense.ING:
        joined = following.start - 1
        if layout.tags[joined] == CONJUNCTION and (layout.has_verb(start, joined) or following.start < following.verb):
            end = joined
    while end > start + 1 and layout.tags[end - 1] == MARK and layout.tokens[end - 1].text in _CLOSING:
        end -= 1
    ends: list[int] = []
    prepositions = 0
    for at in range(start + 1, min(end, start + 90)):
        tag = layout.tags[at]
        if layout.tags[at - 1] in (SPEECH, AUXILIARY) and at > start + 1:
            continue
        if tag == MARK:
            if layout.tokens[at].text not in ",;—–:().-?!":
                continue
        elif tag == PREPOSITION:
            prepositions += 1
            if prepositions > 3:
                continue
        elif tag == BOX:
            if layout.box[at] == layout.box[at - 1] or layout.tags[at - 1] == MARK:
                continue
        elif tag not in (CONJUNCTION, SUBORDINATOR, DAY) and layout.tags[at - 1] != BOX:
            continue
        ends.append(at)
    if end > start:
        ends.append(end)
    return ends if len(ends) <= 24 else ends[:23] + ends[-1:]


def end_features(layout: Layout, frame: Frame, start: int, ends: list[int], following: Frame | None) -> list[list[str]]:
    """For each of ``ends``, what speaks for it."""
    unit = layout.units[frame.unit]
    here = layout.name(start, unit)
    lemma = frame.cue.lemma
    final = ends[-1]
    rows: list[list[str]] = []
    commas = 0
    verbs = boxed = False
    brackets = 0
    at = start
    for end in ends:
        while at < end:
            text, tag = layout.tokens[at].text, layout.tags[at]
            if tag == MARK:
                commas += text == ","
                brackets += (text == "(") - (text == ")")
            elif tag in FINITE:
                verbs = True
            elif tag == BOX:
                boxed = True
            at = layout.box_tokens[layout.box[at]][1] if tag == BOX else at + 1
        mark = "END" if end == final else layout.name(end, unit)
        beyond = "-" if end == final else layout.name(end + 1, unit)
        before = layout.name(end - 1, unit)
        length = _bucket(end - start)
        opens = "-"
        if following is not None and following.unit == frame.unit and end <= following.verb <= end + 6:
            opens = following.cue.tense.value if following.kind == "verb" else following.kind
        rows.append(
            [
                f"at={mark}",
                f"at={mark} lemma={lemma}",
                f"at={mark} beyond={beyond} verbs={verbs}",
                f"at={mark} opens={opens}",
                f"at={mark} beyond={beyond} opens={opens}",
                f"at={mark} commas={min(commas, 3)} verbs={verbs}",
                f"at={mark} length={length}",
                f"length={length} here={here} verbs={verbs}",
                f"at={mark} brackets={brackets > 0}",
                f"at={mark} before={before} boxed={boxed}",
                f"at={mark} beyond={beyond} third={layout.name(end + 2, unit)}",
            ]
        )
    return rows


def _bucket(count: int) -> int:
    """A length on a coarse scale."""
    return count if count < 4 else 4 + (count >= 6) + (count >= 9) + (count >= 14) + (count >= 22) + (count >= 35)
