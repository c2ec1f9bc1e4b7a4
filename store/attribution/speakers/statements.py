"""Which stretches of text are statements, of which kind, and by whom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from store.attribution.cues.clauses import (
    BOX,
    CLITIC,
    CUE,
    DAY,
    DETERMINER,
    ED,
    FINITE,
    ING,
    MARK,
    NAME,
    NUMBER,
    PREPOSITION,
    PRONOUN,
    SUBORDINATOR,
    Layout,
    words,
)
from store.attribution.cues.content import Content, Piece
from store.attribution.cues.detection import COLON, VERB_KIND, find_frames
from store.attribution.cues.noun_phrases import Phrase
from store.attribution.linear_model import part, probability
from store.attribution.speakers.candidates import Before, Source, choose_source, is_introduced
from store.attribution.speakers.context import Report, Scene, make_scene, report_frames
from store.models import QuoteKind, Span

# Looking a member up in its class takes as long as ten comparisons, and these are compared by the thousand.
DIRECT = QuoteKind.DIRECT
INDIRECT = QuoteKind.INDIRECT
MIXED = QuoteKind.MIXED

_OF_NAMES = frozenset((NAME, CLITIC, DETERMINER, MARK, DAY, NUMBER))
_VERBAL = FINITE | {CUE, ED, ING}
_NOBODY = frozenset(("nobody", "no", "no-one", "none", "neither"))
_MARKS = frozenset((MARK,))
_MARKS_AND_BOXES = frozenset((MARK, BOX))
_OUTSIDE = frozenset((-1,))
"""What :attr:`Layout.box` says outside quotations."""


class Draft(NamedTuple):
    """A stretch of text that may be a statement: ``spans`` of characters, its speaker's phrase, and what decided it."""

    kind: QuoteKind
    spans: tuple[Span, ...]
    phrase: Phrase | None
    report: int
    source: Source | None
    quotations: tuple[int, ...]
    score: int
    sentence: bool = False
    """Whether it reads as a sentence or clause: of a quotation, one that somebody said even if it is not known who."""
    share: float = 1.0
    """How sure the choice of the source was."""


class Statement(NamedTuple):
    """A draft that was found good enough, with the probability that it is right."""

    draft: Draft
    confidence: float


LEAST_QUOTATION, LEAST_MIXED, LEAST_CLAUSE = 0.5, 0.42, 0.36
"""Drafts below this probability are left out: near half of the F1 that is reached, which is the best cut for F1."""
LEAST_NOUN_PHRASE = 0.6
"""The same for what is no clause: ``warned of the danger`` says little, and a reader may take it for a claim."""
LEAST_HEADLINE = 0.1
"""The same for what a headline has behind a person's name and a colon, which little of the gold counts."""
SURE = 0.9
"""What a speaker's label at the head of a quotation is worth."""


def decide(layout: Layout) -> tuple[Scene, list[Statement]]:
    """The statements of a text in order, with the reports they were decided from."""
    layout, frames = find_frames(layout)
    scene = make_scene(layout, report_frames(layout, frames))
    sources = choose_sources(scene)
    layout = scene.layout
    kept: list[Statement] = []
    taken: set[int] = set()
    for draft in drafts_of_reports(scene, sources):
        confidence = probability(draft.score)
        least = LEAST_MIXED if draft.quotations else LEAST_CLAUSE if draft.sentence else LEAST_NOUN_PHRASE
        if _is_headline(scene, draft):
            least = LEAST_HEADLINE
        if confidence >= least and not taken.intersection(draft.quotations):
            kept.append(Statement(draft, confidence))
            taken.update(draft.quotations)
    before: dict[int, float] = {
        statement.draft.quotations[-1]: statement.confidence for statement in kept if statement.draft.quotations
    }
    for draft in drafts_of_quotations(scene, sources, taken):
        confidence = probability(draft.score)
        place = draft.source.place if draft.source is not None else ""
        if place == "open":
            confidence = max(confidence, before.get(draft.quotations[0] - 1, 0.0))
        elif place == "inside":
            confidence = max(confidence, SURE)
        elif draft.phrase is not None and (
            scene.quoted[draft.quotations[0]].alone or is_introduced(scene, draft.quotations[0], draft.report)
        ):
            confidence = max(confidence, LEAST_QUOTATION)
        before[draft.quotations[0]] = confidence
        if confidence >= LEAST_QUOTATION and draft.phrase is not None:
            kept.append(Statement(draft, confidence))
        elif draft.sentence:
            kept.append(Statement(draft._replace(phrase=None, report=-1), confidence))
    kept.sort(key=lambda statement: (statement.draft.spans[0].start, statement.draft.spans[0].end))
    return scene, kept


