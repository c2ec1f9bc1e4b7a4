"""The model of antecedents: who is meant by the pronoun or noun phrase that is the subject of a verb of saying.

A conditional logit model over readable facts of each candidate: how far its nearest mention is, whether it was a
subject, whether the candidate spoke last, whether it stands only inside what another one said. The last candidate is
always nobody that is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from store.attribution.linear_model import part
from store.attribution.mentions.discourse import Discourse, Found
from store.attribution.mentions.name_clusters import Entity
from store.attribution.tokens.tagged import TaggedText
from store.attribution.tokens.word_classes import words
from store.models import MentionKind, SpeakerKind

# Looking a member up in its class takes as long as ten comparisons, and these are compared by the thousand.
A_NAME = MentionKind.NAME
A_PRONOUN = MentionKind.PRONOUN
A_PERSON = SpeakerKind.PERSON

_PREPOSITIONS = words("prepositions")
_LONG = 300
"""Tokens of a quotation that are gone back to see where it begins."""


class Candidate(NamedTuple):
    """Somebody who may be meant: an entity with its nearest mention and how many sentences lie between.

    ``worth`` is what hand-set rules think of it; ``known`` tells how a noun phrase fits: "same", "similar" or "".
    """

    entity: int
    found: Found
    distance: int
    worth: float
    known: str = ""


class Meaning(NamedTuple):
    """The entity that a mention means, None for nobody known, and how sure that is."""

    entity: int | None
    share: float = 1.0


NOBODY = Meaning(None)


def choose_antecedent(discourse: Discourse, at: int, about: str, candidates: Sequence[Candidate]) -> Meaning:
    """Who of ``candidates`` is meant by the pronoun (``about`` is ``he``) or noun phrase (``noun``) at token ``at``."""
    if not candidates:
        return NOBODY
    index, share = discourse.pick(at, candidates, antecedent_scores(discourse, at, about, candidates))
    return Meaning(candidates[index].entity if index < len(candidates) else None, share)


@part("antecedent")
def _placed(about: str, place: str, distance: int, paragraphs: int, subject: bool, kind: str) -> list[str]:
    """Where the pronoun stands and where the candidate's nearest mention does."""
    return [
        f"{about} distance={distance} subject={subject}",
        f"{about} paragraphs={paragraphs} place={place}",
        f"{about} distance={distance} paragraphs={paragraphs}",
        f"{about} kind={kind} distance={distance}",
        f"{about} kind={kind} subject={subject}",
        f"{about} place={place} distance={distance} subject={subject}",
    ]


@part("antecedent")
def _spoke(about: str, place: str, spoke: str, distance: int, paragraphs: int, named_since: bool) -> list[str]:
    """How lately the candidate has spoken outside quotations, and whether others were named since then."""
    return [
        f"{about} spoke={spoke} place={place}",
        f"{about} spoke={spoke} distance={distance}",
        f"{about} spoke={spoke} paragraphs={paragraphs}",
        f"{about} spoke={spoke} since={named_since}",
    ]


@part("antecedent")
def _held(about: str, inside: str, governed: str, spoke: str, quoted: bool, subject: bool) -> list[str]:
    """What holds the nearest mention: a clause that another one said, a preposition, a quotation."""
    return [
        f"{about} inside={inside}",
        f"{about} inside={inside} spoke={spoke}",
        f"{about} governed={governed} subject={subject}",
        f"{about} governed={governed} spoke={spoke}",
        f"{about} quoted={quoted}",
    ]


@part("antecedent")
def _fits(about: str, gender: str, person: str, rank: int, best: bool, count: int, worth: int) -> list[str]:
    """How well gender and number fit, and what the hand-set rules say."""
    return [
        f"{about} gender={gender}",
        f"{about} person={person} gender={gender}",
        f"{about} rank={rank} best={best}",
        f"{about} best={best}",
        f"{about} worth={worth}",
        f"{about} count={count}",
    ]


@part("antecedent")
def _opened(about: str, opens: bool, topic: bool, spoke: str, paragraphs: int) -> list[str]:
    """``opens``: the mention opens its sentence; ``topic``: it is the first subject of its paragraph."""
    return [
        f"{about} opens={opens} paragraphs={paragraphs}",
        f"{about} topic={topic} spoke={spoke}",
        f"{about} topic={topic} paragraphs={paragraphs}",
    ]


