"""The text as the attribution reads it: tagged tokens, quotations as closed boxes, and the sentences around them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, compress

from store.attribution.cues.verbs import CUES
from store.attribution.lexicon import LookupCache, word_lists
from store.attribution.mentions.entities import Entities
from store.attribution.quotations.marks import Quotation
from store.attribution.tokens.segment import Segments
from store.models import MentionKind, SpeakerKind

# Looking a member up in its class takes as long as ten comparisons, and these are compared by the thousand.
A_NAME = MentionKind.NAME

# What a token is, as far as a closed word list, its shape and its place outside a quotation tell.
PREPOSITION, CONJUNCTION, SUBORDINATOR, AUXILIARY = "P", "C", "S", "A"
PRONOUN, DETERMINER, VERB, ADVERB, DAY = "R", "D", "V", "B", "Y"
CUE, NAME, NOUN, NUMBER, ING, CLITIC, MARK, BOX, SPEECH, ED = "F", "N", "n", "M", "G", "s", "X", "Q", "W", "E"
NOUN_LIKE = frozenset((CUE, NAME, NOUN, NUMBER, ING, DAY))
FINITE = frozenset((AUXILIARY, VERB, SPEECH))
"""Tags of words that make a clause of a phrase."""
_NO_WORD = frozenset((BOX, MARK, NUMBER))
_OF_TAG = frozenset((NAME, DETERMINER, CLITIC, PRONOUN, NOUN, PREPOSITION, CUE, ED))
_STOPS = frozenset((MARK, PREPOSITION, CONJUNCTION, SUBORDINATOR, DAY))
CLAUSE_WORDS = frozenset(("that", "to", "whether", "if", "how", "why", "what"))
"""Words at which a content begins."""
RELATIVE = frozenset(("who", "which", "that"))
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


REPORTING = frozenset(":—–―-~")
"""Marks that stand between a speaker and the words."""
DASHES = frozenset(("—", "–", "―", "--", "-"))
"""What stands between a quotation and its speaker in a list of voices."""
LONGEST_UNIT = 300
"""Tokens outside quotations; longer runs are no sentences, and searches stay within a unit."""


@dataclass(slots=True, eq=False)
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
    starts: Sequence[int]
    ends: Sequence[int]
    texts: Sequence[str]
    lows: Sequence[str]
    tags: Sequence[str]
    quotations: Sequence[Quotation]
    box: Sequence[int]
    box_tokens: Sequence[tuple[int, int]]
    box_starts: Sequence[int]
    """The first token of each quotation."""
    units: Sequence[Unit]
    unit_of: Sequence[int]
    who: Sequence[str]
    """At the last token of each mention what it is, ``name person`` or ``nominal group``; elsewhere ''."""
    mentions: Sequence[tuple[int, int, bool]]
    """The mentions outside quotations: tokens ``[first, last)`` and whether it looks like a subject."""
    names: Sequence[str]
    """A short name of each token: a closed-class word itself, else its class."""
    reporting: Sequence[bool]
    """Whether the token is a word or mark that may report speech, wherever it stands."""
    wordlike: Sequence[bool]
    """Whether the token is a word or a number."""
    stops: Sequence[int]
    """The tokens outside quotations at which something may begin or end: marks, small words between phrases and
    clauses, and each quotation's first token and the token behind it."""
    verbs: Sequence[int]
    """How many finite verbs stand before each token, and at the end how many in all; of a layout with speech."""

    def with_speech(self, verbs: Iterable[int]) -> Layout:
        """The layout with the tokens ``verbs`` tagged SPEECH."""
        tags, names = [*self.tags], [*self.names]
        for at in verbs:
            tags[at] = names[at] = SPEECH
        return replace(self, tags=tags, names=names, verbs=[0, *accumulate(map(FINITE.__contains__, tags))])

    def stops_in(self, first: int, last: int) -> Sequence[int]:
        """The tokens of ``[first, last)`` that are in :attr:`stops`."""
        stops = self.stops
        return stops[bisect_left(stops, first) : bisect_left(stops, last)]

    def outside(self, first: int, last: int) -> Sequence[int]:
        """The tokens of ``[first, last)`` outside quotations, and the first of each quotation."""
        if BOX not in self.tags[first:last]:
            return range(first, last)
        found: list[int] = []
        at = first
        while at < last:
            found.append(at)
            at = self.box_tokens[self.box[at]][1] if self.box[at] >= 0 else at + 1
        return found

    def has_verb(self, first: int, last: int) -> bool:
        """Whether a finite verb stands among the tokens ``[first, last)`` outside quotations, as far as it shows."""
        return first < last and self.verbs[last] > self.verbs[first]

    def name(self, index: int, unit: Unit) -> str:
        """The name of what stands at token ``index``; ``-`` outside ``unit``."""
        return self.names[index] if unit.first <= index < unit.last else "-"

    def opens_paragraph(self, token: int) -> bool:
        """Whether the token is the first of its paragraph."""
        units, unit_of = self.units, self.unit_of
        return token == 0 or units[unit_of[token - 1]].paragraph != units[unit_of[token]].paragraph

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
    table = dict.fromkeys(CUES, CUE)
    for title, tag in _LISTS:
        for word in words(title):
            if not (tag == VERB and word in table):
                table[word] = tag
    return table | {"'s": CLITIC, "’s": CLITIC, "‘s": CLITIC, "'": CLITIC, "’": CLITIC}