def choose_sources(scene: Scene) -> list[tuple[Source, float]]:
    """The speaker of each quotation, in order."""
    chosen: list[tuple[Source, float]] = []
    before: Before | None = None
    for quotation in range(len(scene.layout.quotations)):
        source, share = choose_source(scene, quotation, before)
        chosen.append((source, share))
        if source.phrase is not None:
            before = Before(quotation, source)
    return chosen


def drafts_of_reports(scene: Scene, sources: list[tuple[Source, float]]) -> list[Draft]:
    """The contents of frames that are more than quotations: mixed and indirect."""
    layout, reports = scene.layout, scene.reports
    drafts: list[Draft] = []
    for number, report in enumerate(reports):
        phrase, frame = report.subject.phrase, report.frame
        if phrase is None or frame.hypothetical or frame.shown or _is_nobody(layout, phrase):
            continue
        pieces, inside, outside = _worded(layout, report.content)
        if outside and len(inside) == 1 and _only_opens(scene, number, pieces, inside[0]):
            continue
        if not outside or (not inside and (frame.negated or _only_names(layout, report, pieces))):
            continue
        if inside and _is_told_inside(reports, number, sources, inside):
            continue
        if number and _retells(layout, report, reports[number - 1]):
            continue
        spans = tuple([Span(layout.starts[first], layout.ends[last - 1]) for first, last in pieces])
        agree = "no" if not inside else str(all(sources[q][0].report == number for q in inside))
        score = _report_score(layout, report, pieces, agree) + _company(reports, number)
        clause = frame.kind != VERB_KIND or _has_clause(layout, pieces)
        kind = MIXED if inside else INDIRECT
        drafts.append(Draft(kind, spans, phrase, number, None, tuple(inside), score, clause))
    return drafts


def _only_opens(scene: Scene, number: int, pieces: Sequence[Piece], quotation: int) -> bool:
    """Whether what stands before a verb and its quotation only opens the sentence: ``Asked why, she said, “No.”``"""
    layout = scene.layout
    first, last = pieces[0]
    if scene.reports[number].content.side != "both" or last > scene.reports[number].frame.start:
        return False
    return is_introduced(scene, quotation, number) and not layout.has_verb(first, last)


def _is_told_inside(
    reports: Sequence[Report], number: int, sources: list[tuple[Source, float]], inside: Sequence[int]
) -> bool:
    """Whether each quotation in a report is that of a verb in its content: ``Roe said Doe told her: “…”``."""
    content = reports[number].content
    for quotation in inside:
        other = sources[quotation][0].report
        if other < 0 or other == number or not _holds(content, reports[other].frame.verb):
            return False
    return True


def _is_headline(scene: Scene, draft: Draft) -> bool:
    """Whether it is the clause behind somebody's name and a colon in a headline: ``Roe: The bridge must wait``."""
    layout, report = scene.layout, scene.reports[draft.report]
    if report.frame.kind != COLON or report.who != "name person" or draft.quotations:
        return False
    first = bisect_left(layout.starts, draft.spans[0].start)
    last = bisect_left(layout.starts, draft.spans[-1].end)
    asks = layout.tags[first] == SUBORDINATOR
    return layout.opens_text(layout.units[report.frame.unit]) and layout.has_verb(first, last) and not asks


