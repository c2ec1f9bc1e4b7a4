"""Names in full: a known given name and what follows it, where it is sure that they name a person.

Better missed than wrong. A name beside a word for a street or a school names that. In German, where every noun has a
capital, the surname must be known or something else must speak for a person; where names are declined, only a
nominative counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from store.attribution.languages.grammar import (
    COMPOUNDS,
    DEFINITE_ENDINGS,
    GENITIVE_S,
    Grammar,
    grammar_of,
)
from store.attribution.languages.tokens import Tokens
from store.attribution.languages.word_files import EVERY, sections
from store.attribution.lexicon import word_lists

LONGEST = 5
"""Words in a name."""
SHORTEST_OFFICE = 5
"""Letters of an office at the end of a compound."""
LONGEST_WORD = 60
"""Letters of a compound; a longer word is none."""
PARTICLES = word_lists("names.txt")["particles"] - {"y", "st"} | {"di", "dello", "las", "los", "des", "d'"}
_GLUED = re.compile(r"(?<![Mm][Aa]c)(?<!\bMc)(?<!\bD[aei])(?<!\bL[aei])(?<!\bFitz)(?<=[a-zß-ÿ])[A-ZÀ-Þ]")
"""A capital inside a word, where two were written together; not that of "McCarthy", "DeLuca"."""
_INNER = frozenset(("de", "del", "da", "do", "dos", "das", "di", "du"))
"""Particles that join a name with what is no name as well: "Ana Costa do Porto"."""
_ABSTRACT = ("ung", "heit", "keit", "schaft", "ion", "tät", "ismus")
"""How German nouns end that are no surnames, if they are longer than ``LONGEST_SURE``."""
LONGEST_SURE = 7
_THING_ENDINGS = ("straße", "strasse", "platz", "stiftung", "schule", "preis", "halle", "haus")
"""How German compounds end that have names before them."""


@dataclass(slots=True)
class Occurrence:
    """A name over the tokens ``first`` to ``last``, both included; ``end`` is its offset without a genitive's ``s``."""

    first: int
    last: int
    end: int
    words: tuple[str, ...]
    surname: int
    """The position among the words at which the surname begins."""
    gender: str = ""
    title: str = ""
    person: int = -1
    genitive: bool = False


