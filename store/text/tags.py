"""Tags: names that the user gives to feeds, where they make the folders of the sidebar, and to articles."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from store.text.clean import clean_line

LONGEST = 60
"""Characters of a tag."""
MOST = 50
"""Tags of one feed or article."""


def clean_tags(tags: Iterable[str], known: Iterable[str] = ()) -> tuple[str, ...]:
    """Each on one line and once, whatever its letters' case; one that is ``known`` gets the spelling it has there."""
    spelled = {tag.casefold(): tag for tag in known}
    found: dict[str, str] = {}
    for tag in tags:
        name = clean_line(tag).strip()[:LONGEST].rstrip()
        if name:
            found.setdefault(name.casefold(), spelled.get(name.casefold(), name))
    return tuple(found.values())[:MOST]


def split_tags(text: str) -> tuple[str, ...]:
    """Tags as they are typed: with commas between them, and in quotation marks where one has a comma in it."""
    row = next(csv.reader([clean_line(text)], skipinitialspace=True), [])
    return clean_tags(row)


def join_tags(tags: Iterable[str]) -> str:
    """Tags as they can be typed: :func:`split_tags` gives them back."""
    return ", ".join(_quoted(tag) for tag in tags)


def _quoted(tag: str) -> str:
    return '"' + tag.replace('"', '""') + '"' if "," in tag or tag.startswith('"') else tag