def _worded(layout: Layout, content: Content) -> tuple[list[Piece], list[int], bool]:
    """The pieces that have words, the quotations in them, and whether words stand outside of these."""
    pieces: list[Piece] = []
    inside: list[int] = []
    outside = False
    for piece in content.pieces:
        tags = {*layout.tags[piece.first : piece.last]}
        if tags <= _MARKS:
            continue
        pieces.append(piece)
        outside = outside or not tags <= _MARKS_AND_BOXES
        if BOX in tags:
            inside += sorted({*layout.box[piece.first : piece.last]} - _OUTSIDE)
    return pieces, inside, outside


def _is_nobody(layout: Layout, phrase: Phrase) -> bool:
    """Whether the speaker is nobody, ``no official``, or ``you``, the reader, who is told what to say or do."""
    first = layout.lows[phrase.first]
    if first in _NOBODY:
        return True
    return first == "you" and phrase.last == phrase.first + 1


def _only_names(layout: Layout, report: Report, pieces: Sequence[Piece]) -> bool:
    """Whether nothing but a name is reported (``quoting the Gazette``), or a colon follows what nobody is called."""
    if report.frame.kind == COLON and report.subject.phrase is not None:
        return not _is_speaker(layout, report)
    for first, last in pieces:
        for tag in layout.tags[first:last]:
            if tag not in _OF_NAMES:
                return False
    return True


def _is_speaker(layout: Layout, report: Report) -> bool:
    """Whether somebody stands before a colon; what stands before any other cue is believed to speak."""
    phrase = report.subject.phrase
    if report.frame.kind != COLON or phrase is None:
        return True
    if phrase.first and layout.tags[phrase.first - 1] == PREPOSITION and layout.lows[phrase.first - 1] != "from":
        return False
    unit = layout.units[report.frame.unit]
    if phrase.first and layout.lows[phrase.first - 1] == "from" and report.frame.last < unit.last:
        return False
    return report.who not in ("", "name unknown", "nominal unknown")


def _retells(layout: Layout, report: Report, before: Report) -> bool:
    """Whether ``Roe said the door was open; nothing was stolen, he said`` has its second verb report the first."""
    subject = report.subject.phrase
    if subject is None or layout.tags[subject.first] != PRONOUN or report.content.side != "left":
        return False
    return before.content.side == "right" and _holds(report.content, before.frame.verb)


def _has_clause(layout: Layout, pieces: Sequence[Piece]) -> bool:
    """Whether one of the pieces is a clause."""
    for piece in pieces:
        if _is_clause(layout, piece):
            return True
    return False


def _is_clause(layout: Layout, piece: Piece) -> bool:
    """Whether a piece has a verb of its own, or begins as a clause does: not only a noun phrase."""
    first, tags = piece.first, layout.tags
    if tags[first] == SUBORDINATOR or layout.lows[first] == "to":
        return True
    for at in layout.outside(*piece):
        tag = tags[at]
        if tag == SUBORDINATOR:
            return False
        if tag in _VERBAL and at > first and tags[at - 1] != DETERMINER:
            return True
    return False


@part("judge")
def _reported(verb_class: str, shape: str, verbs: bool, side: str) -> list[str]:
    return ["report", f"report class={verb_class} verbs={verbs} side={side}", f"report shape={shape} side={side}"]


@part("judge")
def _sized(size: int, mark: str, verbs: bool) -> list[str]:
    return [f"report size={size}", f"report mark={mark} verbs={verbs}"]


@part("judge")
def _credited(credit: int, verbs: bool, side: str) -> list[str]:
    """``credit`` is a tenth."""
    return [f"report credit={credit}", f"report credit={credit // 2} verbs={verbs} side={side}"]


@part("judge")
def _agreed(agree: str, verbs: bool, side: str) -> list[str]:
    return [f"report agree={agree} verbs={verbs} side={side}"]


