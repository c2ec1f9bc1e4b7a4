"""Who says a quotation: the speech verbs, mentions and earlier speakers around it, and the choice among them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from store.speech.contents import NOTHING, Content, choose_content
from store.speech.frames import Frame
from store.speech.layout import MARK, NAME, PRONOUN, Layout, Unit
from store.speech.phrases import Phrase, head_end
from store.speech.ranker import BAR, choose, part, score_about
from store.speech.subjects import Subject, Tag, choose_subject, tag_of
from store.speech.turns import ANONYMOUS, is_persons


@dataclass(slots=True, eq=False)
class Report:
    """A frame with what was decided about it."""

    frame: Frame
    subject: Subject
    subject_share: float
    content: Content
    tag: Tag
    who: str
    """What the head of its subject mentions, as in :attr:`Layout.who`."""


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


def report_frames(layout: Layout, frames: Sequence[Frame]) -> list[Report]:
    """Subject and content of every frame, in text order."""
    earlier: list[tuple[Frame, Subject]] = []
    reports: list[Report] = []
    for number, frame in enumerate(frames):
        subject, share = choose_subject(layout, frame, earlier)
        earlier.append((frame, subject))
        following = frames[number + 1] if number + 1 < len(frames) else None
        tag = tag_of(frame, subject)
        content = NOTHING if subject.phrase is None else choose_content(layout, frame, subject, tag, following)
        who = _who(layout, subject.phrase) if subject.phrase is not None else ""
        reports.append(Report(frame, subject, share, content, tag, who))
    return reports


def _who(layout: Layout, phrase: Phrase) -> str:
    return layout.who[head_end(layout, phrase) - 1] or layout.who[phrase.last - 1]


class Scene(NamedTuple):
    """The text with its reports: what the candidates are read from. ``verbs`` are the reports' tokens."""

    layout: Layout
    reports: Sequence[Report]
    verbs: Sequence[int]
    mention_starts: Sequence[int]


def make_scene(layout: Layout, reports: Sequence[Report]) -> Scene:
    """The scene of ``layout`` and its reports."""
    return Scene(layout, reports, [report.frame.verb for report in reports], [m[0] for m in layout.mentions])


class Before(NamedTuple):
    """The quotation before and its speaker: what a quotation without a cue goes on."""

    quotation: int
    source: Source


def possible_sources(scene: Scene, quotation: int, before: Before | None) -> list[Source]:
    """The candidates for ``quotation``; the last is always :data:`NOBODY`."""
    layout = scene.layout
    first = layout.box_tokens[quotation][0]
    here = layout.unit_of[first]
    unit = layout.units[here]
    label = label_of(layout, quotation)
    if label is not None:
        is_anonymous = _words_of(layout, label).casefold() in ANONYMOUS
        return [NOBODY if is_anonymous else Source("label", "inside", label)]
    if before is not None and layout.quotations[quotation].continues and before.quotation == quotation - 1:
        return [Source("same", "open", before.source.phrase)]
    sources: list[Source] = []
    at = bisect_left(scene.verbs, first)
    _add_cues(scene, sources, range(at - 1, max(-1, at - 6), -1), unit, here)
    _add_cues(scene, sources, range(at, min(len(scene.reports), at + 4)), unit, here)
    if before is not None and before.source.phrase is not None:
        gap = layout.quotations[quotation].paragraph - layout.quotations[before.quotation].paragraph
        if gap <= 3:
            sources.append(Source("same", f"p{gap}", before.source.phrase))
    if stands_alone(layout, quotation):
        going_on = [s for s in sources if s.place in ("paragraph before", "p0", "p1")]
        if going_on:
            return going_on
    _add_mentions(scene, sources, quotation, unit, here)
    return [*sources, NOBODY]


def _add_mentions(scene: Scene, sources: list[Source], quotation: int, unit: Unit, here: int) -> None:
    """The mentions near the quotation that no speech verb has as its subject."""
    layout = scene.layout
    first, last = layout.box_tokens[quotation]
    at = bisect_left(scene.mention_starts, first)
    speakers = [source.phrase for source in sources if source.kind == "cue" and source.phrase is not None]
    found = {"near": False, "subject": False, "p0": False, "p1": False}
    for number in range(at - 1, max(-1, at - 30), -1):
        start, end, subject = layout.mentions[number]
        other = layout.unit_of[start]
        if other == here:
            place = "subject" if subject else "near"
        elif other == here - 1 and subject:
            place = "p0" if layout.units[other].paragraph == unit.paragraph else "p1"
        else:
            if other < here - 1:
                break
            continue
        phrase = Phrase(start, end)
        if not found[place] and not _overlaps(speakers, phrase):
            found[place] = True
            sources.append(Source("mention", place, phrase))
    for start, end, _ in layout.mentions[at : at + 3]:
        if start >= last and layout.unit_of[start] == here and not _overlaps(speakers, Phrase(start, end)):
            sources.append(Source("mention", "after", Phrase(start, end)))
            break


