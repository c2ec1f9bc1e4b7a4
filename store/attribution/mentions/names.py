"""Names in a text: runs of capitalised words, cut into titles, people and the rest.

A run ("US Defense Secretary Leon Panetta") is searched for the stretch of two to five words that looks most like
a person's name, by a linear model (:mod:`store.attribution.mentions.name_model`) that knows a score made of signs for
and against it and more. What stands before it in the run is its title.
Single words are only collected here: :mod:`store.attribution.mentions.coreference` decides about
them with the whole article.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from store.attribution.cues.verbs import CUES
from store.attribution.mentions import name_model
from store.attribution.mentions.name_features import noun_kinds, what_follows
from store.attribution.mentions.name_model import LEAST, Facts, Stretch, choose, facts_of
from store.attribution.mentions.name_runs import find_runs, is_plain
from store.attribution.mentions.name_shapes import NEVER_SURNAMES, word_scores
from store.attribution.tokens.tagged import TaggedText
from store.attribution.tokens.word_classes import (
    CALENDAR,
    COMMON,
    COMPLEMENT,
    FUNCTION,
    GIVEN,
    HONORIFIC,
    KNOWN,
    MODIFIER,
    NATION,
    NOT_BEFORE,
    ORGANISATION,
    PARTICLES,
    PLACE,
    RARE,
    ROLE,
    ROLES,
    SURNAME,
    THING,
    TITLE,
    words,
)

_PLACES_FOLLOW = words("places follow")
_THINGS_WITH_NAMES = words("things with names")
_FOREIGN = words("function words of other languages")

ENOUGH_ABROAD = 3.5
"""The score from which a stretch of capitalised words is a person in a text that is not English."""
FARTHEST = LEAST - 6.0
"""The score of words that no place makes up for."""
Likely = Mapping[Stretch, float]
"""Stretches of a run that are likely people, and how likely."""
FEW = 2
"""Function words of other languages that an English text may have anyway: "Ursula von der Leyen"."""
LONGEST = 5
"""Words in a person's name."""
_NAME = GIVEN | SURNAME
_TITLES = TITLE | HONORIFIC | ROLE


PERSON, SINGLE, OTHER = "person", "single", "other"
"""What a name may be.

single: one word, or a surname with particles behind a title, that may be a person, a place, anything; other: an
organisation, a place, a thing.
"""


@dataclass(slots=True, eq=False)
class Name:
    """A name over the tokens ``first`` to ``last``, both included."""

    kind: str
    first: int
    last: int
    words: tuple[str, ...]
    """The words without full stops and titles."""
    title: int = -1
    """The token at which the title before it begins, -1 without one."""


def find_names(reading: TaggedText) -> tuple[list[Name], Facts]:
    """All names of the text in order, and what its runs tell of words; names do not overlap, but for titles."""
    found: list[Name] = []
    runs = list(find_runs(reading))
    facts = facts_of(reading, runs)
    several = [run for run in runs if len(run) > 1]
    people = iter(_people_abroad(reading, several) if _is_abroad(reading) else _people(reading, several, facts))
    for run in runs:
        for name in _cut(reading, run, next(people)) if len(run) > 1 else (_single(reading, run[0]),):
            if found and _continues(reading, found[-1], name):
                name = _together(found.pop(), name)
            found.append(name)
    return found, facts


def _is_abroad(reading: TaggedText) -> bool:
    """Whether other languages have more function words in it than English, or English has few in a longer text."""
    known = sum([flags & FUNCTION for flags in reading.flags]) // FUNCTION
    if sum(map(_FOREIGN.__contains__, reading.lows)) > max(known, FEW):
        return True
    return known * 8 < len(reading.flags) and len(reading.flags) >= 40


def _continues(reading: TaggedText, before: Name, name: Name) -> bool:
    """Whether the name goes on an organisation's: "Endowment *for International Peace*"."""
    if before.kind == PERSON or name.kind == PERSON or before.title >= 0 or name.title >= 0:
        return False
    gap = name.first - before.last
    if not 2 <= gap <= 3 or reading.sentence[name.first] != reading.sentence[before.first]:
        return False
    lows = reading.lows
    link = lows[before.last + 1]
    if gap == 3 and lows[before.last + 2] != "the":
        return False
    if link in ("of", "for", "on"):
        return bool(reading.flags[before.last] & (ORGANISATION | ROLES)) and not reading.flags[before.last] & PLACE
    chained = link in ("and", "&") and any(lows[at] in ("of", "for", "on") for at in range(before.first, before.last))
    return chained and not reading.flags[name.first] & PLACE


