"""Parses the query language by recursive descent; every error says where it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import NoReturn, TypeVar

from store.errors import QueryError
from store.search.query_ast import (
    HOURS,
    KEYWORDS,
    Aged,
    Dated,
    Field,
    Has,
    InFeed,
    Is,
    Node,
    Part,
    Regex,
    State,
    Text,
    all_of,
    any_of,
    none_of,
)
from store.search.regex_guard import compile_pattern
from store.text.words import is_cjk, words

LONGEST = 2_000
"""Characters of a query."""
DEEPEST = 50
"""Brackets inside brackets."""
MOST_TERMS = 200

_SPACE = re.compile(r"\s*")
_KEYWORD = re.compile(rf'(?:{"|".join(KEYWORDS)})(?=[\s()"]|$)')
_FIELD = re.compile(r"([^\W\d_]+):(?!//)")
_WORD = re.compile(r'[^\s()"]+')
_PHRASE = re.compile(r'"([^"]*)"')
_REGEX = re.compile(r"/((?:[^/\\]|\\.)*)/", re.DOTALL)
_DATE = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?)(?:T(\d\d):(\d\d))?)?)?", re.ASCII)
_AGE = re.compile(rf"(\d{{1,4}})([{''.join(HOURS)}])", re.ASCII)

Choice = TypeVar("Choice", bound=StrEnum)


class Parser:
    """Parses one text."""

    def __init__(self, text: str) -> None:
        # One character for one, so that positions stay: what cannot be typed or stored becomes a space.
        self._text = "".join(letter if letter.isprintable() else " " for letter in text[: LONGEST + 1])
        self._at = 0
        self._depth = 0
        self._terms = 0

    def parse(self) -> Node | None:
        if len(self._text) > LONGEST:
            fail(f"A search can have {LONGEST:,} characters.", LONGEST)
        root = self._alternatives()
        if self._at < len(self._text):
            fail("This bracket was never opened.", self._at)
        return root

    # --- structure ----------------------------------------------------------------------------------------

    def _alternatives(self) -> Node | None:
        """Up to the end or a closing bracket."""
        found: list[Node] = []
        together: list[Node] = []
        joint = -1, ""
        while self._more():
            keyword = _KEYWORD.match(self._text, self._at)
            if keyword is None or keyword[0] == "NOT":
                together.append(self._negatable())
                joint = -1, ""
                continue
            if not together or joint[1]:
                fail(f"{keyword[0]} needs something before it.", self._at)
            joint = self._at, keyword[0]
            self._at = keyword.end()
            if keyword[0] == "OR":
                found.append(all_of(together))
                together = []
        if joint[1]:
            fail(f"{joint[1]} needs something after it.", joint[0])
        if together:
            found.append(all_of(together))
        return any_of(found) if found else None

    def _more(self) -> bool:
        self._skip(_SPACE)
        return self._at < len(self._text) and self._text[self._at] != ")"

    def _negatable(self) -> Node:
        negative, start, sign = False, self._at, ""
        while True:
            keyword = _KEYWORD.match(self._text, self._at)
            if self._text.startswith("-", self._at):
                start, sign = self._at, "-"
                self._at += 1
            elif keyword and keyword[0] == "NOT":
                start, sign = self._at, "NOT"
                self._at = keyword.end()
                self._skip(_SPACE)
            else:
                break
            negative = not negative
        if sign and (not self._here(r"[^\s)]") or _KEYWORD.match(self._text, self._at)):
            fail(f"{sign} needs something right after it.", start)
        node = self._group() if self._text.startswith("(", self._at) else self._term()
        return none_of(node) if negative else node

    def _group(self) -> Node:
        start = self._at
        self._depth += 1
        if self._depth > DEEPEST:
            fail(f"Brackets can be nested {DEEPEST} deep.", start)
        self._at += 1
        node = self._alternatives()
        if self._at >= len(self._text):
            fail("This bracket is not closed.", start)
        if node is None:
            fail("These brackets are empty.", start)
        self._at += 1
        self._depth -= 1
        return node

    # --- terms --------------------------------------------------------------------------------------------

    def _term(self) -> Node:
        start = self._at
        self._terms += 1
        if self._terms > MOST_TERMS:
            fail(f"A search can have {MOST_TERMS} terms.", start)
        if self._text.startswith("/", start):
            return self._regex()
        name = _FIELD.match(self._text, start)
        if name is None:
            return self._words(None)
        read = self._fields().get(name[1].lower())
        if read is None:
            known = ", ".join(f"{field}:" for field in self._fields())
            fail(
                f"There is no {name[0]} — the fields are {known}; quotation marks search for the text itself.",
                start,
            )
        self._at = name.end()
        if not self._here(r"[^\s()]"):
            fail(f"A value is missing after {name[0]}", start)
        return read()

    def _fields(self) -> dict[str, Callable[[], Node]]:
        return {
            "feed": self._feed,
            **{field.value: self._words_of(field) for field in Field},
            "is": lambda: Is(self._choice(State, "is:")),
            "has": lambda: Has(self._choice(Part, "has:")),
            "before": lambda: Dated(self._date("before:"), before=True),
            "after": lambda: Dated(self._date("after:"), before=False),
            "newer": lambda: Aged(*self._age("newer:"), newer=True),
            "older": lambda: Aged(*self._age("older:"), newer=False),
        }

    def _words_of(self, field: Field) -> Callable[[], Node]:
        return lambda: self._words(field)

    def _words(self, field: Field | None) -> Node:
        start = self._at
        text, prefix = self._value()
        found = words(text)
        if not found:
            fail(f"“{text}” has no letter or digit to search for.", start)
        if prefix and len(found[-1]) < 2 and not is_cjk(found[-1]):
            fail("A * needs at least two letters before it.", start)
        return Text(text, field, prefix)

    def _feed(self) -> Node:
        start = self._at
        name, prefix = self._value()
        if prefix:
            fail("feed: takes no *; a part of the name is enough.", start)
        return InFeed(name)

    def _value(self) -> tuple[str, bool]:
        """A phrase or word, and whether a ``*`` follows."""
        start = self._at
        if self._text.startswith('"', start):
            phrase = self._take(_PHRASE)
            if phrase is None:
                fail("This quotation mark is not closed.", start)
            text = " ".join(phrase[1].split())
            if not text:
                fail("These quotation marks are empty.", start)
            star = self._text.startswith("*", self._at)
            self._at += star
            return text, star
        text = self._bare()
        star = text.endswith("*")
        text = text.removesuffix("*")
        if "*" in text:
            fail("A * is allowed at the end of a word only.", start + text.index("*"))
        if not text:
            fail("A * needs the start of a word before it.", start)
        return text, star

    def _bare(self) -> str:
        word = self._take(_WORD)
        return word[0] if word else ""

    def _choice(self, choices: type[Choice], name: str) -> Choice:
        start = self._at
        value = self._bare()
        if value.lower() not in list(choices):
            fail(f"After {name} “{value}” is not known; there are {', '.join(choices)}.", start)
        return choices(value.lower())

    def _date(self, name: str) -> str:
        start = self._at
        value = self._bare()
        match = _DATE.fullmatch(value.upper())
        parts = [int(part) for part in match.groups() if part is not None] if match else []
        try:
            datetime(*(parts + [1] * (3 - len(parts))))  # type: ignore[arg-type]
        except (TypeError, ValueError):
            parts = []
        if not parts or not 1900 <= parts[0] <= 2999:
            fail(f"After {name} a date is needed, as 2012, 2012-12, 2012-12-05 or 2012-12-05T18:30.", start)
        day = "-".join(f"{part:02}" for part in parts[:3])
        return day + (f"T{parts[3]:02}:{parts[4]:02}" if len(parts) > 3 else "")

    def _age(self, name: str) -> tuple[int, str]:
        start = self._at
        match = _AGE.fullmatch(self._bare().lower())
        if match is None:
            fail(f"After {name} a number with h, d, w or y is needed, as 7d.", start)
        return int(match[1]), match[2]

    def _regex(self) -> Node:
        start = self._at
        match = self._take(_REGEX)
        if match is None:
            fail("This / is not closed; quotation marks search for the text itself.", start)
        pattern = re.sub(r"\\(.)", lambda pair: "/" if pair[1] == "/" else pair[0], match[1], flags=re.DOTALL)
        if not pattern:
            fail("These slashes are empty.", start)
        try:
            compile_pattern(pattern)
        except QueryError as error:
            fail(error.message, start + 1 + error.position)
        return Regex(pattern)

    # --- the text -----------------------------------------------------------------------------------------

    def _here(self, expression: str) -> bool:
        return re.match(expression, self._text[self._at : self._at + 1]) is not None

    def _take(self, expression: re.Pattern[str]) -> re.Match[str] | None:
        match = expression.match(self._text, self._at)
        if match:
            self._at = match.end()
        return match

    def _skip(self, expression: re.Pattern[str]) -> None:
        self._take(expression)


def fail(sentence: str, position: int) -> NoReturn:
    raise QueryError(sentence, position)