def label_of(layout: Layout, quotation: int) -> Phrase | None:
    """The label that a turn of a transcript begins with, or a quoted one in capitals: ``"WALLACE: Governor, …"``."""
    first, last = layout.box_tokens[quotation]
    if layout.quotations[quotation].turn:
        colon = first
        while layout.texts[colon] != ":":
            colon += 1
        return Phrase(first, colon)
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


def stands_alone(layout: Layout, quotation: int) -> bool:
    """Whether a quotation of some length is its whole paragraph: somebody says it, and who is told elsewhere."""
    first, last = layout.box_tokens[quotation]
    unit = layout.units[layout.unit_of[first]]
    if first != unit.first or last != unit.last or last - first < 8:
        return False
    opens = first == 0 or layout.units[layout.unit_of[first - 1]].paragraph != unit.paragraph
    return opens and _ends_paragraph(layout, last, unit)


def _overlaps(phrases: Sequence[Phrase], phrase: Phrase) -> bool:
    first, last = phrase
    return any(begin < last and first < end for begin, end in phrases)


def _add_cues(scene: Scene, sources: list[Source], numbers: range, unit: Unit, here: int) -> None:
    """The frames among ``numbers`` that have a subject and stand not too far from the quotation."""
    for number in numbers:
        report = scene.reports[number]
        if report.subject.phrase is None:
            continue
        other = scene.layout.units[report.frame.unit]
        distance = other.paragraph - unit.paragraph
        if report.frame.unit != here and report.frame.hypothetical:
            continue
        if report.frame.unit == here:
            place = "unit"
        elif distance == 0:
            place = "earlier" if report.frame.unit < here else "later"
        elif distance == -1:
            place = "paragraph before"
        elif distance == 1:
            place = "paragraph after"
        else:
            continue
        sources.append(Source("cue", place, report.subject.phrase, number))


def choose_source(scene: Scene, quotation: int, before: Before | None) -> tuple[Source, float]:
    """The speaker of ``quotation`` and how sure it is."""
    sources = possible_sources(scene, quotation, before)
    if len(sources) == 1:
        return sources[0], 1.0
    index, share = choose(source_scores(scene, quotation, sources))
    return sources[index], share


def source_scores(scene: Scene, quotation: int, sources: Sequence[Source]) -> list[int]:
    """How much speaks for each of ``sources``: facts of the quotation, and what ties it to the quotation."""
    first, last = scene.layout.box_tokens[quotation]
    covering = [s.kind == "cue" and _covers(scene.reports[s.report].content, first, last) for s in sources]
    context = _context(scene, quotation, sources, any(covering))
    scores: list[int] = []
    seen: set[str] = set()
    for source, covers in zip(sources, covering, strict=True):
        name = f"{source.kind} {source.place}"
        again = name in seen
        seen.add(name)
        if source.kind == "cue":
            about = f"{name} {'left' if scene.verbs[source.report] < first else 'right'} {again}"
            own = _cue_score(scene, quotation, source, about, covers)
        else:
            about = f"{name} {again}"
            own = _mention_score(scene, quotation, source, about)
        scores.append(score_about("source", about, context) + own)
    return scores


@part("source")
def _any(about: str) -> list[str]:
    return [f"{about}{BAR}*"]


@part("source")
def _beside(about: str, border: str, following: str) -> list[str]:
    return [f"{about}{BAR}border={border} following={following}"]


@part("source")
def _kind(about: str, who: str) -> list[str]:
    return [f"{about}{BAR}who={who}"]


@part("source")
def _apart(about: str, gap: int, following: str) -> list[str]:
    return [f"{about}{BAR}gap={gap} following={following}"]


def _mention_score(scene: Scene, quotation: int, source: Source, about: str) -> int:
    """How a mention without a speech verb is tied to the quotation."""
    total, phrase = _any(about), source.phrase
    if phrase is None:
        return total
    layout = scene.layout
    unit = layout.units[layout.unit_of[phrase.first]]
    following = layout.name(phrase.last, unit)
    total += _beside(about, layout.name(phrase.first - 1, unit), following) + _kind(about, layout.who[phrase.last - 1])
    if source.kind != "mention":
        return total
    first, last = layout.box_tokens[quotation]
    gap = max(first - phrase.last, phrase.first - last)
    return total + _apart(about, gap if gap < 4 else 4 + (gap > 6) + (gap > 12), following)


