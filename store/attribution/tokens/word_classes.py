"""What a single word may be - given name, title, role, place … - as bit flags from the word lists.

One dictionary holds every listed word, so that classing a token is one look-up. A word may be many things
("Dean", "Jordan", "Bush"); the rules that read names weigh the flags against each other.
"""

from __future__ import annotations

from functools import cache

from store.attribution.lexicon import lines, word_lists

MALE = 1
"""A man's given name."""
FEMALE = 2
"""A woman's given name."""
EITHER = 4
"""A given name that tells no gender."""
GIVEN = MALE | FEMALE | EITHER
SURNAME = 8
HONORIFIC = 16
"""Mr., Dr., Lady: before a name only."""
TITLE = 32
"""An office that stands directly before a name: Senator, Prime Minister."""
ROLE = 64
"""A noun for one person: spokesman, barrister, widow."""
ROLES = 128
"""A noun for several people: officials, critics, police."""
COLLECTIVE = 256
"""A noun for a body or document that speaks: committee, newspaper, poll."""
NATION = 512
"""A nationality, religion or party, as adjective or people."""
PLACE = 1024
ORGANISATION = 2048
"""The head word of an organisation's name: Ministry, Inc."""
KNOWN = 4096
"""An organisation by its own one-word name: NASA, Reuters."""
THING = 8192
"""The head word of a named thing: Street, Act, Award, Bridge."""
CALENDAR = 16384
"""Days, months, feasts, and other capitalised words that name nobody."""
COMMON = 32768
"""Used in lower case by ordinary news text."""
MODIFIER = 65536
"""Stands before a role noun: former, senior, campaign."""
NOT_BEFORE = 131072
"""What follows it is no person: Hurricane, Operation, USS."""
FUNCTION = 262144
"""A function word: it may begin a sentence, never a name."""
MALE_NOUN = 524288
FEMALE_NOUN = 1048576
RELATION = 2097152
"""Somebody's: wife, aide, lawyer."""
COMPLEMENT = 4194304
"""What an office is of: Secretary of *State*, Chief of *Staff*."""
MALE_HONORIFIC = 8388608
FEMALE_HONORIFIC = 16777216
RARE = 33554432
"""A common word that news seldom uses, so that it may well be a family name behind a given name: Crouch, Mill."""

PARTICLES = word_lists("names.txt")["particles"]
"""Lower-case words inside a surname."""
SUFFIXES = word_lists("names.txt")["suffixes"]
ARABIC = tuple(sorted(word_lists("names.txt")["arabic"]))
"""How Arabic surnames begin: al-."""
SURNAME_ENDINGS = tuple(sorted(word_lists("names.txt")["surname endings"]))
"""How family names of many languages end, and few other words that no list has."""

_LISTS = (
    ("given_names.txt", "male", MALE),
    ("given_names.txt", "female", FEMALE),
    ("given_names.txt", "either", EITHER),
    ("given_names_world.txt", "male", MALE),
    ("given_names_world.txt", "female", FEMALE),
    ("given_names_world.txt", "either", EITHER),
    ("surnames.txt", "surnames", SURNAME),
    ("surnames_world.txt", "surnames", SURNAME),
    ("surnames_census.txt", "surnames", SURNAME),
    ("people_words.txt", "honorifics male", HONORIFIC | MALE_HONORIFIC),
    ("people_words.txt", "honorifics female", HONORIFIC | FEMALE_HONORIFIC),
    ("people_words.txt", "honorifics", HONORIFIC),
    ("people_words.txt", "titles", TITLE),
    ("people_words.txt", "roles", ROLE),
    ("people_words.txt", "plural only", ROLES),
    ("people_words.txt", "collective", COLLECTIVE),
    ("people_words.txt", "female nouns", FEMALE_NOUN),
    ("people_words.txt", "male nouns", MALE_NOUN),
    ("people_words.txt", "relations", RELATION),
    ("people_words.txt", "before a role", MODIFIER),
    ("people_words.txt", "title complements", COMPLEMENT),
    ("organisations.txt", "heads", ORGANISATION),
    ("organisations.txt", "known", KNOWN),
    ("organisations.txt", "names of several words", KNOWN),
    ("organisations.txt", "things", THING),
    ("organisations.txt", "not before a name", NOT_BEFORE),
    ("places.txt", "countries", PLACE),
    ("places.txt", "regions", PLACE),
    ("places.txt", "states", PLACE),
    ("places.txt", "abbreviated states", PLACE),
    ("places.txt", "cities", PLACE),
    ("places.txt", "places of several words", PLACE),
    ("places.txt", "nationalities", NATION),
    ("calendar.txt", "days and months", CALENDAR),
    ("calendar.txt", "feasts", CALENDAR),
    ("calendar.txt", "religion", CALENDAR),
    ("calendar.txt", "words", CALENDAR),
    ("common_words.txt", "words", COMMON),
    ("english_words.txt", "words", COMMON | RARE),
    ("common_words.txt", "function words", FUNCTION | COMMON),
)


@cache
def word_classes() -> dict[str, int]:
    """Every listed word, lower case, with its flags; plurals of role nouns are added."""
    classes: dict[str, int] = {}
    for file, title, flag in _LISTS:
        listed = word_lists(file)[title]
        known = listed & classes.keys()
        classes.update(dict.fromkeys(listed - known, flag))
        for word in known:
            classes[word] |= flag
    for word in [word for word in classes if "_" in word]:
        del classes[word]
    for word in word_lists("people_words.txt")["roles"]:
        plural = plural_of(word)
        classes[plural] = classes.get(plural, 0) | ROLES
    return classes


@cache
def phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Names of several words (places, organisations) by their first word, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for file, title, _ in _LISTS:
        if file in ("places.txt", "organisations.txt"):
            for word in word_lists(file)[title]:
                if "_" in word:
                    parts = tuple(word.split("_"))
                    found.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(rest, key=lambda parts: (-len(parts), parts))) for first, rest in found.items()}


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """The given names that a given name may stand for or be shortened to."""
    families: dict[str, set[str]] = {}
    for line in lines("nicknames.txt"):
        full, *short = line.split()
        for word in short:
            families.setdefault(full, set()).add(word)
            families.setdefault(word, set()).add(full)
    return {word: frozenset(others) for word, others in families.items()}


def plural_of(noun: str) -> str:
    """The regular plural, with -man and -woman: ``spokesmen``, ``deputies``, ``coaches``."""
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith("-in-law"):
        return noun.replace("-in-law", "s-in-law")
    return noun + "s"


def singular_of(noun: str) -> str:
    """The inverse of :func:`plural_of` for nouns in the lists; an unknown noun comes back unchanged."""
    return _singulars().get(noun, noun)


@cache
def _singulars() -> dict[str, str]:
    return {plural_of(word): word for word in sorted(word_lists("people_words.txt")["roles"])}


@cache
def words(title: str) -> frozenset[str]:
    """A list of ``lexicon/references.txt``: the small closed classes that references are read by."""
    return word_lists("references.txt")[title]