@part("judge")
def _shared(side: str, side_share: int, edge_share: int, subject_share: int) -> list[str]:
    return [
        f"report side share={side_share} {side}",
        f"report edge share={edge_share} {side}",
        f"report subject share={subject_share}",
    ]


@part("judge")
def _printed(kind: str, side: str, titled: bool) -> list[str]:
    return [f"report kind={kind} side={side} titled={titled}"]


@part("judge")
def _spoken(kind: str, verb_class: str, who: str, headline: bool) -> list[str]:
    return [f"report kind={kind} who={who} headline={headline}", f"report class={verb_class} who={who}"]


@part("judge")
def _opened(lemma: str, opening: str, verbs: bool, side: str, pieces: int) -> list[str]:
    return [
        f"report opens={opening} verbs={verbs} side={side} pieces={pieces}",
        f"report lemma={lemma} verbs={verbs} side={side}",
    ]


@part("judge")
def _beside(where: str, how: str, verb_class: str) -> list[str]:
    """How the report stands to the verb ``where`` it in its sentence."""
    return [f"report {where}={how}", f"report {where}={how} class={verb_class}"]


def _company(reports: Sequence[Report], number: int) -> int:
    """How the report stands to the verbs beside it: inside what they report, around them, of the same subject."""
    report = reports[number]
    verb_class = report.frame.cue.verb_class
    before = _standing(report, reports[number - 1]) if number else "none"
    after = _standing(report, reports[number + 1]) if number + 1 < len(reports) else "none"
    return _beside("before", before, verb_class) + _beside("after", after, verb_class)


def _standing(report: Report, other: Report) -> str:
    if other.frame.unit != report.frame.unit:
        return "none"
    how = "inside-" if _holds(other.content, report.frame.verb) else ""
    if _holds(report.content, other.frame.verb):
        how += "around-"
    return how + "shared" if other.subject.phrase == report.subject.phrase else how


def _holds(content: Content, verb: int) -> bool:
    """Whether the token ``verb`` stands in the content."""
    for first, last in content.pieces:
        if first <= verb < last:
            return True
    return False


def _report_score(layout: Layout, report: Report, pieces: list[Piece], agree: str) -> int:
    """How much tells that a report is a statement that was read rightly."""
    frame, content = report.frame, report.content
    unit = layout.units[frame.unit]
    first, last = pieces[-1]
    verbs, side = layout.has_verb(first, last), content.side
    length = sum([piece.last - piece.first for piece in pieces])
    size = length if length < 3 else 3 + (length > 4) + (length > 7) + (length > 12) + (length > 20) + (length > 35)
    opening = layout.name(pieces[0].first, unit)
    shares = int(content.side_share * 8), int(content.edge_share * 8), int(report.subject_share * 8)
    cue = frame.cue
    return (
        _reported(cue.verb_class, report.subject.shape, verbs, side)
        + _sized(size, layout.name(last, unit), verbs)
        + _credited(int(frame.credit * 10), verbs, side)
        + _agreed(agree, verbs, side)
        + _shared(side, *shares)
        + _printed(frame.kind, side, unit.titled)
        + _spoken(frame.kind, cue.verb_class, report.who, layout.opens_text(unit))
        + _opened(cue.lemma, opening, verbs, side, len(pieces))
    )


@part("judge")
def _quoted(word: str, naming: bool, titled: bool, size: int, single: bool) -> list[str]:
    """``word`` stands before the quotation, and may tell that it is a name or a term."""
    return [
        "quotation",
        f"quotation naming={naming} size={size}",
        f"quotation word={word}",
        f"quotation titled={titled} size={size}",
        f"quotation single={single}",
    ]


@part("judge")
def _said_by(kind: str, place: str, who: str, cue: str) -> list[str]:
    return [f"quotation {kind} {place}", f"quotation who={who} {kind} {place}", f"quotation cue={cue} {place}"]


@part("judge")
def _sure(kind: str, place: str, quarters: int, tenths: int) -> list[str]:
    return [f"quotation {kind} {place} share={quarters}", f"quotation share={tenths} {kind}"]


