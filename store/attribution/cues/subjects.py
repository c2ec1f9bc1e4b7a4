"""Whose verb it is: the noun phrases that can be the subject of a speech verb, and the choice among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from store.attribution.cues.clauses import (
    BOX,
    CONJUNCTION,
    DAY,
    ING,
    MARK,
    NUMBER,
    PRONOUN,
    RELATIVE,
    Layout,
    Unit,
    words,
)
from store.attribution.cues.detection import ACCORDING, ADDRESSED, COLON, DASH, Frame
from store.attribution.cues.noun_phrases import REACH, Phrase, first_phrase, head_end, phrase_after, phrase_before
from store.attribution.cues.verbs import BASE, PAST, THIRD
from store.attribution.linear_model import choose, part, part_by


class Subject(NamedTuple):
    """A possible subject. ``shape`` says where it stands.

    before: right before the verb group; apposed: before a comma or bracket that ends with the verb; inverted: behind
    the verb; by: behind ``by``; shared: subject of an earlier verb; first: opens the sentence; relative: what ``who``
    refers to; according, colon, dash: bound to such a cue; none: there is none.
    """

    phrase: Phrase | None
    shape: str


class Tag(NamedTuple):
    """Subject and verb together: tokens ``[first, last)``; what is reported stands outside."""

    first: int
    last: int


NO_SUBJECT = Subject(None, "none")
_LEADING = frozenset(("before", "apposed", "relative", "first", COLON))
_TRAILING = frozenset(("inverted", "by", ACCORDING, DASH))
_INVERTIBLE = (PAST, THIRD, BASE)
_BEHIND = ("inverted", "by")
_APPOSING = RELATIVE | {",", "(", "—", "–", "-"}
MOST_APPOSED = 5
"""Phrases before commas and brackets that are looked at."""


def tag_of(frame: Frame, subject: Subject) -> Tag:
    """The tokens of the subject and the verb of ``frame``."""
    first, last = frame.start, frame.last
    if subject.phrase is not None:
        if subject.shape in _LEADING:
            first = min(first, subject.phrase.first)
        elif subject.shape in _TRAILING:
            last = max(last, subject.phrase.last)
    return Tag(first, last)


def choose_subject(layout: Layout, frame: Frame, earlier: list[tuple[Frame, Subject]]) -> tuple[Subject, float]:
    """The subject of ``frame`` and how sure it is; ``earlier`` are the frames before it with theirs."""
    subjects = possible_subjects(layout, frame, earlier)
    if len(subjects) == 1:
        return subjects[0], 1.0
    index, sure = choose(subject_scores(layout, frame, subjects))
    return subjects[index], sure


def possible_subjects(layout: Layout, frame: Frame, earlier: list[tuple[Frame, Subject]]) -> list[Subject]:
    """The candidates, without repetitions; the last one is always :data:`NO_SUBJECT`, unless the cue binds one."""
    unit = layout.units[frame.unit]
    if frame.kind != "verb":
        bound = _bound(layout, frame, unit)
        return [Subject(bound, frame.kind)] if bound is not None else [NO_SUBJECT]
    found: dict[Phrase | None, str] = {}
    start, low = frame.start, unit.first
    before = start - 1
    edge = layout.tags[before] if before >= low else MARK
    if before >= low and edge != BOX:
        if frame.passive and frame.quoting < 0:
            pass  # who is told or asked, or is said to, does not speak
        elif layout.lows[before] in RELATIVE:
            found[_antecedent(layout, before, unit)] = "relative"
        else:
            if edge not in (MARK, CONJUNCTION):
                found[_joint(layout, phrase_before(layout, before, low), low)] = "before"
            _add_apposed(layout, frame, unit, found)
    if not frame.passive:
        if frame.cue.tense in _INVERTIBLE and (edge == BOX or frame.cue.lemma not in ADDRESSED):
            found.setdefault(phrase_after(layout, frame.last, unit.last), "inverted")
    else:
        found.setdefault(_agent(layout, frame, unit), "by")
    if not frame.passive or frame.quoting >= 0:
        for other, subject in earlier[:-5:-1]:
            if other.unit == frame.unit:
                found.setdefault(subject.phrase, "shared")
        found.setdefault(first_phrase(layout, low, start), "first")
    found.pop(None, None)
    subjects = [
        Subject(phrase, shape)
        for phrase, shape in found.items()
        if phrase is not None and (shape == "by" or not _is_barred(layout, phrase, unit))
    ]
    subjects.append(NO_SUBJECT)
    return subjects


def _bound(layout: Layout, frame: Frame, unit: Unit) -> Phrase | None:
    """The name that an ``according to``, a colon or a dash belongs to."""
    if frame.kind == COLON:
        phrase = phrase_before(layout, frame.verb - 1, unit.first)
        if phrase is None or phrase.first == unit.first or layout.name(phrase.first - 1, unit) in "-–—":
            return phrase
        return first_phrase(layout, unit.first, frame.verb) or phrase
    phrase = phrase_after(layout, frame.last, unit.last)
    if phrase is None and frame.kind in (ACCORDING, DASH) and frame.last < unit.last:
        return Phrase(frame.last, frame.last + 1)
    return phrase


def _antecedent(layout: Layout, relative: int, unit: Unit) -> Phrase | None:
    """What the relative pronoun at ``relative`` refers to."""
    at = relative - 1
    if at > unit.first and layout.texts[at] == ",":
        at -= 1
    return phrase_before(layout, at, unit.first) if at >= unit.first else None


def _joint(layout: Layout, phrase: Phrase | None, low: int) -> Phrase | None:
    """The phrase with one that ``and`` joins to it, where nothing else stands between it and a mark."""
    if phrase is None or phrase.first - 2 < low or layout.lows[phrase.first - 1] not in ("and", "&"):
        return phrase
    left = phrase_before(layout, phrase.first - 2, low)
    if left is None or layout.tags[left.first] == PRONOUN:
        return phrase
    if left.first == low or layout.texts[left.first - 1] == "," or layout.tags[left.first - 1] == BOX:
        return Phrase(left.first, phrase.last)
    return phrase


def _is_barred(layout: Layout, phrase: Phrase, unit: Unit) -> bool:
    """Whether the phrase can be no subject: ``by`` governs it, or a colon ends it as it does a place before the news.

    What ``a woman who was robbed by Roe has said`` is never Roe's.
    """
    if phrase.last < unit.last and layout.texts[phrase.last] == ":":
        return True
    return phrase.first > unit.first and layout.lows[phrase.first - 1] == "by"


def _agent(layout: Layout, frame: Frame, unit: Unit) -> Phrase | None:
    """The phrase behind ``by`` in ``was reported by the Post``."""
    for at in range(frame.last, min(unit.last, frame.last + 6)):
        if layout.lows[at] == "by":
            phrase = phrase_after(layout, at + 1, unit.last)
            return None if phrase is None or _is_time(layout, phrase) else phrase
    return None


def _is_time(layout: Layout, phrase: Phrase) -> bool:
    """Whether the phrase is a time, a number or what is done: ``asked to leave by noon``, ``by going``."""
    head = head_end(layout, phrase) - 1
    return layout.tags[head] in (DAY, NUMBER) or layout.tags[phrase.first] == ING or layout.lows[head] in words("times")


def _add_apposed(layout: Layout, frame: Frame, unit: Unit, found: dict[Phrase | None, str]) -> None:
    """The phrases before the commas, dashes and brackets on the left, nearest first: ``Smith, a doctor, said``."""
    names = layout.names
    added = 0
    for at in reversed(layout.stops_in(max(unit.first, frame.start - REACH) + 1, frame.start - 1)):
        if names[at] in _APPOSING and (phrase := phrase_before(layout, at - 1, unit.first)) is not None:
            found.setdefault(phrase, "apposed")
            added += 1
            if added == MOST_APPOSED:
                return


@part("subject")
def _tied(shape: str, edge: str, after: str, tense: str, passive: bool, infinitive: bool) -> list[str]:
    """``edge`` stands before the verb group, ``after`` behind it."""
    return [
        f"{shape}",
        f"{shape} edge={edge}",
        f"{shape} after={after}",
        f"{shape} tense={tense} passive={passive}",
        f"{shape} infinitive={infinitive} edge={edge}",
    ]


@part_by("subject")
def _verb(lemma: str, shape: str) -> list[str]:
    return [f"{shape} lemma={lemma}"]


@part("subject")
def _kind(shape: str, who: str, edge: str, border: str) -> list[str]:
    """``who`` the phrase mentions, ``border`` what stands before it."""
    return [
        f"{shape} who={who}",
        f"{shape} who={who} edge={edge}",
        f"{shape} who={who} border={border}",
        f"{shape} border={border}",
        f"{shape} border={border} edge={edge}",
    ]


@part("subject")
def _wording(shape: str, border: str, opening: str, last: str) -> list[str]:
    """``opening`` and ``last`` are the first word of the phrase and its head."""
    return [
        f"{shape} opening={opening}",
        f"{shape} opening={opening} last={last}",
        f"{shape} border={border} opening={opening}",
    ]


@part("subject")
def _behind(shape: str, edge: str, following: str, clause: bool) -> list[str]:
    """What follows a subject that stands behind the verb."""
    return [
        f"{shape} following={following}",
        f"{shape} following={following} edge={edge}",
        f"{shape} clause={clause}",
    ]


@part("subject")
def _between(shape: str, edge: str, following: str, between: str, commas: int, verbs: bool, gap: int) -> list[str]:
    """What stands between a subject and the verb."""
    return [
        f"{shape} following={following} between={between}",
        f"{shape} commas={commas} edge={edge}",
        f"{shape} verbs={verbs} following={following}",
        f"{shape} verbs={verbs} edge={edge}",
        f"{shape} gap={gap}",
    ]


def subject_scores(layout: Layout, frame: Frame, subjects: Sequence[Subject]) -> list[int]:
    """For each of ``subjects`` how much speaks for it."""
    unit = layout.units[frame.unit]
    names, lows, who, verbs, low, high = layout.names, layout.lows, layout.who, layout.verbs, unit.first, unit.last
    start, passive, infinitive = frame.start, frame.passive, frame.infinitive
    tense, verb = frame.cue.tense, _verb(frame.cue.lemma)
    edge, after = names[start - 1] if start > low else "-", names[frame.last] if frame.last < high else "-"
    scores: list[int] = []
    for phrase, shape in subjects:
        total = _tied(shape, edge, after, tense, passive, infinitive) + verb[shape]
        if phrase is not None:
            first, last = phrase
            border = names[first - 1] if first > low else "-"
            following = names[last] if last < high else "-"
            head = head_end(layout, phrase) - 1
            total += _kind(shape, who[head] or who[last - 1], edge, border)
            total += _wording(shape, border, names[first], names[head])
            if shape in _BEHIND:
                total += _behind(shape, edge, following, layout.has_verb(last, min(high, last + 6)))
            else:
                between = names[last + 1] if last + 1 < high else "-"
                commas = lows[last:start].count(",")
                gap = start - last
                gap = gap if gap < 4 else 4 + min(gap, 40) // 8
                verb_between = verbs[start] > verbs[last]
                total += _between(shape, edge, following, between, commas if commas < 4 else 4, verb_between, gap)
        scores.append(total)
    return scores