@part("antecedent")
def _known(about: str, known: str, spoke: str, heads: bool, best: bool) -> list[str]:
    return [
        f"{about} known={known} best={best}",
        f"{about} known={known} spoke={spoke}",
        f"{about} heads={heads} spoke={spoke} known={known}",
    ]


@part("antecedent")
def _nobody(about: str, place: str, word: str, alone: bool) -> list[str]:
    """Nobody known is meant; ``word`` is the pronoun, or the article of a noun phrase."""
    return [f"{about} nobody", f"{about} nobody place={place}", f"{about} nobody {word}", f"{about} nobody {alone}"]


def antecedent_scores(discourse: Discourse, at: int, about: str, candidates: Sequence[Candidate]) -> list[int]:
    """How much speaks for each of ``candidates``, and last for nobody."""
    reading = discourse.reading
    place = _place(reading, at)
    top = max(candidate.worth for candidate in candidates)
    lately = discourse.lately()
    here = reading.paragraphs[reading.sentence[at]]
    scores: list[int] = []
    for rank, candidate in enumerate(candidates):
        found, distance = candidate.found, min(candidate.distance, 4)
        entity = discourse.entities[candidate.entity]
        spoke = _when(lately, candidate.entity, discourse.spoken)
        paragraphs = min(here - reading.paragraphs[reading.sentence[found.first]], 3)
        best = candidate.worth == top
        kind = "name" if found.kind is A_NAME else "pronoun" if found.kind is A_PRONOUN else "noun"
        quoted = reading.quotation[found.first] >= 0
        count = len(entity.mentions)
        since = spoke == "last" and discourse.named_since(candidate.entity)
        scores.append(
            _placed(about, place, distance, paragraphs, found.subject, kind)
            + _spoke(about, place, spoke, distance, paragraphs, since)
            + _held(about, discourse.inside(found), _governed(reading, found), spoke, quoted, found.subject)
            + _fits(
                about, _gender(discourse, entity, at), "person" if entity.kind is A_PERSON else "other",
                min(rank, 3), best,
                count if count < 4 else 4 + (count > 7), int(max(-2.0, min(8.0, candidate.worth))),
            )
            + _opened(about, found.opens, found.topic, spoke, paragraphs)
            + _known(about, candidate.known, spoke, bool(entity.heads), best)
        )  # fmt: skip
    scores.append(_nobody(about, place, reading.lows[at], len(candidates) == 1))
    return scores


def _place(reading: TaggedText, at: int) -> str:
    """Where the mention stands: behind a quotation, at the head of its sentence, behind a verb, inside a clause."""
    if not at or reading.sentence[at - 1] != reading.sentence[at]:
        return "first"
    before = at - 1
    while (
        before > 0 and not reading.texts[before][0].isalnum() and reading.sentence[before - 1] == reading.sentence[at]
    ):
        before -= 1
    if reading.quotation[before] >= 0:
        opening = before
        while opening > max(0, before - _LONG) and reading.quotation[opening - 1] == reading.quotation[before]:
            opening -= 1
        opening = max(0, opening - 2)
        paragraphs, sentence = reading.paragraphs, reading.sentence
        starts = not opening or paragraphs[sentence[opening]] != paragraphs[sentence[at]]
        return "behind paragraph" if starts else "behind"
    return "clause"


def _when(lately: Sequence[int], entity: int, spoken: set[int]) -> str:
    """How lately the entity spoke: last, before that, ever or never."""
    if lately and lately[-1] == entity:
        return "last"
    if entity in lately:
        return "before"
    return "ever" if entity in spoken else "never"


def _governed(reading: TaggedText, found: Found) -> str:
    """What stands around the mention: a preposition before it, or ``'s`` behind it."""
    after = found.last + 1
    if after < len(reading.lows) and reading.lows[after] in ("'s", "’s", "'", "’") and reading.joined[after]:
        return "owner"
    if found.begin and reading.lows[found.begin - 1] in _PREPOSITIONS:
        return "preposition"
    return "none"


def _gender(discourse: Discourse, entity: Entity, at: int) -> str:
    wanted = {"he": -1, "him": -1, "his": -1, "she": 1, "her": 1}.get(discourse.reading.lows[at], 0)
    if not wanted:
        return "any"
    fit = entity.gender * wanted
    return "sure" if fit >= 1 else "likely" if fit > 0.5 else "unknown" if fit > -0.5 else "wrong"
