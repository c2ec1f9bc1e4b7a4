"""Who said a quotation: only where a speech verb and its subject stand right beside it.

``"…", sagte X`` and ``X sagte: "…"`` name a speaker. A pronoun names somebody only where nobody else can be meant. All
else is unknown. A quotation without a speech verb is a statement only when it reads as a sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from store.attribution.languages.grammar import Grammar
from store.attribution.languages.marks import Quotation
from store.attribution.languages.people import People
from store.attribution.languages.subjects import Subject, Subjects, Verb
from store.attribution.languages.tokens import STOPS, Tokens
from store.models import Span

SENTENCE = 60
"""Words that a sentence which introduces a quotation may have."""
BEHIND_SUBJECT = 8
"""Words between the subject and the colon: "said Jane Roe *to the paper on Monday*:"."""
MENTIONS = 40
"""Names up to which a text is read for whom it is about."""
TAG_REST = 9
"""Words between the speaker and the end of the sentence behind which a quotation goes on."""
_COMMAS = frozenset(",–—-")
_SAME_SPEAKER = frozenset(",.;–—-")

TAG, LEAD, LABEL, SAME, UNKNOWN = "tag", "lead", "label", "same", "unknown"


@dataclass(slots=True)
class Told:
    """A statement: its pieces, and by which words it has which speaker."""

    spans: list[Span]
    how: str = UNKNOWN
    verb: Verb | None = None
    subject: Subject | None = None
    person: int | None = None
    pronoun: bool = False
    quotations: list[Quotation] = field(default_factory=list)


class Speakers:
    """Tells the statements of one text."""

    def __init__(
        self, tokens: Tokens, grammar: Grammar, people: People, subjects: Subjects, quotations: Sequence[Quotation]
    ) -> None:
        self.tokens = tokens
        self.grammar = grammar
        self.people = people
        self.subjects = subjects
        self.quotations = quotations
        self.mentions = sorted(people.by_token)

    def statements(self) -> Iterator[Told]:
        """The statements between marks in text order."""
        before: Told | None = None
        for number, quotation in enumerate(self.quotations):
            told = self._told(number, before)
            if before is not None and self._goes_on(before, quotation, told):
                before.spans.append(Span(quotation.start, quotation.end))
                before.quotations.append(quotation)
                if before.person is None and told.person is not None:
                    before.how, before.verb, before.subject = told.how, told.verb, told.subject
                    before.person, before.pronoun = told.person, told.pronoun
                continue
            if before is not None:
                yield before
            before = told
            if not self._is_statement(number, told):
                before = None
        if before is not None:
            yield before

    def _told(self, number: int, before: Told | None) -> Told:
        quotation = self.quotations[number]
        told = Told([Span(quotation.start, quotation.end)], quotations=[quotation])
        floor = self.tokens.at(self.quotations[number - 1].outer_end) if number else 0
        ceiling = self._limit(number)
        tag = self.tag_at(self.tokens.at(quotation.outer_end), ceiling)
        lead = (
            None if tag is not None and tag[1] is not None else self._lead(self.tokens.at(quotation.outer_start), floor)
        )
        verb, subject, how = (*tag, TAG) if tag is not None else (None, None, UNKNOWN)
        if lead is not None and lead[1] is not None:
            verb, subject, how = lead
        if verb is None and subject is None and (inner := self._inside(quotation)) is not None:
            verb, subject, told.spans = inner
            how = TAG
        told.verb, told.subject, told.how = verb, subject, how
        if subject is not None:
            told.person = subject.person
            if subject.person is None:
                told.pronoun = True
                told.person = self.antecedent(quotation, subject, before)
        return told

    def _inside(self, quotation: Quotation) -> tuple[Verb, Subject, list[Span]] | None:
        """`« Tout est prêt, souligne X. Nous partons. »`: a verb and its subject inside the marks, and what is left."""
        tokens = self.tokens
        first, last = tokens.at(quotation.start), tokens.at(quotation.end)
        for comma in range(first + 1, last - 2):
            if tokens.texts[comma] not in ",?!":
                continue
            verb = self.subjects.verb_at(comma + 1)
            if verb is None or verb.form.after_only:
                continue
            joined = Subject(verb.first, verb.end - 1, None, verb.pronoun) if verb.pronoun is not None else None
            subject = joined or self.subjects.subject_at(verb.end)
            end = max(verb.end, subject.last + 1) if subject is not None else last
            if subject is None or end >= last or tokens.texts[end] not in ",.":
                continue
            if subject.person is None and joined is None:
                continue
            spans = [Span(quotation.start, tokens.ends[comma])]
            if end + 1 < last:
                spans.append(Span(tokens.starts[end + 1], quotation.end))
            return verb, subject, spans
        return None

    def _limit(self, number: int) -> int:
        """The token at which the next quotation begins."""
        if number + 1 < len(self.quotations):
            return self.tokens.at(self.quotations[number + 1].outer_start)
        return len(self.tokens.texts)

    def tag_at(self, at: int, ceiling: int) -> tuple[Verb, Subject | None] | None:
        """``, sagte X`` behind a quotation: the verb and its subject, as far as it can be told."""
        tokens = self.tokens
        for _ in range(2):
            if at < ceiling and tokens.joined[at] and tokens.texts[at] in _COMMAS:
                at += 1
        if at >= ceiling or not tokens.joined[at]:
            return None
        verb = self.subjects.verb_at(at)
        if verb is None or verb.end > ceiling:
            return None
        if verb.pronoun is not None:
            return verb, Subject(verb.first, verb.end - 1, None, verb.pronoun)
        return verb, self._behind(verb, ceiling)

    def _behind(self, verb: Verb, ceiling: int) -> Subject | None:
        """The subject behind a speech verb and adverbs."""
        at = self.subjects.skip_adverbs(verb.end)
        subject = self.subjects.subject_at(at) if at < ceiling and self.tokens.joined[at] else None
        if (
            subject is None
            and self.grammar.drops_pronouns
            and (at >= ceiling or self.tokens.texts[at] in STOPS | {","})
        ):
            return Subject(verb.first, verb.end - 1, None, "")
        return subject if subject is not None and subject.last < ceiling else None

    def _lead(self, at: int, floor: int) -> tuple[Verb | None, Subject | None, str] | None:
        """``X sagte:`` before a quotation, in the sentence that ends with the colon."""
        tokens = self.tokens
        colon = at - 1
        if colon < floor or colon < 0 or tokens.texts[colon] not in (":", "："):
            return None
        first = self._sentence_start(colon, floor)
        subject = self.subjects.subject_at(first)
        if subject is not None and subject.last < colon:
            behind = self.subjects.behind_apposition(subject.last + 1)
            if behind == colon and subject.person is not None:
                return None, subject, LABEL
            for at in (behind, behind + (tokens.texts[behind] == ",")):
                verb = self.subjects.verb_at(self.subjects.skip_clitics(at))
                if verb is not None and verb.end <= colon and not verb.form.after_only:
                    return verb, subject, LEAD
        return self._behind_opener(first, colon) or self._inverted(first, colon) or self._named_last(first, colon)

    def _sentence_start(self, colon: int, floor: int) -> int:
        """The first token of the sentence that ends at ``colon``."""
        tokens = self.tokens
        at = colon
        while at > floor and colon - at < SENTENCE and tokens.joined[at]:
            before = tokens.texts[at - 1]
            if before in ".!?…;" and tokens.starts[at] > tokens.ends[at - 1] and not self._abbreviates(at - 1):
                break
            at -= 1
        return at

    def _abbreviates(self, stop: int) -> bool:
        """Whether the full stop belongs to an initial or a title: "M.", "Dr."."""
        if stop == 0 or self.tokens.texts[stop] != ".":
            return False
        return len(self.tokens.texts[stop - 1]) == 1 or self.tokens.lows[stop - 1] in self.grammar.titles

    def _behind_opener(self, first: int, colon: int) -> tuple[Verb | None, Subject | None, str] | None:
        """``Interrogé hier, X a répondu :``: a name between a comma and a speech verb."""
        for at in self.mentions[bisect_left(self.mentions, first) : bisect_left(self.mentions, colon)]:
            name = self.people.by_token[at]
            if at <= first or self.tokens.texts[at - 1] != "," or name.genitive:
                continue
            verb = self.subjects.verb_at(self.subjects.skip_clitics(name.last + 1))
            if verb is not None and verb.end <= colon and not verb.form.after_only:
                return verb, Subject(at, name.last, name.person), LEAD
        return None

    def _inverted(self, first: int, colon: int) -> tuple[Verb | None, Subject | None, str] | None:
        """``Am Montag sagte X:``: the last speech verb with its subject behind it."""
        for at in range(colon - 1, first - 1, -1):
            verb = self.subjects.verb_at(at)
            if verb is None or verb.end > colon or verb.form.after_only:
                continue
            if verb.pronoun is not None:
                return verb, Subject(verb.first, verb.end - 1, None, verb.pronoun), LEAD
            subject = self._behind(verb, colon)
            if (
                subject is None
                or colon - subject.last > BEHIND_SUBJECT
                or (subject.person is None and not subject.pronoun)
            ):
                return None
            others = self.mentions[bisect_left(self.mentions, subject.last + 1) : bisect_left(self.mentions, colon)]
            return None if others else (verb, subject, LEAD)
        return None

    def _named_last(self, first: int, colon: int) -> tuple[Verb | None, Subject | None, str] | None:
        """``Das sieht auch Trainer X so:``: the only person of the sentence, named as its last words."""
        here = self.mentions[bisect_left(self.mentions, first) : bisect_left(self.mentions, colon)]
        if len(here) != 1:
            return None
        name = self.people.by_token[here[0]]
        rest = self.tokens.lows[name.last + 1 : colon]
        before = self.tokens.lows[name.first - 1] if name.first > first else ""
        if rest not in ([], ["so"]) or before in self.grammar.prepositions or before in self.grammar.conjunctions:
            return None
        office = self.people.reader.is_office(name.first - 1) if name.first > first else False
        if name.first > first and (not office or not rest):
            return None
        return None, Subject(name.first, name.last, name.person), LABEL

    def antecedent(self, quotation: Quotation, subject: Subject, before: Told | None) -> int | None:
        """Whom a pronoun means: the only person named near it, unless somebody without a name came in between."""
        if subject.pronoun == "they":
            return None
        tokens = self.tokens
        here = tokens.at(quotation.outer_start)
        if before is not None and before.person is not None and before.quotations[-1].paragraph == quotation.paragraph:
            since = tokens.at(before.quotations[-1].outer_end)
            if (
                self._fits(before.person, subject)
                and not self._others(since, here, before.person)
                and not self._unnamed(since, here)
            ):
                return before.person
        for paragraphs in (1, 2):
            near = [self.people.by_token[at] for at in self._mentions(self._back(here, paragraphs), here)]
            fitting = [name for name in near if self._fits(name.person, subject)]
            if len({name.person for name in fitting}) > 1:
                return None
            if fitting:
                person, since = fitting[-1].person, fitting[-1].last + 1
                topical = self._is_topic(person, here) and not self._is_new(since, here)
                return person if topical or not self._unnamed(since, here) else None
        return None

    def _fits(self, person: int, subject: Subject) -> bool:
        gender = self.people.humans[person].gender
        return not gender or not subject.pronoun or gender == subject.pronoun

    def _mentions(self, first: int, last: int) -> list[int]:
        """Where people are named between two tokens, outside quotations."""
        found = self.mentions[bisect_left(self.mentions, first) : bisect_left(self.mentions, last)]
        return [at for at in found if not self._is_quoted(at)]

    def _is_quoted(self, at: int) -> bool:
        offset = self.tokens.starts[at]
        number = bisect_left(self.quotations, offset, key=lambda quotation: quotation.outer_end)
        return number < len(self.quotations) and self.quotations[number].outer_start <= offset

    def _others(self, first: int, last: int, person: int) -> bool:
        return any(self.people.by_token[at].person != person for at in self._mentions(first, last))

    def _back(self, at: int, paragraphs: int) -> int:
        """Where the token's paragraph begins, or with 2 the one before it; at most 200 tokens back."""
        floor = max(0, at - 200)
        breaks = 0
        while at > floor:
            if at < len(self.tokens.joined) and not self.tokens.joined[at]:
                breaks += 1
                if breaks == paragraphs:
                    break
            at -= 1
        return at

    def _unnamed(self, first: int, last: int) -> bool:
        """Whether an office without a name stands there: somebody else may be meant."""
        return any(True for _ in self._unnamed_offices(first, last))

    def _unnamed_offices(self, first: int, last: int) -> Iterator[int]:
        for at in range(first, min(last, first + 200)):
            if at in self.people.inside or not self.people.reader.is_office(at) or self.subjects.holder(at) is not None:
                continue
            if not self._is_quoted(at) and not self._is_governed(at):
                yield at

    def _is_governed(self, at: int) -> bool:
        """Whether a preposition stands before the office, or before its article: "avec le président"."""
        lows, prepositions = self.tokens.lows, self.grammar.prepositions
        if at > 0 and lows[at - 1] in prepositions:
            return True
        return at > 1 and lows[at - 1] in self.grammar.articles and lows[at - 2] in prepositions

    def _is_new(self, first: int, last: int) -> bool:
        """Whether one of these offices is brought in as new: "a spokesman"; always so where there are no articles."""
        lows, indefinite = self.tokens.lows, self.grammar.indefinite
        return any(not indefinite or lows[at - 1] in indefinite for at in self._unnamed_offices(first, last) if at)

    def _is_topic(self, person: int, here: int) -> bool:
        """Whether the text so far is about this one person: nobody else is named, and a sentence begins with them."""
        count = bisect_left(self.mentions, here)
        until = self.mentions[:count] if 2 <= count <= MENTIONS else []
        if not until or any(self.people.by_token[at].person != person for at in until):
            return False
        at = until[-1]
        while (
            at > 0
            and self.tokens.joined[at]
            and (self.tokens.lows[at - 1] in self.grammar.titles or self.tokens.texts[at - 1] == ".")
        ):
            at -= 1
        return self.tokens.starts_sentence(at)

    def _goes_on(self, before: Told, quotation: Quotation, told: Told) -> bool:
        """Whether a quotation goes on the statement before it: `"…", said X. "…"`, or over paragraphs."""
        if quotation.continues:
            return told.person is None or before.person is None or told.person == before.person
        last = before.quotations[-1]
        if last.paragraph != quotation.paragraph or told.verb is not None or told.subject is not None:
            return False
        if before.verb is None or before.how != TAG or self._has_tag(quotation):
            return False
        if before.verb.first < self.tokens.at(last.outer_end):
            return False
        end = before.verb.end if before.subject is None else max(before.verb.end, before.subject.last + 1)
        end = self._behind_role(end)
        mark = self.tokens.at(quotation.outer_start)
        gap = self.tokens.texts[end:mark]
        if len(gap) <= 2 and all(mark in _SAME_SPEAKER for mark in gap):
            return True
        return self._ends_tag(end, mark)

    def _has_tag(self, quotation: Quotation) -> bool:
        """Whether a comma and a word follow the quotation, as where a verb that no list has reports it."""
        behind = self.tokens.at(quotation.outer_end)
        here = self.tokens.texts[behind : behind + 2]
        return len(here) == 2 and here[0] == "," and here[1].islower() and self.tokens.joined[behind]

    def _ends_tag(self, first: int, last: int) -> bool:
        """Whether the tokens are the rest of the sentence with the speech verb, with nobody else in them."""
        if not 1 < last - first <= TAG_REST or self.tokens.texts[last - 1] not in ".:":
            return False
        rest = range(first, last - 1)
        return not any(
            self.tokens.texts[at] in STOPS or at in self.people.by_token or self.people.reader.is_office(at)
            for at in rest
        )

    def _behind_role(self, end: int) -> int:
        """The token at which an apposition behind the speaker ends: `, maire de Lyon.`"""
        texts = self.tokens.texts
        if end < len(texts) and texts[end] == ",":
            for at in range(end + 1, min(end + 12, len(texts))):
                if texts[at] in ",.":
                    return at
                if not self.tokens.joined[at] or texts[at] in STOPS:
                    break
        return end

    def _is_statement(self, number: int, told: Told) -> bool:
        """Whether somebody says what stands between the marks: a verb reports it, or it reads as a sentence."""
        if told.verb is not None or told.subject is not None:
            return True
        quotation = self.quotations[number]
        first, last = self.tokens.at(quotation.start), self.tokens.at(quotation.end)
        words = [self.tokens.lows[at] for at in range(first, min(last, first + 40)) if self.tokens.is_word(at)]
        before = self.tokens.texts[first - 2] if first > 1 and self.tokens.joined[first - 1] else ""
        function_words = sum(map(self.grammar.function_words.__contains__, words))
        ended = self.tokens.text[quotation.end - 1] in ".!?…"
        alone = before in ("", ":", ".", "!", "?", "…")
        behind = self.tokens.at(quotation.outer_end)
        tagged = behind < len(self.tokens.texts) and self.tokens.joined[behind] and self.tokens.texts[behind] in ",."
        if alone and (ended or tagged) and len(words) >= 3:
            return True
        if before == ":" and len(words) >= 3:
            return True
        if len(words) < 7 or (function_words < 2 and bool(self.grammar.function_words)):
            return False
        return ended or alone or len(words) >= 8