def _context(scene: Scene, quotation: int, sources: Sequence[Source], covered: bool) -> list[str]:
    """What is true of the quotation whoever says it; ``covered`` by the content of a verb among ``sources``."""
    layout = scene.layout
    box = layout.quotations[quotation]
    first, last = layout.box_tokens[quotation]
    unit = layout.units[layout.unit_of[first]]
    left, right = layout.name(first - 1, unit), layout.name(last, unit)
    inside = sum([text[0].isalnum() for text in layout.texts[first:last]])
    length = inside if inside < 4 else 4 + (inside > 5) + (inside > 8) + (inside > 14)
    ending = layout.text[box.end - 1]
    ending = ending if ending in ",.?!" else "w"
    capital = layout.text[box.start].isupper()
    own = "unit" in [source.place for source in sources]
    word = layout.lows[first - 1] if left != "-" else "-"
    titled = is_titled(layout, first, last)
    return [
        f"left={left} right={right}",
        f"length={length} capital={capital} ending={ending}",
        f"length={length} own={own} covered={covered}",
        f"word={word}",
        f"titled={titled} length={min(length, 5)} ending={ending}",
        f"titled={titled} own={own} covered={covered}",
        f"left={left} length={length} capital={capital}",
        f"right={right} ending={ending}",
    ]


def is_titled(layout: Layout, first: int, last: int) -> bool:
    """Whether all longer words between the marks are capitalised, as in the title of a work."""
    long = [text[0].isupper() for text in layout.texts[first:last] if len(text) > 3]
    return len(long) > 0 and all(long)


def is_mostly_capitalised(layout: Layout, first: int, last: int) -> bool:
    """Whether more than half of several longer words are capitalised: a title with a word in lower case."""
    long = [text[0].isupper() for text in layout.texts[first:last] if len(text) > 3]
    return len(long) > 1 and 2 * sum(long) > len(long)


def _ends_paragraph(layout: Layout, last: int, unit: Unit) -> bool:
    return last >= len(layout.texts) or layout.units[layout.unit_of[last]].paragraph != unit.paragraph


@part("source")
def _verb(about: str, verb_class: str, covers: bool, gap: int) -> list[str]:
    return [f"{about}{BAR}class={verb_class} covers={covers} gap={gap}"]


@part("source")
def _manner(about: str, negated: bool, passive: bool, modal: bool) -> list[str]:
    return [f"{about}{BAR}negated={negated} passive={passive} modal={modal}"]


@part("source")
def _reach(about: str, side: str, covers: bool, pieces: int, boxes: int, opening: str) -> list[str]:
    return [
        f"{about}{BAR}side={side} covers={covers} pieces={pieces}",
        f"{about}{BAR}boxes={boxes} covers={covers}",
        f"{about}{BAR}opening={opening} covers={covers}",
    ]


@part("source")
def _trust(about: str, credit: int, covers: bool, gap: int, share: int) -> list[str]:
    return [
        f"{about}{BAR}credit={credit}",
        f"{about}{BAR}credit={credit} covers={covers} gap={gap}",
        f"{about}{BAR}share={share}",
    ]


def _cue_score(scene: Scene, quotation: int, source: Source, about: str, covers: bool) -> int:
    """How the frame of ``source`` is tied to the quotation."""
    layout = scene.layout
    report = scene.reports[source.report]
    frame, phrase = report.frame, report.subject.phrase
    first, last = layout.box_tokens[quotation]
    tag, content = report.tag, report.content
    gap = tag.first - last if tag.first >= last else first - tag.last
    distance = gap if gap < 3 else 3 + (gap > 4) + (gap > 8) + (gap > 16) + (gap > 30)
    boxes = _boxes_between(layout, quotation, tag)
    assert phrase is not None
    return (
        _any(about)
        + _verb(about, frame.cue.verb_class, covers, distance)
        + _manner(about, frame.negated, frame.passive, frame.modal)
        + _reach(about, content.side, covers, len(content.pieces), boxes, _opening(layout, phrase))
        + _kind(about, report.who)
        + _trust(about, int(frame.credit * 5), covers, distance, int(report.subject_share * 4))
    )


def _opening(layout: Layout, phrase: Phrase) -> str:
    tag = layout.tags[phrase.first]
    return tag if tag in (NAME, PRONOUN, MARK) else "other"


def _covers(content: Content, first: int, last: int) -> bool:
    return any(begin <= first and last <= end for begin, end in content.pieces)


def _boxes_between(layout: Layout, quotation: int, tag: Tag) -> int:
    """How many other quotations stand between this one and the frame; at most 2."""
    last = layout.box_tokens[quotation][1]
    at = tag.first if tag.first >= last else tag.last
    count = len(layout.box_tokens)
    other = bisect_left(layout.box_starts, at, max(0, quotation - 6), min(quotation + 7, count))
    return min(2, abs(other - quotation - (at >= last)))
