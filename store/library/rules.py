"""Rules: what newsdash does by itself with new articles.

A rule is a query and an action. The rules of the configuration come first, then those in the store, each in its order;
all that match are applied, and a later one sees what an earlier one did. They are applied once, to new articles, and
their marks are stored in the same commit as the article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from store.errors import NotFoundError, QueryError, StoreError
from store.models import Rule, RuleAction, Status

if TYPE_CHECKING:
    from store.database.prepared import Item
    from store.library.context import LibraryContext
    from store.models import Feed
    from store.search.query import Node

RULES = "rules"
"""The setting that holds the rules: name, query, action and tag of each."""
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class ParsedRule:
    """A rule with its parsed query; ``late`` when only the analysis of an article can answer it."""

    rule: Rule
    root: Node
    late: bool


class Rules:
    """The rules of one library."""

    def __init__(self, context: LibraryContext) -> None:
        self._database = context.database
        self._lock = context.lock
        self._configured: tuple[Rule, ...] = ()
        self._ready: tuple[list[Rule], list[ParsedRule]] = ([], [])

    def use(self, configured: Sequence[Rule]) -> None:
        """Use these rules of the configuration, before those in the store."""
        self._configured = tuple(configured)

    def all(self) -> list[Rule]:
        """In the order in which they are applied."""
        with self._lock:
            stored = self._database.settings.get(RULES, [])
        return [*self._configured, *(rule for rule in map(to_rule, stored) if rule is not None)]

    def find(self, name: str) -> Rule:
        """:raises NotFoundError: when there is none of this name, letter case aside."""
        found = [rule for rule in self.all() if rule.name.casefold() == name.casefold()]
        if not found:
            raise NotFoundError(f"No rule is called “{name}”.")
        return found[0]

    def save(self, rule: Rule, instead_of: str = "") -> Rule:
        """Store a rule, in place of the one of its name or of the one named by ``instead_of``, else at the end.

        :raises QueryError: when its query cannot be understood or asks for nothing.
        :raises StoreError: when it lacks a name or a tag, has the name of another, or is the configuration's.
        """
        rule = checked(rule)
        with self._lock:
            self._refuse_configured(instead_of or rule.name)
            stored = [each for each in self.all() if not each.configured]
            names = [each.name for each in stored]
            at = names.index(instead_of or rule.name) if (instead_of or rule.name) in names else len(names)
            if any(name == rule.name and place != at for place, name in enumerate(names)):
                raise StoreError(f"Another rule is called “{rule.name}”.")
            stored[at : at + 1] = [rule]
            self._store(stored)
        return rule

    def remove(self, name: str) -> None:
        """Remove a rule; the marks that it gave stay.

        :raises NotFoundError: when no rule has this name.
        """
        with self._lock:
            self._refuse_configured(name)
            found = self.find(name)
            self._store([rule for rule in self.all() if not rule.configured and rule != found])

    def _store(self, rules: Sequence[Rule]) -> None:
        self._database.settings.save(RULES, [to_row(rule) for rule in rules])

    def _refuse_configured(self, name: str) -> None:
        if any(rule.name == name for rule in self._configured):
            raise StoreError(f"The rule “{name}” is written in config.toml, and is changed there.")

    # --- applying them --------------------------------------------------------------------------------------

    def apply(self, items: Sequence[Item]) -> list[Status | None]:
        """The marks that new articles get (for article 0); None for those that no rule matches.

        Rules that ask who said what skip an article that waits for its analysis: see :meth:`apply_late`.
        """
        ready = self._parsed()
        if not ready:
            return [None] * len(items)
        with self._lock:
            feeds = {feed.id: feed for feed in self._database.feeds.all()}
        early = [each for each in ready if not each.late]
        return [self._marks(item, feeds, ready if item[0].engine else early) for item in items]

    def apply_late(self, items: Sequence[tuple[Item, Status]]) -> list[Status]:
        """The changed marks of articles that came without their analysis and have it now."""
        ready = [each for each in self._parsed() if each.late]
        if not ready:
            return []
        with self._lock:
            feeds = {feed.id: feed for feed in self._database.feeds.all()}
        found = (self._marks(item, feeds, ready, status) for item, status in items)
        return [status for status in found if status is not None]

    def _marks(
        self, item: Item, feeds: dict[int, Feed], ready: Sequence[ParsedRule], status: Status | None = None
    ) -> Status | None:
        from store.search.evaluate_one import Candidate, matches

        article, document, analysis = item
        before = status or Status(0)
        candidate = Candidate(article, document, analysis, feeds.get(article.feed_id), before)
        for each in ready:
            if matches(each.root, candidate):
                candidate.status = apply_action(each.rule, candidate.status)
        return replace(candidate.status, changed=article.arrived) if candidate.status != before else None

    @property
    def empty(self) -> bool:
        """Whether there is no rule to apply."""
        return not self._parsed()

    def _parsed(self) -> list[ParsedRule]:
        """The rules that can be applied, parsed again only when they changed. One that cannot be parsed is skipped."""
        from store.search.evaluate_one import asks_who_said_what
        from store.search.query import parse

        rules = self.all()
        if rules != self._ready[0]:
            ready = []
            for rule in rules:
                try:
                    root = parse(rule.query).root
                except QueryError:
                    continue
                if root is not None:
                    ready.append(ParsedRule(rule, root, asks_who_said_what(root)))
            self._ready = rules, ready
        return self._ready[1]


def apply_action(rule: Rule, status: Status) -> Status:
    """The marks with what a rule changes."""
    match rule.action:
        case RuleAction.MUTE:
            return replace(status, muted=True)
        case RuleAction.STAR:
            return replace(status, starred=True)
        case RuleAction.READ:
            return replace(status, read=True)
        case RuleAction.TAG:
            from store.text.tags import clean_tags

            return replace(status, tags=clean_tags((*status.tags, rule.tag)))


def checked(rule: Rule) -> Rule:
    """The rule with its texts cleaned.

    :raises QueryError: when its query cannot be understood or asks for nothing.
    :raises StoreError: when it lacks a name or a tag.
    """
    from store.search.query import parse
    from store.text.clean import clean_line
    from store.text.tags import clean_tags

    tags = clean_tags([rule.tag]) if rule.action is RuleAction.TAG else ()
    rule = Rule(clean_line(rule.name), clean_line(rule.query), rule.action, tags[0] if tags else "")
    if not rule.name:
        raise StoreError("A rule needs a name.")
    if len(rule.name) > LONGEST_NAME:
        raise StoreError(f"The name of a rule can have {LONGEST_NAME} characters.")
    if rule.action is RuleAction.TAG and not rule.tag:
        raise StoreError("A rule that tags needs the tag that it gives.")
    if parse(rule.query).root is None:
        raise QueryError("There is nothing to search for.", 0)
    return rule


def to_row(rule: Rule) -> dict[str, str]:
    return {"name": rule.name, "query": rule.query, "action": str(rule.action), "tag": rule.tag}


def to_rule(row: Any) -> Rule | None:
    """The rule of a stored row; None for one that a newer program wrote."""
    try:
        return Rule(row["name"], row["query"], RuleAction(row["action"]), row.get("tag", ""))
    except (TypeError, KeyError, ValueError):
        return None
