"""The half of the dashboard that keeps rules for what arrives, and mutes articles by key."""

from __future__ import annotations

from store.errors import NewsdashError
from store.models import IsCancelled, Rule
from tui.dashboard.parts import Parts
from tui.dialogs.confirm import ConfirmScreen
from tui.dialogs.rules import RuleScreen, RulesScreen, Tried, done_by

EXAMPLES = 4
"""Titles shown of the articles that a rule would have fitted."""
RULE = "rule"


class Ruling(Parts, inherit_bindings=False):
    """Rules."""

    def action_rules(self) -> None:
        self._list_rules()

    def _list_rules(self, at: int = 0) -> None:
        session = self.session
        if session is None:
            return
        rules = session.library.rules.all()

        def answered(answer: tuple[str, Rule | None] | None) -> None:
            if answer is None or not self.may_write():
                return
            step, rule = answer
            if rule is not None and rule.configured:
                self.say(f"The rule {rule.name} is written in config.toml, and is changed there.")
            elif step == "remove" and rule is not None:
                self._remove_rule(rule)
            else:
                self._edit_rule(rule, rule.name if rule is not None else "")

        self.app.push_screen(RulesScreen(rules, at), answered)

    def _edit_rule(self, rule: Rule | None, instead_of: str) -> None:
        session = self.session
        if session is None:
            return

        def saved(kept: Rule) -> None:
            self.say(f"From now on {kept.name} {done_by(kept)} what arrives and fits it.")
            self._list_rules([each.name for each in session.library.rules.all()].index(kept.name))

        def answered(answer: Rule | None) -> None:
            if answer is None:
                self._list_rules()
                return

            def refused(error: NewsdashError) -> None:
                self._edit_rule(answer, instead_of)
                self.fail(error)

            self.jobs.start(RULE, lambda _: session.library.rules.save(answer, instead_of), saved, refused)

        def try_out(query: str, stop: IsCancelled) -> Tried:
            found = session.library.listing.matching(query)
            titles = [session.library.articles.get(key).article.title for key in found[:EXAMPLES] if not stop()]
            return Tried(len(found), tuple(titles))

        self.app.push_screen(RuleScreen(rule, try_out), answered)

    def _remove_rule(self, rule: Rule) -> None:
        session = self.session
        if session is None:
            return

        def removed(_: object) -> None:
            self.say(f"{rule.name} is no longer a rule.")
            self._list_rules()

        def answered(yes: bool | None) -> None:
            if yes:
                self.jobs.start(RULE, lambda _: session.library.rules.remove(rule.name), removed)
            else:
                self._list_rules()

        question = f"Forget the rule {rule.name}?\n\n{rule.query}\n\nWhat it did stays."
        self.app.push_screen(ConfirmScreen("Remove a rule", question, "forgets it"), answered)
