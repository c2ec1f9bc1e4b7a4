"""Where what a speech verb reports may begin and end, and how much speaks for each of these places."""

from __future__ import annotations

from store.attribution.cues.clauses import (
    AUXILIARY,
    BOX,
    CLAUSE_WORDS,
    CONJUNCTION,
    DAY,
    DETERMINER,
    FINITE,
    MARK,
    PREPOSITION,
    SPEECH,
    SUBORDINATOR,
    Layout,
    Unit,
)
from store.attribution.cues.detection import VERB_KIND, Frame
from store.attribution.cues.noun_phrases import phrase_after, phrase_before
from store.attribution.cues.subjects import Subject, Tag
from store.attribution.cues.verbs import GERUND
from store.attribution.linear_model import part, part_by

_HEARERS = frozenset(("him", "them", "me", "us", "her"))
_ENDING = frozenset((MARK, PREPOSITION, BOX, CONJUNCTION, SUBORDINATOR, DAY))
"""Tags of what a content ends before; it ends behind a quotation as well."""
_CLOSING = frozenset(".!?;,:…")


def left_starts(layout: Layout, unit: Unit, last: int) -> list[int]:
    """Where a content that ends before token ``last`` can begin."""
    starts = [unit.first] if unit.first < last else []
    tags = layout.tags
    for at in layout.stops_in(max(unit.first, last - 60), last - 1):
        tag = tags[at]
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
    names, boxed = layout.names, layout.tags[last - 1] == BOX
    opening = "first" if start == unit.first else names[start - 1]
    verbs, skipped = layout.has_verb(start, last), layout.has_verb(unit.first, start)
    here = names[start]
    return _opened(opening, here, boxed, verbs, _bucket(last - start), skipped) + _opened_for(opening, frame.cue.lemma)


def _is_paired(layout: Layout, start: int, last: int) -> bool:
    """Whether the dash or bracket before ``start`` has its partner before ``last``: it opens a parenthesis."""
    before = layout.texts[start - 1] if start else ""
    if before not in ("—", "–", "--", "("):
        return False
    partner = ")" if before == "(" else before
    return any(layout.texts[at] == partner for at in layout.outside(start, last))


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
        if tag.last + 1 < limit and lows[tag.last] in _HEARERS:
            starts.append(tag.last + 1)
    for at in layout.stops_in(tag.last, limit):
        kind = tags[at]
        if kind == BOX:
            starts.append(at)
        elif kind == MARK:
            if texts[at] in ",:—–" and at + 1 < limit:
                starts.append(at + 1)
        elif lows[at] in CLAUSE_WORDS and kind != DETERMINER:
            starts.append(at)
        elif at + 1 < limit and ((kind == PREPOSITION and at < tag.last + 10) or kind == DAY):
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


@part_by("start")
def _so_far_for(lemma: str, far: int) -> list[str]:
    return [f"far={far} lemma={lemma}"]


@part_by("start")
def _started_for(lemma: str, here: str) -> list[str]:
    return [f"lemma={lemma} here={here}"]


@part_by("start")
def _skipped_for(lemma: str, before: str) -> list[str]:
    return [f"lemma={lemma} before={before}"]


@part("start")
def _started_by(verb_class: str, before: str, here: str) -> list[str]:
    return [f"class={verb_class} before={before} here={here}"]


def start_scores(layout: Layout, frame: Frame, subject: Subject, tag: Tag, starts: list[int], split: bool) -> list[int]:
    """For each of ``starts`` how much speaks for a content that begins there."""
    names, verbs, base = layout.names, layout.verbs, tag.last
    lemma, verb_class, shape = frame.cue.lemma, frame.cue.verb_class, subject.shape
    so_far_for, started_for, skipped_for = _so_far_for(lemma), _started_for(lemma), _skipped_for(lemma)
    first, verbs_before = names[base], verbs[base]
    lows = layout.lows[base : starts[-1]]
    that = base + lows.index("that") if "that" in lows else starts[-1]
    scores: list[int] = []
    for start in starts:
        here, before = names[start], names[start - 1]
        offset = start - base
        far = offset if offset < 3 else 3 + min(offset, 24) // 5
        skipped = before if offset else "*"
        scores.append(
            _at_start(here, skipped, verbs[start] > verbs_before, first, that < start)
            + _so_far(far, here, split, before)
            + _so_far_behind(shape, far, before)
            + so_far_for[far]
            + started_for[here]
            + skipped_for[skipped]
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
    for at in layout.stops_in(start + 1, min(end, start + 90)):
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


@part_by("end")
def _ended_for(lemma: str, mark: str) -> list[str]:
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
    here, final, ended_for = names[start], ends[-1], _ended_for(frame.cue.lemma)
    scores: list[int] = []
    commas = brackets = 0
    verbs = boxed = False
    subject = _next_subject(layout, frame, following)
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
        if following is not None and following.unit == frame.unit and end <= following.verb <= end + 12:
            begins = 1 <= subject - end <= 2
            if following.verb <= end + 6 or begins:
                opens = following.cue.tense if following.kind == VERB_KIND else following.kind
            if begins:
                opens += "++" if edge - following.last < 10 else "+"
        scores.append(
            _at_end(mark, beyond, opens, verbs)
            + _ended_after(mark, min(commas, 3), verbs, length, brackets > 0)
            + _so_long(length, here, verbs)
            + ended_for[mark]
            + _ended_with(mark, names[end - 1], boxed)
            + _ended_before(mark, beyond, names[end + 2] if end + 2 < edge else "-")
        )
    return scores


def _next_subject(layout: Layout, frame: Frame, following: Frame | None) -> int:
    """Where ``, Sgt. Jane Roe told Channel 4`` begins, the next verb with its subject; -1 without it."""
    if following is None or following.unit != frame.unit or following.start - 1 <= frame.last:
        return -1
    phrase = phrase_before(layout, following.start - 1, frame.last)
    return phrase.first if phrase is not None else -1


def _bucket(count: int) -> int:
    """A length on a coarse scale."""
    return count if count < 4 else 4 + (count >= 6) + (count >= 9) + (count >= 14) + (count >= 22) + (count >= 35)
