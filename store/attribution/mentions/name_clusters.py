"""Which names are one person: full names by surname and given name, then surnames, given names and nicknames alone.

Names of several words come first, over the whole text, so that a headline's surname finds the full name below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from store.attribution.cues.verbs import CUES
from store.attribution.mentions.name_model import Facts, is_person_alone
from store.attribution.mentions.name_shapes import is_made_adjective
from store.attribution.mentions.name_similarity import (
    given_gender,
    is_mere_word,
    key_of,
    last_of,
    person_signs,
    same_person,
)
from store.attribution.mentions.names import OTHER, PERSON, SINGLE, Name
from store.attribution.tokens.tagged import TaggedText
from store.attribution.tokens.word_classes import (
    CALENDAR,
    COMMON,
    FEMALE,
    FEMALE_HONORIFIC,
    FEMALE_NOUN,
    FUNCTION,
    GIVEN,
    HONORIFIC,
    KNOWN,
    MALE,
    MALE_HONORIFIC,
    MALE_NOUN,
    NATION,
    ORGANISATION,
    PARTICLES,
    PLACE,
    ROLE,
    SUFFIXES,
    SURNAME,
    THING,
    TITLE,
    nicknames,
    word_classes,
    words,
)
from store.models import MentionKind, SpeakerKind

# Looking a member up in its class takes as long as ten comparisons, and these are compared by the thousand.
A_BODY = SpeakerKind.ORGANISATION
A_GROUP = SpeakerKind.GROUP
A_PERSON = SpeakerKind.PERSON

_PLACES_FOLLOW = words("places follow")
_SAINTS = words("saints")
_STYLES = words("styles before given names")

NAMESAKES = 60
"""People of one surname or given name among whom a name is looked for, so that a list of thousands takes its time."""


class Described(NamedTuple):
    """A role of somebody as it is shown, and how well it tells who that is."""

    wording: str
    weight: float


@dataclass(slots=True)
class Entity:
    """Somebody or something that may speak, while the text is being resolved."""

    kind: SpeakerKind
    name: str
    words: tuple[str, ...] = ()
    gender: float = 0.0
    """Above 0 a woman, below 0 a man; the size is how sure."""
    plural: bool = False
    heads: set[str] = field(default_factory=set)
    """Nouns used for it: "secretary", "boy", "foreign minister"."""
    forms: dict[str, int] = field(default_factory=dict)
    """How often it is printed in each form."""
    mentions: list[tuple[int, int, MentionKind]] = field(default_factory=list)
    roles: list[Described] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    honorifics: int = 0
    """Flags of the honorifics it was named with."""
    bare: int = 0
    """How often its surname stood alone."""

    @property
    def woman(self) -> bool:
        return self.gender > 0.5

    @property
    def man(self) -> bool:
        return self.gender < -0.5


@dataclass(slots=True)
class Identities:
    """The named entities of a text, and for each name the number of its entity (None for what names nobody)."""

    entities: list[Entity]
    of_name: list[int | None]


def identify(
    reading: TaggedText, names: Sequence[Name], facts: Facts, known: Iterable[Sequence[str]] = ()
) -> Identities:
    """Join the names of the text into entities; ``known`` are full names that stand elsewhere (a headline)."""
    register = _Register(reading, names, facts)
    for number, name in enumerate(names):
        if name.kind == PERSON:
            register.full_name(number, name)
    for full_name in known:
        register.person(full_name)
    singles = [(number, name) for number, name in enumerate(names) if name.kind == SINGLE]
    register.weigh(singles)
    for number, name in enumerate(names):
        if name.kind == SINGLE:
            register.single(number, name)
        elif name.kind == OTHER:
            register.other(number, name)
    return Identities(register.entities, register.of_name)


class _Register:
    def __init__(self, reading: TaggedText, names: Sequence[Name], facts: Facts) -> None:
        self.reading = reading
        self.facts = facts
        self.names = names
        self.entities: list[Entity] = []
        self.of_name: list[int | None] = [None] * len(names)
        self.by_last: dict[str, list[int]] = {}
        self.by_first: dict[str, list[int]] = {}
        self.by_form: dict[str, int] = {}
        self.evidence: dict[str, float] = {}
        self.places: dict[str, list[tuple[int, int]]] = {}
        """Where each single word without a title stands."""
        self.judged: dict[str, bool] = {}
        self.counts: Counter[str] = Counter()
        """How often each single word stands for a name."""

    # -- names of several words

    def full_name(self, number: int, name: Name) -> None:
        self._mention(number, name, self.person(name.words))

    def person(self, name: Sequence[str]) -> int:
        """The person of that full name, new or known."""
        words = tuple(map(key_of, name))
        form = " ".join(words)
        found = self.by_form.get(form)
        if found is None:
            found = self._same_person(words)
        if found is None:
            found = self._new(Entity(A_PERSON, " ".join(name), words))
            self.by_last.setdefault(last_of(words), []).append(found)
            self.by_first.setdefault(words[0], []).append(found)
        self.by_form.setdefault(form, found)
        entity = self.entities[found]
        if len(words) > len(entity.words):
            entity.words = words
        return found

    def _same_person(self, words: tuple[str, ...]) -> int | None:
        last = last_of(words)
        for candidate in reversed(self.by_last.get(last, ())[-NAMESAKES:]):
            if same_person(self.entities[candidate].words, words):
                return candidate
        return None

    def _new(self, entity: Entity) -> int:
        self.entities.append(entity)
        return len(self.entities) - 1

    def _mention(self, number: int, name: Name, entity_number: int) -> None:
        reading = self.reading
        entity = self.entities[entity_number]
        self.of_name[number] = entity_number
        form = shown(reading, name)
        entity.forms[form] = entity.forms.get(form, 0) + 1
        if entity.kind is not A_PERSON:
            return
        flags = reading.flags[name.title : name.first] if name.title >= 0 else ()
        for flag in flags:
            if flag & HONORIFIC:
                entity.honorifics |= flag & (MALE_HONORIFIC | FEMALE_HONORIFIC)
        entity.gender = _gender(entity, flags)
        if name.kind == SINGLE and last_of(entity.words) == key_of(name.words[-1]):
            entity.bare += 1

    # -- single words

    def weigh(self, singles: Sequence[tuple[int, Name]]) -> None:
        """For each single word gather over the whole text how much it looks like a person."""
        for _, name in singles:
            key = key_of(name.words[-1])
            self.counts[key] += 1
            if name.title < 0:
                self.evidence[key] = self.evidence.get(key, 0.0) + person_signs(self.reading, name)
                self.places.setdefault(key, []).append((name.first, name.last))

    def single(self, number: int, name: Name) -> None:
        key = key_of(name.words[-1])
        flags = self.reading.flags[name.last]
        person = self._person_called(name, key, flags)
        if person is None:
            person = self._relative(number, name, flags)
        if person is None and self._is_new_person(name, key, flags):
            namesakes = self.by_last.setdefault(key, [])
            styled = bool(namesakes) and name.title >= 0 and self.reading.lows[name.first - 1] in _STYLES
            style = (self.reading.texts[name.first - 1],) if styled else ()
            person = self._new(Entity(A_PERSON, shown_words((*style, *name.words)), (key,)))
            namesakes.append(person)
        if person is not None:
            self._mention(number, name, person)
            return
        if flags & (CALENDAR | FUNCTION | ROLE | TITLE) or (
            flags & COMMON and self.reading.is_initial(name.first) and not flags & (PLACE | KNOWN | NATION)
        ):
            return
        if (flags & NATION and not key.endswith("s")) or is_mere_word(self.reading, name, self.counts[key]):
            return
        self._organisation(number, name, key)

    def _person_called(self, name: Name, key: str, flags: int) -> int | None:
        """The person already known that a single word means, if any."""
        titled = name.title >= 0
        if not titled and self._is_elsewhere(name, flags):
            return None
        gender = self._gender_of_title(name)
        candidates = [at for at in self.by_last.get(key, ())[:NAMESAKES] if self._fits(at, gender)]
        if candidates:
            return self._most_likely(candidates, gender)
        if titled and gender and not flags & GIVEN and not self._is_style(name):
            return None
        candidates = [at for at in self.by_first.get(key, ())[:NAMESAKES] if self._fits(at, gender)]
        if not candidates and flags & GIVEN:
            candidates = [
                at for short in sorted(nicknames().get(key, ())) for at in self.by_first.get(short, ())[:NAMESAKES]
            ]
        if not candidates or (flags & (PLACE | NATION | KNOWN) and not flags & GIVEN):
            return None
        return candidates[0] if len(candidates) == 1 else max(candidates, key=lambda at: (self._count(at), -at))

    def _is_style(self, name: Name) -> bool:
        """Whether the title before the name stands before given names: "Sir Digby"."""
        return self.reading.lows[name.first - 1] in _STYLES

    def _relative(self, number: int, name: Name, flags: int) -> int | None:
        """For "Tove" in "Tove and Nils Ekdahl" the person of that given name and the surname that follows."""
        if not flags & GIVEN or flags & (SURNAME | COMMON | PLACE | KNOWN | NATION) or number + 1 == len(self.names):
            return None
        other = self.names[number + 1]
        if other.kind != PERSON or other.title >= 0 or other.first - name.last != 2:
            return None
        if self.reading.lows[name.last + 1] not in ("and", "&") or not self.reading.joined[other.first]:
            return None
        if name.first > 1 and self.reading.texts[name.first - 1] == "," and self.reading.capital[name.first - 2]:
            return None
        begins = next((at for at, word in enumerate(other.words) if at and word.lower() in PARTICLES), -1)
        if begins < 0:
            begins = len(other.words) - (2 if other.words[-1].lower() in SUFFIXES and len(other.words) > 2 else 1)
        return self.person((*name.words, *other.words[begins:]))

    def _is_elsewhere(self, name: Name, flags: int) -> bool:
        """Whether the word is here a place, a month or a people although somebody has it as a name."""
        reading = self.reading
        before = reading.lows[name.first - 1] if name.first else ""
        if flags & (PLACE | CALENDAR) and not self.by_last.get(key_of(name.words[-1])):
            return True
        if flags & (PLACE | CALENDAR | KNOWN):
            return before in _PLACES_FOLLOW or before in ("of", "the") or (flags & CALENDAR and self._dated(name)) > 0
        if flags & COMMON and not flags & GIVEN and reading.is_initial(name.first):
            following = reading.lows[name.last + 1] if name.last + 1 < len(reading.lows) else ""
            return following not in CUES and following not in (
                "'s",
                "’s",
                "and",
                "has",
                "is",
                "was",
                "had",
                ",",
                "will",
                "would",
            )
        return before in ("the", "a", "an") and bool(flags & (NATION | COMMON))

    def _dated(self, name: Name) -> bool:
        texts = self.reading.texts
        return name.last + 1 < len(texts) and texts[name.last + 1][0].isdigit()

    def _gender_of_title(self, name: Name) -> int:
        """1 for Mrs., -1 for Mr., 0 when the title does not say."""
        if name.title < 0:
            return 0
        for at in range(name.title, name.first):
            flags = self.reading.flags[at]
            if flags & FEMALE_HONORIFIC:
                return 1
            if flags & MALE_HONORIFIC:
                return -1
        return 0

    def _fits(self, at: int, gender: int) -> bool:
        entity = self.entities[at]
        if not gender:
            return True
        given = given_gender(entity.words)
        if entity.honorifics & (MALE_HONORIFIC if gender > 0 else FEMALE_HONORIFIC):
            return False
        return given * gender >= 0 or bool(entity.honorifics & (FEMALE_HONORIFIC if gender > 0 else MALE_HONORIFIC))

    def _most_likely(self, candidates: Sequence[int], gender: int) -> int:
        """Of several people with one surname the one named most; with Mr. or Mrs. the one that fits best."""
        if len(candidates) == 1:
            return candidates[0]
        if gender:
            wanted = FEMALE_HONORIFIC if gender > 0 else MALE_HONORIFIC
            sure = [
                at
                for at in candidates
                if self.entities[at].honorifics & wanted or given_gender(self.entities[at].words) * gender > 0
            ]
            candidates = sure or candidates
        return max(candidates, key=lambda at: (self._count(at), -at))

    def _count(self, at: int) -> int:
        return sum(self.entities[at].forms.values())

    def _is_new_person(self, name: Name, key: str, flags: int) -> bool:
        """Whether a single word that belongs to no full name is a person all the same."""
        if name.title >= 0:
            return self._named_by_title(name, flags)
        if flags & (CALENDAR | FUNCTION) and not flags & (SURNAME | GIVEN):
            return False
        if key not in self.judged:
            places, signs = self.places[key], self.evidence[key]
            self.judged[key] = is_person_alone(self.reading, places, signs, self.facts)
        return self.judged[key]

    def _named_by_title(self, name: Name, flags: int) -> bool:
        if self.reading.lows[name.title] in _SAINTS:
            return False
        if flags & (CALENDAR | FUNCTION) and not flags & (SURNAME | GIVEN):
            return False
        if flags & (ORGANISATION | THING | KNOWN) and not flags & (SURNAME | GIVEN):
            return False
        last = self.reading.flags[name.first - 1]
        if flags & COMMON and not flags & (SURNAME | GIVEN) and self.reading.lows[name.title] == "miss":
            return False
        if is_made_adjective(name.words[-1]):
            return False
        honoured = bool(last & HONORIFIC) or self.reading.texts[name.first - 1] == "."
        return honoured or not flags & (ROLE | TITLE | COMMON | PLACE | NATION) or bool(flags & (SURNAME | GIVEN))

    # -- everything else

    def other(self, number: int, name: Name) -> None:
        words = tuple(map(key_of, name.words))
        person = self.by_form.get(" ".join(words))
        if (
            person is None
            and 2 <= len(words) <= 4
            and not self.reading.flags[name.last] & (ORGANISATION | THING | TITLE | ROLE)
        ):
            person = self._same_person(words)
        if person is not None and self.entities[person].kind is A_PERSON:
            self._mention(number, name, person)
            return
        if self.reading.flags[name.last] & (ROLE | TITLE | CALENDAR):
            return
        self._organisation(number, name, " ".join(words))

    def _organisation(self, number: int, name: Name, form: str) -> None:
        """An organisation, place or thing: one entity for each wording."""
        key = f"={form}"
        found = self.by_form.get(key)
        if found is None:
            flags = self.reading.flags[name.last]
            group = bool(flags & NATION) and form.endswith("s")
            kind = A_GROUP if group else A_BODY
            found = self._new(Entity(kind, shown(self.reading, name), words=(form,), plural=group))
            self.by_form[key] = found
        self._mention(number, name, found)


def _gender(entity: Entity, title: Sequence[int]) -> float:
    """What title, honorific and given name say together."""
    if entity.honorifics & FEMALE_HONORIFIC:
        return 2.0
    if entity.honorifics & MALE_HONORIFIC:
        return -2.0
    for flags in title:
        if flags & FEMALE_NOUN:
            return 2.0
        if flags & MALE_NOUN:
            return -2.0
    if abs(entity.gender) > 1:
        return entity.gender
    if len(entity.words) == 1:
        flags = word_classes().get(entity.words[0], 0) & GIVEN
        return {FEMALE: 1.0, MALE: -1.0}.get(flags, 0.0)
    return given_gender(entity.words)


def shown(reading: TaggedText, name: Name) -> str:
    """The name as printed, on one line, without a full stop of its own at the end unless it is a suffix's."""
    if name.first == name.last:
        return reading.texts[name.first]
    return " ".join(reading.span(name.first, name.last).split())


def shown_words(words: Sequence[str]) -> str:
    """A surname alone; one in capitals only ("TRUMP") becomes capitalised."""
    return " ".join(word.title() if word.isupper() and len(word) > 3 else word for word in words)
