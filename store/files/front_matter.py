"""The front matter of a Markdown file: the small part of YAML that such files are written in, read by hand."""

from __future__ import annotations

import re

from store.text.clean import clean_line

_MAX_LINES = 100
_FIELD = re.compile(r"([A-Za-z_][\w .-]{0,40}?)\s*:(?:\s+(.*)|\s*)")

Fields = dict[str, tuple[str, ...]]
"""Field names in lower case, each with its values; a field without any is there with none."""


def split_front_matter(text: str) -> tuple[Fields, str]:
    """The fields between the two ``---`` lines a text begins with, and the rest.

    A text without them, or whose front matter is never closed or holds no field, is returned whole, without fields.
    """
    opening, _, rest = text.partition("\n")
    if opening.rstrip() != "---":
        return {}, text
    head = rest[:20_000].split("\n")[:_MAX_LINES]
    closing = next((number for number, line in enumerate(head) if line.rstrip() in ("---", "...")), None)
    if closing is None:
        return {}, text
    fields = _read_fields(head[:closing])
    if not fields:
        return {}, text
    return fields, rest[sum(len(line) + 1 for line in head[: closing + 1]) :]


def _read_fields(lines: list[str]) -> Fields:
    fields: Fields = {}
    name = ""
    for line in lines:
        item = line.strip()
        if item.startswith("- ") and name:
            fields[name] += (_scalar(item[2:]),)
        elif line[:1] in (" ", "\t") and name and fields[name]:
            fields[name] = (*fields[name][:-1], clean_line(f"{fields[name][-1]} {item}"))
        elif found := _FIELD.fullmatch(line.rstrip()):
            name = found[1].strip().lower()
            fields[name] = _values(found[2] or "")
    return fields


def _values(text: str) -> tuple[str, ...]:
    text = text.strip()
    if text in ("", "|", ">", "|-", ">-"):
        return ()
    if text.startswith("[") and text.endswith("]"):
        return tuple(value for part in text[1:-1].split(",") if (value := _scalar(part)))
    return (_scalar(text),)


def _scalar(text: str) -> str:
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        inner = text[1:-1]
        text = inner.replace("''", "'") if text[0] == "'" else inner.replace('\\"', '"').replace("\\\\", "\\")
    else:
        text = text.partition(" #")[0]
    return clean_line(text)
