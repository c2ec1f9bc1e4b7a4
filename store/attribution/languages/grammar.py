"""The closed word lists of a language, read from ``words/<code>.txt`` when first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from store.attribution.languages.tokens import split
from store.attribution.languages.word_files import EVERY, sections
from store.attribution.lexicon import word_lists

SPEECH = (
    "said", "added", "explained", "asked", "answered", "noted", "wrote", "reported", "warned", "claimed", "criticised",
    "announced", "confirmed", "praised", "promised", "urged", "joked", "exclaimed",
)  # fmt: skip
"""The classes of speech verbs that a file may list."""
INFLECTED = frozenset({"ru", "uk", "pl", "cs", "fi"})
"""Languages that decline names: only nominatives name a person."""
NOUNS_CAPITALISED = frozenset({"de"})
COMPOUNDS = frozenset({"de", "nl", "sv", "da", "nb"})
"""Languages that write compounds in one word."""
DEFINITE_ENDINGS = frozenset({"sv", "da", "nb"})
"""Languages that put the article behind the noun: ``talesmannen``."""
GENITIVE_S = frozenset({"de", "nl", "sv", "da", "nb"})
ROMANCE = frozenset({"fr", "es", "it", "pt", "ca", "ro"})
DROPS_PRONOUNS = frozenset({"es", "it", "pt", "ca", "ro", "pl", "cs"})
"""Languages in which a verb without a subject speaks of whom one knows."""
_NO_PEOPLE = frozenset({"hu", "el"})
"""Languages whose names no list of ours reads."""

HE, SHE, THEY = "he", "she", "they"


class VerbForm(NamedTuple):
    """A form of a speech verb: its words in lower case, and the verb's class."""

    words: tuple[str, ...]
    verb_class: str
    after_only: bool = False
    """Whether it reports a quotation only behind it: German ``so``."""


Phrases = Mapping[str, tuple[tuple[str, ...], ...]]
"""Phrases of one or more words by their first word, the longest first."""


@dataclass(frozen=True)
class Grammar:
    """What is known of a language's words; all in lower case."""

    code: str
    function_words: frozenset[str]
    verbs: Mapping[str, tuple[VerbForm, ...]]
    """The forms of speech verbs by their first word, the longest first."""
    verb_words: frozenset[str]
    """Every last word of such a form."""
    articles: frozenset[str]
    conjunctions: frozenset[str]
    prepositions: frozenset[str]
    pronouns: Mapping[str, str]
    """Pronouns that can be the subject: ``er`` -> ``he``."""
    adverbs: Phrases
    """What may stand between a speech verb and its subject."""
    clitics: frozenset[str]
    """What may stand between a subject and its verb: ``le`` in "X le respondió"."""
    titles: Mapping[str, str]
    """Titles of people: ``frau`` -> ``she``; ``''`` when they tell no gender."""
    offices: Phrases
    former: frozenset[str]
    """Words before an office that somebody had: ``ancien``."""
    indefinite: frozenset[str]
    """Articles of what is new in a text."""
    things: frozenset[str]
    """Words beside which a person's name names something else: a street, a school."""
    not_given: frozenset[str]
    not_surnames: frozenset[str]
    given: Mapping[str, str]
    """Given names: ``anna`` -> ``she``; ``''`` when they tell no gender."""
    folds: bool
    """Whether :attr:`given` is written without diacritics."""

    @property
    def declines(self) -> bool:
        return self.code in INFLECTED

    @property
    def puts_name_behind_complement(self) -> bool:
        """Whether a name follows an office and what belongs to it without a comma: ``министр обороны Иван …``."""
        return self.code in ROMANCE or self.declines

    @property
    def drops_pronouns(self) -> bool:
        return self.code in DROPS_PRONOUNS

    @property
    def capitalises_nouns(self) -> bool:
        return self.code in NOUNS_CAPITALISED


@cache
def grammar_of(code: str) -> Grammar:
    """The grammar of a language; one that knows nothing for a language without a file."""
    lists = sections(code)
    given, folds = _given_names(code)
    verbs = list(_verb_forms(code))

    def words(title: str) -> frozenset[str]:
        return frozenset(lists.get(title, ()))

    def gendered(he: str, she: str, other: str) -> dict[str, str]:
        return {
            **dict.fromkeys(lists.get(other, ()), THEY if other == "they" else ""),
            **dict.fromkeys(lists.get(she, ()), SHE),
            **dict.fromkeys(lists.get(he, ()), HE),
        }

    return Grammar(
        code=code,
        function_words=words("function words"),
        verbs=_by_first_word(verbs),
        verb_words=frozenset(form.words[-1] for form in verbs),
        articles=words("articles"),
        conjunctions=words("conjunctions"),
        prepositions=words("prepositions"),
        pronouns=gendered("he", "she", "they"),
        adverbs=_phrases(code, lists.get("adverbs", ())),
        clitics=words("clitics"),
        titles=gendered("titles he", "titles she", "titles"),
        offices=_phrases(code, lists.get("offices", ())),
        former=words("former"),
        indefinite=words("new"),
        things=words("things"),
        not_given=words("not given names") | words("function words") | frozenset(sections(EVERY)["not given names"]),
        not_surnames=words("not surnames") | words("things") | words("function words"),
        given=given,
        folds=folds,
    )


def _verb_forms(code: str) -> Iterable[VerbForm]:
    lists = sections(code)
    for verb_class in SPEECH:
        for entry in lists.get(verb_class, ()):
            yield VerbForm(split(entry, code), verb_class)
    for entry in lists.get("after a quotation only", ()):
        yield VerbForm(split(entry, code), "said", after_only=True)


def _by_first_word(forms: Iterable[VerbForm]) -> dict[str, tuple[VerbForm, ...]]:
    found: dict[str, list[VerbForm]] = {}
    for form in sorted(forms, key=lambda form: -len(form.words)):
        found.setdefault(form.words[0], []).append(form)
    return {first: tuple(same) for first, same in found.items()}


def _phrases(code: str, entries: Iterable[str]) -> Phrases:
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted((split(entry, code) for entry in entries), key=len, reverse=True):
        found.setdefault(words[0], []).append(words)
    return {first: tuple(same) for first, same in found.items()}


def _given_names(code: str) -> tuple[Mapping[str, str], bool]:
    """A language's own given names, else those of the world; and whether they are written without diacritics."""
    lists = sections(code)
    own = _gendered(lists, "given names he", "given names she")
    if own or code in _NO_PEOPLE or not lists:
        return own, False
    return {**_world_names(), **_gendered(lists, "more given names he", "more given names she")}, True


def _gendered(lists: Mapping[str, Iterable[str]], he: str, she: str) -> dict[str, str]:
    return {**dict.fromkeys(lists.get(she, ()), SHE), **dict.fromkeys(lists.get(he, ()), HE)}


@cache
def _world_names() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for file in ("given_names_world.txt", "given_names.txt"):
        lists = word_lists(file)
        for title, gender in (("either", ""), ("female", SHE), ("male", HE)):
            for name in lists[title]:
                known = found.get(name, gender)
                found[name] = gender if known == gender else ""
    return found