def _together(before: Name, name: Name) -> Name:
    return Name(OTHER, before.first, name.last, (*before.words, *name.words))


def _cut(reading: TaggedText, run: list[int], people: Likely) -> Iterator[Name]:
    """The names of a run in order; ``people`` are its stretches that are likely people."""
    begin = 0
    while begin < len(run):
        best = max((stretch for stretch in people if stretch[0] >= begin), key=people.__getitem__, default=None)
        rest = run[begin:]
        if best is None:
            if _speaks_behind_body(reading, rest):
                yield Name(OTHER, rest[0], rest[-2], _words(reading, rest[:-1]))
                rest = rest[-1:]
            name = _without_person(reading, rest)
            if name is not None:
                yield name
            return
        first, last = best[0] - begin, best[1] - begin
        title = _title_in_run(reading, rest, first) if first > 0 else 0
        if title > 0:
            name = _without_person(reading, rest[:title])
            if name is not None:
                yield name
        begins = rest[title] if title < first else -1
        yield Name(PERSON, rest[first], rest[last], _words(reading, rest[first : last + 1]), begins)
        begin = best[1] + 1


def _speaks_behind_body(reading: TaggedText, run: Sequence[int]) -> bool:
    """Whether the run is a body and somebody who speaks: "Speaking to the Evening Herald Ramsay said"."""
    if len(run) < 2 or run[-1] + 1 >= len(reading.lows):
        return False
    last, before = reading.flags[run[-1]], reading.flags[run[-2]]
    speaks = reading.lows[run[-1] + 1] in CUES and reading.texts[run[-1] + 1].islower()
    person = last & SURNAME or not last
    return bool(speaks and person and not last & (ORGANISATION | THING | PLACE) and before & ORGANISATION)


def _single(reading: TaggedText, at: int) -> Name:
    return Name(SINGLE, at, at, (reading.texts[at].rstrip("."),))


def _words(reading: TaggedText, run: list[int]) -> tuple[str, ...]:
    return tuple([reading.texts[number].rstrip(".") for number in run])


def _title_in_run(reading: TaggedText, run: list[int], first: int) -> int:
    """The position in the run at which the title that ends before ``first`` begins; ``first`` when there is none.

    All of the run before an office belongs to it: "Shadow Home Secretary", "Clinton Campaign Chairman".
    """
    flags = reading.flags
    if not flags[run[first - 1]] & (_TITLES | COMPLEMENT | NATION | MODIFIER):
        return first
    begins = 0
    while begins < first and flags[run[begins]] & CALENDAR and not flags[run[begins]] & _NAME:
        begins += 1
    return begins


def _without_person(reading: TaggedText, run: list[int]) -> Name | None:
    """A run, or the part of one, that holds no name of several words: a single word, a title and a surname, a thing.

    None for an office: "Secretary of State".
    """
    flags = reading.flags
    last = run[-1]
    if len(run) == 1:
        return _single(reading, last)
    begins = len(run) - 1
    while begins > 1 and reading.lows[run[begins - 1]] in PARTICLES:
        begins -= 1
    before = run[begins - 1]
    previous = flags[before]
    of = reading.lows[before - 1] == "of"
    if begins == len(run) - 1 and previous & TITLE and flags[last] & COMPLEMENT and reading.lows[last - 1] == "of":
        return None
    titled = previous & (TITLE | HONORIFIC) or (
        begins > 1 and previous & COMPLEMENT and flags[run[begins - 2]] & TITLE and of
    )
    noun = flags[last] & (TITLE | ROLE | COMPLEMENT) & ~_surname(flags[last])
    if titled and not noun and _may_be_surname(reading, last):
        return Name(SINGLE, run[begins], last, _words(reading, run[begins:]), run[0])
    return Name(OTHER, run[0], last, _words(reading, run))


def _surname(flags: int) -> int:
    """The title flags of a word that is a common surname too (Judge, King, Marshall, Price): they do not count."""
    return TITLE | ROLE if flags & SURNAME else 0


