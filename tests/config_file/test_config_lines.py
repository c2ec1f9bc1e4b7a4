"""The line scanner against tomllib: the same paths, and the lines that a generator wrote them on."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tui.config.toml_lines import find_lines
from tui.config.toml_writer import dotted, toml_key, toml_string, toml_value


def paths_of(value: Any, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """Every path in a parsed document."""
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    else:
        return set()
    found: set[tuple[str | int, ...]] = set()
    for part, each in inner:
        found |= {(*path, part)} | paths_of(each, (*path, part))
    return found


PLAIN_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
TRICKY_TEXT = st.sampled_from(["", "]", "}", "#", "a = 1", "[x]", '"', "'", "\\", '"""', "'''", "\n", ",", ".", "\x7f"])
TEXTS = st.one_of(PLAIN_TEXT, st.lists(TRICKY_TEXT, max_size=4).map("".join))
NAMES = st.one_of(st.sampled_from(["a", "b", "key", "g-g", "1"]), TEXTS)


def literal(text: str) -> str | None:
    return f"'{text}'" if text.isprintable() and "'" not in text else None


@st.composite
def strings(draw: st.DrawFn) -> str:
    """A TOML string in one of its four spellings, some over several lines."""
    text = draw(TEXTS)
    kind = draw(st.sampled_from(["basic", "literal", "long basic", "long literal"]))
    if kind == "literal" and (short := literal(text)):
        return short
    if kind == "long basic":
        inner = toml_string(text)[1:-1].replace("\\n", "\n")
        return f'"""{inner}"""'
    if kind == "long literal" and "'" not in text and text.replace("\n", "").isprintable():
        return f"'''{text}'''"
    return toml_string(text)


SCALARS = st.one_of(
    strings(), st.sampled_from(["true", "12", "-3.5e2", "0x1F", "1979-05-27 07:32:00Z", "07:32:00", "inf"])
)
BREAKS = st.sampled_from(["", " ", "\n", '  # it\'s [a] comment, "really"\n', "\n\n\t"])


@st.composite
def values(draw: st.DrawFn, depth: int = 2) -> str:
    kind = draw(st.sampled_from(["scalar", "scalar", "array", "table"])) if depth else "scalar"
    if kind == "array":
        parts = [draw(BREAKS) + draw(values(depth - 1)) + draw(BREAKS) for _ in range(draw(st.integers(0, 3)))]
        comma = "," if parts and draw(st.booleans()) else ""
        return f"[{','.join(parts)}{comma}{draw(BREAKS)}]"
    if kind == "table":
        names = draw(st.lists(NAMES, max_size=3, unique=True))
        return "{" + ", ".join(f"{toml_key(name)} = {draw(values(depth - 1))}" for name in names) + "}"
    return draw(SCALARS)


def fits(document: str) -> bool:
    try:
        tomllib.loads(document)
    except tomllib.TOMLDecodeError:
        return False
    return True


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[tuple[str | int, ...], int]]:
    """A document built statement by statement, with the line of each statement's own path."""
    text, expected = "", {}
    table: tuple[str | int, ...] = ()
    arrays: dict[str, int] = {}
    for _ in range(draw(st.integers(0, 8))):
        kind = draw(st.sampled_from(["pair", "pair", "table", "array", "comment"]))
        line = text.count("\n") + 1
        indent = draw(st.sampled_from(["", "  ", "\t"]))
        end = draw(st.sampled_from(["\n", "  # [not] = 'this'\n", "\r\n"]))
        if kind == "comment":
            text += f"{indent}# {draw(st.sampled_from(['', 'a = 1', '[x]']))}{end}"
            continue
        name = draw(NAMES)
        if kind == "pair":
            inner = draw(st.lists(NAMES, max_size=1))
            key = " . ".join(toml_key(part) for part in [name, *inner])
            more = f"{indent}{key} = {draw(values())}{end}"
            path = (*table, name, *inner)
        elif kind == "table":
            more = f"{indent}[ {toml_key(name)} ]{end}"
            path = (name, arrays[name]) if name in arrays else (name,)
        else:
            more = f"{indent}[[{toml_key(name)}]]{end}"
            path = (name, arrays.get(name, -1) + 1)
        if not fits(text + more):
            continue
        text += more
        if kind != "pair":
            table = path
        if kind == "array":
            arrays[name] = arrays.get(name, -1) + 1
        expected.setdefault(path, line)
    return text, expected


@given(documents())
def test_every_path_has_its_line(made: tuple[str, dict[tuple[str | int, ...], int]]) -> None:
    text, expected = made
    found = find_lines(text)
    assert set(found) == paths_of(tomllib.loads(text))
    assert {path: found[path] for path in expected} == expected


@given(st.text(st.sampled_from("ab.=\"'[]{},#\n\\ 1"), max_size=30))
def test_what_tomllib_accepts_is_scanned(text: str) -> None:
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(find_lines(text)) == paths_of(parsed)


@given(
    st.recursive(
        st.one_of(st.booleans(), st.integers(), TEXTS),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
        max_leaves=8,
    )
)
def test_what_is_written_is_read_back(value: object) -> None:
    assert tomllib.loads(f"x = {toml_value(value)}") == {"x": value}


def test_a_document_of_every_shape() -> None:
    text = """# comment
a.b = 1
[feeds."https://example.org/a#b".headers]
X = '''
[not] = "a table"
'''
Y = [
  "one", # ] not the end
  { z = 2 },
]
[[rules]]
query = "x"
[rules.more]
w = 1
[[rules]]
"""
    lines = {dotted(path): line for path, line in find_lines(text).items()}
    assert lines == {
        "a": 2,
        "a.b": 2,
        "feeds": 3,
        'feeds."https://example.org/a#b"': 3,
        'feeds."https://example.org/a#b".headers': 3,
        'feeds."https://example.org/a#b".headers.X': 4,
        'feeds."https://example.org/a#b".headers.Y': 7,
        'feeds."https://example.org/a#b".headers.Y[1]': 8,
        'feeds."https://example.org/a#b".headers.Y[2]': 9,
        'feeds."https://example.org/a#b".headers.Y[2].z': 9,
        "rules": 11,
        "rules[1]": 11,
        "rules[1].query": 12,
        "rules[1].more": 13,
        "rules[1].more.w": 14,
        "rules[2]": 15,
    }
