"""Who a named person is: the phrase before the name, after it, or around a comma ("her counterpart, Minister X")."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple

from store.attribution.mentions.name_features import noun_kinds
from store.attribution.mentions.names import Name
from store.attribution.mentions.nominals import Nominal
from store.attribution.mentions.role_phrases import (
    begin_of,
    end_of,
    ends_role,
    head_after,
    is_head,
    is_heads,
    office_of,
    singular,
)
from store.attribution.tokens.tagged import TaggedText
from store.attribution.tokens.word_classes import (
    COLLECTIVE,
    HONORIFIC,
    KNOWN,
    NATION,
    ORGANISATION,
    PLACE,
    ROLE,
    SUFFIXES,
    TITLE,
    word_classes,
    words,
)

_DETERMINERS = words("determiners")
_NOT_CALLINGS = words("not callings")
_KIN = words("kin")
_GIVEN_OFFICES = words("given offices")
_LETTERS = frozenset(word.upper() for word in words("letters behind a name"))
_WRITTEN = {word.upper(): word for word in words("letters behind a name")}

CHAIN = 8
"""People named together who may share a role: "judges X, Y and Z"."""


class Role(NamedTuple):
    """What is said of a name: tokens ``first`` to ``last``, and the noun phrase at its heart, if one was found."""

    first: int
    last: int
    nominal: Nominal | None = None
    predicate: bool = False
    """True when it is only said of the person by a sentence: "X was a guest"."""
    head: int = -1
    """The token of its noun, -1 when it has none: "of the Gazette"."""
    shared: bool = False
    """True when the noun is plural and stands for several people who are named together."""


class Reader:
    """Finds what the text says of names; knows its noun phrases and where its people are named."""

    def __init__(
        self, reading: TaggedText, nominals: Mapping[int, Nominal], people: Container[int], names: Mapping[int, Name]
    ) -> None:
        self.reading = reading
        self.nominals = nominals
        """Noun phrases by the token of their heads."""
        self.people = people
        """Tokens at which people's names begin."""
        self.names = names
        """People's names by their first tokens, title included."""

    def before(self, name: Name) -> Role | None:
        """The role directly before the name: "Syrian President X", "campaign spokesman X", "Governor of Y X"."""
        reading = self.reading
        begins = name.first if name.title < 0 else name.title
        last = name.first - 1
        while last >= begins and (reading.texts[last] == "." or self._is_address(last)):
            last -= 1
        if last >= begins:
            if begins > 1 and reading.lows[begins - 1] == "of" and (office := self._office(last)) is not None:
                return office
            head = next((at for at in range(last, begins - 1, -1) if is_head(reading, at)), None)
            if head is None:
                return self._office(last)
            first = begin_of(reading, begins, self.people) if begins else begins
            stop = last + 1 if reading.texts[last + 1] == "." else last
            return Role(first, stop, self.nominals.get(head), head=head)
        if last < 0 or reading.sentence[last] != reading.sentence[name.first]:
            return None
        if reading.texts[last] == ",":
            return None
        if not reading.joined[last + 1] or last in self.people:
            return None
        if ends_role(reading, last):
            first = begin_of(reading, last, self.people)
            if reading.lows[first] in ("a", "an") and reading.texts[first - 1] == "," and first - 2 in self.people:
                return None
            return Role(first, last, self.nominals.get(last), head=last)
        return self._office(last)

    def _is_address(self, at: int) -> bool:
        """Whether the word is a mere form of address: Sir, Dr., Lord."""
        flags = self.reading.flags[at]
        return bool(flags & HONORIFIC) and not flags & (TITLE | ROLE)

    def _office(self, last: int, prepositions: tuple[str, ...] = ("of", "for", "to", "at")) -> Role | None:
        head = office_of(self.reading, last, self.people, prepositions)
        if head is None:
            return None
        return Role(begin_of(self.reading, head, self.people), last, self.nominals.get(head), head=head)

    def turned(self, name: Name) -> Role | None:
        """The role before a comma: "her Russian counterpart, Foreign Minister X", "the prosecutor, X, said"."""
        reading = self.reading
        start = name.first if name.title < 0 else name.title
        if start < 2 or reading.texts[start - 1] != "," or reading.sentence[start - 1] != reading.sentence[start]:
            return None
        last = start - 2
        if last in self.people:
            return None
        direct = None
        if ends_role(reading, last):
            direct = Role(begin_of(reading, last, self.people), last, self.nominals.get(last), head=last)
        owned = direct is not None and (reading.lows[direct.first] in _DETERMINERS or self._is_owned(direct))
        office = None if owned else self._office(last, ("of", "for", "to", "at", "in", "on", "with", "from"))
        role = office if office is not None else direct
        if role is None:
            return None
        low = reading.lows[role.first]
        bare = low not in _DETERMINERS and low not in words("possessives")
        said = role.first > 0 and reading.lows[role.first - 1] in ("said", "says", "added", "adds")
        if bare and not reading.is_initial(role.first) and not said and not self._is_owned(role):
            return None
        if role.first > 1 and reading.lows[role.first - 2] == "who":
            return None
        end = name.last + 1
        if end < len(reading.lows) and reading.lows[end] in ("and", "or"):
            return None
        listed = role.first > 0 and (
            reading.texts[role.first - 1] == "," or reading.lows[role.first - 1] in ("and", "or")
        )
        return None if listed and role.first - 2 in self.people else role

    def _is_owned(self, role: Role) -> bool:
        return any(self.reading.texts[at] in ("'s", "’s", "'", "’") for at in range(role.first, role.last))

    def after(self, name: Name) -> Role | None:
        """The role behind the name: "X, deputy director of …,", "X, 42, a teacher", "X of the Gazette"."""
        reading, texts, lows = self.reading, self.reading.texts, self.reading.lows
        count = len(texts)
        at = self._past_parentheses(name.last + 1)
        if at + 1 >= count or reading.sentence[at] != reading.sentence[name.last]:
            return None
        if lows[at] in ("of", "from", "at") and reading.joined[at]:
            return self._body(at)
        if texts[at] not in (",", "—", "–", "-") or reading.sentence[at + 1] != reading.sentence[name.last]:
            return None
        dash = texts[at] != ","
        at += 1
        while at + 2 < count and texts[at + 1] == "," and self._is_aside(at):
            at += 2
        if at >= count or reading.sentence[at] != reading.sentence[name.last]:
            return None
        if lows[at] in ("who", "now", "then"):
            return self._told(at + 1) if lows[at] == "who" else None
        if not dash and lows[at] in ("of", "from", "representing") and at + 1 < count:
            return self._body(at)
        head = head_after(reading, at, self.people)
        if head is None or self._goes_on(at, head):
            return None
        last = end_of(reading, at, head, self.people)
        if last + 1 < count and lows[last + 1] == "and" and reading.sentence[last + 1] == reading.sentence[at]:
            behind = self.names.get(last + 2)
            if behind is None or lows[at] not in ("a", "an", "the"):
                return None
        return Role(at, last, self.nominals.get(head), head=head)

    def _past_parentheses(self, at: int) -> int:
        """The token behind letters and a remark in parentheses: "X Jr.", "X KC", "X (R-Wis.)"."""
        texts = self.reading.texts
        if at < len(texts) and texts[at] == "." and self.reading.lows[at - 1] in SUFFIXES:
            at += 1
        if at < len(texts) and texts[at].upper() in _LETTERS and texts[at].isupper():
            at += 1
        if at < len(texts) and texts[at] == "(":
            close = next((end for end in range(at + 1, min(len(texts), at + 10)) if texts[end] == ")"), -1)
            return close + 1 if close > 0 else at
        return at

    def _is_aside(self, at: int) -> bool:
        """An age or a party tag between commas: ", 42,", ", R-Wis.,"."""
        text = self.reading.texts[at]
        return (text.isdigit() and len(text) < 4) or (len(text) > 2 and text[1] == "-" and text[0] in "RDI")

    def _goes_on(self, first: int, head: int) -> bool:
        """Whether a name follows the noun directly, so that it is that name's title: ", President Obama said"."""
        at = head + 1
        if first in self.names:
            return True
        following = at < len(self.reading.texts) and self.reading.joined[at] and self.reading.capital[at]
        bare = self.reading.lows[first] not in ("a", "an")
        return following and bare and (at in self.people or at in self.names or head in self.names)

    def _body(self, preposition: int) -> Role | None:
        """For "X of the Gazette", "X from the NSPCC" the words about the body, when it is one and no place."""
        reading = self.reading
        first = preposition + 1
        while first < len(reading.texts) and reading.lows[first] in (
            "the",
            "think",
            "tank",
            "charity",
            "campaign",
            "group",
            "firm",
        ):
            first += 1
        last = first - 1
        while last + 1 < len(reading.texts) and reading.joined[last + 1] and last - first < 8:
            at = last + 1
            small = reading.lows[at] in ("of", "for", "the", "and", "&") and at + 1 < len(reading.texts)
            if not (reading.capital[at] or (small and (reading.capital[at + 1] or reading.lows[at + 1] == "the"))):
                break
            last += 1
        while last >= first and not reading.capital[last]:
            last -= 1
        if last < first or any(at in self.people for at in range(first, last + 1)):
            return None
        flags = [word_classes().get(reading.lows[at].rpartition("-")[2], 0) for at in range(first, last + 1)]
        acronym = (
            first == last and len(reading.texts[first]) > 2 and reading.texts[first].isupper() and not flags[0] & PLACE
        )
        body = any(flag & (ORGANISATION | KNOWN | COLLECTIVE) for flag in flags)
        if not (acronym or body or any(noun_kinds().get(reading.lows[at]) == "body" for at in range(first, last + 1))):
            return None
        return Role(preposition, last)

    def _told(self, verb: int) -> Role | None:
        """What a form of *be* from ``verb`` on tells: "is now the mayor of Leeds", "has been named head of …"."""
        reading, lows = self.reading, self.reading.lows
        at = verb
        count = len(lows)
        if at + 1 >= count or lows[at] not in ("is", "was", "became", "remains", "remained", "has", "had"):
            return None
        if lows[at] in ("has", "had"):
            at += 1
            if lows[at] != "been":
                return None
        at += 1
        while at < count and lows[at] in (
            "now",
            "also",
            "then",
            "currently",
            "still",
            "previously",
            "once",
            "formerly",
        ):
            at += 1
        if at < count and lows[at] in _GIVEN_OFFICES:
            at += 2 if at + 1 < count and lows[at + 1] in ("as", "in") else 1
        if at >= count or reading.sentence[at] != reading.sentence[verb] or not reading.texts[at][0].isalpha():
            return None
        head = head_after(reading, at, self.people)
        if head is None or lows[head] in _NOT_CALLINGS or lows[head] in _KIN:
            return None
        if not is_head(reading, head) or head + 1 in self.people:
            return None
        return Role(at, end_of(reading, at, head, self.people), self.nominals.get(head), predicate=True, head=head)

    def predicate(self, name: Name) -> Role | None:
        """For "X is a lawyer", "X has been named head of …" what X is."""
        at = name.last + 1
        if at >= len(self.reading.lows) or self.reading.sentence[at] != self.reading.sentence[name.last]:
            return None
        return self._told(at)

    def letters(self, name: Name) -> Role | None:
        """Letters behind the name: "X KC", "X MSP"."""
        at = name.last + 1
        texts = self.reading.texts
        if at >= len(texts) or texts[at] not in _WRITTEN or not self.reading.joined[at]:
            return None
        return Role(at, at)

    def shared(self, name: Name) -> Iterator[tuple[Name, Role]]:
        """For each of the people named together from ``name`` on the plural role beside them."""
        chain = self._chain(name)
        if len(chain) < 2:
            return
        reading = self.reading
        start = name.first if name.title < 0 else name.title
        at = start - 1
        if at > 0 and reading.texts[at] in (",", "—", "–", ":") and reading.sentence[at] == reading.sentence[start]:
            at -= 1
        if (
            at >= 0
            and reading.sentence[at] == reading.sentence[start]
            and is_heads(reading, at)
            and (at < start - 1 or reading.joined[start])
        ):
            role = Role(begin_of(reading, at, self.people), at, head=at, shared=True)
            yield from ((one, role) for one in chain)
        at = chain[-1].last + 1
        if (
            at + 2 < len(reading.texts)
            and len(chain) > 1
            and reading.texts[at] == ","
            and reading.lows[at + 1] in ("both", "all", "two", "three")
        ):
            first = at + 2
            head = next((n for n in range(first, min(len(reading.texts), first + 6)) if is_heads(reading, n)), None)
            if head is not None and reading.sentence[head] == reading.sentence[at]:
                role = Role(first, end_of(reading, first, head, self.people), head=head, shared=True)
                yield from ((one, role) for one in chain)

    def _chain(self, name: Name) -> list[Name]:
        """The people named together from ``name`` on: "X, Y and Z"; empty when one before it belongs to them."""
        reading = self.reading
        chain = [name]
        while len(chain) < CHAIN:
            at = chain[-1].last + 1
            steps = 0
            while at < len(reading.texts) and reading.lows[at] in (",", "and", "&") and steps < 2:
                at, steps = at + 1, steps + 1
            following = self.names.get(at)
            if not steps or following is None or reading.sentence[at] != reading.sentence[name.first]:
                break
            chain.append(following)
        if len(chain) < 2:
            return []
        return chain


