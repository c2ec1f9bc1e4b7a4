"""Regular expressions that a stranger's text cannot make slow.

Python's matcher backtracks, cannot be interrupted and holds the interpreter while it works. So a pattern is
weighed before it is used: how many steps it can take, at most, from one place in a piece of text. Patterns that
could take a second on the worst of texts are refused, and text is matched piece by piece, so that the caller
can check the clock in between.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from store.errors import QueryError

PIECE = 600
"""Characters matched at once. Pieces of one line overlap by :data:`OVERLAP`, the longest match surely found there."""
OVERLAP = 150
MOST_WORK = 4 * PIECE**2
"""Steps from one place: room for two unbounded repetitions that can trade characters, not for three."""
MOST_LETTERS = 500

# The standard library's own reading of a pattern. The module has no public name since Python 3.11.
_syntax: Any = import_module("re._parser")

Parsed = Sequence[tuple[Any, Any]]
Cost = tuple[int, int]
"""In how many ways something can match at one place, and how many steps trying them all takes, both at most."""


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """:raises QueryError: when it is not a regular expression, or one that could take very long."""
    if len(pattern) > MOST_LETTERS:
        raise QueryError(f"A regular expression can have {MOST_LETTERS} characters.", MOST_LETTERS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of constructs whose meaning may change in a later Python
            _, work = cost_of(list(_syntax.parse(pattern, re.IGNORECASE)), set())
            compiled = re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise QueryError(f"This is no regular expression: {error.msg}.", error.pos or 0) from None
    except (RecursionError, OverflowError, ValueError):
        raise QueryError("This is no regular expression.", 0) from None
    if work > MOST_WORK:
        raise QueryError("This regular expression could take very long; it repeats repetitions or has too many.", 0)
    return compiled


def pieces(text: str) -> Iterator[str]:
    """A text's lines, long ones in overlapping parts."""
    for line in text.splitlines():
        yield line[:PIECE]
        for start in range(PIECE - OVERLAP, len(line) - OVERLAP, PIECE - OVERLAP):
            yield line[start : start + PIECE]


def factors_of(pattern: str) -> list[str]:
    """The runs of ASCII letters and digits, in lower case, that every match contains, the longest first."""
    return sorted(filter(None, _factors(list(_syntax.parse(pattern, re.IGNORECASE)))), key=len, reverse=True)


def _factors(parsed: Parsed) -> Iterator[str]:
    run = ""
    for operation, argument in parsed:
        letter = chr(argument).lower() if str(operation) == "LITERAL" else ""
        if letter.isascii() and letter.isalnum():
            run += letter
            continue
        yield run
        run = ""
        if str(operation) == "SUBPATTERN":
            yield from _factors(list(argument[-1]))
        elif str(operation) in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and int(argument[0]) > 0:
            yield from _factors(list(argument[2]))
    yield run


def may_match(factor: str, text: str) -> bool:
    """False only when a text surely has no match. s can be a long s as well, and i with or without dot."""
    return factor in text.lower() or any(letter in text for letter in "\u017f\u0130\u0131")


def cost_of(parsed: Parsed, following: set[str]) -> Cost:
    """The cost of a sequence. ``following`` is the character, in both cases, that must come after it, if known."""
    ways, work = 1, 0
    for place, (operation, argument) in enumerate(parsed):
        after = first_letter(parsed[place + 1]) if place + 1 < len(parsed) else following
        item_ways, item_work = cost_of_item(str(operation), argument, after)
        work += ways * item_work
        ways *= item_ways
        if work > MOST_WORK or ways > MOST_WORK:
            return MOST_WORK + 1, MOST_WORK + 1
    return ways, work


def cost_of_item(operation: str, argument: Any, after: set[str]) -> Cost:
    match operation:
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            low, high, repeated = argument
            return cost_of_repeat(min(int(low), PIECE), min(int(high), PIECE), list(repeated), after)
        case "SUBPATTERN":
            return cost_of(list(argument[-1]), after)
        case "BRANCH":
            return either([cost_of(list(branch), after) for branch in argument[1]])
        case "ASSERT" | "ASSERT_NOT":
            return cost_of(list(argument[1]), set())
        case "ATOMIC_GROUP":
            return cost_of(list(argument), set())
        case "GROUPREF":
            return 1, PIECE
        case "GROUPREF_EXISTS":
            return either([cost_of(list(branch), after) for branch in argument[1:] if branch is not None])
        case _:
            return 1, 1


def either(costs: list[Cost]) -> Cost:
    return sum(ways for ways, _ in costs), sum(work for _, work in costs)


def cost_of_repeat(low: int, high: int, repeated: Parsed, after: set[str]) -> Cost:
    """A repetition of one character that the next cannot be ends in one place only."""
    ways, work = cost_of(repeated, set())
    if high > 1 and ways > 1:
        return MOST_WORK + 1, MOST_WORK + 1
    certain = len(repeated) == 1 and bool(after) and not any(can_be(repeated[0], letter) for letter in after)
    return (1 if certain else ways + high - low), work * max(high, 1)


def first_letter(item: tuple[Any, Any]) -> set[str]:
    """Both cases of a literal character; nothing for anything else."""
    operation, argument = item
    if str(operation) == "LITERAL":
        letter = chr(argument)
        return {letter, letter.lower(), letter.upper()}
    return set()


def can_be(item: tuple[Any, Any], letter: str) -> bool:
    """Whether a one-character item can match ``letter``; True when that is hard to say."""
    operation, argument = str(item[0]), item[1]
    if operation == "LITERAL":
        return chr(argument).lower() == letter.lower()
    if operation == "NOT_LITERAL":
        return chr(argument) != letter
    if operation != "IN":
        return True
    negated = str(argument[0][0]) == "NEGATE"
    inside = any(in_class(str(kind), value, letter) for kind, value in argument[negated:])
    if negated:
        # What is excluded for sure is excluded; case and categories make that hard to say of the rest.
        return not any(str(kind) == "LITERAL" and chr(value) == letter for kind, value in argument[1:])
    return inside


def in_class(kind: str, value: Any, letter: str) -> bool:
    match kind:
        case "LITERAL":
            return chr(value).lower() == letter.lower()
        case "RANGE":
            return any(value[0] <= ord(case) <= value[1] for case in (*letter.lower(), *letter.upper()))
        case "CATEGORY":
            category = {"CATEGORY_WORD": r"\w", "CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s"}.get(str(value))
            return category is None or re.match(category, letter) is not None
        case _:
            return True