def drafts_of_quotations(scene: Scene, sources: list[tuple[Source, float]], taken: set[int]) -> list[Draft]:
    """The quotations that no mixed statement has taken and that may be one, each with its speaker."""
    layout = scene.layout
    drafts: list[Draft] = []
    for number, (source, share) in enumerate(sources):
        if number in taken:
            continue
        box, quoted = layout.quotations[number], scene.quoted[number]
        if _is_no_statement(scene, number, source):
            continue
        first, left, inside, ending = quoted.first, quoted.left, quoted.words, quoted.ending
        size = min(inside, 5) + (inside > 8)
        cue = scene.reports[source.report].frame.cue.lemma if source.report >= 0 else "-"
        who = layout.who[source.phrase.last - 1] if source.phrase is not None else "-"
        word = layout.lows[first - 1] if left != "-" else "-"
        titled = quoted.long == quoted.capitalised
        score = (
            _quoted(word, quoted.naming, titled, size, box.single)
            + _said_by(source.kind, source.place, who, cue)
            + _sure(source.kind, source.place, int(share * 4), int(share * 10))
        )
        kind = MIXED if left not in ("-", ",", ":") and ending == "w" else DIRECT
        spoken = inside >= 8 and not titled and ending != "w" and layout.text[box.start].isupper()
        phrase = source.phrase if source.report < 0 or _is_speaker(layout, scene.reports[source.report]) else None
        span = Span(box.start, box.end)
        if source.kind == "label" and source.phrase is not None and source.phrase.last + 1 < quoted.last:
            span = Span(min(layout.starts[source.phrase.last + 1], box.end - 1), box.end)
        drafts.append(Draft(kind, (span,), phrase, source.report, source, (number,), score, spoken or box.turn, share))
    return drafts


def _is_no_statement(scene: Scene, number: int, source: Source) -> bool:
    """Whether nobody has said a quotation: it is the title of a work, a single word that is no sentence (``as an
    “enemy”``, but not ``“No.”``), or what the reader is told to say."""
    layout, quoted = scene.layout, scene.quoted[number]
    words, ending = quoted.words, quoted.ending
    if ending == "w" and words < 8 and quoted.titled and quoted.left not in (",", ":", "-"):
        return True
    if quoted.titled and _follows_work(layout, quoted.first):
        return True
    if _is_shown(scene, quoted.first):
        return True
    if words == 1 and (ending == "w" or not layout.text[layout.quotations[number].start].isupper()):
        return True
    if source.kind == "mention" and ending not in ".?!" and quoted.mostly_titled:
        return True
    if source.phrase is not None and _is_nobody(layout, source.phrase):
        return True
    return ending == "," and _is_listed_work(scene, quoted.first)


def _follows_work(layout: Layout, first: int) -> bool:
    """Whether the kind of work whose title it is stands before the quotation: ``a memoir, “…”``, ``the song “…”``."""
    at = first - 1
    if at > 0 and layout.texts[at] == ",":
        at -= 1
    return at >= 0 and layout.lows[at] in words("works")


def _is_shown(scene: Scene, first: int) -> bool:
    """Whether a sign or a banner shows the quotation, and nobody says it."""
    at = bisect_left(scene.verbs, first) - 1
    if at < 0:
        return False
    frame = scene.reports[at].frame
    return frame.shown and 0 <= first - frame.last <= 1


def _is_listed_work(scene: Scene, first: int) -> bool:
    """Whether a paragraph begins with a name and the quotation, as references do: ``Jane Roe, “Of Ferries,” 2019``."""
    layout = scene.layout
    unit = layout.units[layout.unit_of[first]]
    if not layout.opens_paragraph(unit.first) or layout.texts[first - 1] != ",":
        return False
    at = bisect_left(scene.mention_starts, unit.first)
    return any(start == unit.first and end == first - 1 for start, end, _ in layout.mentions[at : at + 2])