def _may_be_surname(reading: TaggedText, at: int) -> bool:
    flags = reading.flags[at]
    text = reading.texts[at]
    if flags & (CALENDAR | FUNCTION) and not flags & _NAME:
        return False
    return len(text) > 1 and not (text.isupper() and flags & (KNOWN | PLACE))


def _people(reading: TaggedText, several: list[list[int]], facts: Facts) -> list[Likely]:
    """For each run of several words the stretches that the model takes for people."""
    by_hand = [by_lists(reading, run) for run in several]
    margins = choose(reading, several, facts, by_hand)
    likely: list[Likely] = []
    for run, found in zip(several, margins, strict=True):
        enough = sorted(
            (margin, stretch)
            for stretch, margin in found.items()
            if margin > name_model.ENOUGH and not _is_acronym(reading, run, *stretch)
        )
        likely.append({_whole(reading, run, stretch, found): margin for margin, stretch in enough})
    return likely


def _is_acronym(reading: TaggedText, run: Sequence[int], first: int, last: int) -> bool:
    """Whether a stretch begins with an acronym and goes on in small letters: "RIA Novosti", "CNN Turk"."""
    word, rest = reading.texts[run[first]], reading.texts[run[last]]
    return len(word) >= 3 and word.isalpha() and word.isupper() and not rest.isupper()


def _whole(reading: TaggedText, run: Sequence[int], stretch: Stretch, possible: Container[Stretch]) -> Stretch:
    """The stretch with a given name before it and a surname behind a given name: no "Stuart" of "John Stuart Mill"."""
    first, last = stretch
    while first > 0 and (first - 1, last) in possible and _is_plainly_given(reading.flags[run[first - 1]]):
        first -= 1
    if first > 1 and _is_address(reading.flags[run[first - 2]]) and not reading.flags[run[first - 1]] & _TITLES:
        first -= 1
    ends_given = reading.flags[run[last]] & GIVEN
    if ends_given and (first, last + 1) in possible and _may_follow_given(reading, run[last + 1]):
        last += 1
    return first, last


def _is_address(flags: int) -> bool:
    """Whether the word is a form of address only, so that a name follows it: "U Phone Min Thant"."""
    return bool(flags & HONORIFIC) and not flags & (TITLE | ROLE | _NAME)


def _may_follow_given(reading: TaggedText, at: int) -> bool:
    """Whether the word may be a surname: one of a list, one that no list knows, a seldom used one."""
    flags = reading.flags[at]
    return not flags or (bool(flags & (SURNAME | RARE)) and not flags & (ORGANISATION | THING | PLACE | TITLE))


def _people_abroad(reading: TaggedText, several: list[list[int]]) -> list[Likely]:
    """The same in a text that is not English: listed names alone tell, for nouns may have capitals there.

    What joins words in that language joins names as well as nouns: "Rezension von …", "Ein Bericht".
    """
    likely: list[Likely] = []
    for run in several:
        foreign = [reading.lows[at] in _FOREIGN and not reading.flags[at] & GIVEN for at in run]
        scores = by_lists(reading, run, foreign)
        likely.append({stretch: score for stretch, score in scores.items() if score >= ENOUGH_ABROAD})
    return likely


def by_lists(reading: TaggedText, run: Sequence[int], foreign: Sequence[bool] = ()) -> dict[Stretch, float]:
    """How much each stretch of the run is like a person's name by word lists and neighbours; from LEAST on.

    ``foreign`` marks small words of other languages, which seldom belong to a name.
    """
    opening, inner, closing = word_scores(reading, run)
    for at in [at for at, is_foreign in enumerate(foreign) if is_foreign]:
        opening[at], inner[at] = -5.0, -1.5
    found: dict[Stretch, float] = {}
    for first in range(len(run) - 1):
        flags = reading.flags[run[first]]
        if flags & (TITLE | HONORIFIC) and not flags & GIVEN:
            continue
        middle = 0.0
        for last in range(first + 1, min(len(run), first + LONGEST)):
            if reading.texts[run[last] - 1] == "&":
                break
            score = opening[first] + middle + closing[last] + 0.3 * (last - first)
            middle += inner[last]
            if score >= FARTHEST and (score := score + _context(reading, run, first, last)) >= LEAST:
                found[first, last] = score
    return found


