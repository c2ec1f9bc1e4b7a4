"""Who says a quotation: the speech verbs, mentions and earlier speakers around it, and the choice among them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from store.attribution.cues.clauses import Layout
from store.attribution.cues.content import Content
from store.attribution.cues.detection import ACCORDING, COLON, DASH, VERB_KIND
from store.attribution.cues.noun_phrases import Phrase
from store.attribution.linear_model import BAR, choose, part, part_about
from store.attribution.quotations.transcripts import ANONYMOUS, is_persons
from store.attribution.speakers.context import Quoted, Report, Scene


@dataclass(slots=True, eq=False)
class Source:
    """A possible speaker of a quotation.

    ``kind`` is cue (a frame ``report`` says it), same (the speaker of the quotation before goes on), mention (a noun
    phrase near it without a speech verb) or nobody (no statement at all). ``place`` tells where it stands.
    """

    kind: str
    place: str
    phrase: Phrase | None
    report: int = -1


NOBODY = Source("nobody", "", None)
_GAPS = ("p0", "p1", "p2", "p3")
"""Places by how many paragraphs lie between."""


class Before(NamedTuple):
    """The quotation before and its speaker: what a quotation without a cue goes on."""

    quotation: int
    source: Source


def possible_sources(scene: Scene, quotation: int, before: Before | None) -> list[Source]:
    """The candidates for ``quotation``; the last is :data:`NOBODY`, unless somebody says it for sure."""
    layout, quoted = scene.layout, scene.quoted[quotation]
    label = label_of(layout, quotation)
    if label is not None:
        is_anonymous = _words_of(layout, label).casefold() in ANONYMOUS
        return [NOBODY if is_anonymous else Source("label", "inside", label)]
    if before is not None and layout.quotations[quotation].continues and before.quotation == quotation - 1:
        return [Source("same", "open", before.source.phrase)]
    at = bisect_left(scene.verbs, quoted.first)
    told = _told_outside(scene, quotation, at)
    if told is not None:
        return [told]
    sources: list[Source] = []
    _add_cues(scene, sources, range(at - 1, max(-1, at - 6), -1), quoted)
    _add_cues(scene, sources, range(at, min(len(scene.reports), at + 4)), quoted)
    if before is not None and before.source.phrase is not None:
        gap = layout.quotations[quotation].paragraph - layout.quotations[before.quotation].paragraph
        if gap <= 3:
            sources.append(Source("same", _GAPS[gap], before.source.phrase))
    if quoted.alone:
        going_on = [s for s in sources if s.place in ("paragraph before", "p0", "p1")]
        if going_on:
            return going_on
    if any(source.place == "unit" and is_introduced(scene, quotation, source.report) for source in sources):
        return sources
    _add_mentions(scene, sources, quoted)
    sources.append(NOBODY)
    return sources


def is_introduced(scene: Scene, quotation: int, report: int) -> bool:
    """Whether the verb and a comma or colon introduce a quotation that is a sentence: ``she said, “No.”``"""
    quoted = scene.quoted[quotation]
    if report < 0 or quoted.left not in (",", ":") or quoted.ending not in ".?!":
        return False
    frame = scene.reports[report].frame
    ties = frame.kind == VERB_KIND and frame.last == quoted.first - 1 and not (frame.hypothetical or frame.negated)
    return ties and not frame.shown and scene.layout.text[scene.layout.quotations[quotation].start].isupper()


def _told_outside(scene: Scene, quotation: int, at: int) -> Source | None:
    """The speaker whom the paragraph before or behind names and nothing else: ``And from Roe:``, ``— Jane Roe``,
    ``So said Jane Roe``. ``at`` is the first report behind the quotation.
    """
    layout, quoted = scene.layout, scene.quoted[quotation]
    if at and layout.opens_paragraph(quoted.first):
        report = scene.reports[at - 1]
        if report.frame.kind == COLON and report.frame.last == quoted.first and report.subject.phrase is not None:
            return Source("cue", "paragraph before", report.subject.phrase, at - 1)
    if at >= len(scene.reports) or (quoted.last < len(layout.tags) and not layout.opens_paragraph(quoted.last)):
        return None
    report = scene.reports[at]
    phrase, frame = report.subject.phrase, report.frame
    if phrase is None or frame.start > quoted.last + 1:
        return None
    is_signature = frame.kind == DASH and frame.verb == quoted.last
    so_said = (
        frame.start == quoted.last + 1 and layout.lows[quoted.last] in ("so", "thus") and phrase.first == frame.last
    )
    return Source("cue", "paragraph after", phrase, at) if is_signature or so_said else None


def _add_mentions(scene: Scene, sources: list[Source], quoted: Quoted) -> None:
    """The mentions near the quotation that no speech verb has as its subject."""
    layout, here = scene.layout, quoted.unit
    mentions, unit_of = layout.mentions, layout.unit_of
    at = bisect_left(scene.mention_starts, quoted.first)
    speakers = [source.phrase for source in sources if source.kind == "cue" and source.phrase is not None]
    found: set[str] = set()
    for start, end, subject in mentions[max(0, at - 29) : at][::-1]:
        if layout.who[end - 1].endswith("unknown"):
            continue
        other = unit_of[start]
        if other == here:
            place = "subject" if subject else "near"
        elif other < here - 1:
            break
        elif subject:
            place = "p0" if layout.units[other].paragraph == quoted.paragraph else "p1"
        else:
            continue
        if place not in found and not _overlaps(speakers, start, end):
            found.add(place)
            sources.append(Source("mention", place, Phrase(start, end)))
    for start, end, _ in mentions[at : at + 3]:
        known = not layout.who[end - 1].endswith("unknown")
        if known and start >= quoted.last and unit_of[start] == here and not _overlaps(speakers, start, end):
            sources.append(Source("mention", "after", Phrase(start, end)))
            break


def label_of(layout: Layout, quotation: int) -> Phrase | None:
    """The label that a turn of a transcript begins with, or a quoted one in capitals: ``"WALLACE: Governor, …"``."""
    first, last = layout.box_tokens[quotation]
    if layout.quotations[quotation].turn:
        end = first + 1
        while layout.texts[end] != ":" and layout.starts[end] < layout.quotations[quotation].start:
            end += 1
        return Phrase(first, end)
    while first < last and not layout.texts[first][0].isalnum():
        first += 1
    for at in range(first, min(last - 1, first + 5)):
        text = layout.texts[at]
        if text == ":" and at > first:
            label = Phrase(first, at)
            return label if layout.who[at - 1] or is_persons(_words_of(layout, label)) else None
        if not (text.isupper() or text == ".") or (len(text) < 3 and at == first):
            break
    return None


def _words_of(layout: Layout, phrase: Phrase) -> str:
    return layout.text[layout.starts[phrase.first] : layout.ends[phrase.last - 1]]


def _overlaps(phrases: Sequence[Phrase], first: int, last: int) -> bool:
    for begin, end in phrases:
        if begin < last and first < end:
            return True
    return False


def _add_cues(scene: Scene, sources: list[Source], numbers: range, quoted: Quoted) -> None:
    """The frames among ``numbers`` that have a subject and stand not too far from the quotation."""
    here, paragraph = quoted.unit, quoted.paragraph
    for number in numbers:
        report = scene.reports[number]
        phrase, frame = report.subject.phrase, report.frame
        if phrase is None:
            continue
        if frame.unit == here:
            if frame.kind == ACCORDING and _is_told_between(scene, number, quoted):
                continue
            place = "unit"
        elif frame.hypothetical:
            continue
        elif report.paragraph == paragraph:
            place = "earlier" if frame.unit < here else "later"
        elif report.paragraph == paragraph - 1:
            place = "paragraph before"
        elif report.paragraph == paragraph + 1:
            place = "paragraph after"
        else:
            continue
        sources.append(Source("cue", place, phrase, number))


def _is_told_between(scene: Scene, number: int, quoted: Quoted) -> bool:
    """Whether a verb with its subject stands before ``according to``: ``“…,” she said, according to``."""
    if not number or scene.reports[number].frame.verb < quoted.last:
        return False
    report = scene.reports[number - 1]
    return report.frame.kind == VERB_KIND and report.subject.phrase is not None and report.tag.first >= quoted.last


def choose_source(scene: Scene, quotation: int, before: Before | None) -> tuple[Source, float]:
    """The speaker of ``quotation`` and how sure it is."""
    sources = possible_sources(scene, quotation, before)
    if len(sources) == 1:
        return sources[0], 1.0
    index, share = choose(source_scores(scene, quotation, sources))
    return _by_verb(scene, sources, sources[index]), share


def _by_verb(scene: Scene, sources: Sequence[Source], chosen: Source) -> Source:
    """The speaker's verb in place of a colon, which tells less: ``Roe told the paper: “We will go.”``

    And the verb before of a quotation that goes on the one before it.
    """
    if chosen.kind == "same":
        told = [s for s in sources if s.place in ("earlier", "paragraph before") and s.phrase == chosen.phrase]
        return told[0] if told else chosen
    if chosen.report < 0 or scene.reports[chosen.report].frame.kind != COLON:
        return chosen
    for source in sources:
        if source.place == chosen.place and source.phrase == chosen.phrase and source.report >= 0:
            frame = scene.reports[source.report].frame
            if frame.kind == VERB_KIND and not (frame.negated or frame.hypothetical):
                return source
    return chosen


def source_scores(scene: Scene, quotation: int, sources: Sequence[Source]) -> list[int]:
    """How much speaks for each of ``sources``: facts of the quotation, and what ties it to the quotation."""
    quoted = scene.quoted[quotation]
    covering = [s.kind == "cue" and _covers(scene.reports[s.report].content, quoted) for s in sources]
    around, inside, word = _context(scene, quotation, sources, any(covering))
    scores: list[int] = []
    seen: set[str] = set()
    for source, covers in zip(sources, covering, strict=True):
        if source.kind == "cue":
            report = scene.reports[source.report]
            about = _about_cue(source.place, scene.verbs[source.report] < quoted.first, source.place in seen)
            seen.add(source.place)
            own = _cue_score(report, quotation, quoted, about, covers)
        else:
            about = _about(source.kind, source.place)
            own = _mention_score(scene.layout, quoted, source, about)
        scores.append(around[about] + inside[about] + word[about] + own)
    return scores


@cache
def _about_cue(place: str, left: bool, again: bool) -> str:
    """What the features of a cue are about; ``again`` for those behind the first one of a place."""
    return f"cue {place} {'left' if left else 'right'} {again}"


@cache
def _about(kind: str, place: str) -> str:
    return f"{kind} {place} {False}"


@part_about("source")
def _around(left: str, right: str, length: int, capital: bool, ending: str) -> list[str]:
    return [
        f"left={left} right={right}",
        f"length={length} capital={capital} ending={ending}",
        f"left={left} length={length} capital={capital}",
        f"right={right} ending={ending}",
    ]


@part_about("source")
def _inside(length: int, own: bool, covered: bool, titled: bool, ending: str) -> list[str]:
    """``covered`` by the content of a verb among the candidates, of which some stand in its ``own`` unit."""
    return [
        f"length={length} own={own} covered={covered}",
        f"titled={titled} length={min(length, 5)} ending={ending}",
        f"titled={titled} own={own} covered={covered}",
    ]


@part_about("source")
def _word(word: str, naming: bool) -> list[str]:
    """``word`` stands before the quotation, and may tell that it is a name or a term."""
    return [f"word={word}", f"naming={naming}"]


def _context(
    scene: Scene, quotation: int, sources: Sequence[Source], covered: bool
) -> tuple[Mapping[str, int], Mapping[str, int], Mapping[str, int]]:
    """What is true of the quotation whoever says it."""
    layout, quoted = scene.layout, scene.quoted[quotation]
    words, ending, left = quoted.words, quoted.ending, quoted.left
    length = words if words < 4 else 4 + (words > 5) + (words > 8) + (words > 14)
    capital = layout.text[layout.quotations[quotation].start].isupper()
    own = "unit" in [source.place for source in sources]
    return (
        _around(left, quoted.right, length, capital, ending),
        _inside(length, own, covered, quoted.titled, ending),
        _word(layout.lows[quoted.first - 1] if left != "-" else "-", quoted.naming),
    )


@part("source")
def _any(about: str) -> list[str]:
    return [f"{about}{BAR}*"]


@part("source")
def _beside(about: str, border: str, following: str) -> list[str]:
    return [f"{about}{BAR}border={border} following={following}"]


@part("source")
def _kind(about: str, who: str) -> list[str]:
    return [f"{about}{BAR}*", f"{about}{BAR}who={who}"]


@part("source")
def _apart(about: str, gap: int, following: str) -> list[str]:
    return [f"{about}{BAR}gap={gap} following={following}"]


def _mention_score(layout: Layout, quoted: Quoted, source: Source, about: str) -> int:
    """How a mention without a speech verb is tied to the quotation."""
    if source.phrase is None:
        return _any(about)
    first, last = source.phrase
    unit, names = layout.units[layout.unit_of[first]], layout.names
    border, following = names[first - 1] if first > unit.first else "-", names[last] if last < unit.last else "-"
    total = _beside(about, border, following) + _kind(about, layout.who[last - 1])
    if source.kind != "mention":
        return total
    gap = max(quoted.first - last, first - quoted.last)
    return total + _apart(about, gap if gap < 4 else 4 + (gap > 6) + (gap > 12), following)


@part("source")
def _near(about: str, verb_class: str, covers: bool, gap: int, credit: int) -> list[str]:
    return [
        f"{about}{BAR}class={verb_class} covers={covers} gap={gap}",
        f"{about}{BAR}credit={credit} covers={covers} gap={gap}",
    ]


@part("source")
def _reach(about: str, side: str, covers: bool, pieces: int, boxes: int, opening: str) -> list[str]:
    return [
        f"{about}{BAR}side={side} covers={covers} pieces={pieces}",
        f"{about}{BAR}boxes={boxes} covers={covers}",
        f"{about}{BAR}opening={opening} covers={covers}",
    ]


@part("source")
def _trust(about: str, negated: bool, passive: bool, modal: bool, who: str, credit: int, share: int) -> list[str]:
    return [
        f"{about}{BAR}*",
        f"{about}{BAR}negated={negated} passive={passive} modal={modal}",
        f"{about}{BAR}who={who}",
        f"{about}{BAR}credit={credit}",
        f"{about}{BAR}share={share}",
    ]


def _cue_score(report: Report, quotation: int, quoted: Quoted, about: str, covers: bool) -> int:
    """How the frame of ``report`` is tied to the quotation."""
    frame, content = report.frame, report.content
    first, last = report.tag
    if first >= quoted.last:
        gap, boxes = first - quoted.last, report.boxes_before - quotation - 1
    else:
        gap, boxes = quoted.first - last, abs(report.boxes_behind - quotation - (last >= quoted.last))
    distance = gap if gap < 3 else 3 + (gap > 4) + (gap > 8) + (gap > 16) + (gap > 30)
    credit = int(frame.credit * 5)
    return (
        _near(about, frame.cue.verb_class, covers, distance, credit)
        + _reach(about, content.side, covers, len(content.pieces), boxes if boxes < 2 else 2, report.opening)
        + _trust(about, frame.negated, frame.passive, frame.modal, report.who, credit, int(report.subject_share * 4))
    )


def _covers(content: Content, quoted: Quoted) -> bool:
    for begin, end in content.pieces:
        if begin <= quoted.first and quoted.last <= end:
            return True
    return False
