"""``newsdash rules``: what is done with articles by themselves when they arrive."""

from __future__ import annotations

import argparse
from typing import Any

from store.models import Rule, RuleAction
from tui.cli.articles import headline_as_json
from tui.cli.output import complain, count, library, local_time, prepare_search, print_columns, print_json

EXAMPLES = 10
"""Articles named of those that a rule fits."""


def list_rules(options: argparse.Namespace) -> int:
    """Print the rules in their order."""
    with library(seeds=False) as opened:
        rules = opened.rules.all()
    if options.json:
        for rule in rules:
            print_json(as_json(rule))
        return 0
    if not rules:
        complain("There are no rules.")
    print_columns(
        [(rule.name, action_of(rule), rule.query + ("  (config.toml)" if rule.configured else "")) for rule in rules]
    )
    return 0


def add(options: argparse.Namespace) -> int:
    """Keep a rule under a name."""
    rule = Rule(options.name, " ".join(options.query), RuleAction(options.action), options.tag)
    with library(seeds=False) as opened:
        kept = opened.rules.save(rule)
    if options.json:
        print_json(as_json(kept))
    else:
        print(f"Rule “{kept.name}”: {action_of(kept)} what fits {kept.query}")
    return 0


def remove(options: argparse.Namespace) -> int:
    """Forget a rule; what it did stays."""
    with library(seeds=False) as opened:
        found = opened.rules.find(options.name)
        opened.rules.remove(found.name)
    if options.json:
        print_json({"removed": found.name})
    else:
        print(f"“{found.name}” is no longer a rule.")
    return 0


def try_out(options: argparse.Namespace) -> int:
    """Say which stored articles a query, or the rule of this name, fits."""
    query = " ".join(options.query)
    with library() as opened:
        named = [rule for rule in opened.rules.all() if rule.name.casefold() == query.casefold()]
        query = named[0].query if named else query
        prepare_search(opened)
        found = opened.listing.matching(query)
        rows = [opened.articles.get(article_id) for article_id in (found if options.json else found[:EXAMPLES])]
    if options.json:
        for row in rows:
            print_json(headline_as_json(row))
        return 0
    print(f"{query} fits {count(len(found), 'stored article')}{':' if found else '.'}")
    print_columns(
        [(str(row.article.id), local_time(row.article.published), row.source, row.article.title) for row in rows],
        right=(0,),
    )
    if len(found) > len(rows):
        print(f"… and {len(found) - len(rows):,} more.")
    return 0


def action_of(rule: Rule) -> str:
    return f"tag {rule.tag}" if rule.action is RuleAction.TAG else str(rule.action)


def as_json(rule: Rule) -> dict[str, Any]:
    """A rule as scripts read it."""
    return {
        "name": rule.name,
        "query": rule.query,
        "action": str(rule.action),
        "tag": rule.tag or None,
        "configured": rule.configured,
    }
