"""The text as the attribution reads it: tagged tokens, quotations as closed boxes, and the sentences around them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate
from operator import itemgetter

from store.models import MentionKind
from store.speech.cast import Cast
from store.speech.cues import cue_forms
from store.speech.lexicon import WORDS, word_lists
from store.speech.marks import Quotation
from store.speech.segment import Segments, Token

# What a token is, as far as a closed word list, its shape and its place outside a quotation tell.
PREPOSITION, CONJUNCTION, SUBORDINATOR, AUXILIARY = "P", "C", "S", "A"
PRONOUN, DETERMINER, VERB, ADVERB, DAY = "R", "D", "V", "B", "Y"
CUE, NAME, NOUN, NUMBER, ING, CLITIC, MARK, BOX, SPEECH, ED = "F", "N", "n", "M", "G", "s", "X", "Q", "W", "E"
NOUN_LIKE = frozenset((CUE, NAME, NOUN, NUMBER, ING, DAY))
FINITE = frozenset((AUXILIARY, VERB, SPEECH))
"""Tags of words that make a clause of a phrase."""
_OWN = frozenset((PREPOSITION, CONJUNCTION, SUBORDINATOR, AUXILIARY, PRONOUN, MARK))

_LISTS = (
    ("common verbs", VERB),
    ("adverbs", ADVERB),
    ("determiners", DETERMINER),
    ("prepositions", PREPOSITION),
    ("days and months", DAY),
    ("auxiliaries", AUXILIARY),
    ("conjunctions", CONJUNCTION),
    ("subordinators", SUBORDINATOR),
    ("subject pronouns", PRONOUN),
)


DASHES = frozenset(("—", "–", "―", "--"))
"""What stands between a quotation and its speaker in a list of voices."""
LONGEST_UNIT = 300
"""Tokens outside quotations; longer runs are no sentences, and searches stay within a unit."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence that its quotations do not cut: tokens ``[first, last)`` of paragraph ``paragraph``.

    ``titled`` is true for a headline that capitalises its words.
    """

    first: int
    last: int
    paragraph: int
    titled: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A text prepared for attribution.

    ``tags[i]`` is the class of token ``i``, BOX inside a quotation. ``box[i]`` is the index in ``quotations`` of the
    quotation that the token belongs to (its marks included), or -1 outside; ``box_tokens[q]`` is the token range of a
    quotation; ``unit_of[i]`` is the index of the token's unit.
    """

    text: str
    tokens: Sequence[Token]
    lows: Sequence[str]
    tags: Sequence[str]
    quotations: Sequence[Quotation]
    box: Sequence[int]
    box_tokens: Sequence[tuple[int, int]]
    units: Sequence[Unit]
    unit_of: Sequence[int]
    who: Sequence[str]
    """At the last token of each mention what it is, ``name person`` or ``nominal group``; elsewhere ''."""
    mentions: Sequence[tuple[int, int, bool]]
    """The mentions outside quotations: tokens ``[first, last)`` and whether it looks like a subject."""
    names: Sequence[str]
    """A short name of each token: a closed-class word itself, else its class."""
    verbs: Sequence[int]
    """How many finite verbs stand before each token, and at the end how many in all."""

    def with_speech(self, verbs: Iterable[int]) -> Layout:
        """The layout with the tokens ``verbs`` tagged SPEECH."""
        tags, names = [*self.tags], [*self.names]
        for at in verbs:
            tags[at] = names[at] = SPEECH
        return replace(self, tags=tags, names=names, verbs=_count_verbs(tags))

    def outside(self, first: int, last: int) -> Iterator[int]:
        """The tokens of ``[first, last)`` outside quotations, and the first of each quotation."""
        at = first
        while at < last:
            yield at
            at = self.box_tokens[self.box[at]][1] if self.box[at] >= 0 else at + 1

    def has_verb(self, first: int, last: int) -> bool:
        """Whether a finite verb stands among the tokens ``[first, last)`` outside quotations, as far as it shows."""
        return first < last and self.verbs[last] > self.verbs[first]

    def name(self, index: int, unit: Unit) -> str:
        """The name of what stands at token ``index``; ``-`` outside ``unit``."""
        return self.names[index] if unit.first <= index < unit.last else "-"

    def opens_text(self, unit: Unit) -> bool:
        """Whether the unit stands in the first paragraph, as a headline does."""
        return unit.paragraph == self.units[0].paragraph