def _context(reading: TaggedText, run: Sequence[int], first: int, last: int) -> float:
    """What the neighbours of the stretch say for or against a person."""
    texts, flags = reading.texts, reading.flags
    score = 0.0
    acronym = texts[run[first]]
    if len(acronym) > 2 and acronym.isupper() and "." not in acronym and not texts[run[last]].isupper():
        score -= 4.0
    if last + 1 < len(run):
        behind = flags[run[last + 1]]
        closing = flags[run[-1]]
        names_thing = closing & (ORGANISATION | THING) and not closing & _NAME
        if (names_thing or reading.lows[run[-1]] in NEVER_SURNAMES) and is_plain(reading, run[-1]):
            score -= 9.0
        elif behind & (ORGANISATION | THING) and not behind & _NAME:
            score -= 5.0
        elif behind & (ORGANISATION | THING | TITLE | ROLE):
            score -= 1.5
        elif not behind or behind & RARE:
            score -= 1.8
        else:
            score -= 0.6
    else:
        score += _behind(reading, run[last] + 1)
    begin = run[first]
    if flags[run[last]] & (ORGANISATION | THING) and not _is_plainly_given(flags[begin]):
        score -= 1.5
    if _is_quoted(reading, begin, run[last]):
        score -= 1.5
    if first > 0:
        before = flags[run[first - 1]]
        if before & NOT_BEFORE:
            score -= 12.0
        elif before & (HONORIFIC | TITLE):
            score += 2.5
        elif before & (ROLE | COMPLEMENT):
            score += 1.8
        elif before & (ORGANISATION | NATION | PLACE):
            score += 0.2
        else:
            score -= 0.8
    elif begin > 1 and texts[begin - 1] == "," and flags[begin - 2] & (ROLE | TITLE):
        score += 1.5
    elif begin > 0 and reading.joined[begin]:
        before = flags[begin - 1]
        low = reading.lows[begin - 1]
        if before & (ROLE | TITLE) and not before & FUNCTION:
            score += 2.0
        elif low in ("the", "this", "that", "an", "a"):
            score -= 2.5
        elif low in _PLACES_FOLLOW:
            score -= 3.0 if low in ("in", "near", "at") and _may_be_place(reading, run[last]) else 0.8
        elif low in _THINGS_WITH_NAMES:
            score -= 9.0
        elif low in CUES:
            score += 0.6
    return score


def _may_be_place(reading: TaggedText, last: int) -> bool:
    """Whether nothing in the last word speaks for a surname, nor a possessive behind it for somebody."""
    behind = reading.lows[last + 1] if last + 1 < len(reading.lows) else ""
    return not reading.flags[last] & (SURNAME | GIVEN) and behind not in ("'s", "’s", "'", "’")


def _is_plainly_given(flags: int) -> bool:
    return bool(flags & GIVEN) and not flags & (COMMON | PLACE | ORGANISATION | THING)


def _is_quoted(reading: TaggedText, first: int, last: int) -> bool:
    """Whether the words stand between marks all by themselves, as titles of works do."""
    texts = reading.texts
    return (
        first > 0
        and last + 1 < len(texts)
        and texts[first - 1] in ("“", '"', "‘", "'")
        and texts[last + 1] in ("”", '"', "’", "'", ",")
        and reading.quotation[first] != reading.quotation[first - 1]
    )


def _behind(reading: TaggedText, after: int) -> float:
    """What follows the run: an age, an apposition, a verb of saying."""
    texts, lows = reading.texts, reading.lows
    if after + 1 >= len(texts):
        return 0.0
    if texts[after] == ",":
        following = texts[after + 1]
        if following.isdigit() and len(following) <= 2:
            return 3.0
        if lows[after + 1] in ("who", "whose"):
            return 3.0
        if what_follows(reading, after + 1) == "other":
            return -12.0
        if lows[after + 1] in ("a", "an", "the", "his", "her") or reading.flags[after + 1] & (ROLE | MODIFIER):
            return 0.9
        return 0.0
    small = texts[after].islower()
    if small and (reading.flags[after] & (ORGANISATION | THING) or noun_kinds().get(lows[after]) == "place"):
        return -2.0
    if small and lows[after] in CUES:
        return 1.2
    if small and lows[after].endswith("ed"):
        return 0.6
    if lows[after] in ("'s", "’s", "has", "had", "is", "was", "and", "will", "who"):
        return 0.2
    return 0.0
