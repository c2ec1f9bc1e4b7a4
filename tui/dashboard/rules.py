"""The half of the dashboard that keeps rules for what arrives, and mutes articles by key."""

from __future__ import annotations

from store.errors import NewsdashError
from store.models import IsCancelled, Rule
from tui.dashboard.context import DashboardContext
from tui.dialogs.confirm import ConfirmScreen
from tui.dialogs.rules import RuleScreen, RulesScreen, Tried, done_by

EXAMPLES = 4
"""Titles shown of the articles that a rule would have fitted."""
RULE = "rule"


class RuleController:
    """Lists, changes and removes rules."""

    def __init__(self, context: DashboardContext) -> None:
        self._context = context

    def rules(self) -> None:
        self._show_rules()

    def _show_rules(self, at: int = 0) -> None:
        rules = self._context.library.rules.all()

        def answered(answer: tuple[str, Rule | None] | None) -> None:
            if answer is None or not self._context.may_write():
                return
            step, rule = answer
            if rule is not None and rule.configured:
                self._context.say(f"The rule {rule.name} is written in config.toml, and is changed there.")
            elif step == "remove" and rule is not None:
                self._remove_rule(rule)
            else:
                self._edit_rule(rule, rule.name if rule is not None else "")

        self._context.ask(RulesScreen(rules, at), answered)

    def _edit_rule(self, rule: Rule | None, instead_of: str) -> None:
        def saved(kept: Rule) -> None:
            self._context.say(f"From now on {kept.name} {done_by(kept)} what arrives and fits it.")
            self._show_rules([each.name for each in self._context.library.rules.all()].index(kept.name))

        def answered(answer: Rule | None) -> None:
            if answer is None:
                self._show_rules()
                return

            def refused(error: NewsdashError) -> None:
                self._edit_rule(answer, instead_of)
                self._context.fail(error)

            self._context.jobs.start(
                RULE, lambda _: self._context.library.rules.save(answer, instead_of), saved, refused
            )

        def try_out(query: str, stop: IsCancelled) -> Tried:
            found = self._context.library.listing.matching(query)
            titles = [self._context.library.articles.get(key).article.title for key in found[:EXAMPLES] if not stop()]
            return Tried(len(found), tuple(titles))

        self._context.ask(RuleScreen(rule, try_out), answered)

    def _remove_rule(self, rule: Rule) -> None:
        def removed(_: object) -> None:
            self._context.say(f"{rule.name} is no longer a rule.")
            self._show_rules()

        def answered(yes: bool | None) -> None:
            if yes:
                self._context.jobs.start(RULE, lambda _: self._context.library.rules.remove(rule.name), removed)
            else:
                self._show_rules()

        question = f"Forget the rule {rule.name}?\n\n{rule.query}\n\nWhat it did stays."
        self._context.ask(ConfirmScreen("Remove a rule", question, "forgets it"), answered)