class NameReader:
    """Reads the full names of one text."""

    def __init__(self, tokens: Tokens, grammar: Grammar) -> None:
        self.tokens = tokens
        self.grammar = grammar

    def names(self) -> list[Occurrence]:
        """The names that surely name a person, in text order."""
        found = list(self.candidates())
        if not self.grammar.capitalises_nouns:
            return found
        times = Counter(name.words for name in found)
        backed = {name.words for name in found if times[name.words] > 1 or self._is_backed(name)}
        return [name for name in found if name.words in backed]

    def candidates(self) -> Iterator[Occurrence]:
        """Every given name with a surname behind it."""
        at, count = 0, len(self.tokens.texts)
        while at < count:
            found = self._name_at(at) if self.tokens.is_capital(at) else None
            if found is None:
                at += 1
            else:
                yield found
                at = found.last + 1

    def _name_at(self, at: int) -> Occurrence | None:
        """The full name that begins with the token, None when it is no given name or names something else."""
        gender = self._given(at)
        if gender is None or self._names_a_thing(at):
            return None
        last, surname = self._extent(at)
        if last == at:
            return None
        if any(" ".join(self.tokens.lows[at : at + words]) in called_like_people() for words in (2, 3)):
            return None
        found = self._occurrence(at, last, surname)
        found.gender = gender
        behind = last + 1
        if self.joined(behind) and self.tokens.is_capital(behind) and self.is_thing(self.tokens.lows[behind]):
            return None
        if self._may_be_genitive(found):
            return None
        return None if self.grammar.declines and self._may_be_declined(found) else found

    def _given(self, at: int) -> str | None:
        """The gender of a given name, ``''`` when it has both; None for another word."""
        word, name = self.tokens.texts[at], self.tokens.lows[at]
        if len(name) < 2 or word.isupper() or name in self.grammar.not_given:
            return None
        name = fold(name) if self.grammar.folds else name
        given = self.grammar.given
        return given.get(name, given.get(name.split("-")[0]) if "-" in name else None)

    def _names_a_thing(self, at: int) -> bool:
        """Whether the words before a name make it a street, a school, a ship, or it goes on another name."""
        tokens, grammar = self.tokens, self.grammar
        if not self.joined(at):
            return False
        before = tokens.lows[at - 1]
        if before in grammar.articles and before not in grammar.titles:
            return True
        for number in range(max(0, at - 2), at):
            if self.is_thing(tokens.lows[number]):
                return True
        capital = tokens.is_capital(at - 1) and not tokens.starts_sentence(at - 1)
        return (
            capital and not grammar.capitalises_nouns and tokens.texts[at - 1].isupper() is False and self._extends(at)
        )

    def _extends(self, at: int) -> bool:
        """Whether the capitalised word before the name may belong to it; an office, title or place ends before it."""
        low = self.tokens.lows[at - 1]
        return low in self.grammar.not_given and low not in self.grammar.function_words

    def _extent(self, at: int) -> tuple[int, int]:
        """The last token of the name that begins at ``at``, or ``at`` itself; and the one that begins its surname."""
        tokens, grammar = self.tokens, self.grammar
        last = surname = at
        number = at + 1
        known_surname = False
        while number < len(tokens.texts) and number - at < LONGEST + 2 and self.joined(number):
            low = tokens.lows[number]
            if tokens.texts[number] == "." and len(tokens.texts[number - 1]) == 1 and last == number - 1:
                number += 1
                continue
            if low in PARTICLES and not tokens.is_capital(number):
                behind = self._behind_particles(number)
                if behind < 0 or not self._joins(number, behind, known_surname):
                    break
                number = behind
            if not self._is_name_word(number) or number - at > LONGEST:
                break
            given = self._given(number) is not None and not known_surname
            if grammar.capitalises_nouns and known_surname:
                break
            initial = len(tokens.texts[number]) == 1
            if not given and not initial:
                known_surname = True
                surname = surname if surname > at else number
            last = number
            number += 1
        if last > at and not known_surname:
            surname = last
        if len(tokens.texts[last]) == 1:
            return at, at
        return last, surname

    def _behind_particles(self, at: int) -> int:
        """The capitalised token behind up to three particles; -1 without one."""
        tokens = self.tokens
        number = at
        while number < len(tokens.texts) and number - at < 3 and self.joined(number) and not tokens.is_capital(number):
            if tokens.lows[number] not in PARTICLES:
                return -1
            number += 1
        return number if number < len(tokens.texts) and self.joined(number) and tokens.is_capital(number) else -1

    def _joins(self, particle: int, behind: int, known_surname: bool) -> bool:
        """Whether a particle goes on with a surname: "García de la Torre", not "Haddad do PT", "Safari di Apple"."""
        if not known_surname and (self.tokens.lows[particle] not in _INNER or self.grammar.code == "fr"):
            return True
        return fold(self.tokens.lows[behind]) in known_surnames()

    def _is_name_word(self, at: int) -> bool:
        tokens = self.tokens
        if not tokens.is_capital(at) or not tokens.is_word(at):
            return False
        word, low = tokens.texts[at], tokens.lows[at]
        if (word.isupper() and len(word) > 1) or _GLUED.search(word):
            return False
        if low in PARTICLES:
            return self.joined(at + 1) and tokens.is_capital(at + 1)
        return low not in self.grammar.not_surnames

    def _occurrence(self, first: int, last: int, surname: int) -> Occurrence:
        """The name over these tokens, without a genitive's ``s``."""
        tokens = self.tokens
        numbers = [number for number in range(first, last + 1) if tokens.texts[number] != "."]
        words = [tokens.texts[number] + ("." if len(tokens.texts[number]) == 1 else "") for number in numbers]
        end = tokens.ends[last]
        genitive = self._is_genitive(last)
        if genitive:
            words[-1] = words[-1][:-1].rstrip("'’")
            end = tokens.starts[last] + len(words[-1])
        position = next((index for index, number in enumerate(numbers) if number >= surname), len(numbers) - 1)
        return Occurrence(first, last, end, tuple(words), position, genitive=genitive)

    def _is_genitive(self, at: int) -> bool:
        """Whether the last word of a name is a genitive: "Olaf Scholz' Rede", "Anna Bergs tal"."""
        low = self.tokens.lows[at]
        if self.grammar.code not in GENITIVE_S or not low.endswith("s") or len(low) < 4:
            return False
        names = known_surnames()
        return fold(low) not in names and fold(low[:-1].rstrip("'")) in names

    def _may_be_genitive(self, name: Occurrence) -> bool:
        """Whether the name may be a genitive before what it owns: "Sven Harrys konstmuseum", "Peter Holms Haus"."""
        word, behind = self.tokens.lows[name.last], name.last + 1
        if name.genitive or self.grammar.code not in GENITIVE_S - {"nl"} or not word.endswith("s"):
            return False
        owns = self.joined(behind) and self.tokens.is_word(behind)
        if not owns or self.tokens.is_capital(behind) != self.grammar.capitalises_nouns:
            return False
        if self.tokens.lows[behind] in self.grammar.function_words:
            return False
        return fold(word) not in known_surnames() and not self.is_beside_speech(name.first, name.last)

    def _may_be_declined(self, name: Occurrence) -> bool:
        """Whether the name may stand in another case, or be a woman's: "Aleksandra Nowaka", "Александра Лукашенко"."""
        given = name.words[0].lower()
        if self.grammar.code == "fi":
            return not self.is_beside_speech(name.first, name.last)
        if given[-1] not in "aа" or not self._is_male(given[:-1]):
            return False
        if self.is_beside_speech(name.first, name.last):
            return False
        surname = name.words[-1].lower()
        feminine = surname.endswith(("ska", "cka", "dzka", "ská", "cká"))
        return surname.endswith(("a", "а", "ego", "ого", "его")) and not feminine

    def _is_male(self, stem: str) -> bool:
        given = self.grammar.given
        return given.get(stem) == "he" or given.get(f"{stem[:-1]}e{stem[-1:]}") == "he"

    def _is_backed(self, name: Occurrence) -> bool:
        """Whether a German surname is known, or an office, speech verb, age or party stands beside it."""
        tokens = self.tokens
        if fold(name.words[-1].lower()) in known_surnames() or len(name.words) - name.surname > 1:
            return True
        if len(name.words[-1]) > LONGEST_SURE and name.words[-1].endswith(_ABSTRACT):
            return False
        before, behind = name.first - 1, name.last + 1
        if tokens.starts_sentence(name.first) and self.joined(behind) and tokens.texts[behind].islower():
            return True
        if self.joined(name.first) and tokens.lows[before] in self.grammar.prepositions:
            return True
        if self.joined(name.first) and self.is_office(before):
            return True
        bracketed = tokens.texts[behind : behind + 4]
        if bracketed and bracketed[0] == "(" and ")" in bracketed:
            return True
        return self.is_beside_speech(name.first, name.last)

    def is_beside_speech(self, first: int, last: int) -> bool:
        """Whether a form of a speech verb stands right before or behind the tokens."""
        lows, verbs = self.tokens.lows, self.grammar.verbs
        before = first > 0 and lows[first - 1] in self.grammar.verb_words
        return before or (last + 1 < len(lows) and self.joined(last + 1) and lows[last + 1] in verbs)

    def is_office(self, at: int) -> bool:
        """Whether the token is an office of one word."""
        return is_office(self.grammar.code, self.tokens.lows[at])

    def is_thing(self, low: str) -> bool:
        things = self.grammar.things
        if low in things:
            return True
        return self.grammar.capitalises_nouns and low.endswith(_THING_ENDINGS)

    def joined(self, at: int) -> bool:
        return at < len(self.tokens.texts) and self.tokens.joined[at]


