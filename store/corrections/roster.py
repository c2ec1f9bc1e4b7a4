"""The people and statements of an article while corrections are applied, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from store.models import Analysis, Mention, MentionKind, Person, Quote, QuoteKind, Span, SpeakerKind

FIRST_PERSON = frozenset(("i", "me", "my", "mine", "myself"))
UNKNOWN = "nobody"
SAME = 0.8
"""Two statements are one when they have so much of their characters in common."""


def folded(name: str) -> str:
    """A name as it is compared: letter case and runs of blanks aside."""
    return " ".join(name.split()).casefold()


class Roster:
    """People and statements by number; numbers stay while others come and go."""

    def __init__(self, analysis: Analysis, text: str) -> None:
        self.text = text
        self.people: dict[int, Person] = dict(enumerate(analysis.people))
        self.quotes: dict[int, Quote] = dict(enumerate(analysis.quotes))
        self.dropped: set[int] = set()
        """Statements that the user called none."""
        self.named: dict[int, str] = {}
        """The speakers that the user gave statements."""
        self._engine = analysis.engine
        self._found = {number: quote.speaker or UNKNOWN for number, quote in self.quotes.items()}
        self._last = len(self.people), len(self.quotes)

    # --- looking up -----------------------------------------------------------------------------------------

    def person(self, name: str, *, besides: int | None = None) -> int | None:
        """The person of this name, else one with this alias."""
        wanted = folded(name)
        others = [(number, person) for number, person in self.people.items() if number != besides]
        for number, person in others:
            if folded(person.name) == wanted:
                return number
        for number, person in others:
            if any(folded(alias) == wanted for alias in person.aliases):
                return number
        return None

    def unlisted(self, name: str) -> list[int]:
        """The statements of a speaker who is not in the list: "officials", "a spokesman"."""
        wanted = folded(name)
        return [
            number
            for number, quote in self.quotes.items()
            if quote.person is None and quote.speaker and folded(quote.speaker) == wanted
        ]

    def statements_of(self, person: int) -> list[int]:
        return [number for number, quote in self.quotes.items() if quote.person == person]

    def statements_in(self, spans: Sequence[Span]) -> list[int]:
        """The statement of these spans, with slightly different edges at most; without one, those mostly inside them.

        So a statement within another one is left alone, and one that was found in pieces is found again.
        """
        shared = {
            number: sum(_overlap(mine, span) for mine in quote.spans for span in spans)
            for number, quote in self.quotes.items()
        }
        size = {number: _size(quote.spans) for number, quote in self.quotes.items()}
        alike = {number: part / (_size(spans) + size[number] - part) for number, part in shared.items() if part}
        best = max(alike.values(), default=0.0)
        if best >= SAME:
            return [number for number, likeness in alike.items() if likeness == best]
        return [number for number, part in shared.items() if 2 * part > size[number]]

    def printed(self, mention: Mention) -> str:
        return " ".join(self.text[mention.start : mention.end].split())

    # --- changing -------------------------------------------------------------------------------------------

    def add_person(self, name: str, mentions: Iterable[Mention] | None = None) -> int:
        """Add a person; without ``mentions``, at all places where the text prints the name and means nobody else."""
        taken = {mention.start for person in self.people.values() for mention in person.mentions}
        if mentions is None:
            places = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", self.text)
            mentions = [Mention(place.start(), place.end()) for place in places if place.start() not in taken]
        number = self._last[0]
        self._last = number + 1, self._last[1]
        self.people[number] = Person(name, kind=kind_of(name), mentions=tuple(mentions))
        return number

    def add_quote(self, spans: tuple[Span, ...], kind: QuoteKind, verb: str, verb_class: str) -> int:
        """Add a statement that the engine did not find; other statements lose these words."""
        for number, quote in list(self.quotes.items()):
            left = tuple(part for mine in quote.spans for part in _without(mine, spans, self.text))
            if left:
                self.quotes[number] = replace(quote, spans=left)
            else:
                self.dropped.add(number)
        number = self._last[1]
        self._last = self._last[0], number + 1
        self.quotes[number] = Quote(kind, spans, verb=verb, verb_class=verb_class)
        self._found[number] = ""
        return number

    def attribute(self, number: int, person: int | None, speaker: str, *, span: Span | None, because: str) -> None:
        """Attribute a statement to a person; ``I`` in it is then that person."""
        quote = self.quotes[number]
        if quote.person is not None and quote.person != person:
            self._move_first_person(quote, person)
        reason = f"{quote.reason} {because}".strip()
        self.quotes[number] = replace(quote, person=person, speaker=speaker, speaker_span=span, reason=reason)

    def _move_first_person(self, quote: Quote, person: int | None) -> None:
        before = self.people.get(quote.person) if quote.person is not None else None
        if before is None or quote.person is None:
            return
        own = [
            mention
            for mention in before.mentions
            if mention.kind is MentionKind.PRONOUN
            and self.printed(mention).casefold() in FIRST_PERSON
            and any(span.start <= mention.start and mention.end <= span.end for span in quote.spans)
        ]
        if own:
            self.move(own, quote.person, person)

    def move(self, mentions: Sequence[Mention], person: int, other: int | None) -> None:
        """Move mentions from a person to another one, or to nobody."""
        left = tuple(mention for mention in self.people[person].mentions if mention not in mentions)
        self.people[person] = replace(self.people[person], mentions=left)
        if other is not None:
            self.people[other] = replace(
                self.people[other], mentions=_sorted([*self.people[other].mentions, *mentions])
            )

    def merge(self, person: int, other: int) -> None:
        """Merge a person into the other one, who gets the names as aliases."""
        gone, kept = self.people.pop(person), self.people[other]
        aliases = dict.fromkeys((*kept.aliases, gone.name, *gone.aliases))
        self.people[other] = replace(
            kept,
            aliases=tuple(alias for alias in aliases if alias != kept.name),
            mentions=_sorted([*kept.mentions, *gone.mentions]),
            role=kept.role or gone.role,
            title=kept.title or gone.title,
            affiliation=kept.affiliation or gone.affiliation,
        )

    def found(self, number: int) -> str:
        """The speaker that the engine found for a statement; '' when it did not find the statement."""
        return self._found[number]

    # --- the result -----------------------------------------------------------------------------------------

    def analysis(self) -> Analysis:
        """People in the order of their first mention, statements in that of the text."""
        kept = [quote for number, quote in self.quotes.items() if number not in self.dropped]
        speaking = {quote.person for quote in kept}
        listed = [(number, person) for number, person in self.people.items() if person.mentions or number in speaking]
        listed.sort(key=lambda item: item[1].mentions[0].start if item[1].mentions else len(self.text))
        place = {number: index for index, (number, _) in enumerate(listed)}
        quotes = []
        for quote in sorted(kept, key=lambda quote: quote.start):
            if quote.person is not None:
                # The name in the list, which corrections may have changed since.
                quote = replace(quote, person=place[quote.person], speaker=self.people[quote.person].name)
            quotes.append(quote)
        return Analysis(self._engine, tuple(person for _, person in listed), tuple(quotes), corrected=True)


def kind_of(name: str) -> SpeakerKind:
    """Whether a typed speaker has a name, or is a group or role in small letters: "officials", "a spokesman"."""
    return SpeakerKind.GROUP if all(word[:1].islower() for word in name.split()) else SpeakerKind.PERSON


def _size(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in spans)


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _without(span: Span, others: Sequence[Span], text: str) -> list[Span]:
    """The parts of a span outside the others that have a word. The others are in text order."""
    if not any(_overlap(span, other) for other in others):
        return [span]
    left, at = [], span.start
    for other in others:
        if _overlap(span, other):
            left.append(Span(at, max(at, other.start)))
            at = min(max(at, other.end), span.end)
    left.append(Span(at, span.end))
    return [part for part in left if any(character.isalnum() for character in text[part.start : part.end])]


def _sorted(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(set(mentions), key=lambda mention: (mention.start, mention.end, mention.kind)))
