"""A decided statement in words: the record that the panel shows, with the reason in one sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from store.attribution.cues.clauses import BOX, CUE, DETERMINER, NOUN, PRONOUN, SPEECH, words
from store.attribution.cues.noun_phrases import Phrase, head_end, phrase_after
from store.attribution.linear_model import probability
from store.attribution.mentions.entities import Entities, Reference
from store.attribution.speakers.certainty import certainty_score
from store.attribution.speakers.context import Scene
from store.attribution.speakers.statements import Statement
from store.attribution.tokens.word_classes import COLLECTIVE, ROLE, ROLES, TITLE, word_classes
from store.models import MentionKind, Quote, QuoteKind, Span, SpeakerKind

# Looking a member up in its class takes as long as ten comparisons, and these are compared by the thousand.
A_NAME = MentionKind.NAME
A_PERSON = SpeakerKind.PERSON
DIRECT = QuoteKind.DIRECT

_CHAIN_PREPOSITIONS = words("chain prepositions")

_BEHIND_APPOSED = frozenset((",", ".", "(", ")", "-", "—", "–", ";", ":", BOX, SPEECH))
"""What stands behind a name in apposition; anything else, and a clause goes on: ``police, Roe was seen``."""
_POST_NOMINALS = frozenset(
    ["KC", "QC", "SC", "MP", "MEP", "MSP", "MLA", "TD", "OBE", "CBE", "MBE", "KBE", "DBE", "PhD", "MD", "FRS", "Esq"]
)
"""Letters behind a name that are no part of it."""
_OF_OTHERS = frozenset(("for", "to", "with", "from", "against", "about"))
"""Prepositions behind which another one stands than who speaks, whatever nouns follow them."""
_ELSEWHERE = {
    "earlier": "earlier in the paragraph",
    "later": "later in the paragraph",
    "paragraph before": "in the paragraph before",
    "paragraph after": "in the paragraph after",
}
"""Where the speech verb of another sentence stands."""


class Speaker(NamedTuple):
    """A speaker as the text names it: the mention's span, the entity it stands for, and its best name."""

    span: Span
    entity: int | None
    name: str
    several: bool = False
    """Whether the span names people who speak together, of whom ``entity`` is the first."""
    mention: Reference | None = None
    """The mention that it was read from."""