def noun_of(reading: TaggedText, role: Role) -> str:
    """The noun of a role, lower case and singular; '' without one."""
    if role.head < 0:
        return ""
    return singular(reading.lows[role.head]) if role.shared else reading.lows[role.head]


def wording(reading: TaggedText, role: Role) -> str:
    """The role as it is shown: one line, without an article or possessive before it, for one person."""
    first = role.first
    own = ("a", "an", "his", "her", "their", "its", "my", "our", "two", "three", "four", "five", "fellow")
    owned = any(reading.texts[at] in ("'s", "’s") for at in range(role.first, role.last + 1))
    while first < role.last and (
        reading.lows[first] in own or (reading.lows[first] == "the" and not owned and role.head >= 0)
    ):
        first += 1
    if role.shared and first <= role.head:
        noun = singular(reading.lows[role.head])
        noun = (
            noun.capitalize() if reading.texts[role.head][0].isupper() and not reading.is_initial(role.head) else noun
        )
        parts = [reading.span(first, role.head - 1)] if first < role.head else []
        parts += [noun, *([reading.span(role.head + 1, role.last)] if role.head < role.last else [])]
        return " ".join(" ".join(parts).split())
    return " ".join(reading.span(first, role.last).split())


def is_office(reading: TaggedText, role: Role) -> bool:
    """False for a mere form of address or a nationality alone: Mr., Dr., "American"."""
    return any(
        reading.flags[at] & (TITLE | ROLE) or not reading.flags[at] & (HONORIFIC | NATION)
        for at in range(role.first, role.last + 1)
        if reading.texts[at] != "."
    )


def weight(reading: TaggedText, role: Role) -> float:
    """How well the role tells who somebody is: an office with what it is of more than a title, kinship least."""
    if role.head < 0:
        return 0.5
    count = sum(reading.texts[at][0].isalnum() for at in range(role.first, role.last + 1))
    if is_short_title(reading, role):
        return 1.0
    low = noun_of(reading, role)
    if low in _KIN or low in _NOT_CALLINGS:
        return 1.2
    if role.predicate:
        return 1.6
    of_something = role.last > role.head + 1
    return 2.0 + (0.5 if of_something and count >= 3 else 0.0)


def is_short_title(reading: TaggedText, role: Role) -> bool:
    """Whether it is a title alone, as it stands before names: Rep., General, President."""
    words_ = [at for at in range(role.first, role.last + 1) if reading.texts[at][0].isalnum()]
    return len(words_) == 1 and bool(reading.flags[words_[0]] & TITLE) and reading.texts[words_[0]][0].isupper()
