"""The library's rules: what is done with articles by themselves when they arrive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.library.parts import Parts
from store.models import View

if TYPE_CHECKING:
    from store.models import Rule


class Ruling(Parts):
    """Rules."""

    def use_rules(self, configured: Sequence[Rule]) -> None:
        """Take these rules from the configuration; they are tried before those that are stored."""
        self._rules.use(configured)

    def rules(self) -> list[Rule]:
        """In the order in which they are tried on each new article."""
        return self._rules.all()

    def find_rule(self, name: str) -> Rule:
        """:raises NotFoundError: when there is none of this name, letter case aside."""
        return self._rules.find(name)

    def save_rule(self, rule: Rule, instead_of: str = "") -> Rule:
        """Keep a rule at the end, or in place of the one of its name or of another.

        :raises QueryError: when its query cannot be understood or asks for nothing.
        :raises StoreError: when it lacks a name or a tag, has the name of another, or is the configuration's.
        """
        return self._rules.save(rule, instead_of)

    def remove_rule(self, name: str) -> None:
        """Marks that it gave stay.

        :raises NotFoundError: when no rule has this name.
        """
        self._rules.remove(name)

    def try_rule(self, query: str) -> Sequence[int]:
        """The stored articles that a rule would have fitted, newest first, muted ones too. Nothing is changed.

        :raises QueryError: when its query cannot be understood.
        """
        return self._finding.ids(View(query=query), muted=True)
