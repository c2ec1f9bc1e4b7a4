"""How sure it is that the person named for a statement has said it."""

from __future__ import annotations

from store.attribution.linear_model import part
from store.attribution.mentions.entities import Reference
from store.attribution.speakers.context import Report, Scene
from store.attribution.speakers.statements import Draft
from store.models import MentionKind


@part("speaker")
def _named(kind: str, person: bool, share: int, place: str) -> list[str]:
    """``kind`` of mention, whether a person is known for it and how sure that is, and where the mention stands."""
    return [
        "any",
        f"kind={kind} person={person}",
        f"kind={kind} share={share}",
        f"kind={kind} person={person} place={place}",
        f"place={place}",
    ]


@part("speaker")
def _tied(kind: str, place: str, share: int) -> list[str]:
    """How sure the source of a quotation is."""
    return [f"source={share}", f"source={share} place={place}", f"source={share} kind={kind}"]


@part("speaker")
def _reported(shape: str, subject: int, credit: int, verb_class: str, kind: str) -> list[str]:
    """How sure the subject of the verb is, and that the verb reports."""
    return [
        f"subject={subject}",
        f"subject={subject} shape={shape}",
        f"shape={shape} kind={kind}",
        f"credit={credit}",
        f"class={verb_class}",
        f"shape={shape} class={verb_class}",
    ]


@part("speaker")
def _worded(kind: str, words: int, opening: str, several: bool) -> list[str]:
    """``opening`` is what the words of the speaker begin with."""
    return [f"words={words} kind={kind}", f"opening={opening} kind={kind}", f"several={several}"]


@part("speaker")
def _silent(place: str, kind: str) -> list[str]:
    return [f"silent {place} kind={kind}"]


def certainty_score(scene: Scene, draft: Draft, mention: Reference | None, several: bool = False) -> int:
    """How much tells that the speaker of ``draft`` is right; ``mention`` is what the speaker is named by."""
    assert draft.phrase is not None
    layout = scene.layout
    first, last = draft.phrase
    kind = _kind(mention)
    person = mention is not None and mention.entity is not None
    share = int(10 * mention.share) if mention is not None and mention.kind is not MentionKind.NAME else 10
    place = f"{draft.source.kind} {draft.source.place}" if draft.source is not None else "report"
    length = last - first
    total = _named(kind, person, share, place) + _worded(
        kind, length if length < 4 else 4 + (length > 6), layout.names[first], several
    )
    if draft.source is not None:
        total += _tied(kind, place, int(20 * draft.share))
    if draft.report < 0:
        return total + _silent(place, kind)
    report: Report = scene.reports[draft.report]
    frame = report.frame
    return total + _reported(
        report.subject.shape, int(10 * report.subject_share), int(10 * frame.credit), frame.cue.verb_class, kind
    )


def _kind(mention: Reference | None) -> str:
    return "none" if mention is None else mention.kind.value
