"""The rules of config.toml, as the library takes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from store.models import Rule, RuleAction

if TYPE_CHECKING:
    from tui.config.settings import Settings


def rules_of(settings: Settings) -> tuple[Rule, ...]:
    """The rules in the file's order; one without a name is called by its query."""
    return tuple(
        Rule(rule.name.strip() or rule.query, rule.query, RuleAction(rule.action), rule.tag, configured=True)
        for rule in settings.rules
    )


def load_rules(path: Path) -> tuple[Rule, ...]:
    """Those of a file; none, at once, when there is no such file."""
    if not path.exists():
        return ()
    from tui.config.load import load

    return rules_of(load(path).settings)