@cache
def words(title: str) -> frozenset[str]:
    """A closed class of ``words.txt``."""
    return word_lists("words.txt")[title]


@cache
def _tag_table() -> dict[str, str]:
    """Tags by lower-case word; the later lists win."""
    table = dict.fromkeys(cue_forms(), CUE)
    for title, tag in _LISTS:
        for word in words(title):
            if not (tag == VERB and word in table):
                table[word] = tag
    return table | {"'s": CLITIC, "’s": CLITIC, "'": CLITIC, "’": CLITIC}


@lru_cache(maxsize=WORDS)
def _look(word: str) -> tuple[str, str]:
    """The tag of a word outside quotations, and its name as in :attr:`Layout.names`."""
    low = word.lower()
    tag = _tag_table().get(low) or _shape(word, low)
    return tag, low if tag in _OWN else tag


def _count_verbs(tags: Sequence[str]) -> list[int]:
    return [0, *accumulate(map(FINITE.__contains__, tags))]


def lay_out(text: str, segments: Segments, quotations: Sequence[Quotation], cast: Cast) -> Layout:
    """Prepare ``text`` for attribution. Linear in its length."""
    tokens, starts = segments.tokens, segments.starts
    box = [-1] * len(tokens)
    box_tokens = []
    looks = [*map(_look, segments.words)]
    tags = [*map(itemgetter(0), looks)]
    names = [*map(itemgetter(1), looks)]
    nicknames = _nicknames(quotations, cast)
    quotations = [quotation for quotation in quotations if quotation not in nicknames]
    for quotation in nicknames:
        for at in range(bisect_left(starts, quotation.outer_start), bisect_left(starts, quotation.outer_end)):
            tags[at] = names[at] = NAME
    for index, quotation in enumerate(quotations):
        first = bisect_left(starts, quotation.outer_start)
        last = bisect_left(starts, quotation.outer_end)
        box_tokens.append((first, last))
        box[first:last] = [index] * (last - first)
        tags[first:last] = names[first:last] = [BOX] * (last - first)
    units = _units(segments, tags, box, starts)
    unit_of = [-1] * len(tokens)
    for index, unit in enumerate(units):
        unit_of[unit.first : unit.last] = [index] * (unit.last - unit.first)
    who, mentions = _mentions(cast, starts, box)
    return Layout(
        text, tokens, segments.lows, tags, quotations, box, box_tokens, units, unit_of, who, mentions, names,
        _count_verbs(tags),
    )  # fmt: skip


def _nicknames(quotations: Sequence[Quotation], cast: Cast) -> list[Quotation]:
    """The quotations that are the middle of a name: ``William “Bud” Ferrell``."""
    names = [r for r in cast.references if r.kind is MentionKind.NAME]
    starts = [name.start for name in names]
    found: list[Quotation] = []
    for quotation in quotations:
        at = bisect_left(starts, quotation.outer_start) - 1
        if at >= 0 and quotation.outer_end < names[at].end:
            found.append(quotation)
    return found


def _mentions(cast: Cast, starts: Sequence[int], box: Sequence[int]) -> tuple[list[str], list[tuple[int, int, bool]]]:
    """:attr:`Layout.who` and :attr:`Layout.mentions`."""
    who = [""] * len(starts)
    mentions: list[tuple[int, int, bool]] = []
    for reference in cast.references:
        first, last = bisect_left(starts, reference.start), bisect_left(starts, reference.end)
        if first >= last or box[first] >= 0:
            continue
        kind = cast.entities[reference.entity].kind if reference.entity is not None else "unknown"
        if not who[last - 1] or reference.entity is not None:
            who[last - 1] = reference.kind + " " + kind
        mentions.append((first, last, reference.subject))
    return who, mentions


