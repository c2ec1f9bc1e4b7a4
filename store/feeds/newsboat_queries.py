"""newsboat's filter language, translated into ours as far as ours can say the same."""

from __future__ import annotations

import re
from collections.abc import Callable

from store.errors import FeedError

_TOKEN = re.compile(
    r"\s*(?:(?P<bracket>[()])|(?P<word>and|or)\b|"
    r"(?P<name>[a-z_]+)\s*(?P<operator>==|=~|!~|!=|!#|<=|>=|[=<>#]|\bbetween\b)\s*"
    r"(?:\"(?P<quoted>(?:[^\"\\]|\\.)*)\"|(?P<bare>[\w:.-]+)))",
    re.IGNORECASE,
)
_LOOKS_LIKE = re.compile(r"[\s(]*[a-z_]+\s*(?:==|=~|!~|!=|!#|<=|>=|[=<>#]|\bbetween\b)\s*[\"\w]", re.IGNORECASE)
_PLAIN = re.compile(r"[\w][\w' -]*")
"""A pattern that stands for itself, and has a word to search for."""
_FIELDS = {"title": "title:", "author": "author:", "content": "", "feedtitle": "feed:"}


def is_newsboat_query(expression: str) -> bool:
    """Whether an expression is in newsboat's language: it begins with a comparison."""
    return _LOOKS_LIKE.match(expression) is not None


def translated(expression: str) -> str:
    """A filter of newsboat as a query of ours.

    :raises FeedError: naming what it asks that our searches cannot.
    """
    pieces: list[str] = []
    at = 0
    while at < len(expression.rstrip()):
        token = _TOKEN.match(expression, at)
        if token is None:
            raise FeedError(f"This part of newsboat's filter is not understood: {expression[at:].strip()[:40]}")
        at = token.end()
        if token["bracket"]:
            pieces.append(token["bracket"])
        elif token["word"]:
            pieces += ["OR"] if token["word"].lower() == "or" else []
        else:
            value = token["quoted"] if token["quoted"] is not None else token["bare"]
            pieces.append(_comparison(token["name"].lower(), token["operator"].lower(), value))
    return " ".join(pieces).replace("( ", "(").replace(" )", ")")


def _comparison(name: str, operator: str, value: str) -> str:
    reader = _READERS.get(name)
    found = reader(operator, value) if reader else ""
    if not found and name in _FIELDS and _PLAIN.fullmatch(value):
        found = {"=~": "", "!~": "-"}.get(operator, "?") + f'{_FIELDS[name]}"{value}"'
    if not found or found.startswith("?"):
        raise FeedError(f"Our searches have no words for this part of newsboat's filter: {name} {operator} “{value}”")
    return found


def _unread(operator: str, value: str) -> str:
    if operator not in ("=", "==", "!=") or value not in ("yes", "no"):
        return ""
    return "is:unread" if (value == "yes") is (operator != "!=") else "is:read"


def _tags(operator: str, value: str) -> str:
    return {"#": "", "!#": "-"}.get(operator, "?") + f'tag:"{value}"' if _PLAIN.fullmatch(value) else ""


def _age(operator: str, value: str) -> str:
    """Days: newsboat counts whole ones, so that an age of 0 is within the last day."""
    first, _, last = value.partition(":")
    if not (first.isdecimal() and (last.isdecimal() or operator != "between")):
        return ""
    days = int(first)
    match operator:
        case "<":
            return f"newer:{days}d" if days else ""
        case "<=":
            return f"newer:{days + 1}d"
        case ">":
            return f"older:{days + 1}d"
        case ">=":
            return f"older:{days}d" if days else ""
        case "between":
            newer = f"newer:{int(last) + 1}d"
            return f"(older:{days}d {newer})" if days else newer
    return ""


_READERS: dict[str, Callable[[str, str], str]] = {"unread": _unread, "tags": _tags, "age": _age}
