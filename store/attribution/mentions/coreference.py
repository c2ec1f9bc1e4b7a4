"""Who is meant by "the secretary", "his wife", "officials": the mentions of a text, resolved in text order.

Phrases in apposition to a name ("X, the prosecutor,") are linked first, over the whole text; then names, noun
phrases and pronouns are read from the beginning to the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from store.attribution.cues.verbs import CUES
from store.attribution.lexicon import lines
from store.attribution.mentions import roles
from store.attribution.mentions.antecedents import NOBODY, Candidate, Meaning, choose_antecedent
from store.attribution.mentions.discourse import FAR, WINDOW, Discourse, Found, is_verb
from store.attribution.mentions.name_clusters import Described, Entity, Identities
from store.attribution.mentions.names import Name
from store.attribution.mentions.nominals import Nominal
from store.attribution.mentions.pronouns import HALF_SURE, PRONOUNS, meaning, named_body
from store.attribution.tokens.tagged import TaggedText
from store.attribution.tokens.word_classes import CALENDAR, COLLECTIVE, FUNCTION, RELATION, words
from store.models import MentionKind, SpeakerKind

# Looking a member up in its class takes as long as ten comparisons, and these are compared by the thousand.
A_BODY = SpeakerKind.ORGANISATION
A_GROUP = SpeakerKind.GROUP
A_NAME = MentionKind.NAME
A_NOMINAL = MentionKind.NOMINAL
A_PRONOUN = MentionKind.PRONOUN

_CHILDREN = words("children")
_SPEAK_FOR_OTHERS = words("speak for others")
_ANYBODY = words("anybody")
_ANY_BODY = words("any body")

_INVERSE = {
    "father": ("son", "daughter", "child"),
    "mother": ("son", "daughter", "child"),
    "son": ("father", "mother"),
    "daughter": ("father", "mother"),
    "wife": ("husband",),
    "husband": ("wife",),
    "brother": ("brother", "sister"),
    "sister": ("brother", "sister"),
}
"""What somebody is to his father, her husband …"""


_NAME, _NOMINAL, _PRONOUN = range(3)
"""Kinds of mentions, in the order in which they are read where they stand together."""


def resolve(
    reading: TaggedText, names: Sequence[Name], identities: Identities, nominals: Sequence[Nominal]
) -> list[Found]:
    """All mentions in text order; entities for unnamed speakers are added to ``identities``."""
    return Resolver(Discourse(reading, names, identities), nominals).run()


@cache
def _same_nouns() -> dict[str, tuple[frozenset[str], ...]]:
    """For each noun the sets of nouns that may mean the same person."""
    sets = [frozenset(word.replace("_", " ") for word in line.split()) for line in lines("same_nouns.txt")]
    return {noun: tuple(other for other in sets if noun in other) for one in sets for noun in one}


class Resolver:
    """Reads the mentions of a text in order and tells whom each of them means."""

    def __init__(self, discourse: Discourse, nominals: Sequence[Nominal]) -> None:
        self.discourse = discourse
        self.reading = discourse.reading
        self.entities = discourse.entities
        self.nominals = nominals
        self.linked: dict[int, int] = {}
        """Noun phrases (by number) that stand in apposition to a name, and its entity."""
        self.by_phrase: dict[str, int] = {}
        self.last_by_noun: dict[str, int] = {}
        self.organisations: dict[str, int] = {}
        """Named organisations by the last word of their names."""
        self.early: dict[int, Meaning] = {}
        """Possessive pronouns that were resolved with the phrase they begin."""
        self.kin: dict[tuple[int, str], int] = {}
        """Somebody's wife, son, lawyer: by the owner's entity and the noun."""
        self.begins: dict[int, int] = {}
        """For a name (by number) with a role before it the token at which the role begins."""
        self.name_at = {name.last: entity for name, entity in zip(discourse.names, discourse.of_name, strict=True)}

    def run(self) -> list[Found]:
        self._link_roles()
        for first, upto, kind, number in self._events():
            if kind == _NAME:
                self._name(first, -upto, number)
            elif kind == _NOMINAL:
                self._nominal(number)
            else:
                self._pronoun(first)
        return self.discourse.found

    # -- order

    def _events(self) -> list[tuple[int, int, int, int]]:
        """The names, noun phrases and pronouns: first token, last token below zero, kind and number.

        So they sort in the order of reading: of those that begin together the longest comes first.
        """
        reading = self.reading
        names, of_name = self.discourse.names, self.discourse.of_name
        events = [
            (name.first, -name.last, _NAME, number)
            for number, name in enumerate(names)
            if of_name[number] is not None or not reading.flags[name.first] & (CALENDAR | FUNCTION)
        ]
        events += [(nominal.first, -nominal.head, _NOMINAL, number) for number, nominal in enumerate(self.nominals)]
        in_names = {at for name in names for at in range(name.first, name.last + 1)}
        candidates = [at for at, low in enumerate(reading.lows) if low in PRONOUNS]
        events += [(at, -at, _PRONOUN, -1) for at in candidates if self._is_pronoun(at, in_names)]
        events.sort()
        return events

    def _is_pronoun(self, at: int, in_names: set[int]) -> bool:
        if self.reading.lows[at] == "that":
            return self._is_relative(at)
        return at not in in_names and self.reading.texts[at] != "US"

    def _is_relative(self, at: int) -> bool:
        """Whether "that" stands for the noun before it: "a group that says", not "said that he"."""
        reading = self.reading
        if not reading.joined[at] or at + 1 >= len(reading.lows) or not is_verb(reading, at + 1):
            return False
        noun = reading.texts[at - 1][0].isalpha() and not reading.flags[at - 1] & FUNCTION
        return noun and reading.lows[at - 1] not in CUES

    # -- roles: appositions are resolved before everything else

    def _link_roles(self) -> None:
        number_of = {id(nominal): number for number, nominal in enumerate(self.nominals)}
        people = [
            (number, name, at)
            for number, (name, at) in enumerate(zip(self.discourse.names, self.discourse.of_name, strict=True))
            if at is not None and self.discourse.is_person(at)
        ]
        by_start = {name.first if name.title < 0 else name.title: name for _, name, _ in people}
        covered = {at for _, name, _ in people for at in range(name.first, name.last + 1)}
        entity_of = {id(name): at for _, name, at in people}
        reading = self.reading
        reader = roles.Reader(reading, {nominal.head: nominal for nominal in self.nominals}, covered, by_start)
        for number, name, at in people:
            entity = self.entities[at]
            title = reader.before(name)
            if title is not None:
                self.begins[number] = title.first
            others = (reader.turned(name), reader.after(name), reader.predicate(name), reader.letters(name))
            for role in (title, *others):
                if role is None or not _suits(entity, role):
                    continue
                if role.nominal is not None and not role.nominal.plural:
                    self.linked[number_of[id(role.nominal)]] = at
                    _describe(entity, role.nominal)
                elif role.head >= 0:
                    entity.heads.add(roles.noun_of(reading, role))
                if roles.is_office(reading, role):
                    self._tell(entity, role, title=role is title)
            for other, role in reader.shared(name):
                self._tell(self.entities[entity_of[id(other)]], role)

    def _tell(self, entity: Entity, role: roles.Role, title: bool = False) -> None:
        """Keep a role of the entity as it is shown."""
        wording = roles.wording(self.reading, role)
        entity.roles.append(Described(wording, roles.weight(self.reading, role)))
        if title:
            entity.titles.append(wording)

    # -- names

    def _name(self, first: int, last: int, number: int) -> None:
        discourse = self.discourse
        at = discourse.of_name[number]
        if at is None:
            discourse.add(first, last, A_NAME, None)
            return
        before = discourse.found[-1] if discourse.found else None
        title = discourse.names[number].title
        begin = self.begins.get(number, title if title >= 0 else first)
        discourse.add(first, last, A_NAME, at, begin=begin)
        if self.entities[at].kind is A_BODY:
            self.organisations[self.reading.lows[last]] = at
        elif before is not None and self._joins(before, first, at):
            discourse.pair = (self.reading.sentence[first], (before.entity or 0, at))

    def _joins(self, before: Found, first: int, at: int) -> bool:
        """Whether the name before and the one that begins at ``first`` are two people named together: "X and Y"."""
        if first - before.last != 2 or before.kind is not A_NAME or before.entity == at:
            return False
        together = self.reading.lows[first - 1] == "and"
        return together and self.discourse.is_person(before.entity) and self.discourse.is_person(at)

    # -- noun phrases

    def _nominal(self, number: int) -> None:
        nominal = self.nominals[number]
        first, last = nominal.first, nominal.head
        at = self.linked.get(number)
        owner = self._owner(nominal, at)
        share = 1.0
        if at is None and self._is_pair(nominal):
            members = self.discourse.recent_pair()
            if members is not None:
                self.discourse.add(first, last, A_NOMINAL, self.discourse.pair_entity(members), members)
                return
        if at is None:
            at, share = self._antecedent(nominal, owner)
        if at is None and self._is_mere_word(nominal):
            self.discourse.add(first, last, A_NOMINAL, None)
            return
        if at is None:
            at = self._new_group(nominal, new=owner is not None)
        if owner is not None:
            self._relate(owner, nominal.noun, at)
        self.discourse.add(first, last, A_NOMINAL, at, share=share)
        if nominal.person and not nominal.plural:
            self.last_by_noun[nominal.noun] = at

    def _owner(self, nominal: Nominal, at: int | None) -> int | None:
        """The entity of "his" in "his wife", of the name in "Smith's wife"; never the wife herself (``at``)."""
        if nominal.owner < 0 or not self.reading.flags[nominal.head] & RELATION or not nominal.person:
            return None
        if nominal.determiner == "'s":
            return self.name_at.get(nominal.owner)
        owner = self.early[nominal.owner] = meaning(self.discourse, nominal.owner, at)
        return owner.entity

    def _relate(self, owner: int, noun: str, at: int) -> None:
        """Keep that ``at`` is the owner's ``noun``, and what the owner is to ``at``."""
        if owner == at:
            return
        self.kin.setdefault((owner, noun), at)
        for back in _INVERSE.get(noun, ()):
            self.kin.setdefault((at, back), owner)

    def _is_pair(self, nominal: Nominal) -> bool:
        if not nominal.plural or not nominal.person:
            return False
        before = self.reading.lows[nominal.first : nominal.head]
        return "two" in before or "both" in before

    def _antecedent(self, nominal: Nominal, owner: int | None) -> Meaning:
        """Who or what an earlier mention has introduced and the phrase takes up again."""
        if owner is not None and not nominal.plural:
            at = self.kin.get((owner, nominal.noun))
            return Meaning(self._by_noun(nominal) if at is None and nominal.noun in _CHILDREN else at)
        first = nominal.first
        opens = not first or self.reading.sentence[first - 1] != self.reading.sentence[first]
        as_name = nominal.bare and nominal.person and (self.reading.capital[nominal.head] or opens)
        if nominal.plural or not (nominal.definite or as_name):
            return NOBODY
        if not nominal.person:
            return self._body(nominal)
        by_noun = self._by_noun(nominal)
        if by_noun is not None and nominal.noun in self.entities[by_noun].heads:
            return Meaning(by_noun, HALF_SURE)
        if (nominal.determiner == "the" or as_name) and self.discourse.says(nominal.first, nominal.head):
            return choose_antecedent(self.discourse, nominal.first, "noun", self._candidates(nominal, by_noun))
        return Meaning(by_noun if by_noun is not None else self._anybody(nominal))

    def _body(self, nominal: Nominal) -> Meaning:
        """The organisation that "the court", "the company" takes up again: one so called, or the one just named."""
        at = self.organisations.get(nominal.noun) if nominal.owner < 0 else None
        if at is None:
            at = self.by_phrase.get(self._phrase(nominal))
        if at is not None or nominal.determiner != "the" or nominal.noun not in _ANY_BODY:
            return Meaning(at)
        if nominal.head - nominal.first > 1 or not self.discourse.says(nominal.first, nominal.head):
            return NOBODY
        return named_body(self.discourse, nominal.first)

    def _candidates(self, nominal: Nominal, by_noun: int | None) -> list[Candidate]:
        """Who may be meant by a noun that speaks: who is called by it, and the people named near."""
        nearest: dict[int, Candidate] = {}
        spokes = nominal.noun.startswith("spokes") or nominal.noun in _SPEAK_FOR_OTHERS
        unknown = "for others" if spokes else "anybody" if nominal.noun in _ANYBODY else ""
        for found, distance, entity in self.discourse.behind(nominal.first):
            if found.entity is None or found.entity in nearest or entity.plural or not _agrees(entity, nominal.gender):
                continue
            known = "same" if nominal.noun in entity.heads else "by noun" if found.entity == by_noun else ""
            if not known and not self.discourse.is_person(found.entity):
                continue
            worth = (3.0 if known else 0.0) - 0.5 * distance + (1.0 if found.subject else 0.0)
            nearest[found.entity] = Candidate(found.entity, found, distance, worth, known or unknown)
        if by_noun is not None and by_noun not in nearest:
            far = next((one for one in reversed(self.discourse.found[-WINDOW * 2 :]) if one.entity == by_noun), None)
            if far is not None:
                nearest[by_noun] = Candidate(by_noun, far, FAR, 2.0, "by noun far")
        return [*nearest.values()]

    def _by_noun(self, nominal: Nominal) -> int | None:
        """The person last called by that noun, or by one that may mean the same; the gender must agree."""
        noun = nominal.noun
        similar = _same_nouns().get(noun, ())
        best: int | None = None
        seen: set[int] = set()
        for found in reversed(self.discourse.found[-WINDOW * 2 :]):
            if found.entity is None or found.entity in seen:
                continue
            seen.add(found.entity)
            entity = self.entities[found.entity]
            if entity.plural or not _agrees(entity, nominal.gender):
                continue
            if noun in entity.heads or any(head.endswith(f" {noun}") for head in entity.heads):
                return found.entity
            if best is None and any(not same.isdisjoint(entity.heads) for same in similar):
                best = found.entity
        return best if best is not None else self.last_by_noun.get(noun)

    def _anybody(self, nominal: Nominal) -> int | None:
        """For "the man", "the boy" the one person of that gender in the last sentences."""
        if nominal.noun not in _ANYBODY:
            return None
        people: set[int] = set()
        for found, distance, entity in self.discourse.behind(nominal.first):
            if distance > 2:
                break
            if found.entity is not None and self.discourse.is_person(found.entity) and _agrees(entity, nominal.gender):
                people.add(found.entity)
        return people.pop() if len(people) == 1 else None

    def _is_mere_word(self, nominal: Nominal) -> bool:
        """Whether a bare singular ("in order", "by show") names no body: nothing says that it speaks."""
        if nominal.person or nominal.plural or not nominal.bare or self.reading.capital[nominal.head]:
            return False
        return not self.discourse.beside_cue(nominal.first, nominal.head)

    def _phrase(self, nominal: Nominal) -> str:
        """The words of the phrase without its article."""
        first = nominal.first
        if nominal.determiner in ("the", "a", "an", "this", "these", "those"):
            first = min(first + 1, nominal.head)
        return " ".join(self.reading.lows[first : nominal.head + 1])

    def _new_group(self, nominal: Nominal, new: bool) -> int:
        """An unnamed speaker; the same plural or definite phrase is one entity through the text, unless ``new``."""
        phrase = self._phrase(nominal)
        known = self.by_phrase.get(phrase)
        indefinite = not nominal.plural and nominal.determiner in ("a", "an", "another", "one")
        if known is not None and not indefinite and not new:
            return known
        collective = not nominal.person and self.reading.flags[nominal.head] & COLLECTIVE
        kind = A_BODY if collective and not nominal.plural else A_GROUP
        name = " ".join(self.reading.span(nominal.first, nominal.head).split())
        gender = {"f": 1.0, "m": -1.0}.get(nominal.gender, 0.0)
        self.entities.append(Entity(kind, name, gender=gender, plural=nominal.plural, heads={nominal.noun}))
        at = len(self.entities) - 1
        self.by_phrase[phrase] = at
        return at

    # -- pronouns

    def _pronoun(self, at: int) -> None:
        entity, share = self.early[at] if at in self.early else meaning(self.discourse, at)
        self.discourse.add(at, at, A_PRONOUN, entity, share=share)


def _suits(entity: Entity, role: roles.Role) -> bool:
    """A phrase of the other gender is not about this person: "Anna Smith, spokesman X said"."""
    gender = role.nominal.gender if role.nominal is not None else ""
    return not (gender == "m" and entity.gender >= 1) and not (gender == "f" and entity.gender <= -1)


def _describe(entity: Entity, nominal: Nominal) -> None:
    entity.heads.add(nominal.noun)
    if nominal.gender and abs(entity.gender) < 1.5:
        entity.gender = 1.5 if nominal.gender == "f" else -1.5


def _agrees(entity: Entity, gender: str) -> bool:
    return not (gender == "f" and entity.man) and not (gender == "m" and entity.woman)