def _shape(word: str, low: str) -> str:
    """The tag of a word that no list knows."""
    first = word[0]
    if first.isdigit() or first == "$":
        return NUMBER
    if first.isupper():
        return NAME
    if not (first.isalpha() or first in "#@"):
        return MARK
    if low.endswith("ing") and len(low) > 4:
        return ING
    if low.endswith("ly") and len(low) > 4:
        return ADVERB
    if low.endswith("ed") and len(low) > 4:
        return ED
    return NOUN


def _units(segments: Segments, tags: Sequence[str], box: Sequence[int], starts: Sequence[int]) -> list[Unit]:
    """The sentences, joined where a quotation reaches over their border or is a part of the next one."""
    ranges: list[tuple[int, int, int]] = []
    for sentence in segments.sentences:
        first = bisect_left(starts, sentence.start)
        last = bisect_left(starts, sentence.end)
        if first == last:
            continue
        if ranges and ranges[-1][2] == sentence.paragraph and _joined(segments.tokens, tags, box, first):
            ranges[-1] = (ranges[-1][0], last, sentence.paragraph)
        else:
            ranges.append((first, last, sentence.paragraph))
    return [
        Unit(part, end, index, _titled(segments.tokens, tags, part, end))
        for first, last, index in ranges
        for part, end in _parts(box, first, last)
    ]


def _parts(box: Sequence[int], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The tokens ``[first, last)`` whole, or cut outside quotations where no sentence is as long."""
    if last - first > LONGEST_UNIT:
        counted = 0
        for at in range(first, last):
            counted += box[at] < 0
            if counted > LONGEST_UNIT and box[at] < 0:
                yield first, at
                first, counted = at, 1
    yield first, last


def _titled(tokens: Sequence[Token], tags: Sequence[str], first: int, last: int) -> bool:
    """Whether most of the longer words outside quotations are capitalised, as in a headline."""
    count = last - first
    if count > 40:
        return False
    high = low = 0
    for index in range(first, last):
        word = tokens[index].text
        if len(word) > 3 and tags[index] not in (BOX, MARK, NUMBER):
            if word[0].isupper():
                high += 1
            else:
                low += 1
                if 5 * low > count:
                    return False
    return high + low >= 3 and high >= 0.8 * (high + low)


def _joined(tokens: Sequence[Token], tags: Sequence[str], box: Sequence[int], first: int) -> bool:
    """Whether the sentence that begins at token ``first`` goes on the one before it."""
    before = box[first - 1]
    if before < 0:
        return False
    if box[first] == before or tokens[first].text in DASHES:
        return True
    return tokens[first - 2].text not in (".", "..") and _is_tag(tokens, tags, first)


def _is_tag(tokens: Sequence[Token], tags: Sequence[str], first: int) -> bool:
    """Whether ``Smith asked.`` or ``the mayor of Springfield shouted`` begins at token ``first``.

    A tag is a short run of names and titles and then a speech verb that a mark or an adverbial follows.
    """
    forms = cue_forms()
    for index in range(first, min(len(tokens), first + 8)):
        tag = tags[index]
        if tag == BOX:
            return False
        if tokens[index].low in forms and index > first:
            after = tags[index + 1] if index + 1 < len(tokens) else MARK
            return after in (MARK, PREPOSITION, ADVERB, DAY)
        if tag not in (NAME, DETERMINER, CLITIC, PRONOUN, NOUN, PREPOSITION, CUE, ED) and tokens[index].text != ".":
            return False
        if tag == NOUN and tags[first] != DETERMINER:
            return False
    return False
