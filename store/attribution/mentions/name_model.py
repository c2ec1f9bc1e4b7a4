"""Which stretch of a run of capitalised words is a person's name: a linear model over what words and places tell.

For each run the stretches of two to five words and "none" are candidates; the weights in ``lexicon/name_weights.txt``
come from ``python -m bench.train_names``. A phrase that stands in the text more than once is judged by all its places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from store.attribution.lexicon import NAME_WORDS, read, word_lists
from store.attribution.linear_model import Weights, parse, score
from store.attribution.mentions.name_features import farther_left, is_town, kind_of, left_of, right_of, sign
from store.attribution.tokens.tagged import TaggedText
from store.attribution.tokens.word_classes import (
    CALENDAR,
    FUNCTION,
    GIVEN,
    HONORIFIC,
    KNOWN,
    NATION,
    NOT_BEFORE,
    ORGANISATION,
    PLACE,
    ROLE,
    ROLES,
    SURNAME,
    THING,
    TITLE,
)

Stretch = tuple[int, int]
"""Positions in a run of the first and the last word."""
Run = Sequence[int]
"""Token numbers of capitalised words that stand together."""

LEAST = -3.0
"""The hand-set score below which a stretch is no candidate."""
AGREEMENT = 300
"""How much another place of the same phrase may count for or against a stretch, in hundredths."""
SURE = 4.0
"""Hand-set evidence from which a likely person is one whatever the model says."""
LIKELY = 1.6
"""Hand-set evidence from which a word alone is likely a person."""
ENOUGH = 15
"""The margin, in hundredths, from which a stretch is a person."""
ENOUGH_ALONE = 0
"""The score above which a word alone is a person."""
_installed: dict[str, Weights] = {}
_STEPS_ALONE = (-3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
_STEPS = (-2.0, -1.0, 0.0, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0)


@dataclass(slots=True)
class Facts:
    """What a text tells of words and phrases wherever they stand."""

    alone: dict[str, set[str]] = field(default_factory=dict)
    """How a word stands as a whole run: with a verb of saying, an owner, behind "the", behind Mr. or Ms."""
    with_article: set[tuple[str, ...]] = field(default_factory=set)
    aged: set[tuple[str, ...]] = field(default_factory=set)
    times: Counter[tuple[str, ...]] = field(default_factory=Counter)
    things: set[tuple[str, ...]] = field(default_factory=set)
    """What is called a novel, a ship, a newspaper somewhere in the text."""
    phrases_with: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)
    """The runs of several words that have a word."""


def keys_of(reading: TaggedText, run: Run) -> tuple[str, ...]:
    """The words of a run as they are compared: lower case, without full stops."""
    return tuple([reading.lows[at].rstrip(".") for at in run])


def facts_of(reading: TaggedText, runs: Iterable[Run]) -> Facts:
    """What the runs of a text tell of their words."""
    facts = Facts()
    for run in runs:
        keys, left, right = keys_of(reading, run), left_of(reading, run[0]), right_of(reading, run[-1])
        facts.times[keys] += 1
        article = left in ("the", "a", "an")
        if left == "named":
            facts.things.add(keys)
        if len(run) == 1:
            ways = facts.alone.setdefault(keys[0], set())
            if right in ("said", "who", "himself"):
                ways.add("said")
            elif right.startswith("'s"):
                ways.add("own")
            elif right in ("has", "had", "was", "ed"):
                ways.add("verb")
            if right in (",age", ",who", ",the person"):
                ways.add("told")
            if article:
                ways.add("the")
            elif left in ("in", "at", "near", "from"):
                ways.add("in")
        else:
            if article:
                facts.with_article.add(keys)
            for key in keys:
                facts.phrases_with.setdefault(key, set()).add(keys)
        if len(run) == 2 and reading.flags[run[0]] & HONORIFIC:
            facts.alone.setdefault(keys[1], set()).add("mr")
        if right == ",age":
            facts.aged.add(keys)
    return facts


def stretches(reading: TaggedText, run: Run, facts: Facts, by_hand: Mapping[Stretch, float]) -> Iterator[list[str]]:
    """The features of each stretch in ``by_hand`` (its hand-set score) in order, then those of none."""
    signs = [sign(reading.flags[at], reading.texts[at]) for at in run]
    keys = keys_of(reading, run)
    count = len(run)
    left, right = left_of(reading, run[0]), right_of(reading, run[-1])
    for (first, last), value in by_hand.items():
        before = f"<{signs[first - 1]}" if first else left
        after = f"<{signs[last + 1]}" if last < count - 1 else right
        begins, ends = signs[first], signs[last]
        at = run[last]
        kind = "" if reading.flags[at] & GIVEN else kind_of(reading.lows[at], 0)
        found = [
            *_of_words(begins, ends, tuple(signs[first + 1 : last]), kind, min(count, last - first + 2)),
            *_of_places(before, after, begins, ends, first > 0 and last == count - 1),
            *_of_text(facts, keys, first, last, left),
        ]
        found += [f"hand={step}" for step in _STEPS if value >= step]
        if not first and (farther := farther_left(reading, run[0])):
            found += [f"farther={farther}", f"farther={farther} before={before}"]
        if ends in ("U", "U-", "r", "c", "S", "u"):
            found.append(f"ending={keys[last][-2:]}")
        if begins in ("U", "U-", "S", "r"):
            found.append(f"beginner={keys[first][-2:]}")
        if _is_town(reading, run[first : last + 1]):
            found.append("town")
        yield found
    yield ["none", f"none count={min(count, 6)}", f"none last={signs[-1]}", f"none left={left}"]


@lru_cache(maxsize=NAME_WORDS)
def _of_words(begins: str, ends: str, inner: tuple[str, ...], kind: str, room: int) -> tuple[str, ...]:
    return (
        f"first={begins}",
        f"last={ends}",
        f"first={begins} last={ends}",
        f"first={begins} last={ends} room={room}",
        f"length={len(inner) + 2}",
        f"kind={kind}",
        f"kind={kind} last={ends}",
        *[f"inner={one}" for one in inner],
    )


@lru_cache(maxsize=NAME_WORDS)
def _of_places(before: str, after: str, begins: str, ends: str, closing: bool) -> tuple[str, ...]:
    found = (f"before={before}", f"after={after}", f"before={before} first={begins}", f"last={ends} after={after}")
    return (*found, f"closing before={before}") if closing else found


def _of_text(facts: Facts, keys: tuple[str, ...], first: int, last: int, left: str) -> list[str]:
    """What the rest of the text says of the stretch and its words."""
    phrase = keys[first : last + 1]
    found = [f"last alone={way}" for way in sorted(facts.alone.get(keys[last], ()))] or ["last alone=no"]
    found += [f"first alone={way}" for way in sorted(facts.alone.get(keys[first], ()))]
    if phrase in facts.with_article and (first or left not in ("the", "a", "an")):
        found.append("article elsewhere")
    if phrase in facts.aged:
        found.append("aged")
    found.append(f"times={min(facts.times[phrase], 3)}")
    return found


def _is_town(reading: TaggedText, run: Run) -> bool:
    return is_town([reading.lows[at] for at in run])


def alone(reading: TaggedText, places: Sequence[tuple[int, int]], signs_by_hand: float, facts: Facts) -> list[str]:
    """The features of a word that stands alone and is no part of a full name.

    ``places`` are the first and last token of each of its mentions, ``signs_by_hand`` the evidence of all of them.
    """
    at = places[0][1]
    key = reading.lows[at].rstrip(".")
    shape = sign(reading.flags[at], reading.texts[at])
    famous = key in _famous()
    found = [f"sign={shape}", f"times={min(len(places), 4)}", f"kind={kind_of(key, 0)}"]
    if shape in ("U", "U-", "u", "S", "X"):
        found.append(f"ending={key[-2:]}")
    if famous:
        found += ["famous", f"famous sign={shape}"]
    if is_town((key,)):
        found.append("town")
    around: set[str] = set()
    for first, last in places:
        left, right = left_of(reading, first), right_of(reading, last)
        opens = reading.is_initial(first)
        if farther := farther_left(reading, first):
            around |= {f"farther={farther}", f"farther={farther} left={left}"}
        around |= {f"left={left}", f"right={right}", f"opens={opens}", f"around={left} {right}"}
        around |= {f"sign={shape} left={left}", f"sign={shape} right={right}"}
        if opens:
            around.add(f"opens right={right}")
    found += sorted(around)
    found.append(f"likely={_is_likely(reading, at, shape, signs_by_hand)} sign={shape}")
    found.append(f"likely={_is_likely(reading, at, shape, signs_by_hand)}")
    found += [f"hand={step}" for step in _STEPS_ALONE if signs_by_hand >= step]
    if len(places) > 1:
        mean = signs_by_hand / len(places)
        found += [f"mean={step}" for step in _STEPS_ALONE if mean >= step]
    if facts.phrases_with.get(key):
        found.append("inside a longer name")
    return found


def _is_likely(reading: TaggedText, at: int, shape: str, signs_by_hand: float) -> bool:
    """Whether the signs for a person outweigh the others and the word is nothing else by any list."""
    other = CALENDAR | FUNCTION | NATION | KNOWN | PLACE | ROLES | ORGANISATION | NOT_BEFORE | THING
    flags = reading.flags[at]
    named = flags & (GIVEN | SURNAME)
    listed = flags & (CALENDAR | FUNCTION | NATION | KNOWN | PLACE | ROLES) or (flags & other and not named)
    titled = flags & (ROLE | TITLE) and not flags & GIVEN
    return signs_by_hand >= LIKELY and not listed and not titled and not (shape[0] == "A" or shape == "X")


def is_person_alone(reading: TaggedText, places: Sequence[tuple[int, int]], signs_by_hand: float, facts: Facts) -> bool:
    """Whether a word that stands alone and is no part of a full name is a person."""
    at = places[0][1]
    if signs_by_hand >= SURE and _is_likely(reading, at, sign(reading.flags[at], reading.texts[at]), signs_by_hand):
        return True
    return score(alone(reading, places, signs_by_hand, facts), _weights("alone")) > ENOUGH_ALONE


@cache
def _famous() -> frozenset[str]:
    return word_lists("famous_names.txt")["famous"]


def install(models: dict[str, Weights]) -> None:
    """Use ``models`` from now on instead of the shipped weights; for training and cross-validation."""
    _installed.clear()
    _installed.update(models)


def _weights(model: str) -> Weights:
    if not _installed:
        install(parse(read("name_weights.txt")))
    return _installed.get(model, {})


def choose(
    reading: TaggedText, runs: Sequence[Run], facts: Facts, by_hand: Sequence[Mapping[Stretch, float]]
) -> list[dict[Stretch, int]]:
    """For each run how much better each stretch is than "none", in hundredths; by all places of the same phrase."""
    table = _weights("stretch")
    margins: list[dict[Stretch, int]] = []
    together: Counter[tuple[str, ...]] = Counter()
    for run, hand in zip(runs, by_hand, strict=True):
        sums = [score(features, table) for features in stretches(reading, run, facts, hand)]
        margins.append({stretch: value - sums[-1] for stretch, value in zip(hand, sums, strict=False)})
        keys = keys_of(reading, run)
        for (first, last), margin in margins[-1].items():
            together[keys[first : last + 1]] += _limited(margin)
    for run, found in zip(runs, margins, strict=True):
        keys = keys_of(reading, run)
        for (first, last), margin in found.items():
            thing = -10 * AGREEMENT if keys[first : last + 1] in facts.things else 0
            found[first, last] = margin + together[keys[first : last + 1]] - _limited(margin) + thing
    return margins


def _limited(margin: int) -> int:
    return max(-AGREEMENT, min(AGREEMENT, margin))
