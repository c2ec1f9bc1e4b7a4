"""The text with its reports and quotations: what the speakers of quotations and statements are read from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from store.attribution.cues.clauses import MARK, NAME, PRONOUN, Layout, words
from store.attribution.cues.content import NOTHING, Content, choose_content
from store.attribution.cues.detection import COLON, Frame
from store.attribution.cues.noun_phrases import Phrase, head_end
from store.attribution.cues.subjects import Subject, Tag, choose_subject, tag_of


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
    opening: str
    """What its subject begins with."""
    paragraph: int
    boxes_before: int
    """How many quotations begin before its tag, and before what follows it."""
    boxes_behind: int


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
        who = opening = ""
        if subject.phrase is not None:
            who, opening = _who(layout, subject.phrase, frame.kind), _opening(layout, subject.phrase)
        first, last = tag
        boxes = layout.box_starts
        report = Report(
            frame, subject, share, content, tag, who, opening, layout.units[frame.unit].paragraph,
            bisect_left(boxes, first), bisect_left(boxes, last),
        )  # fmt: skip
        reports.append(report)
    return reports


def _who(layout: Layout, phrase: Phrase, kind: str) -> str:
    """What the head of the phrase mentions, else its end, but not before a colon, where anything may stand."""
    who = layout.who[head_end(layout, phrase) - 1]
    return who if who or kind == COLON else layout.who[phrase.last - 1]


def _opening(layout: Layout, phrase: Phrase) -> str:
    tag = layout.tags[phrase.first]
    if layout.lows[phrase.first] in ("i", "we"):
        return "I"
    return tag if tag in (NAME, PRONOUN, MARK) else "other"


class Quoted(NamedTuple):
    """What a quotation is like: tokens ``[first, last)`` in unit ``unit`` of paragraph ``paragraph``."""

    first: int
    last: int
    unit: int
    paragraph: int
    left: str
    """What stands before it and behind it in its unit, as in :attr:`Layout.names`; ``-`` for nothing."""
    right: str
    words: int
    """How many words and numbers it has."""
    long: int
    """How many longer words it has, and how many of these are capitalised."""
    capitalised: int
    ending: str
    """The mark that it ends with, ``w`` for none."""
    alone: bool
    """Whether it has some length and is its whole paragraph: somebody says it, and who is told elsewhere."""

    naming: bool
    """Whether the words before it tell that it is a name or a term: ``dubbed``, ``the term``, ``a sign``."""

    @property
    def titled(self) -> bool:
        """Whether all of its longer words are capitalised, as in the title of a work."""
        return 0 < self.long == self.capitalised

    @property
    def mostly_titled(self) -> bool:
        """Whether more than half of several longer words are capitalised: a title with a word in lower case."""
        return self.long > 1 and 2 * self.capitalised > self.long


class Scene(NamedTuple):
    """The text with its reports: what the candidates are read from. ``verbs`` are the reports' tokens."""

    layout: Layout
    reports: Sequence[Report]
    verbs: Sequence[int]
    mention_starts: Sequence[int]
    quoted: Sequence[Quoted]
    """What each quotation is like."""


def make_scene(layout: Layout, reports: Sequence[Report]) -> Scene:
    """The scene of ``layout`` and its reports."""
    quoted = [_quoted(layout, quotation) for quotation in range(len(layout.quotations))]
    return Scene(layout, reports, [report.frame.verb for report in reports], [m[0] for m in layout.mentions], quoted)


def _quoted(layout: Layout, quotation: int) -> Quoted:
    first, last = layout.box_tokens[quotation]
    number = layout.unit_of[first]
    unit = layout.units[number]
    texts = layout.texts[first:last]
    long = [text for text in texts if len(text) > 3]
    capitalised = sum([text[0].isupper() for text in long])
    ending = layout.text[layout.quotations[quotation].end - 1]
    whole = first == unit.first and last == unit.last and last - first >= 8
    return Quoted(
        first, last, number, unit.paragraph, layout.name(first - 1, unit), layout.name(last, unit),
        sum(layout.wordlike[first:last]), len(long), capitalised, ending if ending in ",.?!" else "w",
        whole and _is_paragraph(layout, first, last),
        not words("naming").isdisjoint(layout.lows[max(unit.first, first - 2) : first]),
    )  # fmt: skip


def _is_paragraph(layout: Layout, first: int, last: int) -> bool:
    """Whether the tokens ``[first, last)`` of one unit are a whole paragraph."""
    return layout.opens_paragraph(first) and (last >= len(layout.unit_of) or layout.opens_paragraph(last))