def _look(word: str) -> tuple[str, str, bool, bool, bool]:
    """The tag of a word outside quotations, its item of :attr:`Layout.names`, ``reporting`` and ``wordlike``.

    And whether it is one of :attr:`Layout.stops`.
    """
    low = word.lower()
    tag = _tag_table().get(low) or _shape(word, low)
    reports = tag == ED or low in CUES or low in REPORTING or low == "according"
    stops = tag in _STOPS or low in CLAUSE_WORDS or low in RELATIVE
    return tag, low if tag in _OWN else tag, reports, word[0].isalnum(), stops


_looks = LookupCache(_look)


def lay_out(text: str, segments: Segments, quotations: Sequence[Quotation], cast: Entities) -> Layout:
    """Prepare ``text`` for attribution. Linear in its length."""
    starts, texts = segments.starts, segments.texts
    box = [-1] * len(texts)
    box_tokens: list[tuple[int, int]] = []
    tags, names, reporting, wordlike, stops = _looks.columns(texts, 5)
    nicknames = dict.fromkeys(_nicknames(quotations, cast))
    if nicknames:
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
        stops[first : last + 1] = [True, *[False] * (last - first - 1), True][: len(texts) - first]
    for at in _demonstratives(segments.lows, tags):
        tags[at] = names[at] = DETERMINER
    units = _units(segments, tags, box)
    unit_of: list[int] = []
    for index, unit in enumerate(units):
        unit_of += [index] * (unit.last - unit.first)
    who, mentions = _mentions(cast, box)
    for first, last, _ in mentions:
        if who[last - 1] == _A_PERSONS_NAME:
            for at in range(first, last):
                if tags[at] == DAY:  # Theresa May
                    tags[at] = names[at] = NAME
    return Layout(
        text, starts, segments.ends, texts, segments.lows, tags, quotations, box, box_tokens,
        [first for first, _ in box_tokens], units, unit_of, who,
        mentions, names, reporting, wordlike, [*compress(range(len(texts)), stops)], (),
    )  # fmt: skip


def _demonstratives(lows: Sequence[str], tags: Sequence[str]) -> Iterator[int]:
    """Where ``that`` points to a time, ``that night``, and opens no clause."""
    times = words("times")
    for at, low in enumerate(lows):
        if low == "that" and at + 1 < len(lows) and lows[at + 1] in times and tags[at] != BOX:
            following = tags[at + 2] if at + 2 < len(lows) else MARK
            if following in (MARK, CONJUNCTION, PREPOSITION, AUXILIARY, BOX, DAY):
                yield at


