"""The dialogs for rules: the list of them, and one to fill in, which is tried on the stored articles as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from store.errors import NewsdashError
from store.models import IsCancelled, Rule, RuleAction
from tui.dialogs.base import Dialog, Options, plain
from tui.dialogs.form import Form
from tui.jobs import Jobs
from tui.widgets.choice import Choice

NAME, QUERY, ACTION, TAG = "rule-name", "rule-query", "rule-action", "rule-tag"
ACTIONS = {
    RuleAction.MUTE: "mute it: keep it out of all lists",
    RuleAction.STAR: "star it",
    RuleAction.READ: "mark it read",
    RuleAction.TAG: "tag it",
}
PAUSE = 0.3
"""Seconds after the last key until a query is tried."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How many stored articles a query fits, and the titles of the newest."""

    count: int
    titles: tuple[str, ...] = ()


Try = Callable[[str, IsCancelled], Tried]


def done_by(rule: Rule) -> str:
    """What a rule does, in a few words."""
    words = {RuleAction.MUTE: "mutes", RuleAction.STAR: "stars", RuleAction.READ: "marks read"}
    return words.get(rule.action) or f"tags “{rule.tag}”"


class RulesScreen(Dialog[tuple[str, Rule | None]]):
    """Lists the rules; answers with what to do next, ``add``, ``edit`` or ``remove``, and the rule that is meant."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add", show=False),
        Binding("e", "edit", "Edit", show=False),
        Binding("d,delete", "remove", "Remove", show=False),
        Binding("q", "cancel", "Close", show=False),
        Binding("j", "move(1)", "Down", show=False),
        Binding("k", "move(-1)", "Up", show=False),
    ]

    def __init__(self, rules: Sequence[Rule], at: int = 0) -> None:
        super().__init__()
        self._rules, self._at = rules, at

    def compose(self) -> ComposeResult:
        with self.box("Rules for what arrives"):
            yield plain(
                "Tried in this order on each new article; all that fit are applied.", "dialog--text form--about"
            )
            if self._rules:
                yield Options(*map(_option, self._rules), id="rules", markup=False)
                yield plain("a adds a rule · e edits · d removes · Esc closes", "dialog--hint")
            else:
                yield plain("There are no rules yet. A rule mutes, stars, marks read or tags what fits a search.")
                yield plain("a adds a rule · Esc closes", "dialog--hint")

    def on_mount(self) -> None:
        if self._rules:
            options = self.query_one(Options)
            options.highlighted = min(self._at, len(self._rules) - 1)
            options.focus()

    @property
    def _here(self) -> Rule | None:
        at = self.query_one(Options).highlighted if self._rules else None
        return self._rules[at] if at is not None else None

    def action_add(self) -> None:
        self.dismiss(("add", None))

    def action_edit(self) -> None:
        if self._here is not None:
            self.dismiss(("edit", self._here))

    def action_remove(self) -> None:
        if self._here is not None:
            self.dismiss(("remove", self._here))

    def action_move(self, step: int) -> None:
        if self._rules:
            options = self.query_one(Options)
            (options.action_cursor_down if step > 0 else options.action_cursor_up)()

    def on_option_list_option_selected(self) -> None:
        self.action_edit()


def _option(rule: Rule) -> Option:
    where = " · in config.toml" if rule.configured else ""
    return Option(Content(f"{rule.name} · {done_by(rule)}{where}\n    {rule.query}"))


class RuleScreen(Form[Rule]):
    """Asks for a rule, and says all the time which stored articles it would have fitted; answers with it."""

    def __init__(self, rule: Rule | None, try_out: Try) -> None:
        super().__init__()
        self._rule = rule or Rule("", "", RuleAction.MUTE)
        self._is_new = rule is None
        self._try_out = try_out
        self.jobs = Jobs(self, self._cannot_try)
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        rule = self._rule
        with self.box("A new rule" if self._is_new else "Edit a rule"):
            yield self.line("Name", rule.name, NAME, "what it is called")
            yield self.line("Search", rule.query, QUERY, "title:horoscope")
            yield self.labelled("Then", Choice(list(ACTIONS.values()), list(ACTIONS).index(rule.action), id=ACTION))
            yield self.line("Tag", rule.tag, TAG, "the tag that it gets")
            yield plain("", id="found")
            yield from self.ending()

    def on_mount(self) -> None:
        self._offer_tag()
        self.set_focus(self.query_one(f"#{QUERY if self._rule.name else NAME}"))
        self._look()

    @property
    def _action(self) -> RuleAction:
        return list(ACTIONS)[self.query_one(Choice).at]

    def on_choice_changed(self) -> None:
        self._offer_tag()

    def _offer_tag(self) -> None:
        self.query_one(f".of-{TAG}").display = self._action is RuleAction.TAG

    # --- trying it ------------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id == QUERY:
            if self._pause is not None:
                self._pause.stop()
            self._pause = self.set_timer(PAUSE, self._look)

    def _look(self) -> None:
        query = self.text_of(QUERY)
        if query:
            self.jobs.start("try", lambda stop: self._try_out(query, stop), self._tried)
        else:
            self.jobs.cancel_all()
            self._found("")

    def _tried(self, tried: Tried) -> None:
        if not tried.count:
            self._found("No stored article fits. Only what arrives from now on is tried.")
            return
        names = "".join(f"\n  · {title}" for title in tried.titles)
        more = f"\n  … and {tried.count - len(tried.titles):,} more" if tried.count > len(tried.titles) else ""
        stored = "stored article" if tried.count == 1 else "stored articles"
        self._found(f"It would have fitted {tried.count:,} {stored}, which stay as they are:{names}{more}")

    def _cannot_try(self, error: NewsdashError) -> None:
        self._found(error.message, error=True)

    def _found(self, text: str, *, error: bool = False) -> None:
        found = self.query_one("#found", Static)
        found.set_class(error, "-error")
        found.update(Content(text))

    # --- the answer -----------------------------------------------------------------------------------------

    def save(self) -> None:
        name, query, tag, action = self.text_of(NAME), self.text_of(QUERY), self.text_of(TAG), self._action
        if not query:
            self.wrong("Type a search first.", QUERY)
        elif action is RuleAction.TAG and not tag:
            self.wrong("Type the tag that it gives.", TAG)
        else:
            self.dismiss(Rule(name or query, query, action, tag if action is RuleAction.TAG else ""))

    def on_unmount(self) -> None:
        self.jobs.cancel_all()
