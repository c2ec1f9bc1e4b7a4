"""Rules on what arrives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RuleAction(StrEnum):
    """What a rule does with an article."""

    MUTE = "mute"
    """Keep it, but out of lists and counts."""
    STAR = "star"
    READ = "read"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is done with articles that arrive and fit a query; ``tag`` is the tag that the action TAG gives."""

    name: str
    query: str
    action: RuleAction
    tag: str = ""
    configured: bool = False
    """True for a rule of the configuration, which is changed there."""
