"""Whether two quotations are reprints of one: shortened, split, edited or punctuated in another way.

Pure: words in, a likeness out. :mod:`store.people.quote_groups` looks quotations up by their runs of words and compares
them here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from hashlib import blake2b
from math import ceil

from store.people.features import is_everyday
from store.people.name_matching import skeleton
from store.text.words import fold, split, words

RUN = 4
"""Words of a run."""
LEAST_WORDS = 5
"""Shorter quotations ("We won") are said by everybody."""
SHORT = 14
"""Words up to which all runs are kept."""
WINDOW = 3
"""Of this many runs in a row of a longer quotation one is kept, the same one wherever the runs occur."""
FEW_WORDS = 12
"""Shorter ones are one quotation only within some weeks: later, they are said again."""
CONTAINED = 0.9
"""The part of a shortened quotation's words that the whole one has in the same order."""
EDITED = 0.87
"""The part of both quotations' words that is the same, when they differ inside."""
OVERLAP = 8
"""With this many words at the end of one and the beginning of the other, they are one quotation cut differently."""
SPELT_ALIKE = 0.7
"""The part of two words that is the same at their beginnings and ends."""


class Words:
    """A quotation as it is compared: its words ``folded``, and ``text``, which has a space around each of them."""

    def __init__(self, quotation: str) -> None:
        self._quotation = quotation
        self.folded = tuple(words(quotation))
        self.text = f" {' '.join(self.folded)} "

    @cached_property
    def printed(self) -> tuple[str, ...]:
        """The words as they were printed."""
        return tuple(self._quotation[start:end] for start, end in split(self._quotation))

    def __len__(self) -> int:
        return len(self.folded)


words_of = lru_cache(maxsize=2048)(Words)


def runs_of(said: Words) -> set[int]:
    """The hashes (63 bits) that a quotation is found by; nothing for one that is too short.

    Of a long quotation they are thinned by winnowing: two that share ``RUN + WINDOW - 1`` words in a row share a hash.
    """
    if len(said) < LEAST_WORDS:
        return set()
    hashes = [_hash(" ".join(said.folded[at : at + RUN])) for at in range(len(said) - RUN + 1)]
    if len(said) <= SHORT:
        return set(hashes)
    return {min(hashes[at : at + WINDOW]) for at in range(len(hashes) - WINDOW + 1)}


def likeness(one: Words, other: Words, *, long_after: bool = False) -> float:
    """How surely two quotations of one speaker are one, in [0, 1]: the part of the shorter one's words that the longer
    one has in the same order; 0 for two that only begin or end alike, or that differ in a name or number.

    What is said again ``long_after`` must be the same words: within days, outlets write one sentence down differently.
    """
    if long_after and min(len(one), len(other)) < FEW_WORDS:
        return 0.0
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if shorter.text in longer.text:
        return 1.0
    if not (_may_share_enough(shorter, longer) or _may_overlap(one, other) or _may_overlap(other, one)):
        return 0.0
    shared = stretch = overlap = 0
    for kind, start, end, other_start, other_end in _edits(one, other):
        if kind == "equal":
            stretch += end - start
            if _is_cut(start, end, len(one), other_start, other_end, len(other)):
                overlap = end - start
            continue
        if kind == "replace":
            before, after = one.printed[start:end], other.printed[other_start:other_end]
            if all_spelt_alike(before, after):
                stretch += end - start
                continue
            if _contradict(before, after, strictly=long_after):
                return 0.0
        shared += stretch if stretch > 1 else 0  # one word in the same place is chance
        stretch = 0
    shared += stretch if stretch > 1 else 0
    part = shared / max(1, len(shorter))
    if part >= CONTAINED or 2 * shared >= EDITED * (len(one) + len(other)):
        return part
    needed = FEW_WORDS if long_after else OVERLAP
    return part if overlap >= max(needed, len(shorter) / 2) else 0.0


