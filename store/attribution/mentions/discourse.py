"""What has been said so far: the mentions of a text with their entities, and small questions about their places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.attribution.cues.verbs import CUES
from store.attribution.mentions.name_clusters import Entity, Identities
from store.attribution.mentions.names import Name
from store.attribution.tokens.tagged import TaggedText
from store.attribution.tokens.word_classes import FUNCTION, words
from store.models import MentionKind, SpeakerKind

# Looking a member up in its class takes as long as ten comparisons, and these are compared by the thousand.
A_GROUP = SpeakerKind.GROUP
A_PERSON = SpeakerKind.PERSON

_CLAUSE_OPENERS = words("clause openers")
_AUXILIARIES = words("auxiliaries")

WINDOW = 30
"""Mentions behind a reference that are looked at."""
FAR = 5
"""Sentences behind a pronoun that are looked at."""


@dataclass(slots=True, eq=False)
class Found:
    """One mention with its entity: tokens ``first`` to ``last``, both included."""

    first: int
    last: int
    kind: MentionKind
    entity: int | None
    subject: bool = False
    members: tuple[int, ...] = ()


class Discourse:
    """The mentions found up to the point of reading, and the entities they mean."""

    def __init__(self, reading: TaggedText, names: Sequence[Name], identities: Identities) -> None:
        self.reading = reading
        self.names = names
        self._name_starts = [name.first for name in names]
        self.entities = identities.entities
        self.of_name = identities.of_name
        self.found: list[Found] = []
        self.speaker: int | None = None
        """Who last was the subject of a verb of saying, outside quotations."""
        self.pair: tuple[int, tuple[int, int]] | None = None
        """Two people named together ("X and Y"), with their sentence."""
        self._pairs: dict[tuple[int, int], int] = {}
        self._speakers: dict[int, frozenset[int]] = {}

    def add(
        self,
        first: int,
        last: int,
        kind: MentionKind,
        entity: int | None,
        members: tuple[int, ...] = (),
        begin: int | None = None,
    ) -> None:
        """Record a mention over ``first`` to ``last``; ``begin`` is where its title begins, when it has one."""
        reading = self.reading
        begin = first if begin is None else begin
        subject = is_subject(reading, begin, last)
        self.found.append(Found(first, last, kind, entity, subject, members))
        if entity is None:
            return
        if subject and reading.quotation[first] < 0 and self._speaks(begin, last):
            self.speaker = entity
        mention = reading.starts[first], reading.ends[last], kind
        self.entities[entity].mentions.append(mention)
        for number in members:
            self.entities[number].mentions.append(mention)

    def is_person(self, entity: int | None) -> bool:
        return entity is not None and self.entities[entity].kind is A_PERSON

    def behind(self, at: int) -> Iterator[tuple[Found, int, Entity]]:
        """Mentions behind the token, the nearest first, each with its distance in sentences and its entity."""
        sentence, entities = self.reading.sentence, self.entities
        here = sentence[at]
        for found in reversed(self.found[-WINDOW:]):
            distance = here - sentence[found.first]
            if distance > FAR:
                return
            if found.entity is not None:
                yield found, distance, entities[found.entity]

    def pair_entity(self, members: tuple[int, int]) -> int:
        """The entity of two people together."""
        at = self._pairs.get(members)
        if at is None:
            first, second = (self.entities[member].name for member in members)
            self.entities.append(Entity(A_GROUP, f"{first} and {second}", plural=True))
            at = self._pairs[members] = len(self.entities) - 1
        return at

    def recent_pair(self) -> tuple[int, int] | None:
        """The two people last named together, or the only two of the nearest sentence that names two."""
        if not self.found:
            return None
        sentence = self.reading.sentence
        here = sentence[self.found[-1].last]
        if self.pair is not None and here - self.pair[0] <= 3:
            return self.pair[1]
        people: list[int] = []
        nearest = -1
        for found in reversed(self.found[-WINDOW:]):
            where = sentence[found.first]
            if here - where > 2 or (len(people) >= 2 and where != nearest):
                break
            if found.entity is not None and self.is_person(found.entity) and found.entity not in people:
                people.append(found.entity)
                nearest = where
        return (people[1], people[0]) if len(people) == 2 else None

    def names_between(self, first: int, last: int) -> Iterator[tuple[Name, int | None]]:
        """The names that begin in ``[first, last]`` with their entities, found by bisection."""
        at = bisect_left(self._name_starts, first)
        while at < len(self.names) and self.names[at].first <= last:
            yield self.names[at], self.of_name[at]
            at += 1

    def beside_cue(self, first: int, last: int) -> bool:
        """Whether a verb of saying stands right before or behind the tokens."""
        lows = self.reading.lows
        return (first > 0 and lows[first - 1] in CUES) or (last + 1 < len(lows) and lows[last + 1] in CUES)

    def _speaks(self, first: int, last: int) -> bool:
        """Whether a verb of saying follows, or stands before it turned round: "…, said Smith."."""
        lows, after = self.reading.lows, last + 1
        if after < len(lows) and lows[after] in CUES:
            return True
        turned = first > 0 and lows[first - 1] in CUES
        return turned and (after == len(lows) or not self.reading.texts[after][0].isalpha())

    def speakers_of(self, quotation: int, at: int) -> frozenset[int]:
        """The people beside a verb of saying next to the quotation around ``at``: "he" inside it is not them."""
        known = self._speakers.get(quotation)
        if known is None:
            known = self._speakers[quotation] = frozenset(self._find_speakers(quotation, at))
        return known

    def _find_speakers(self, quotation: int, at: int) -> Iterator[int]:
        inside = self.reading.quotation
        first = last = at
        while first > 0 and inside[first - 1] == quotation:
            first -= 1
        while last + 1 < len(inside) and inside[last + 1] == quotation:
            last += 1
        for found in reversed(self.found[-WINDOW:]):
            if found.last < first - 12:
                break
            if found.entity is not None and found.last < first and self.beside_cue(found.first, found.last):
                yield found.entity
        for name, entity in self.names_between(last + 1, last + 9):
            if entity is not None and self.beside_cue(name.first, name.last):
                yield entity


def is_subject(reading: TaggedText, first: int, last: int) -> bool:
    """Whether the phrase looks like the subject of a clause: nothing governs it and a verb follows, or "said X"."""
    if not first or reading.sentence[first - 1] != reading.sentence[first]:
        return True
    lows = reading.lows
    before, after = lows[first - 1], last + 1
    if before == "for" and first > 1 and lows[first - 2] == "as":
        return True
    if after == len(lows):
        return False
    if before in CUES:
        return not reading.texts[after][0].isalpha() or is_verb(reading, after)
    return before in _CLAUSE_OPENERS and (is_verb(reading, after) or (before == "," and lows[after] == "and"))


def is_verb(reading: TaggedText, at: int) -> bool:
    """Whether the word after a subject looks like its verb (or is a comma before an apposition)."""
    low = reading.lows[at]
    if low == "," or low in _AUXILIARIES or low in CUES:
        return True
    ends = low.endswith("ed") or (low.endswith("s") and not reading.flags[at] & FUNCTION)
    return ends and reading.texts[at][0].islower()