def _nicknames(quotations: Sequence[Quotation], cast: Entities) -> list[Quotation]:
    """The quotations that are the middle of a name: ``William “Bud” Ferrell``."""
    names = [r for r in cast.references if r.last - r.first > 1 and r.kind is A_NAME]
    if not names:
        return []
    starts = [name.start for name in names]
    found: list[Quotation] = []
    for quotation in quotations:
        at = bisect_left(starts, quotation.outer_start) - 1
        if at >= 0 and quotation.outer_end < names[at].end:
            found.append(quotation)
    return found


_CALLED = {kind: {of: f"{kind} {of}" for of in (*SpeakerKind, "unknown")} for kind in MentionKind}
"""What stands in :attr:`Layout.who`, by what a mention is and what it is of."""


_A_PERSONS_NAME = _CALLED[MentionKind.NAME][SpeakerKind.PERSON]


def _mentions(cast: Entities, box: Sequence[int]) -> tuple[list[str], list[tuple[int, int, bool]]]:
    """:attr:`Layout.who` and :attr:`Layout.mentions`."""
    who = [""] * len(box)
    mentions: list[tuple[int, int, bool]] = []
    for reference in cast.references:
        first, last, entity = reference.first, reference.last, reference.entity
        if box[first] >= 0:
            continue
        kind = cast.entities[entity].kind if entity is not None else "unknown"
        if not who[last] or entity is not None:
            who[last] = _CALLED[reference.kind][kind]
        mentions.append((first, last + 1, reference.subject))
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


def _units(segments: Segments, tags: Sequence[str], box: Sequence[int]) -> list[Unit]:
    """The sentences, joined where a quotation reaches over their border or is a part of the next one."""
    ranges: list[tuple[int, int, int]] = []
    for (first, last), sentence in zip(segments.ranges, segments.sentences, strict=True):
        if first == last:
            continue
        if ranges and ranges[-1][2] == sentence.paragraph and _joined(segments, tags, box, first):
            ranges[-1] = (ranges[-1][0], last, sentence.paragraph)
        else:
            ranges.append((first, last, sentence.paragraph))
    return [
        Unit(part, end, index, _titled(segments.texts, tags, part, end))
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


def _titled(texts: Sequence[str], tags: Sequence[str], first: int, last: int) -> bool:
    """Whether most of the longer words outside quotations are capitalised, as in a headline."""
    count = last - first
    if count > 40:
        return False
    high = low = 0
    for at in range(first, last):
        text = texts[at]
        if len(text) > 3 and tags[at] not in _NO_WORD:
            if text[0].isupper():
                high += 1
            else:
                low += 1
                if 5 * low > count:
                    return False
    return high + low >= 3 and high >= 0.8 * (high + low)


def _joined(segments: Segments, tags: Sequence[str], box: Sequence[int], first: int) -> bool:
    """Whether the sentence that begins at token ``first`` goes on the one before it."""
    before = box[first - 1]
    if before < 0:
        return False
    if box[first] == before or segments.texts[first] in DASHES:
        return True
    return segments.texts[first - 2] not in (".", "..") and _is_tag(segments, tags, first)


def _is_tag(segments: Segments, tags: Sequence[str], first: int) -> bool:
    """Whether ``Smith asked.`` or ``the mayor of Springfield shouted`` begins at token ``first``.

    A tag is a short run of names and titles and then a speech verb that a mark or an adverbial follows.
    """
    for index in range(first, min(len(tags), first + 8)):
        tag = tags[index]
        if tag == BOX:
            return False
        if segments.lows[index] in CUES and index > first:
            after = tags[index + 1] if index + 1 < len(tags) else MARK
            return after in (MARK, PREPOSITION, ADVERB, DAY)
        if tag not in _OF_TAG and segments.texts[index] != ".":
            return False
        if tag == NOUN and tags[first] != DETERMINER:
            return False
    return False
