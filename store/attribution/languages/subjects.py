"""Who can be the subject of a speech verb: a name, an office with a name, a pronoun; and which role a name has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from store.attribution.languages.grammar import HE, Grammar, Phrases, VerbForm
from store.attribution.languages.names import Occurrence
from store.attribution.languages.people import People
from store.attribution.languages.tokens import Tokens

COMPLEMENT = 12
"""Words between an office and the name of who holds it."""
ADJECTIVES = 2
"""Words between an article and an office."""
ROLE_WORDS = 9
"""Words in a role."""
_ENDS = frozenset('.!?…;:()[]„“”«»"')
_INVERTED = re.compile(r"(.+?)(?:-t)?-(il|elle|on|ils|elles|je|nous)")


@dataclass(frozen=True, slots=True)
class Subject:
    """The tokens ``first`` to ``last``, both included. ``person`` is None for a pronoun, whose gender is then given."""

    first: int
    last: int
    person: int | None
    pronoun: str = ""


class Verb(NamedTuple):
    """A form of a speech verb over the tokens ``first`` to ``end``; ``pronoun`` is the gender of one joined to it."""

    first: int
    end: int
    form: VerbForm
    pronoun: str | None = None


class Subjects:
    """Reads noun phrases and verbs of one text."""

    def __init__(self, tokens: Tokens, grammar: Grammar, people: People) -> None:
        self.tokens = tokens
        self.grammar = grammar
        self.people = people

    def verb_at(self, at: int) -> Verb | None:
        """The form of a speech verb that begins with the token."""
        if at >= len(self.tokens.lows):
            return None
        low = self.tokens.lows[at]
        inverted = _INVERTED.fullmatch(low) if self.grammar.code == "fr" and "-" in low else None
        first = inverted.group(1) if inverted else low
        for form in self.grammar.verbs.get(first, ()):
            begin = at + 1
            if len(form.words) > 1 and begin < len(self.tokens.lows) and self._is_adverb(begin):
                begin += 1
            end = begin + len(form.words) - 1
            if tuple(self.tokens.lows[begin:end]) == form.words[1:] and self._joined(at + 1, end):
                pronoun = self.grammar.pronouns.get(inverted.group(2), "they") if inverted else None
                return Verb(at, end, form, pronoun)
        return None

    def _is_adverb(self, at: int) -> bool:
        """Whether the token is an adverb, as between the parts of "ha poi aggiunto"."""
        low = self.tokens.lows[at]
        return (low,) in self.grammar.adverbs.get(low, ())

    def subject_at(self, at: int) -> Subject | None:
        """The subject that begins with the token: somebody, or a pronoun."""
        if at >= len(self.tokens.lows):
            return None
        low = self.tokens.lows[at]
        name = self._named(at)
        if name is not None:
            return None if name.genitive else Subject(at, name.last, name.person)
        if low in self.grammar.pronouns and not self._begins_phrase(at):
            return Subject(at, at, None, self.grammar.pronouns[low])
        begin = at + 1 if low in self.grammar.articles else at
        for office in range(begin, min(begin + ADJECTIVES + 1, len(self.tokens.lows))):
            if not self.tokens.is_word(office) or (office > at and not self.tokens.joined[office]):
                return None
            held = self.holder(office)
            if held is not None:
                return None if held.genitive else Subject(at, held.last, held.person)
            low = self.tokens.lows[office]
            if low in self.grammar.prepositions or low in self.grammar.verbs or self.office_end(office) > office:
                return None
        return None

    def _named(self, at: int) -> Occurrence | None:
        """The name at the token, or behind a title and its article there."""
        by_token = self.people.by_token
        if at in by_token:
            return by_token[at]
        number = at
        if self.tokens.lows[number] in self.grammar.articles:
            number += 1
        if number < len(self.tokens.lows) and self.tokens.lows[number] in self.grammar.titles:
            number += 1
            if number < len(self.tokens.lows) and self.tokens.texts[number] == ".":
                number += 1
            return by_token.get(number) if self._joined(at + 1, number + 1) else None
        return None

    def _begins_phrase(self, at: int) -> bool:
        """Whether a word that can be a pronoun is an article here: Swedish ``de``."""
        return self.tokens.lows[at] in self.grammar.articles

    def office_end(self, at: int) -> int:
        """The token behind the office that begins here; ``at`` itself when none does."""
        if at >= len(self.tokens.lows):
            return at
        for words in self.grammar.offices.get(self.tokens.lows[at], ()):
            end = at + len(words)
            if tuple(self.tokens.lows[at:end]) == words and self._joined(at + 1, end):
                return end
        return at + 1 if self.people.reader.is_office(at) else at

    def holder(self, office: int) -> Occurrence | None:
        """Whose office it is that begins with the token: the name right behind it, or behind what belongs to it.

        None where the name may be somebody else's: "the spokesman of Minister Jane Roe".
        """
        tokens, grammar = self.tokens, self.grammar
        head = self.office_end(office)
        if head == office:
            return None
        inside = False
        for at in range(head, min(head + COMPLEMENT, len(tokens.texts))):
            if not tokens.joined[at]:
                return None
            if tokens.texts[at] in "()" or inside:
                inside = tokens.texts[at] != ")"
                continue
            name = self._named(at) if at == head or tokens.lows[at] not in grammar.articles else None
            before = at - 1
            if name is not None:
                if at == head or tokens.texts[before] in ",–—":
                    return name
                low = tokens.lows[before]
                free = (
                    low not in grammar.prepositions
                    and low not in grammar.articles
                    and not self.people.reader.is_office(before)
                )
                if not free:
                    return self._behind_owner(name)
                if not grammar.puts_name_behind_complement:
                    return None
                return name if grammar.declines or tokens.is_capital(before) else None
            if tokens.texts[at] in _ENDS or tokens.lows[at] in grammar.verbs:
                return None
            if tokens.lows[at] in grammar.conjunctions and self.office_end(at + 1) > at + 1:
                return None
            if tokens.texts[at] == "," and at + 1 not in self.people.by_token:
                return None
        return None

    def _behind_owner(self, owner: Occurrence) -> Occurrence | None:
        """The full name in "the lawyer of Jane Roe, John Doe"."""
        comma = owner.last + 1
        if comma + 1 >= len(self.tokens.texts) or self.tokens.texts[comma] != "," or not self._joined(comma, comma + 2):
            return None
        name = self.people.by_token.get(comma + 1)
        return name if name is not None and len(name.words) > 1 else None

    def skip_clitics(self, at: int) -> int:
        """The token behind up to two small words between a subject and its verb."""
        for _ in range(2):
            if at < len(self.tokens.lows) and self.tokens.lows[at] in self.grammar.clitics:
                at += 1
        return at

    def skip_adverbs(self, at: int) -> int:
        """The token behind up to three adverbs and days."""
        for _ in range(3):
            behind = self._phrase_end(self.grammar.adverbs, at)
            if behind == at:
                return at
            at = behind
        return at

    def _phrase_end(self, phrases: Phrases, at: int) -> int:
        if at >= len(self.tokens.lows):
            return at
        for words in phrases.get(self.tokens.lows[at], ()):
            end = at + len(words)
            if tuple(self.tokens.lows[at:end]) == words and self._joined(at + 1, end):
                return end
        return at

    def _joined(self, first: int, end: int) -> bool:
        """Whether the tokens ``first`` to ``end`` go on the one before them."""
        return end <= len(self.tokens.joined) and all(self.tokens.joined[first:end])

    def behind_apposition(self, at: int) -> int:
        """The token behind ``, maire de Lyon,`` when such an apposition begins here, else ``at``."""
        texts = self.tokens.texts
        if at >= len(texts) or texts[at] != ",":
            return at
        for number in range(at + 1, min(at + COMPLEMENT + 3, len(texts))):
            if not self.tokens.joined[number] or texts[number] in _ENDS or number in self.people.by_token:
                return at
            if texts[number] == ",":
                return number + 1
        return at

    def set_roles(self) -> None:
        """Give people the role that an office right before their name or an apposition behind it tells."""
        tokens = self.tokens
        at = 0
        while at < len(tokens.texts):
            end = self.office_end(at) if at not in self.people.inside else at
            if end > at:
                name = self.holder(at)
                if name is not None:
                    self._set_role(name.person, self._with_former(at), self._role_end(at, name))
            at = max(end, at + 1)
        for name in self.people.by_token.values():
            self._read_apposition(name)

    def _role_end(self, office: int, name: Occurrence) -> int:
        """The token behind the office and what belongs to it, before the name and its title."""
        for at in range(self.office_end(office), name.first):
            if self.tokens.texts[at] in ",–—(" or self.tokens.lows[at] in self.grammar.titles:
                return at
        return name.first

    def _with_former(self, office: int) -> int:
        before = office - 1
        return (
            before
            if office and self.tokens.joined[office] and self.tokens.lows[before] in self.grammar.former
            else office
        )

    def _read_apposition(self, name: Occurrence) -> None:
        tokens = self.tokens
        at = name.last + 1
        if at + 1 >= len(tokens.texts) or tokens.texts[at] != ",":
            return
        begin = at + 1
        if tokens.lows[begin] in self.grammar.articles:
            begin += 1
        office = begin
        if office < len(tokens.lows) and tokens.lows[office] in self.grammar.former:
            office += 1
        if office >= len(tokens.lows) or self.office_end(office) == office or self.holder(office) is not None:
            return
        for end in range(self.office_end(office), min(office + ROLE_WORDS, len(tokens.texts)) + 1):
            if end == len(tokens.texts) or not tokens.joined[end] or tokens.texts[end] in ",.;—–)":
                self._set_role(name.person, begin, end)
                return
            if tokens.texts[end] in _ENDS or end in self.people.by_token or tokens.lows[end] in self.grammar.verbs:
                return

    def _set_role(self, person: int, first: int, end: int) -> None:
        human = self.people.humans[person]
        if not human.role and 0 < end - first <= ROLE_WORDS:
            role = " ".join(self.tokens.text[self.tokens.starts[first] : self.tokens.ends[end - 1]].split())
            begins = self.tokens.starts_sentence(first) and not self.grammar.capitalises_nouns
            lowered = begins and "-" not in self.tokens.lows[first]
            if self.grammar.code == "de" and human.gender == HE and self.tokens.lows[first] in self.grammar.former:
                role = re.sub(r"e(?= )", "er", role, count=1)
            human.role = role[0].lower() + role[1:] if lowered and role[1:2].islower() else role
