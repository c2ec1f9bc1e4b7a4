"""The people of a text: who is named in full, by a surname alone, or behind a title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from store.attribution.languages.grammar import Grammar
from store.attribution.languages.names import PARTICLES, NameReader, Occurrence, fold, known_surnames
from store.attribution.languages.tokens import Tokens, low

ALIASES = 8
"""Other forms of a name that are kept."""


@dataclass(slots=True)
class Human:
    """A person of the text with all places that name them."""

    name: str
    gender: str = ""
    title: str = ""
    role: str = ""
    aliases: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)


class People:
    """The people of one text: ``humans``, and in ``by_token`` the occurrences by the token they begin with."""

    def __init__(self, tokens: Tokens, grammar: Grammar, headline: Sequence[tuple[str, ...]] = ()) -> None:
        """Read the people of ``tokens``; ``headline`` has full names whose surnames alone the text may use."""
        self.tokens = tokens
        self.grammar = grammar
        self.reader = NameReader(tokens, grammar)
        self.humans: list[Human] = []
        self.by_token: dict[int, Occurrence] = {}
        self.inside: set[int] = set()
        """Every token of a name."""
        self._surnames: dict[str, int] = {}
        self._titled: dict[tuple[str, str], int] = {}
        """Who is known by a title and a surname alone, by the title's gender and the surname."""
        self._collect(self.reader.names())
        for words in headline:
            self._expect(words)
        self._collect(self._short_names())

    def _collect(self, found: Iterable[Occurrence]) -> None:
        """Give each occurrence its person."""
        known = {human.name: number for number, human in enumerate(self.humans)}
        for name in found:
            if name.person < 0:
                printed = " ".join(name.words)
                if printed not in known:
                    known[printed] = len(self.humans)
                    self.humans.append(Human(printed, name.gender))
                    self._add_surname(name, known[printed])
                name.person = known[printed]
            human = self.humans[name.person]
            human.title = human.title or name.title
            self._add_alias(human, self.tokens.text[self.tokens.starts[name.first] : name.end])
            human.spans.append((self.tokens.starts[name.first], name.end))
            self.by_token[name.first] = name
            self.inside.update(range(name.first, name.last + 1))

    def _add_alias(self, human: Human, printed: str) -> None:
        """Remember another form in which the person is named."""
        form = " ".join(printed.split())
        if form != human.name and form not in human.aliases and len(human.aliases) < ALIASES:
            human.aliases.append(form)

    def _add_surname(self, name: Occurrence, person: int) -> None:
        """Remember by which surnames the person may be called; -1 marks those of several people."""
        words = [low(word) for word in name.words[name.surname :]]
        words = [word for word in words if word not in PARTICLES and word not in self.grammar.function_words]
        for word in {*words[:1], *words[-1:]}:
            self._surnames[word] = person if self._surnames.get(word, person) == person else -1

    def _expect(self, words: tuple[str, ...]) -> None:
        """Know a person of the headline, unless the text has somebody of that surname."""
        if words[-1].lower() not in self._surnames:
            self._surnames[words[-1].lower()] = len(self.humans)
            self.humans.append(Human(" ".join(words)))

    def _short_names(self) -> Iterator[Occurrence]:
        """Surnames alone of people named in full, and surnames behind a title."""
        for at in range(len(self.tokens.texts)):
            if at in self.inside or not self.tokens.is_capital(at) or not self.tokens.is_word(at):
                continue
            found = self._short_name(at)
            if found is not None:
                yield found

    def _short_name(self, at: int) -> Occurrence | None:
        tokens = self.tokens
        surname = tokens.lows[at]
        title = self._title_before(at)
        titled = title >= 0
        gender = self.grammar.titles[tokens.lows[title]] if titled else ""
        person = self._titled.get((gender, surname), self._surnames.get(surname, -2))
        if titled and person >= 0 and {gender, self.humans[person].gender} == {"he", "she"}:
            person = -2
        if person >= 0 and not (titled or self._stands_alone(at)):
            return None
        if person < 0 and not (titled and person == -2 and self._is_surname(at)):
            return None
        words = (tokens.texts[at],)
        first = self._behind_which_particles(at, person) if person >= 0 and not titled else at
        found = Occurrence(first, at, tokens.ends[at], words, 0, person=max(person, -1))
        if titled:
            found.title = tokens.text[tokens.starts[title] : tokens.starts[at]].strip()
            found.gender = gender
            if person < 0:
                found.person = self._titled[gender, surname] = len(self.humans)
                self.humans.append(Human(tokens.texts[at], gender))
                self._add_surname(found, found.person)
        return found

    def _behind_which_particles(self, at: int, person: int) -> int:
        """The token with which a surname begins that has particles: "Von der Leyen", "Le Pen"."""
        names = {low(word) for word in self.humans[person].name.split()}
        first = at
        while first > 0 and self.reader.joined(first) and self.tokens.lows[first - 1] in PARTICLES & names:
            first -= 1
        return first

    def _stands_alone(self, at: int) -> bool:
        """Whether a known surname is one here: no other name around it, in German a speech verb or office beside it."""
        tokens = self.tokens
        before = self.reader.joined(at) and tokens.is_capital(at - 1) and not tokens.starts_sentence(at - 1)
        before = before and tokens.lows[at - 1] not in PARTICLES
        if self.grammar.capitalises_nouns:
            beside = self.reader.is_beside_speech(at, at) or (self.reader.joined(at) and self.reader.is_office(at - 1))
            return beside or (fold(tokens.lows[at]) in known_surnames() and not self._joined_by_article(at))
        if before and not self.reader.is_office(at - 1):
            return False
        behind = self.reader.joined(at + 1) and tokens.is_capital(at + 1) and tokens.is_word(at + 1)
        return not behind and not (self.reader.joined(at) and self.reader.is_thing(tokens.lows[at - 1]))

    def _joined_by_article(self, at: int) -> bool:
        """Whether an article or adjective before it makes the word a noun: "der Koch", "guter Koch"."""
        return (
            self.reader.joined(at)
            and self.tokens.is_word(at - 1)
            and self.tokens.lows[at - 1] not in self.grammar.verb_words
        )

    def _title_before(self, at: int) -> int:
        """The token of the title that stands right before, -1 without one."""
        tokens = self.tokens
        if not self.reader.joined(at):
            return -1
        title = at - 1
        stopped = tokens.texts[title] == "." and title > 0 and self.reader.joined(title)
        title -= stopped
        low = tokens.lows[title]
        if low not in self.grammar.titles or (len(low) == 1 and not stopped):
            return -1
        return -1 if stopped and tokens.ends[title] != tokens.starts[title + 1] else title

    def _is_surname(self, at: int) -> bool:
        """Whether the word behind a title may be a surname nobody else here has."""
        tokens, grammar = self.tokens, self.grammar
        if grammar.declines and not self.reader.is_beside_speech(at, at):
            return False
        low = tokens.lows[at]
        shape = len(low) > 1 and not (tokens.texts[at].isupper() and len(low) > 1)
        return shape and low not in grammar.not_surnames and not self.reader.is_office(at) and low not in grammar.titles
