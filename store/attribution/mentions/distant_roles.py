"""Roles told at some distance from the name: "Anna Roe … The Leeds striker …", "A teacher has … Tom Low, 52, …".

A reader understands such a phrase as the person who was the subject just before, or who is named as the subject just
after the phrase has opened the article. The phrase only describes; who says what does not depend on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.attribution.mentions.discourse import Found
from store.attribution.mentions.name_clusters import Described, Entity
from store.attribution.mentions.role_phrases import begin_of, end_of, head_after, is_head, is_heads
from store.attribution.mentions.roles import Role, is_office, noun_of, wording
from store.attribution.tokens.tagged import TaggedText
from store.attribution.tokens.word_classes import FEMALE_NOUN, MALE_NOUN, word_classes, words
from store.models import MentionKind, SpeakerKind

A_NAME = MentionKind.NAME
A_NOMINAL = MentionKind.NOMINAL
A_PERSON = SpeakerKind.PERSON

_NOT_CALLINGS = words("not callings")
_KIN = words("kin")
_SPEAK_FOR_OTHERS = words("speak for others")

BACK = 2
"""Sentences between a subject and the phrase that takes it up."""
AHEAD = 3
"""Sentences between a phrase that opens an article and the name."""
OPENING = 5
"""Sentences that open an article."""
WEIGHT = 1.5
"""What a distant role is worth: more than kinship, less than a role beside the name."""


@dataclass(slots=True)
class _Waiting:
    """A phrase that opens the article and whose person has not been named yet."""

    role: Role
    sentence: int
    gender: int


def add_distant_roles(reading: TaggedText, entities: Sequence[Entity], found: Sequence[Found]) -> None:
    """Add to the entities the roles that phrases elsewhere tell; ``found`` are all mentions in text order."""
    covered = {
        at
        for item in found
        if item.kind is A_NAME and item.entity is not None and entities[item.entity].kind is A_PERSON
        for at in range(item.first, item.last + 1)
    }
    subject: tuple[int, int] | None = None
    waiting: _Waiting | None = None
    seen: set[int] = set()
    for item in _with_openings(reading, found, covered):
        sentence = reading.sentence[item.first]
        if reading.quotation[item.first] >= 0:
            continue
        is_person = item.entity is not None and entities[item.entity].kind is A_PERSON
        if item.kind is A_NAME and item.entity is not None and is_person:
            entity = entities[item.entity]
            if waiting is not None and item.subject and item.entity not in seen and sentence > waiting.sentence:
                if sentence - waiting.sentence <= AHEAD and _suits(entity, waiting.gender):
                    _tell(reading, entity, waiting.role)
                waiting = None
            seen.add(item.entity)
            if item.subject:
                subject = item.entity, sentence
        elif item.kind is A_NOMINAL and (role := _role(reading, item, covered)) is not None:
            gender = _gender(reading, role)
            low = reading.lows[role.first]
            opens = sentence < OPENING and waiting is None and reading.is_initial(role.first)
            if low not in ("the", "his", "her", "their", "its"):
                waiting = _Waiting(role, sentence, gender) if opens else waiting
            elif low == "the" and role.head - role.first > 1:
                at = (
                    item.entity if is_person else subject[0] if subject and 0 <= sentence - subject[1] <= BACK else None
                )
                if at is not None and (is_person or item.subject) and _suits(entities[at], gender):
                    _tell(reading, entities[at], role)


def _with_openings(reading: TaggedText, found: Sequence[Found], covered: set[int]) -> list[Found]:
    """The mentions, and the phrases with an article that begin a sentence and whose noun no list of mentions has."""
    heads = {item.last for item in found if item.kind is A_NOMINAL}
    begins = [
        at
        for at, low in enumerate(reading.lows)
        if low in ("a", "an", "the") and not reading.joined[at] and at not in covered
    ]
    more: list[Found] = []
    for at in begins:
        head = head_after(reading, at, covered)
        if head is not None and head not in heads:
            more.append(Found(at, head, A_NOMINAL, None, subject=True))
    return sorted([*found, *more], key=lambda item: item.first) if more else list(found)


def _role(reading: TaggedText, item: Found, covered: set[int]) -> Role | None:
    head = item.last
    if not is_head(reading, head) or is_heads(reading, head) or head in covered:
        return None
    if (
        head + 1 < len(reading.texts)
        and reading.joined[head + 1]
        and (reading.capital[head + 1] or head + 1 in covered)
    ):
        return None
    role = Role(begin_of(reading, head, covered), head, head=head)
    if reading.lows[head] in _NOT_CALLINGS or reading.lows[head] in _KIN or reading.lows[head] in _SPEAK_FOR_OTHERS:
        return None
    if head + 1 < len(reading.texts) and reading.lows[head + 1] == "of":
        role = role._replace(last=end_of(reading, role.first, head, covered))
    return role if is_office(reading, role) else None


def _tell(reading: TaggedText, entity: Entity, role: Role) -> None:
    entity.roles.append(Described(wording(reading, role), WEIGHT))


def _gender(reading: TaggedText, role: Role) -> int:
    flags = word_classes().get(noun_of(reading, role), 0)
    return 1 if flags & FEMALE_NOUN else -1 if flags & MALE_NOUN else 0


def _suits(entity: Entity, gender: int) -> bool:
    """Whether no role beside the name tells already who it is, and the genders agree."""
    if any(role.weight > WEIGHT for role in entity.roles):
        return False
    return not (gender > 0 and entity.man) and not (gender < 0 and entity.woman)