def all_spelt_alike(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether words were only edited: other spellings, endings, signs for words."""
    return len(before) == len(after) and all(map(_spelt_alike, before, after))


def _edits(one: Words, other: Words) -> Iterator[tuple[str, int, int, int, int]]:
    """The opcodes of difflib, which need not look for the words that both begin or end with."""
    left, right = one.folded, other.folded
    begin = _common_run(left, right)
    end = min(_common_run(left[::-1], right[::-1]), min(len(left), len(right)) - begin)
    if begin:
        yield "equal", 0, begin, 0, begin
    inside = SequenceMatcher(None, left[begin : len(left) - end], right[begin : len(right) - end], autojunk=False)
    for kind, start, stop, other_start, other_stop in inside.get_opcodes():
        yield kind, begin + start, begin + stop, begin + other_start, begin + other_stop
    if end:
        yield "equal", len(left) - end, len(left), len(right) - end, len(right)


def _may_share_enough(shorter: Words, longer: Words) -> bool:
    """False when too many words of the shorter one are nowhere in the longer one, in no spelling, for the two to be
    similar. Much quicker than comparing them word by word."""
    known, spare = set(longer.folded), int((1 - min(CONTAINED, EDITED)) * len(shorter) + 1e-9)
    missing = [word for word in shorter.folded if word not in known]
    if len(missing) <= spare:
        return True
    skeletons = set(map(skeleton, longer.folded))
    for word in missing:
        half = ceil(SPELT_ALIKE / 2 * len(word))  # words spelt alike have half of their common letters at one end
        if f" {word[:half]}" in longer.text or f"{word[-half:]} " in longer.text or skeleton(word) in skeletons:
            continue
        spare -= 1
        if spare < 0:
            return False
    return True


def _may_overlap(one: Words, other: Words) -> bool:
    """Whether the beginning of the one is somewhere in the other, which it is when the other ends with it."""
    least = max(OVERLAP, ceil(min(len(one), len(other)) / 2))
    return f" {' '.join(one.folded[:least])} " in other.text


def _is_cut(start: int, end: int, length: int, other_start: int, other_end: int, other_length: int) -> bool:
    """Whether one ends with what the other begins with."""
    return (end == length and other_start == 0) or (start == 0 and other_end == other_length)


def _contradict(before: Sequence[str], after: Sequence[str], *, strictly: bool) -> bool:
    """Whether names or numbers were replaced by others; ``strictly``, any words that mean something."""
    matters = _means_something if strictly else _is_name_or_number
    gone = [word for word in before if matters(word)]
    came = [word for word in after if matters(word)] if gone else []
    return any(not any(_spelt_alike(word, other) for other in after) for word in gone) and any(
        not any(_spelt_alike(word, other) for other in before) for word in came
    )


def _is_name_or_number(word: str) -> bool:
    return word[0].isdigit() or (word[0].isupper() and _means_something(word))


def _means_something(word: str) -> bool:
    return word[0].isdigit() or (len(word) > 3 and not is_everyday(fold(word)))


@lru_cache(maxsize=20_000)
def _spelt_alike(one: str, other: str) -> bool:
    """Whether words have the same beginning and end ("Qaddafi", "Gaddafi"; "delegate", "delegates"), or are one name
    from another alphabet ("Kiev", "Kyiv")."""
    one_folded, other_folded = fold(one), fold(other)
    if one_folded == other_folded:
        return True
    if one[0].isdigit() or other[0].isdigit():
        return False
    begin = _common_prefix(one_folded, other_folded)
    end = _common_prefix(one_folded[begin:][::-1], other_folded[begin:][::-1])
    if begin + end >= SPELT_ALIKE * max(len(one), len(other)):
        return True
    return one[0].isupper() and other[0].isupper() and skeleton(one_folded) == skeleton(other_folded)


def _common_run(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words are the same at the beginning; 0 for few, which may be chance."""
    alike = _common_prefix(one, other)
    return alike if alike >= RUN else 0


def _common_prefix(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words, or letters of a word, are the same at the beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 1
