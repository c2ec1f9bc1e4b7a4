"""The half of the dashboard that explains and corrects who said what."""

from __future__ import annotations

from collections.abc import Callable

from store.corrections import no_statement, passage_at, speaker_is
from store.models import (
    Amendment,
    AnotherPerson,
    Correction,
    Mention,
    MentionKind,
    NameIs,
    OpenArticle,
    Quote,
    SamePerson,
    Span,
)
from tui.dashboard.articles import ArticleController
from tui.dashboard.context import DashboardContext
from tui.dashboard.panes import PaneController
from tui.dialogs.ask import AskScreen
from tui.dialogs.explain import ExplainScreen
from tui.dialogs.pick import Choice, PickScreen, numbered
from tui.keys.commands import Pane
from tui.widgets.speakers import Speaker
from tui.wording.corrections import in_words, shown
from tui.wording.facts import explain_person, explain_quote, forms_of, in_context, likely_speakers

MOST_MENTIONS = 30
"""Single mentions offered to be split from a person."""
AROUND_MENTION = 14
"""Characters shown on each side of one."""


class CorrectionController:
    """What the reader asks and knows better about the statement or person under the cursor."""

    def __init__(self, context: DashboardContext, panes: PaneController, articles: ArticleController) -> None:
        self._context = context
        self._panes = panes
        self._articles = articles

    # --- what is pointed to ---------------------------------------------------------------------------------

    def _pointed(self) -> tuple[OpenArticle, Speaker, Quote | None] | None:
        """The open article, and the person and statement under the cursor of the people pane."""
        opened, voice = self._context.article.opened, self._context.people.voice
        if opened is None or voice is None:
            self._context.say("Go to a quotation or a person first.")
            return None
        return (
            opened,
            voice,
            opened.analysis.quotes[self._context.people.quote] if self._context.people.quote >= 0 else None,
        )

    def explain(self) -> None:
        pointed = self._pointed()
        if pointed is None:
            return
        opened, voice, quote = pointed
        key = self._context.keyboard.key_of
        offers = [(key("correct"), "correct", "corrects the speaker" if quote else "corrects the name")]
        if quote is not None:
            title, facts = "Why this speaker?", list(explain_quote(opened, quote))
        elif voice.person is not None:
            person = opened.analysis.people[voice.person]
            title, facts = "Who is this?", list(explain_person(opened, person, len(voice.quotes)))
            offers += [(key("same-person"), "same-person", "merges"), (key("split-person"), "split-person", "splits")]
        else:
            self._context.say(voice.role or f"The article does not name {voice.name}.")
            return

        ways = {"correct": self.correct, "same-person": self.same_person, "split-person": self.split_person}

        def answered(command: str | None) -> None:
            if command:
                ways[command]()

        self._context.ask(ExplainScreen(title, facts, offers), answered)

    # --- corrections ----------------------------------------------------------------------------------------

    def correct(self) -> None:
        """Say who made this statement, or what this person is called."""
        pointed = self._pointed()
        if pointed is None or not self._context.may_write():
            return
        opened, voice, quote = pointed
        if quote is not None:
            self._correct_speaker(opened, quote)
        elif voice.known:
            self._ask(
                "Correct the name",
                f"What is {voice.name} called?",
                voice.name,
                lambda name: self._correct(opened, NameIs(voice.name, name)) if name != voice.name else None,
            )
        else:
            self._context.say("Go to one of these quotations to say who said it.")

    def _correct_speaker(self, opened: OpenArticle, quote: Quote) -> None:
        text, analysis = opened.document.text, opened.analysis
        people = [analysis.people[index] for index in likely_speakers(analysis, quote)]
        unlisted = dict.fromkeys(
            other.speaker
            for other in analysis.quotes
            if other.person is None and other.speaker and other.speaker != quote.speaker
        )
        names = [*(person.name for person in people), *unlisted]
        choices = numbered(
            [
                *(Choice(person.name, person.role or person.title or person.kind.value) for person in people),
                *map(Choice, unlisted),
            ]
        )
        more: list[tuple[Choice, Callable[[], None]]] = [
            (Choice("Another name …", key="n"), lambda: self._ask_speaker(opened, quote)),
            (Choice("Not a quotation", key="x"), lambda: self._correct(opened, no_statement(text, quote))),
        ]
        if quote.speaker:
            unknown = Choice("Nobody knows", key="u")
            more.insert(1, (unknown, lambda: self._correct(opened, speaker_is(text, quote))))

        def chosen(place: int | None) -> None:
            if place is None:
                return
            if place < len(names):
                self._correct(opened, speaker_is(text, quote, names[place]))
            else:
                more[place - len(names)][1]()

        statement = shown((text[span.start : span.end] for span in quote.spans), quote.kind)
        self._context.ask(PickScreen("Who said this?", [*choices, *(choice for choice, _ in more)], statement), chosen)

    def _ask_speaker(self, opened: OpenArticle, quote: Quote) -> None:
        self._ask(
            "Who said this?",
            "The speaker's name; small letters only for speakers without one (a spokesman):",
            "",
            lambda name: self._correct(opened, speaker_is(opened.document.text, quote, name)),
        )

    def same_person(self) -> None:
        """Say that this person and another are one."""
        pointed = self._pointed()
        if pointed is None or not self._context.may_write():
            return
        opened, voice, _ = pointed
        others = [person for index, person in enumerate(opened.analysis.people) if index != voice.person]
        if not voice.known or not others:
            self._context.say("There is nobody else in this article." if voice.known else "Nobody knows who this is.")
            return

        def chosen(place: int | None) -> None:
            if place is not None:
                self._correct(opened, SamePerson(voice.name, others[place].name))

        choices = numbered([Choice(person.name, person.role or person.title) for person in others])
        self._context.ask(PickScreen("The same person as …", choices, f"{voice.name} is the same as:"), chosen)

    def split_person(self) -> None:
        """Say that one of this person's names, or a single mention, means somebody else."""
        pointed = self._pointed()
        if pointed is None or not self._context.may_write():
            return
        opened, voice, _ = pointed
        if voice.person is None:
            self._context.say("Only who is named in the text can be split.")
            return
        person, text = opened.analysis.people[voice.person], opened.document.text
        forms = forms_of(person, text)
        forms = forms if len(forms) > 1 else []
        mentions = person.mentions[:MOST_MENTIONS]
        choices = [Choice(f"“{form}”", f"wherever it stands ({count})") for form, count in forms]
        choices += [Choice(f"“{_printed(text, mention)}”", _around(text, mention)) for mention in mentions]
        if not choices:
            self._context.say(f"{voice.name} is not named in the text.")
            return

        def chosen(place: int | None) -> None:
            if place is None:
                return
            if place < len(forms):
                form = forms[place][0]
                self._ask_who(opened, AnotherPerson(person.name, form), form, named=True)
            else:
                mention = mentions[place - len(forms)]
                printed = _printed(text, mention)
                what = AnotherPerson(person.name, mention=passage_at(text, mention.start, mention.end))
                self._ask_who(opened, what, printed, named=mention.kind is MentionKind.NAME)

        self._context.ask(PickScreen("Split off", numbered(choices), f"Which of these is not {person.name}?"), chosen)

    def _ask_who(self, opened: OpenArticle, what: AnotherPerson, printed: str, *, named: bool) -> None:
        """Whom the split-off mentions mean."""
        others = [person for person in opened.analysis.people if person.name != what.person]
        choices = numbered([Choice(person.name, person.role or person.title) for person in others])
        own = Choice("Somebody else of this name" if named else "Nobody in the list", key="o")

        def meant(name: str) -> None:
            self._correct(opened, AnotherPerson(what.person, what.form, what.mention, name))

        def chosen(place: int | None) -> None:
            if place is None:
                return
            if place < len(others):
                meant(others[place].name)
            elif place == len(others):
                meant("")
            else:
                self._ask("Split off", f"Who is meant by “{printed}”?", printed if named else "", meant)

        self._context.ask(
            PickScreen(f"Who is “{printed}”?", [*choices, own, Choice("Another name …", key="n")]), chosen
        )

    def _ask(self, title: str, question: str, value: str, then: Callable[[str], None]) -> None:
        self._context.ask(AskScreen(title, question, value), lambda name: then(name) if name else None)

    def _correct(self, opened: OpenArticle, what: Amendment) -> None:
        """Keep a correction, and show the article with it."""

        def kept(correction: Correction) -> None:
            self._articles.show_corrected(correction)
            self._context.say(f"{self._context.keyboard.key_of('undo')} takes back: {in_words(correction.what)}")

        self._context.jobs.start("correct", lambda _: self._context.history.correct(opened.article.id, what), kept)

    # --- what is listed -------------------------------------------------------------------------------------

    def verb_class(self) -> None:
        """List only what was said, asked, claimed, denied …"""
        counts = self._context.people.verb_classes
        if not counts:
            self._context.say("Nobody is quoted in this article.")
            return
        classes = [None, *counts]
        choices = [Choice("Everything", str(sum(counts.values())), key="a")]
        choices += numbered([Choice(name or "without a verb", str(count)) for name, count in counts.items()])

        def chosen(place: int | None) -> None:
            if place is not None:
                self._context.people.show_class(classes[place])
                self._panes.go_to(Pane.PEOPLE)

        self._context.ask(PickScreen("List what was …", choices), chosen)


def _printed(text: str, mention: Mention) -> str:
    return " ".join(text[mention.start : mention.end].split())


def _around(text: str, mention: Mention) -> str:
    return in_context("", text, Span(mention.start, mention.end), AROUND_MENTION).text
