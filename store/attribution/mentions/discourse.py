"""What has been said so far: the mentions of a text with their entities, and small questions about their places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from store.attribution.cues.verbs import BASE, CUES, GERUND
from store.attribution.linear_model import choose
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
_BETWEEN = _AUXILIARIES | frozenset(
    [
        *(
            "also",
            "then",
            "later",
            "now",
            "himself",
            "herself",
            "once",
            "again",
            "further",
            "even",
            "just",
            "yesterday",
        ),
        *("today", "tonight", "meanwhile", "earlier", "too", "still", "first", "often", "soon", "already", "recently"),
    ]
)
"""What may stand between a subject and its verb."""
_BE = frozenset(("is", "was", "are", "were", "be", "been", "being"))
_CLOSING = frozenset("\"”’'»")
_OWNERS = words("possessives") | {"'s", "’s"}
_CHAINED = frozenset(("of", "for", "at", "in", "to", "from", "with", "who"))
"""What begins that which belongs to a noun."""

WINDOW = 40
"""Mentions behind a reference that are looked at."""
APPOSED = 22
"""Tokens that an apposition has at most."""
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
    begin: int = 0
    """Where its title begins; ``first`` without one."""
    opens: bool = False
    """Whether it opens its sentence."""
    topic: bool = False
    """Whether it is the first subject of its paragraph outside quotations."""
    share: float = 1.0
    """How sure its entity is."""


class Discourse:
    """The mentions found up to the point of reading, and the entities they mean."""

    def __init__(self, reading: TaggedText, names: Sequence[Name], identities: Identities) -> None:
        self.reading = reading
        self.names = names
        self._name_starts = [name.first for name in names]
        self.entities = identities.entities
        self.of_name = identities.of_name
        self.found: list[Found] = []
        self.speakers: list[int] = []
        """Who was the subject of a verb of saying, outside quotations, in text order."""
        self.spoken: set[int] = set()
        """All of them."""
        self.pick: Callable[[int, Sequence[Any], list[int]], tuple[int, float]] = _best
        """Picks the best of candidates, given the token and their scores; training puts a teacher here."""
        self.pair: tuple[int, tuple[int, int]] | None = None
        """Two people named together ("X and Y"), with their sentence."""
        self._pairs: dict[tuple[int, int], int] = {}
        self._speakers: dict[int, frozenset[int]] = {}
        self._saying: dict[int, tuple[int, int]] = {}
        """By sentence its verb of saying and the entity that says it."""
        self._topical = -1
        """The paragraph whose first subject was found last."""
        self._spoke_at = 0
        """How many mentions there were when somebody spoke last."""

    @property
    def speaker(self) -> int | None:
        """Who last was the subject of a verb of saying, outside quotations."""
        return self.speakers[-1] if self.speakers else None

    def lately(self) -> Sequence[int]:
        """The last speakers, the last one at the end."""
        return self.speakers[-3:]

    def named_since(self, entity: int) -> bool:
        """Whether another person was named as a subject since somebody spoke last."""
        since = self.found[max(self._spoke_at, len(self.found) - WINDOW) :]
        return any(one.subject and one.entity not in (None, entity) and self.is_person(one.entity) for one in since)

    def saying(self, at: int) -> tuple[int, int] | None:
        """The first verb of saying of the sentence that holds the token, so far, and the entity that says it."""
        return self._saying.get(self.reading.sentence[at])

    def inside(self, found: Found) -> str:
        """Whether the mention stands inside what another one says in its sentence: "before" or "behind" the verb."""
        saying = self.saying(found.first)
        if saying is None or saying[1] == found.entity:
            return "none"
        return "behind" if saying[0] < found.first else "before"

    def add(
        self,
        first: int,
        last: int,
        kind: MentionKind,
        entity: int | None,
        members: tuple[int, ...] = (),
        begin: int | None = None,
        share: float = 1.0,
    ) -> None:
        """Record a mention over ``first`` to ``last``; ``begin`` is where its title begins, when it has one."""
        reading = self.reading
        begin = first if begin is None else begin
        subject = is_subject(reading, begin, last) or self._is_called(begin, last)
        sentence = reading.sentence[first]
        opens = not begin or reading.sentence[begin - 1] != sentence
        told = reading.quotation[first] < 0
        topic = told and subject and entity is not None and reading.paragraphs[sentence] != self._topical
        if topic:
            self._topical = reading.paragraphs[sentence]
        self.found.append(Found(first, last, kind, entity, subject, members, begin, opens, topic, share))
        if entity is None:
            return
        if subject and told:
            self._note_speaker(begin, last, entity)
        mention = reading.starts[first], reading.ends[last], kind
        self.entities[entity].mentions.append(mention)
        for number in members:
            self.entities[number].mentions.append(mention)

    def _is_called(self, begin: int, last: int) -> bool:
        """Whether a verb of saying follows, and before stands the noun that it is called by: "Board analyst X said"."""
        reading = self.reading
        if not begin or _verb_behind(reading, last + 1) < 0:
            return False
        before = begin - 1
        return reading.texts[before] == ")" or (
            reading.texts[before][0].isalpha()
            and not reading.flags[before] & FUNCTION
            and reading.lows[before] not in CUES
            and reading.lows[before] not in _CLAUSE_OPENERS
            and reading.lows[before] not in ("'s", "’s")
        )

    def _note_speaker(self, begin: int, last: int, entity: int) -> None:
        """Keep who says something in the sentence; of an apposition to a subject the subject says it."""
        verb = self._verb_of(begin, last)
        if verb < 0:
            return
        sentence = self.reading.sentence[begin]
        if self._saying.get(sentence, (-1, -1))[0] == verb:
            return
        self._saying.setdefault(sentence, (verb, entity))
        self.speakers.append(entity)
        self.spoken.add(entity)
        self._spoke_at = len(self.found)

    def is_person(self, entity: int | None) -> bool:
        return entity is not None and self.entities[entity].kind is A_PERSON

    def behind(self, at: int) -> Iterator[tuple[Found, int, Entity]]:
        """Mentions behind the token, the nearest first, each with its distance in sentences and its entity."""
        sentence, entities = self.reading.sentence, self.entities
        told = self.reading.told if self.reading.quotation[at] < 0 else None
        here = sentence[at] if told is None else told[sentence[at]]
        for found in reversed(self.found[-WINDOW:]):
            where = sentence[found.first]
            distance = here - (where if told is None else told[where])
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

    def says(self, first: int, last: int) -> bool:
        """Whether the tokens, outside quotations, are the subject of a verb of saying."""
        if self.reading.quotation[first] >= 0:
            return False
        return self._verb_of(first, last) >= 0 or self._verb_behind_chain(first, last)

    def _verb_behind_chain(self, first: int, last: int) -> bool:
        """The same for a noun that more belongs to: "the director for surveys said", "said the woman who"."""
        reading = self.reading
        if last + 1 >= len(reading.lows) or reading.lows[last + 1] not in _CHAINED:
            return False
        if first > 0 and reading.lows[first - 1] in CUES:
            return True
        for at in range(last + 2, min(last + 12, len(reading.lows))):
            if reading.sentence[at] != reading.sentence[last] or not reading.texts[at][0].isalnum():
                return False
            if reading.lows[at] in CUES:
                return True
        return False

    def beside_cue(self, first: int, last: int) -> bool:
        """Whether a verb of saying stands right before or behind the tokens."""
        lows = self.reading.lows
        return (first > 0 and lows[first - 1] in CUES) or (last + 1 < len(lows) and lows[last + 1] in CUES)

    def _verb_of(self, first: int, last: int) -> int:
        """The verb of saying whose subject the tokens are, -1 without one.

        It follows, with small words between ("has also said") or behind an apposition ("X, a doctor, said"; of an
        apposition itself the verb is taken already), or it stands before it turned round: "…, said X."
        """
        reading, after = self.reading, last + 1
        verb = _verb_behind(reading, after)
        if verb < 0 and after < len(reading.lows) and reading.lows[after] in (",", "("):
            verb = _verb_behind_apposition(reading, after)
        if verb >= 0 or not first or reading.lows[first - 1] not in CUES:
            return verb
        if first > 1 and (reading.quotation[first - 2] >= 0 or reading.texts[first - 2] in _CLOSING):
            return first - 1
        return first - 1 if after == len(reading.lows) or not reading.texts[after][0].isalpha() else -1

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


def _best(_at: int, _candidates: Sequence[Any], scores: list[int]) -> tuple[int, float]:
    return choose(scores)


def _verb_behind(reading: TaggedText, after: int) -> int:
    """The finite verb of saying at token ``after``, or behind a few auxiliaries and adverbs there; -1 without one.

    Who "was told" or is "told to" do something says nothing.
    """
    lows = reading.lows
    passive = False
    for at in range(after, min(after + 4, len(lows))):
        low = lows[at]
        if low in CUES and reading.texts[at][0].islower():
            return -1 if passive or not _speaks_so(reading, at) else at
        if low not in _BETWEEN and not low.endswith("ly"):
            return -1
        passive = passive or low in _BE
    return -1


def _speaks_so(reading: TaggedText, verb: int) -> bool:
    """Whether the form may be the verb of what stands before it: not "their promise", "X saying", "X told to"."""
    tense = CUES[reading.lows[verb]].tense
    if tense == GERUND or (tense == BASE and reading.flags[verb - 1] & FUNCTION and reading.lows[verb - 1] in _OWNERS):
        return False
    return not (reading.lows[verb] in ("told", "urged") and reading.lows[verb + 1 : verb + 2] == ["to"])


def _verb_behind_apposition(reading: TaggedText, comma: int) -> int:
    """The verb of saying behind the comma or bracket that ends what the one at ``comma`` opens; -1 without one."""
    texts, sentence = reading.texts, reading.sentence
    closing = ")" if texts[comma] == "(" else ","
    if closing == "," and (verb := _verb_behind(reading, comma + 1)) >= 0:
        return verb
    for at in range(comma + 2, min(comma + APPOSED, len(texts) - 1)):
        if sentence[at] != sentence[comma] or reading.quotation[at] >= 0:
            return -1
        if texts[at] == closing and (verb := _verb_behind(reading, at + 1)) >= 0:
            return verb
    return -1
