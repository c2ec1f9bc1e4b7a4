"""What config.toml says, as the library takes it: rules, the network and the options of single feeds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from store.models import FeedOptions, Network, Rule, RuleAction

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


def load_network(path: Path) -> Network:
    """The proxy and the options of single feeds; the defaults, at once, when there is no such file."""
    if not path.exists():
        return Network()
    from tui.config.load import load

    settings = load(path).settings

    def options(url: str) -> FeedOptions:
        found = settings.feed(url)
        return FeedOptions(found.headers, int(found.interval.total_seconds() // 60))

    return Network(settings.general.proxy or None, options)