class Narrator:
    """Makes the records of one text's statements."""

    def __init__(self, scene: Scene, cast: Entities) -> None:
        self.scene = scene
        self.cast = cast
        self.starts = [reference.start for reference in cast.references]

    def quotes(self, statements: Sequence[Statement]) -> list[Quote]:
        """The records in text order; the pieces of a split quotation are one record."""
        return list(_without_repeats([self._quote(group) for group in self._groups(statements)]))

    def _groups(self, statements: Sequence[Statement]) -> Iterator[list[Statement]]:
        """Statements one by one, but quotations of one paragraph with the same cue, or going on, together."""
        group: list[Statement] = []
        for statement in statements:
            if group and not self._goes_on(group[-1], statement):
                yield group
                group = []
            group.append(statement)
        if group:
            yield group

    def _goes_on(self, before: Statement, after: Statement) -> bool:
        layout = self.scene.layout
        if before.draft.source is None or after.draft.source is None:
            return False
        if before.draft.kind is not after.draft.kind:
            return False
        last, first = layout.quotations[before.draft.quotations[-1]], layout.quotations[after.draft.quotations[0]]
        if first.continues and after.draft.source.place == "open":
            return True
        if last.paragraph != first.paragraph:
            return False
        same_cue = before.draft.report == after.draft.report and after.draft.report >= 0
        return same_cue or (
            after.draft.source.kind == "same" and after.draft.quotations[0] == before.draft.quotations[-1] + 1
        )

    def _quote(self, group: Sequence[Statement]) -> Quote:
        statement, layout = group[0], self.scene.layout
        draft = statement.draft
        spans = draft.spans
        for further in group[1:]:
            spans += further.draft.spans
        speaker = self.speaker(draft.phrase) if draft.phrase is not None else None
        confidence = min([self._certainty(one, speaker) for one in group])
        name, person, speaker_span = (speaker.name, speaker.entity, speaker.span) if speaker else ("", None, None)
        cue, verb, verb_class = None, "", ""
        if draft.report >= 0:
            frame = self.scene.reports[draft.report].frame
            cue = Span(layout.starts[frame.verb], layout.ends[frame.last - 1])
            verb, verb_class = frame.cue.lemma, frame.cue.verb_class
        return Quote(
            draft.kind, spans, name, person, speaker_span, cue, verb, verb_class, round(confidence, 3),
            self._rule(statement), self._reason(statement, speaker),
        )  # fmt: skip

    def _certainty(self, statement: Statement, speaker: Speaker | None) -> float:
        """How probable it is that the speaker is right; of a statement without one that it is a statement."""
        if speaker is None or statement.draft.phrase is None:
            return statement.confidence
        return probability(certainty_score(self.scene, statement.draft, speaker.mention, speaker.several))

    def speaker(self, phrase: Phrase) -> Speaker:
        """The speaker that a noun phrase names: the mention at its head, else the words of the phrase."""
        layout = self.scene.layout
        while phrase.last - phrase.first > 2 and layout.texts[phrase.last - 1] in _POST_NOMINALS:
            phrase = Phrase(phrase.first, phrase.last - 1)
        start, end = layout.starts[phrase.first], layout.ends[phrase.last - 1]
        head = layout.ends[head_end(layout, phrase) - 1]
        first = self._first_of_several(phrase)
        found = first or self._last_name(phrase, end) or self._named_before(phrase) or self._mention(start, end, head)
        if found is not None and self._is_one_of_several(phrase, found):
            found = None
        entity = found.entity if found is not None else self._labelled(layout.text[start:end])
        name = self._name_of(entity, found, layout.text[start:end])
        start = min(start, first.start) if first is not None else start
        return Speaker(Span(start, end), entity, " ".join(name.split()), first is not None, found)

    def _name_of(self, entity: int | None, found: Reference | None, printed: str) -> str:
        """The best name of the speaker; of an unnamed one the whole phrase that is ``printed``, not its noun alone."""
        if entity is None:
            return printed
        name = self.cast.entities[entity].name
        if found is None or found.kind is not MentionKind.NOMINAL or self.cast.entities[entity].kind is A_PERSON:
            return name
        return printed if name.casefold() in printed.casefold() and not printed.isupper() else name

    def _first_of_several(self, phrase: Phrase) -> Reference | None:
        """The first of people who speak together: ``Jane Roe and John Doe``, ``Roe and her aides``."""
        lows, ends = self.scene.layout.lows, self.scene.layout.ends
        floor = self.scene.layout.units[self.scene.layout.unit_of[phrase.first]].first
        owned = phrase.first - 1 > floor and lows[phrase.first] in ("his", "her", "their")
        for at in range(phrase.first - 1 if owned else phrase.first + 1, phrase.last - 1):
            if lows[at] in ("and", "&"):
                name = self._name_that(ends[at - 1], ends=True)
                return None if name is None or self._is_governed(phrase, name) else name
        return None

    def _is_one_of_several(self, phrase: Phrase, found: Reference) -> bool:
        """Whether others stand before it in the phrase, ``traders and councillors``, and nobody by name."""
        layout = self.scene.layout
        at = bisect_left(layout.starts, found.start) - 1
        return at > phrase.first and layout.lows[at] in ("and", "&") and not self._is_person(found)

    def _is_governed(self, phrase: Phrase, name: Reference) -> bool:
        """Whether the name stands behind a preposition of the phrase: ``a spokesman for the singer Jane Roe``."""
        layout = self.scene.layout
        at = bisect_left(layout.starts, name.start) - 1
        if at >= phrase.first and layout.lows[at] in _CHAIN_PREPOSITIONS:
            return True
        while at > phrase.first and layout.texts[at][0].islower() and layout.lows[at] not in _CHAIN_PREPOSITIONS:
            at -= 1
        return at > phrase.first and layout.lows[at] in _OF_OTHERS

    def _labelled(self, text: str) -> int | None:
        """The person whose last name ``text`` gives in capitals, as transcripts do."""
        if not text.isupper() or len(text) < 3:
            return None
        return self._last_names.get(text.split()[-1].casefold())

    @cached_property
    def _last_names(self) -> dict[str, int]:
        """The first person of each last name."""
        people = reversed([*enumerate(self.cast.entities)])
        return {person.name.split()[-1].casefold(): at for at, person in people if person.kind is A_PERSON}

    def _last_name(self, phrase: Phrase, end: int) -> Reference | None:
        """The name that a phrase of titles ends with, ``Secretary of State Jane Roe``, or that is apposed to it.

        A name behind a preposition is not the head: ``a spokesman for Jane Roe``.
        """
        layout = self.scene.layout
        name = self._name_that(end, ends=True)
        if name is not None:
            return None if self._is_governed(phrase, name) else name
        unit = layout.units[layout.unit_of[phrase.last - 1]]
        if layout.name(phrase.last, unit) != "," or not self._may_be_named(phrase):
            return None
        apposed = phrase_after(layout, phrase.last + 1, unit.last)
        if apposed is None:
            return None
        if layout.name(apposed.last, unit) not in _BEHIND_APPOSED and layout.tags[apposed.last] != SPEECH:
            return None
        starts = self._name_that(layout.starts[apposed.first], ends=False)
        return starts or self._name_that(layout.ends[apposed.last - 1], ends=True)

    def _named_before(self, phrase: Phrase) -> Reference | None:
        """The name that a phrase without an article is apposed to: ``Jane Roe, lead member for roads, said``."""
        layout = self.scene.layout
        unit = layout.units[layout.unit_of[phrase.first]]
        if (
            phrase.first - 2 < unit.first
            or layout.texts[phrase.first - 1] != ","
            or layout.name(phrase.last, unit) != ","
        ):
            return None
        if layout.tags[phrase.first] in (DETERMINER, PRONOUN) or self._name_that(
            layout.starts[phrase.first], ends=False
        ):
            return None
        return self._name_that(layout.ends[phrase.first - 2], ends=True)

    def _may_be_named(self, phrase: Phrase) -> bool:
        """Whether a name behind the phrase and a comma is that of its head: ``one of the strikers, Jane Roe``.

        That of ``a spokesman for the singer, Jane Roe`` is the singer's.
        """
        layout = self.scene.layout
        head = head_end(layout, phrase)
        if layout.lows[head - 1] == "one":
            return True
        if phrase.first and layout.lows[phrase.first - 1] == "to" and not _is_calling(layout.lows[head - 1]):
            return False
        if head == phrase.last:
            return layout.tags[head - 1] in (NOUN, CUE)
        if layout.lows[head] in _OF_OTHERS and _is_calling(layout.lows[phrase.last - 1]):
            return False
        return layout.tags[head - 1] in (NOUN, CUE)

    def _name_that(self, offset: int, *, ends: bool) -> Reference | None:
        """The name of a person that ends (or begins) at ``offset``."""
        at = bisect_left(self.starts, offset)
        references = self.cast.references
        for reference in references[max(0, at - 8) : at] if ends else references[at : at + 3]:
            edge = reference.end if ends else reference.start
            if edge == offset and reference.kind is A_NAME and self._is_person(reference):
                return reference
        return None

    def _is_person(self, reference: Reference) -> bool:
        entity = reference.entity
        return entity is not None and self.cast.entities[entity].kind is A_PERSON

    def _mention(self, start: int, end: int, head: int) -> Reference | None:
        """The resolved mention that ends with the head of ``[start, end)``, or covers or fills it."""
        best: Reference | None = None
        rank = 0
        for index in range(bisect_left(self.starts, start - 80), len(self.starts)):
            reference = self.cast.references[index]
            if reference.start >= end:
                break
            if reference.entity is None or reference.end <= start:
                continue
            worth = 0
            if reference.end == head and reference.start >= start:
                worth = 4 if reference.kind is A_NAME else 3
            elif reference.start <= start and reference.end >= head:
                worth = 3
            elif start <= reference.start and reference.end <= head and reference.kind is A_NAME:
                worth = 1
            if worth >= rank and worth:
                best, rank = reference, worth
        return best

    def _rule(self, statement: Statement) -> str:
        draft = statement.draft
        if draft.source is None:
            return f"{draft.kind.value}-{self.scene.reports[draft.report].content.side}"
        return f"{draft.source.kind}-{draft.source.place}".replace(" ", "-")

    def _reason(self, statement: Statement, speaker: Speaker | None) -> str:
        draft = statement.draft
        layout = self.scene.layout
        if speaker is None:
            return "No speaker is named near it."
        mention = " ".join(layout.text[speaker.span.start : speaker.span.end].split())
        link = "the first of whom is" if speaker.several else "who is"
        who = mention if speaker.name.casefold() in mention.casefold() else f"{mention}, {link} {speaker.name}"
        if draft.report < 0:
            if draft.source is not None and draft.source.kind == "label":
                return f"It begins with the label of its speaker, {who}."
            if draft.source is not None and draft.source.kind == "same":
                return f"It has no speech verb and goes on the quotation before it; its speaker is {who}."
            return f"No speech verb is tied to it; the nearest subject is {who}."
        report = self.scene.reports[draft.report]
        cue = layout.text[layout.starts[report.frame.verb] : layout.ends[report.frame.last - 1]]
        if draft.source is not None and draft.source.place in _ELSEWHERE:
            where = _ELSEWHERE[draft.source.place]
            return f"It has no speech verb of its own; “{cue}” {where} has the subject {who}."
        noun = "the quotation" if draft.kind is DIRECT else "the statement"
        if layout.starts[report.frame.verb] >= draft.spans[-1].end:
            place = "follows"
        elif layout.starts[report.frame.verb] < draft.spans[0].start:
            place = "introduces"
        else:
            place = "stands inside"
        if report.frame.kind == "verb":
            return f"“{cue}” {place} {noun}; its subject is {who}."
        return f"“{cue}” {place} {noun} and names {who}."


def _is_calling(word: str) -> bool:
    """Whether the noun is an office or calling, or what one person can be called by."""
    flags = word_classes().get(word, 0)
    return bool(flags & (ROLE | TITLE)) and not flags & (ROLES | COLLECTIVE)


def _without_repeats(quotes: Sequence[Quote]) -> Iterator[Quote]:
    """The records without those whose words a longer one before them has as well, from the same person."""
    longest: dict[int, int] = {}
    for quote in quotes:
        if quote.person is not None and quote.kind is not DIRECT:
            if quote.spans[-1].end <= longest.get(quote.person, 0):
                continue
            if len(quote.spans) == 1:
                longest[quote.person] = quote.spans[0].end
        yield quote
