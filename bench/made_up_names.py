"""Invented sentences with names in them, so that the model of names learns what few articles show.

Names of one to three given names, with particles, initials and surnames that no list has; and what only looks like a
name: hospitals and streets called after people, and towns. The same sentences in every run.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from store.attribution.lexicon import word_lists

COUNT = 900
"""Sentences of each kind."""
_ABOUT = (
    "{} said the road had been closed.",
    "The prize went to {} on Monday, and nobody was surprised.",
    "It was the third time that {} had won the race.",
    "The letter was signed by {}, a teacher from the north.",
    "{}, 42, lives near the river with two dogs.",
    "We asked {} whether the plan would work.",
    "She married {} in the spring.",
    "The house of {} burned down last year.",
    "Neighbours remember {}'s kindness.",
    "{} and {} opened the meeting.",
    "They were joined by {}, {} and {} after lunch.",
    "“It is over,” {} told the crowd.",
    "A colleague named {} found the key.",
    "The coach praised {} for the goal.",
    "{} bought the bakery and sold it again.",
    "Nobody had seen {} since the storm.",
    "Minister {} declined to comment.",
    "The chairman, {}, resigned.",
    "The widow of Mr {} thanked the doctors.",
    "{} (third from left) at the opening.",
    "{} was arrested at dawn.",
    "By {}",
)
_CALLED_AFTER = (
    "Hospital",
    "Street",
    "Road",
    "School",
    "Park",
    "Foundation",
    "Institute",
    "Stadium",
    "Library",
    "Bridge",
    "Theatre",
    "Museum",
    "Centre",
    "Hall",
    "Airport",
    "Station",
    "Square",
    "Award",
    "Prize",
    "Trust",
    "Building",
    "College",
    "Avenue",
    "Memorial",
    "Gallery",
    "Church",
    "Festival",
    "Cup",
    "Academy",
    "Group",
    "Holdings",
    "Motors",
    "Bank",
)
_AT = ("He was taken to {}.", "The {} opened in June.", "Work at {} goes on.", "A fire broke out at the {} yesterday.")
_IN = (
    "The mayor of {} resigned.",
    "A fire broke out in {} yesterday.",
    "Two buses left {} for the coast.",
    "She lives in {}.",
    "The road from {} to the border is closed.",
    "{} is the second city of the region.",
)
_SYLLABLES = [
    "ba",
    "be",
    "bi",
    "bo",
    "da",
    "dil",
    "du",
    "ez",
    "fa",
    "gan",
    "gor",
    "hi",
    "ja",
    "ka",
    "kel",
    "khu",
    "la",
    "lin",
    "lo",
    "ma",
    "mir",
    "mo",
    "na",
    "nu",
    "ol",
    "or",
    "pa",
    "ra",
    "ri",
    "ro",
    "sa",
    "she",
    "shi",
    "ta",
    "tor",
    "u",
    "va",
    "vi",
    "wa",
    "ya",
    "yun",
    "za",
    "zo",
    "zu",
]
_PARTICLES = ("van", "de", "van der", "von", "da", "al-", "bin", "del", "ten")


def articles() -> Iterator[dict[str, Any]]:
    """Articles of one sentence each as :mod:`bench.train_names` reads them."""
    chance = Random(20)
    given = [*_listed("given_names.txt", "male"), *_listed("given_names.txt", "female")]
    given += [*_listed("given_names_world.txt", "male"), *_listed("given_names_world.txt", "female")]
    family = [*_listed("surnames.txt", "surnames"), *_listed("surnames_world.txt", "surnames")]
    family += chance.sample(_listed("surnames_census.txt", "surnames"), 4000)
    towns = [town.replace("_", " ").title() for town in _listed("towns.txt", "several words")]

    def name() -> str:
        return _name(chance, given, family)

    for _ in range(COUNT):
        pattern = chance.choice(_ABOUT)
        names = [name() for _ in range(pattern.count("{}"))]
        yield _article(pattern.format(*names), names)
    for _ in range(COUNT // 6):
        body = f"{name()} {chance.choice(_CALLED_AFTER)}"
        yield _article(chance.choice(_AT).format(body), [])
        yield _article(chance.choice(_IN).format(chance.choice(towns)), [])


def _listed(file: str, title: str) -> list[str]:
    return sorted(word for word in word_lists(file)[title] if len(word) > 2)


def _article(text: str, names: list[str]) -> dict[str, Any]:
    people = [{"name": name} for name in names]
    return {"source": "made up", "text": text, "people_list": people, "made up": True}


def _name(chance: Random, given: list[str], family: list[str]) -> str:
    """A name as newspapers print them: mostly two words."""

    def word(listed: list[str], unknown: float) -> str:
        if chance.random() < unknown:
            return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()
        return chance.choice(listed).title().replace("'S", "'s")

    words = [word(given, 0.2)]
    if chance.random() < 0.2:
        words.append(word(given, 0.2))
    elif chance.random() < 0.1:
        words.append(f"{chance.choice('ABCDEFGHJKLMNPRST')}.")
    if chance.random() < 0.08:
        words.append(chance.choice(_PARTICLES))
    words.append(word(family, 0.3))
    if chance.random() < 0.06:
        words[-1] += f"-{word(family, 0.2)}"
    return " ".join(words).replace("- ", "-")
