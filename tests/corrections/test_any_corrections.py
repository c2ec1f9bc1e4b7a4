"""Corrections over any analysis: nothing is raised, everything stays inside the text, the answer is settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from store.corrections import corrected, in_force, locate, passage_at
from store.models import (
    Amendment,
    Analysis,
    AnotherPerson,
    Correction,
    Mention,
    MentionKind,
    NameIs,
    NoStatement,
    Passage,
    Person,
    Quote,
    QuoteKind,
    SamePerson,
    Span,
    SpeakerIs,
    SpeakerKind,
)

WORDS = ("Ada", "Byron", "Ada Byron", "he", "I", "said", "the", "harbour", "officials", "“", "”", ".", "\n\n", "é", "𝔄")
NAMES = ("Ada", "Byron", "Ada Byron", "officials", "Zoë", "he")
MADE = datetime(2024, 5, 1, tzinfo=UTC)
SEEDS = st.integers(0, 2**48)
"""Cases are made from a number: drawn value by value they would take most of the time."""


class Maker:
    """Makes texts, analyses of them and corrections of these, all by chance."""

    def __init__(self, seed: int, *, clashes: bool = True) -> None:
        """``clashes``: some people have the same names."""
        self.random = Random(seed)
        self.clashes = clashes
        self.text = " ".join(self.random.choices(WORDS, k=self.random.randint(6, 40)))
        self.analysis = self._analysis()

    def corrections(self, most: int = 6) -> list[Correction]:
        count = self.random.randint(1, most)
        return [
            Correction(number, 1, MADE + timedelta(hours=self.random.randint(0, 3)), self._amendment())
            for number in range(1, 1 + count)
        ]

    def _spans(self, most: int = 1) -> tuple[Span, ...]:
        """Some spans in text order that do not overlap."""
        size = 2 * self.random.randint(1, most)
        cuts = sorted(self.random.sample(range(len(self.text) + 1), size))
        return tuple(Span(cuts[at], cuts[at + 1]) for at in range(0, size, 2))

    def _maybe_span(self) -> Span | None:
        return self.random.choice([None, *self._spans()])

    def _mentions(self, name: str) -> tuple[Mention, ...]:
        """Anywhere, and where the name is printed."""
        places = {self._spans()[0]: self.random.choice(list(MentionKind)) for _ in range(self.random.randint(0, 3))}
        at = self.text.find(name)
        if at >= 0 and self.random.random() < 0.7:
            places[Span(at, at + len(name))] = MentionKind.NAME
        return tuple(
            sorted((Mention(span.start, span.end, kind) for span, kind in places.items()), key=lambda each: each.start)
        )

    def _analysis(self) -> Analysis:
        choose = self.random.choice
        people: list[Person] = []
        free = list(NAMES)
        for _ in range(self.random.randint(0, 4)):
            name, *aliases = self.random.sample(free, min(len(free), self.random.randint(1, 3)))
            free = free if self.clashes else [other for other in free if other not in (name, *aliases)] or ["Eve"]
            people.append(Person(name, "", choose(list(SpeakerKind)), tuple(aliases), self._mentions(name)))
        quotes = []
        for _ in range(self.random.randint(0, 5)):
            person = choose([None, *range(len(people))])
            speaker = people[person].name if person is not None else choose(("", *NAMES))
            span, cue = self._maybe_span(), self._maybe_span()
            quotes.append(Quote(choose(list(QuoteKind)), self._spans(2), speaker, person, span, cue))
        return Analysis(1, tuple(people), tuple(quotes))

    def _amendment(self) -> Amendment:
        choose = self.random.choice
        known = [quote.spans for quote in self.analysis.quotes]
        spans = choose(known) if known and self.random.random() < 0.7 else self._spans(2)
        places = tuple(passage_at(self.text, span.start, span.end) for span in spans)
        if self.random.random() < 0.1:
            places = (Passage(3, "words that are not there"),)
        mentions = [mention for person in self.analysis.people for mention in person.mentions]
        mention = choose(mentions) if mentions and self.random.random() < 0.5 else None
        match self.random.randint(0, 4):
            case 0:
                return SpeakerIs(places, choose(("", *NAMES)))
            case 1:
                return NoStatement(places, choose(list(QuoteKind)))
            case 2:
                return SamePerson(choose(NAMES), choose(NAMES))
            case 3:
                place = passage_at(self.text, mention.start, mention.end) if mention else None
                return AnotherPerson(choose(NAMES), choose(NAMES), place, choose(("", *NAMES)))
            case _:
                return NameIs(choose(NAMES), choose(NAMES))


@settings(max_examples=400)
@given(SEEDS)
def test_corrections_keep_everything_inside_the_text(seed: int) -> None:
    made = Maker(seed)
    text, analysis, corrections = made.text, made.analysis, made.corrections()
    result = corrected(analysis, text, corrections)
    for person in result.people:
        assert person.name
        assert all(0 <= mention.start < mention.end <= len(text) for mention in person.mentions)
    for quote in result.quotes:
        assert quote.spans
        assert all(0 <= span.start < span.end <= len(text) for span in quote.spans)
        assert all(before.end <= after.start for before, after in zip(quote.spans, quote.spans[1:], strict=False))
        assert quote.person is None or quote.speaker == result.people[quote.person].name
    named = {index for index, person in enumerate(result.people) if person.mentions}
    assert named | {quote.person for quote in result.quotes} >= set(range(len(result.people)))
    assert result.engine == analysis.engine


@settings(max_examples=200)
@given(SEEDS)
def test_the_answer_depends_on_the_times_only(seed: int) -> None:
    made = Maker(seed)
    text, analysis, corrections = made.text, made.analysis, made.corrections()
    once = corrected(analysis, text, corrections)
    assert corrected(once, text, corrections) == once
    made.random.shuffle(corrections)
    assert corrected(analysis, text, corrections) == once


@settings(max_examples=300)
@given(SEEDS)
def test_a_correction_that_is_made_again_changes_nothing(seed: int) -> None:
    made = Maker(seed, clashes=False)
    text, analysis, (correction,) = made.text, made.analysis, made.corrections(1)
    once = corrected(analysis, text, [correction])
    again = replace(correction, number=2, made=MADE + timedelta(days=1))
    twice = corrected(analysis, text, [correction, again])
    assert [replace(quote, reason="") for quote in twice.quotes] == [replace(quote, reason="") for quote in once.quotes]
    assert twice.people == once.people


@settings(max_examples=300)
@given(SEEDS)
def test_the_last_word_on_a_statement_holds(seed: int) -> None:
    made = Maker(seed)
    text, analysis, corrections = made.text, made.analysis, made.corrections()
    last = Correction(99, 1, MADE + timedelta(days=9), corrections[-1].what)
    result = corrected(analysis, text, [*corrections, last])
    if not isinstance(last.what, SpeakerIs | NoStatement) or 99 not in in_force(analysis, text, [*corrections, last]):
        return
    places = [place for passage in last.what.statement if (place := locate(passage, text))]
    same = [quote for quote in result.quotes if list(quote.spans) == places]
    if isinstance(last.what, NoStatement):
        assert not same
    else:
        assert any(quote.rule == "corrected" for quote in result.quotes)
    for quote in same:
        assert isinstance(last.what, SpeakerIs)
        assert (quote.rule, quote.confidence) == ("corrected", 1)
        assert bool(quote.speaker) == bool(last.what.name)


@given(st.text(), st.data())
def test_a_passage_is_found_in_its_own_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = locate(passage_at(text, start, end), text)
    assert found == (Span(start, end) if end > start else None)


@given(st.text(min_size=80, max_size=200), st.text(max_size=40), st.data())
def test_a_passage_is_found_after_text_came_before_it(text: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(20, len(text) - 30))
    passage = passage_at(text, start, start + 10)
    found = locate(passage, new + text)
    assert found is not None
    assert (new + text)[found.start : found.end] == passage.text