@lru_cache(maxsize=4096)
def is_office(code: str, low: str) -> bool:
    """Whether a word is an office, or a compound of one: German "Ex-Trainer", "Gemeindepräsident"."""
    offices = grammar_of(code).offices
    if low in offices or ("-" in low and low.rsplit("-", 1)[1] in offices):
        return True
    definite = code in DEFINITE_ENDINGS and low.endswith(("n", "t"))
    if definite and (low[:-1] in offices or low[:-2] in offices):
        return True
    if code not in COMPOUNDS or len(low) < 2 * SHORTEST_OFFICE or len(low) > LONGEST_WORD:
        return False
    return any(low[at:] in offices for at in range(3, len(low) - SHORTEST_OFFICE + 1))


@lru_cache(maxsize=1)
def called_like_people() -> frozenset[str]:
    """Firms, brands and figures whose names look like a person's, in lower case."""
    return frozenset(sections(EVERY)["called like people"])


@lru_cache(maxsize=1)
def known_surnames() -> frozenset[str]:
    """Family names of many languages, in lower case and without diacritics."""
    return word_lists("surnames.txt")["surnames"] | word_lists("surnames_world.txt")["surnames"]


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """``word`` without diacritics."""
    if word.isascii():
        return word
    plain = (
        word.replace("ø", "o")
        .replace("ł", "l")
        .replace("ß", "ss")
        .replace("æ", "ae")
        .replace("đ", "d")
        .replace("ı", "i")
    )
    return "".join([letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter)])
