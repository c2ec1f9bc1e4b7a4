"""The people & quotes pane: who speaks in the article, what each said, and who is only mentioned."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.message import Message

from store.models import OpenArticle, Quote, QuoteKind, Span, SpeakerKind
from tui.text_cells import cut, fit, fit_right, wrap
from tui.widgets.row_list import Part, RowList
from tui.widgets.speakers import Speaker, SpeakerList
from tui.wording.counts import plural
from tui.wording.quotation import quotation

QUOTE_LINES = 3
"""Lines of a quotation shown here; the article shows all of it."""
UNSURE = 0.89
"""Below this confidence an attribution is marked as unsure."""


@dataclass(frozen=True, slots=True)
class Row:
    """A person, a quotation, or a heading; with its lines, each a text and the component class of its style."""

    lines: tuple[tuple[str, str], ...]
    voice: Speaker | None = None
    quote: int = -1
    spans: tuple[Span, ...] = ()


class People(RowList):
    """The list of people with their quotations."""

    HELP = (
        "The people of the article with what they said. Moving onto a quotation shows it in the article. "
        "A dotted bar and no quotation marks: said in the article's words, not in the speaker's."
    )

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "people--name",
        "people--role",
        "people--quote",
        "people--indirect",
        "people--note",
        "people--heading",
        "speaker--unknown",
    }

    class Pointed(Message):
        """The user moved onto a person or quotation; ``spans`` are its places in the text."""

        def __init__(self, spans: Sequence[Span]) -> None:
            super().__init__()
            self.spans = spans

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, People.Pointed)

    class Chosen(Message):
        """The user wants to read on at the place pointed to."""

    class PersonChosen(Message):
        """The user wants to see this person's page."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._opened: OpenArticle | None = None
        self._cast = SpeakerList()
        self._rows: list[Row] = []
        self._class: str | None = None
        """The class of verbs whose statements are listed; None lists all."""
        self._starts: list[int] = [0]
        """The line on which each row begins, and the number of lines at the end."""

    # --- data -----------------------------------------------------------------------------------------------

    def show(self, opened: OpenArticle, cast: SpeakerList) -> None:
        """Show who speaks in an article."""
        same = self._opened is not None and self._opened.article.id == opened.article.id
        before = self._rows[self.cursor] if same and self.cursor >= 0 else None
        cursor, line = self.cursor, self.cursor_line
        self._opened, self._cast = opened, cast
        self.set_lines()
        if not opened.document.text:
            self.say("The article has no text, so nobody is named in it.")
        else:
            self.say(self._nobody())
        if before is not None and cursor > 0:
            self.rows_changed(self._place_of(before, cursor), keep_line=line)
        else:
            self.rows_changed(0)
        self._show_title()

    def clear(self, message: str) -> None:
        self._opened, self._cast = None, SpeakerList()
        self.set_lines()
        self.say(message)
        self.rows_changed(0)
        self._show_title()

    def _place_of(self, row: Row, otherwise: int) -> int:
        """Where a statement or person is now, whoever it is said to be since."""
        for index, other in enumerate(self._rows):
            if other.quote >= 0 and row.quote >= 0 and other.spans == row.spans:
                return index
        for index, other in enumerate(self._rows):
            if row.quote < 0 and other.quote < 0 and row.voice and other.voice and row.voice.name == other.voice.name:
                return index
        return otherwise

    def show_class(self, verb_class: str | None) -> None:
        """List only the statements whose verb is of a class ('' for those without a verb); None lists all."""
        self._class = verb_class
        self.set_lines()
        self.say(self._nobody())
        self.rows_changed(0)
        self._show_title()

    @property
    def verb_classes(self) -> dict[str, int]:
        """The classes of the article's verbs with how many statements have each, the most used first."""
        return dict(Counter(quote.verb_class for quote in self._cast.quotes).most_common())

    def _nobody(self) -> str:
        if self._class is not None and self._cast.quotes:
            key = self.keyboard.key_of("verb-class")
            return f"Nothing here was {self._class or 'said without a verb'}.\n\n{key} lists everything."
        return "Nobody is quoted or named in this article."

    def select_quote(self, quote: int) -> None:
        """Put the cursor on a quotation, without telling. One that the choice of verbs leaves out ends the choice."""
        if self._class is not None and self._cast.quotes[quote].verb_class != self._class:
            self.show_class(None)
        for index, row in enumerate(self._rows):
            if row.quote == quote:
                self.move_to(index, tell=False)
                return

    @property
    def quote(self) -> int:
        """The quotation under the cursor, -1 when it is on something else."""
        return self._rows[self.cursor].quote if 0 <= self.cursor < len(self._rows) else -1

    @property
    def voice(self) -> Speaker | None:
        """Who is under the cursor, or said what is."""
        return self._rows[self.cursor].voice if 0 <= self.cursor < len(self._rows) else None

    def _show_title(self) -> None:
        quotes = len(self._cast.quotes)
        speakers = sum(1 for voice in self._cast.voices if voice.quotes and voice.known)
        title = "People & quotes"
        if self._class is not None:
            title += f" · only {self._class or 'without a verb'}"
        self.title(title, f"{plural(quotes, 'quote')} · {plural(speakers, 'speaker')}" if quotes else "")

    # --- rows -----------------------------------------------------------------------------------------------

    def relayout(self) -> None:
        self._rows = list(self._build(max(12, self.content_width - 2)))
        self._starts = [0]
        for row in self._rows:
            self._starts.append(self._starts[-1] + len(row.lines))

    def row_count(self) -> int:
        return len(self._rows)

    def row_at(self, line: int) -> tuple[int, int]:
        row = bisect_right(self._starts, line) - 1
        return row, line - self._starts[row]

    def first_line(self, row: int) -> int:
        return self._starts[row]

    def label_line(self, row: int) -> int:
        """Below the empty line that parts people."""
        return 0 if self._rows[row].lines[0][0] else 1

    def can_stop_at(self, row: int) -> bool:
        return self._rows[row].voice is not None

    def cursor_moved(self) -> None:
        self.post_message(self.Pointed(self._rows[self.cursor].spans))

    def chosen(self) -> None:
        row = self._rows[self.cursor]
        self.post_message(self.Pointed(row.spans))
        if row.quote < 0 and row.voice is not None and row.voice.person is not None:
            self.post_message(self.PersonChosen(row.voice.name))
        else:
            self.post_message(self.Chosen())

    def _build(self, width: int) -> Iterator[Row]:
        if self._opened is None:
            return
        text = self._opened.document.text
        heading = False
        first = True
        if self._class in self.verb_classes:
            yield Row(((f"Only {self._class or 'without a verb'}", "people--heading"), ("", "people--heading")))
        for voice in self._cast.voices:
            quotes = [index for index in voice.quotes if self._class in (None, self._cast.quotes[index].verb_class)]
            if self._class is not None and not quotes:
                continue
            if not voice.quotes and not heading:
                heading = True
                yield Row((("", "people--heading"), ("Mentioned", "people--heading")))
            yield self._person(voice, len(quotes), width, apart=bool(quotes) and not first)
            first = False
            for index in quotes:
                yield self._quote(voice, index, text, width)

    def _person(self, voice: Speaker, quotes: int, width: int, *, apart: bool) -> Row:
        """A person with the number of statements listed, ``apart`` from who stands above."""
        count = str(quotes) if quotes else ""
        lines = [(fit(voice.name, width - 6) + fit_right(count, 4), "people--name")]
        if apart:
            lines.insert(0, ("", "people--name"))
        role = voice.role
        if voice.kind is SpeakerKind.ORGANISATION:
            role = role or "organisation"
        if role:
            lines += [(line, "people--role") for line in shortened(role, width - 3, 2)]
        return Row(tuple(lines), voice, spans=voice.mentions[:1])

    def _quote(self, voice: Speaker, index: int, text: str, width: int) -> Row:
        quote = self._cast.quotes[index]
        indirect = quote.kind is QuoteKind.INDIRECT
        said = " … ".join(" ".join(text[span.start : span.end].split()) for span in quote.spans)
        name = "people--indirect" if indirect else "people--quote"
        lines = [(line, name) for line in shortened(quotation(said, quote.kind), width - 5, QUOTE_LINES)]
        if note := note_on(quote):
            lines.append((cut(note, width - 5), "people--note"))
        return Row(tuple(lines), voice, index, quote.spans)

    def draw(self, row: int, line: int, width: int) -> Sequence[Part]:  # noqa: ARG002
        entry = self._rows[row]
        text, name = entry.lines[line]
        style = self.style(name)
        voice = entry.voice
        if voice is None or not text:
            return [(text, style)]
        colour = self.speaker(voice.colour)
        if entry.quote >= 0:
            bar = "┊ " if entry.lines[0][1] == "people--indirect" else "▎ "
            return [("  ", style), (bar, colour), (text, style)]
        if name == "people--name":
            return [(fit(voice.mark, 2), colour), (text, style + colour if voice.mark else style)]
        return [("  ", style), (text, style)]


def shortened(text: str, width: int, lines: int) -> list[str]:
    """``text`` wrapped to at most ``lines`` lines, the last ending in an ellipsis if there is more."""
    wrapped = wrap(text, 0, len(text), width)
    shown = [text[start:end] for start, end in wrapped[:lines]]
    if len(wrapped) > lines:
        shown[-1] = cut(text[wrapped[lines - 1][0] :], width)
    return shown


def note_on(quote: Quote) -> str:
    """What should be known about a quotation, in a few words."""
    words = ["partly quoted"] if quote.kind is QuoteKind.MIXED else []
    if quote.rule == "corrected":
        words.append("corrected by you")
    elif quote.speaker and quote.confidence < UNSURE:
        words.append("speaker unsure")
    return " · ".join(words)
